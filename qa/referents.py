"""Find what a word that points may stand for: what was just asked about, answered and quoted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.answer_kind import Kind, kind_asked
from qa.conversation import Conversation, Turn
from qa.ellipsis import is_bare
from qa.mentions import Mention, find_mentions, find_names, judge
from qa.pointers import PERSONS, Aim
from qa.question_parts import WORD, QuestionParts, take_apart
from qa.word_lists import CONNECTORS, DETERMINERS, FORMS_OF_BE, FORMS_OF_DO, PREPOSITIONS, QUESTION_WORDS, SAYING

_LONGEST_ANSWER = 10
_LONGEST_TITLE = 4
_OF_OTHERS = {Aim.HE: "Ms|Mrs|Miss|Mme|Mlle|Frau|Lady|Dame", Aim.SHE: "Mr|Herr|Sir|Lord"}
"""Titles of those whom a pronoun does not stand for."""

_PRONOUNS = {Aim.HE: re.compile(r"\b(?:he|him|his|himself)\b"), Aim.SHE: re.compile(r"\b(?:she|her|hers|herself)\b")}
_SUBJECTS = {Aim.HE: re.compile(r"\b(?:he|himself)\b"), Aim.SHE: re.compile(r"\b(?:she|herself)\b")}

_ASK_FOR_NOUNS = frozenset(["who", "whom", "whose", "what", "which", "where"])


@dataclass(frozen=True, slots=True)
class Referent:
    """Words that may stand in the place of those that point; two with one `key` are the same thing."""

    text: str
    key: str
    is_claim: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """What one turn names, by how it does: each list in order."""

    asked_for: list[Mention]
    asked_about: list[Mention]
    answer: list[Mention]
    quoted: list[Mention]
    identifies: bool
    is_who: bool
    claim: str


def find_referents(aim: Aim, earlier: Conversation, asked: str) -> list[Referent]:
    """Return what a word with such an aim may stand for, likeliest first; the last turn's before earlier ones'.

    What the question `asked` names itself is left out, and for `he` who was called `Ms.`, for `she` who was `Mr.`; who
    was `she` so far comes last for `he`, and the other way round.
    """
    own = _named(asked)
    other = _OF_OTHERS.get(aim)
    quotes = [quote for turn in earlier.turns for quote in turn.quotes] if other else []
    found: dict[str, Referent] = {}
    for turn in _nearest_first(earlier.turns):
        said = _take_in(turn)
        for text in _order(aim, said):
            words = WORD.findall(text)
            key = words[-1].lower() if words else ""
            if key and key not in own and not (other and _is_addressed(words[-1], other, quotes)):
                found.setdefault(key, Referent(text, key, text == said.claim))
    if aim not in PERSONS:
        return list(found.values())
    return sorted(found.values(), key=lambda referent: _was_of_other(referent.text, aim, earlier.turns))


def _nearest_first(turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns, the last one first; a bare `When?` comes behind the question that it goes on with."""
    ordered: list[Turn] = []
    bare: list[Turn] = []
    for turn in reversed(turns):
        if is_bare(turn.question):
            bare.append(turn)
        else:
            ordered += [turn, *bare]
            bare = []
    return ordered + bare


def _is_addressed(name: str, titles: str, quotes: Iterable[str]) -> bool:
    """Tell whether somebody is called by one of some titles, as in `Ms. Ana Lee`, in what was quoted."""
    called = re.compile(rf"\b(?:{titles})\.? (?:\w+ ){{0,2}}{re.escape(name)}\b")
    return any(called.search(quote) for quote in quotes)


def _was_of_other(name: str, aim: Aim, turns: Sequence[Turn]) -> bool:
    """Tell whether somebody was `she`, and never `he`, where `he` is asked about, or the other way round.

    It shows in whom such a word of an earlier question stood for, and in quotes that name nobody else before it.
    """
    last = WORD.findall(name)[-1]
    word = re.compile(rf"(?<!\w){re.escape(last)}(?!\w)")
    called = set()
    for turn in turns:
        if word.search(turn.understood) and not word.search(turn.question):
            called |= {each for each in PERSONS if _PRONOUNS[each].search(turn.question.lower())}
        for quote in turn.quotes:
            found = word.search(quote)
            persons = [judge(each, (quote,)) for each in find_names(quote, {last})] if found else []
            if found and persons and all(each.person is False or each.text.endswith(last) for each in persons):
                called |= {each for each in PERSONS if _SUBJECTS[each].search(quote.lower(), found.end())}
    return bool(called) and aim not in called


def _named(asked: str) -> set[str]:
    """Return the words of a question that name something: with capitals, or after `the`."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(asked)]
    return {
        word.lower() for before, word in pairwise(("", *words)) if word[:1].isupper() or before.lower() in DETERMINERS
    }


def _take_in(turn: Turn) -> _Said:
    texts = (*turn.quotes, *turn.titles)
    parts = take_apart(turn.understood)
    about = find_mentions(parts, texts)
    answer = " ".join((turn.answer or "").split()).strip(" .,;:\"“”'")
    short = bool(answer) and len(answer.split()) <= _LONGEST_ANSWER
    nominal = short and parts.word in _ASK_FOR_NOUNS and kind_asked(turn.understood) in (Kind.NAME, Kind.ANYTHING)
    last = parts.rest.rpartition(" ")[-1].lower()
    nominal = nominal and last not in {"do"} | SAYING and answer.split()[0] != "to"
    nominal = nominal and not (parts.word == "what" and parts.rest.startswith("happened to "))
    small = {word for text in texts for word in WORD.findall(text) if word.islower()}
    known = {
        word
        for text in (turn.understood, *turn.titles, answer)
        for word in WORD.findall(text)
        if word[0].isupper() and word.lower() not in small  # only opens the title, then
    }
    quoted = [judge(name, texts) for name in find_names(turn.quotes[0], known)] if turn.quotes else []
    titles = [Mention(title, False, False) for title in turn.titles[:1] if len(title.split()) <= _LONGEST_TITLE]
    return _Said(
        asked_for=[judge(parts.noun)] if parts.noun else [],
        asked_about=about,
        answer=[judge(answer, texts)] if nominal and WORD.search(answer) else [],
        quoted=quoted + titles,
        identifies=_identifies(parts, about, turn.titles),
        is_who=parts.word in ("who", "whom") and not _describes(parts, about),
        claim=_claim(parts, about, answer if short else "") if answer or parts.asks or parts.auxiliary else "",
    )


def _describes(parts: QuestionParts, about: list[Mention]) -> bool:
    """Tell whether the answer says of somebody who that is, as to `Who is Ana Lee?`."""
    is_named = bool(about) and parts.rest == about[0].text and _is_name(about[0].text)
    return is_named and parts.form in FORMS_OF_BE


def _identifies(parts: QuestionParts, about: list[Mention], titles: Iterable[str]) -> bool:
    """Tell whether the answer is the thing asked about, as to `What was the last version?`, or something else.

    To `What is morality?` it is a description, and the thing is morality.
    """
    if parts.word not in ("who", "what", "which"):
        return False
    if not parts.auxiliary:
        return True
    if parts.form not in FORMS_OF_BE or not about or not parts.rest.startswith(about[0].text):
        return False
    after = WORD.findall(parts.rest[len(about[0].text) :])
    definite = about[0].text.split()[0].lower() in ("the", "a", "an") and about[0].text not in titles
    return definite and (not after or (after[0].lower() in PREPOSITIONS | QUESTION_WORDS | {"that"} and len(after) > 1))


def _order(aim: Aim, said: _Said) -> list[str]:
    """Return the words for what a turn names that suit an aim, likeliest first."""
    if aim in PERSONS:
        answer, about, quoted = map(_persons, (said.answer, said.asked_about, said.quoted))
        first = answer if said.is_who else []
        return _texts([*first, *about, *sorted([*answer, *quoted], key=lambda mention: mention.person is None)])
    if aim is Aim.SEVERAL:
        every = [*said.asked_about, *said.answer, *said.asked_for, *said.quoted]
        bodies = [mention for mention in said.asked_about if _is_name(mention.text)]
        return _texts([mention for mention in every if mention.several] or bodies)
    answer = [mention for mention in said.answer if not said.is_who or mention.text[0].isupper()]
    things = [mention for mention in said.asked_about if not mention.person]
    things.sort(key=lambda mention: mention.person is None)
    quoted = [mention for mention in said.quoted if mention.person is False]
    if aim is Aim.PLACE:
        return _texts([*answer, *quoted])
    if aim is Aim.RESULT:
        return [*_texts([*answer, *things]), said.claim]
    if aim is Aim.CLAIM:
        return [said.claim, *_texts([*answer, *things])]
    answer_first = said.identifies and not said.is_who
    ordered = [*answer, *things, *quoted] if answer_first else [*things, *answer, *quoted]
    return _texts(mention for mention in ordered if not mention.several)


def _persons(mentions: Iterable[Mention]) -> list[Mention]:
    """Return those of some mentions that may be of one person: by a role, or by nothing but a name."""
    return [
        mention
        for mention in mentions
        if not mention.several and (mention.person or (mention.person is None and _is_all_name(mention.text)))
    ]


def _is_all_name(text: str) -> bool:
    words = WORD.findall(text)
    return bool(words) and all(word[0].isupper() or word in CONNECTORS for word in words)


def _is_name(text: str) -> bool:
    return any(word[0].isupper() for word in WORD.findall(text))


def _texts(mentions: Iterable[Mention]) -> list[str]:
    return [mention.text for mention in mentions]


def _claim(parts: QuestionParts, about: list[Mention], answer: str) -> str:
    """Return what a turn established, as a clause: the answer in the place of what was asked for."""
    if not parts.asks:
        return parts.rest
    if not parts.auxiliary:
        return f"{answer or parts.noun} {parts.rest}".strip()
    if answer and parts.word == "what" and (SAYING - {"write"}).intersection(WORD.findall(parts.rest)):
        return answer.removeprefix("that ")
    subject = about[0].text if about and parts.rest.startswith(about[0].text) else ""
    verb = parts.auxiliary if subject and parts.form not in FORMS_OF_DO else ""
    return " ".join(f"{subject} {verb} {parts.rest[len(subject) :]} {answer}".split())
