"""Find what a word that points may stand for: what was just asked about, answered and quoted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.answer_kind import Kind, kind_asked
from qa.conversation import Conversation, Turn
from qa.mentions import Mention, find_mentions, find_names, judge
from qa.pointers import Aim
from qa.question_parts import FORMS_OF_BE, FORMS_OF_DO, WORD, take_apart

_LONGEST_ANSWER = 10
_LONGEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Referent:
    """Words that may stand in the place of those that point; two with one `key` are the same thing."""

    text: str
    key: str


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

    What the question `asked` names itself is left out.
    """
    own = {word.lower() for word in WORD.findall(asked)}
    found: dict[str, Referent] = {}
    for turn in reversed(earlier.turns):
        for text in _order(aim, _take_in(turn)):
            words = WORD.findall(text.lower())
            if words and words[-1] not in own:
                found.setdefault(words[-1], Referent(text, words[-1]))
    return list(found.values())


def _take_in(turn: Turn) -> _Said:
    texts = (*turn.quotes, *turn.titles)
    parts = take_apart(turn.understood)
    about = find_mentions(parts, texts)
    answer = " ".join((turn.answer or "").split()).strip(" .,;:\"“”'")
    short = bool(answer) and len(answer.split()) <= _LONGEST_ANSWER
    nominal = short and kind_asked(turn.understood) in (Kind.NAME, Kind.ANYTHING)
    known = {
        word for text in (turn.understood, *turn.titles, answer) for word in WORD.findall(text) if word[0].isupper()
    }
    quoted = [judge(name, texts) for name in find_names(turn.quotes[0], known)] if turn.quotes else []
    titles = [judge(title) for title in turn.titles[:1] if len(title.split()) <= _LONGEST_TITLE]
    auxiliary = parts.auxiliary.lower()
    return _Said(
        asked_for=[judge(parts.noun)] if parts.noun else [],
        asked_about=about,
        answer=[judge(answer, texts)] if nominal and WORD.search(answer) else [],
        quoted=quoted + titles,
        identifies=_identifies(parts.word, auxiliary, about, turn.titles),
        is_who=parts.word in ("who", "whom"),
        claim=_claim(turn, answer if short else ""),
    )


def _identifies(word: str, auxiliary: str, about: list[Mention], titles: Iterable[str]) -> bool:
    """Tell whether the answer is the thing asked about, as to `What was the last version?`, or something else.

    To `What is morality?` it is a description, and the thing is morality.
    """
    if word in ("who", "which", "what") and not auxiliary:
        return True
    if word not in ("who", "what", "which") or auxiliary not in FORMS_OF_BE or not about:
        return False
    names = {title.casefold() for title in titles}
    return about[0].text.split()[0].lower() in ("the", "a", "an") and about[0].text.casefold() not in names


def _order(aim: Aim, said: _Said) -> list[str]:
    """Return the words for what a turn names that suit an aim, likeliest first."""
    if aim is Aim.PERSON:
        first = said.answer if said.is_who else []
        rest = [m for m in (*said.asked_about, *said.answer, *said.quoted) if m.person is not False and not m.several]
        return _texts([*first, *sorted(rest, key=lambda mention: mention.person is None)])
    if aim is Aim.SEVERAL:
        every = [*said.asked_for, *said.answer, *said.asked_about, *said.quoted]
        several = [mention for mention in every if mention.several]
        return _texts([*several, *said.asked_about])
    answer = [mention for mention in said.answer if not (said.is_who and mention.person)]
    things = [mention for mention in said.asked_about if not mention.person]
    quoted = [mention for mention in said.quoted if mention.person is False]
    if aim is Aim.PLACE:
        return _texts([*answer, *quoted])
    if aim is Aim.CLAIM:
        return [*_texts(answer), said.claim, *_texts(things)]
    if said.is_who:
        return _texts([*things, *answer, *quoted])
    return _texts([*answer, *things, *quoted] if said.identifies else [*things, *answer, *quoted])


def _texts(mentions: Iterable[Mention]) -> list[str]:
    return [mention.text for mention in mentions]


def _claim(turn: Turn, answer: str) -> str:
    """Return what a turn established, as a clause: the answer in the place of what was asked for."""
    parts = take_apart(turn.understood)
    if not parts.asks:
        return parts.rest
    if not parts.auxiliary:
        return f"{answer or parts.noun} {parts.rest}".strip()
    verb = parts.auxiliary if parts.auxiliary.lower() not in FORMS_OF_DO else ""
    return re.sub(r"\s+", " ", f"{parts.rest} {verb} {answer}").strip()
