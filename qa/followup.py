"""Understand a question from the conversation it stands in: the ways to put it."""

from collections.abc import Sequence
from itertools import product

from qa.conversation import Conversation
from qa.ellipsis import complete, is_bare, names_topic, stands_alone
from qa.mentions import is_small
from qa.pointers import PERSONS, Aim, Pointer, find_pointers
from qa.question import LONGEST_QUESTION
from qa.question_parts import OPENINGS, WORD, spelled_out, take_apart
from qa.referents import Referent, find_referents
from qa.word_lists import AUXILIARIES, FORMS_OF_BE, PREPOSITIONS
from qa.wordings import Wordings

_LITTLE = 1
"""Words that a question has at most if it is taken for one that goes on with what was said."""

MOST_REWRITES = 3
"""Ways to put a question that are tried beside the way it was asked; each has to be read for."""


def understand(text: str, earlier: Conversation) -> Wordings:
    """Return the ways to put a question: as it was asked alone where it leans on nothing said earlier.

    One that leaves words out is completed, one that points at somebody or something is put with their
    names. The question as it was asked is tried too where it might stand alone after all.
    """
    if not earlier.turns or len(text) > LONGEST_QUESTION:
        return Wordings((text,))
    asked = spelled_out(" ".join(text.split()))
    last = earlier.turns[-1]
    # What came of `How?` has no grammar to take apart: `When?` behind it asks about the same.
    whole = (turn for turn in reversed(earlier.turns) if not is_bare(turn.question))
    base = next(whole, last) if is_bare(asked) else last
    completed = _usable([_settled(each, earlier) for each in complete(asked, base)], asked)
    if completed:
        texts = (text, *completed) if stands_alone(asked) else (*completed, text) if names_topic(asked) else completed
    else:
        pointers = find_pointers(asked)
        if not pointers and not _says_little(asked):
            return Wordings((text,))
        texts = (*_usable(_resolve(asked, pointers, earlier), asked), text)
    return Wordings(texts, frozenset(last.paths), last.understood)


def _says_little(asked: str) -> bool:
    """Tell whether a question hardly says what it is about: `Who missed?`, `What happened then?`."""
    parts = take_apart(asked)
    said = [word for word in WORD.findall(parts.rest) if not is_small(word) and word.lower() not in AUXILIARIES]
    asks = bool(parts.word) and not parts.noun and parts.form not in FORMS_OF_BE
    return asks and len(said) <= _LITTLE and all(word.islower() for word in said)


def _usable(rewrites: Sequence[str], asked: str) -> tuple[str, ...]:
    same = asked.casefold()
    different = [text for text in dict.fromkeys(rewrites) if text.casefold() != same and len(text) <= LONGEST_QUESTION]
    return tuple(different[:MOST_REWRITES])


def _settled(whole: str, earlier: Conversation) -> str:
    """Return a completed question with the likeliest names for the words in it that still point elsewhere."""
    pointers = find_pointers(whole)
    return next(iter(_resolve(whole, pointers, earlier)), whole) if pointers else whole


def _resolve(asked: str, pointers: Sequence[Pointer], earlier: Conversation) -> list[str]:
    """Put names for the words that point, the likeliest together first.

    Words with the same aim point at the same; words with different aims at different things, and
    these are not tried the other way round. A `that` beside another one is a claim, or left as it is.
    """
    aims = list(dict.fromkeys(pointer.aim for pointer in pointers))
    found = {aim: find_referents(aim, earlier, asked)[:MOST_REWRITES] for aim in aims}
    if len(aims) > 1 and Aim.CLAIM in found:
        found[Aim.CLAIM] = [referent for referent in found[Aim.CLAIM] if referent.is_claim]
    persons = {referent.key for aim in PERSONS for referent in found.get(aim, ())}
    if Aim.THING in found:
        found[Aim.THING] = [referent for referent in found[Aim.THING] if referent.key not in persons]
    aims = [aim for aim in aims if found[aim]]
    ways = sorted(product(*(range(len(found[aim])) for aim in aims)), key=sum)
    rewrites: dict[frozenset[str], str] = {}
    for way in ways:
        chosen = {aim: found[aim][at] for aim, at in zip(aims, way, strict=True)}
        claim = chosen.get(Aim.CLAIM)
        others = [other for other in chosen.values() if other != claim]
        if claim and others and (find_pointers(claim.text) or any(other.text in claim.text for other in others)):
            del chosen[Aim.CLAIM]
        keys = frozenset(referent.key for referent in chosen.values())
        texts = [referent.text for referent in chosen.values()]
        if len(keys) == len(chosen) and not any(one != other and one in other for one in texts for other in texts):
            rewrites.setdefault(keys, _substitute(asked, pointers, chosen))
    return list(rewrites.values())


def _substitute(asked: str, pointers: Sequence[Pointer], referents: dict[Aim, Referent]) -> str:
    parts, at = [], 0
    for pointer in pointers:
        referent = referents.get(pointer.aim)
        if referent is not None:
            parts += [asked[at : pointer.start], _put(referent, pointer, asked)]
            at = pointer.end
    return _opened("".join((*parts, asked[at:])))


def _put(referent: Referent, pointer: Pointer, asked: str) -> str:
    """Return a referent in the form that its place asks for: `Scholz's`, or `that Scholz called` after a verb."""
    if pointer.owns:
        return f"{referent.text}'" if referent.text[-1] == "s" and referent.text[0].islower() else f"{referent.text}'s"
    before = WORD.findall(asked[: pointer.start].lower())[-1:]
    opens_clause = referent.is_claim and before and before[0] not in PREPOSITIONS | {"if", "when", "while"}
    return f"that {referent.text}" if opens_clause else referent.text


def _opened(question: str) -> str:
    """Return a question without the `And` that it goes on with."""
    whole = OPENINGS.sub("", question)
    return whole[:1].upper() + whole[1:]
