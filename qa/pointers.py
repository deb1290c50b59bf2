"""Find the words of a question that point at something said before it: `he`, `its`, `that`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from qa.mentions import is_plural, is_small
from qa.question import STOP_WORDS
from qa.question_parts import WORD
from qa.word_lists import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    FORMS_OF_DO,
    PREPOSITIONS,
    QUESTION_WORDS,
    ROLES,
)


class Aim(Enum):
    """What a word may point at: a claim is all that was said, a result what was answered."""

    HE = auto()
    SHE = auto()
    THING = auto()
    SEVERAL = auto()
    CLAIM = auto()
    RESULT = auto()
    PLACE = auto()


PERSONS = frozenset([Aim.HE, Aim.SHE])
"""The aims at somebody: two of them in one question are not the same."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that points, from `start` to `end` of the question; `owns` where it is a possessive."""

    start: int
    end: int
    aim: Aim
    owns: bool


_AIMS = {
    **dict.fromkeys(("he", "him"), (Aim.HE, False)),
    "his": (Aim.HE, True),
    "she": (Aim.SHE, False),
    "hers": (Aim.SHE, True),
    "it": (Aim.THING, False),
    "its": (Aim.THING, True),
    **dict.fromkeys(("they", "them"), (Aim.SEVERAL, False)),
    **dict.fromkeys(("their", "theirs"), (Aim.SEVERAL, True)),
}
_SUBJECTS = frozenset(("he", "she", "they"))
_PEOPLE = ROLES | frozenset(
    ["person", "somebody", "someone", "anybody", "anyone", "everybody", "everyone", "nobody", "people", "one"]
)
_OWN = frozenset(
    [
        *("ankle", "arm", "back", "finger", "foot", "hand", "hands", "head", "knee", "leg", "neck", "nose", "shoulder"),
        *("cool", "home", "job", "life", "mind", "post", "seat", "temper", "title", "voice", "vote", "way", "wrist"),
    ]
)
"""What people break, lose, give up or cast of their own."""

_EMPTY = re.compile(
    r"""
    \bit(?:['’]s)?[ ](?:(?:is|was|be|been|not|so|really|still|first|ever)[ ])*(?:
        (?:possible|impossible|true|false|clear|unclear|likely|unlikely|necessary|important|hard|easy|difficult|common
            |legal|illegal|said|known|called)
            (?=[ ](?:(?!(?:in|at|for|here|there|now|today|yet|by|as)\b)\w|.*\b(?:to|that|if|whether)\b))
        |(?:that|who|raining|snowing)\b)
    |\b(?:when|if)[ ]it[ ]comes?[ ]to\b
    |\b(?:does|did|do|will|would)[ ]it[ ](?:take(?![ ]place)|cost|matter|mean)\b
        (?=.*\b(?:to|when|if|that|who|whether|until|before)\b)
    |\bhow[ ](?:is|was)[ ]it[ ]that\b
    |\bit[ ](?:takes|took)\b(?![ ]place)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""An `it` that stands for nothing."""

_HAPPENS = re.compile(r" (?:happens|happened|is true|were true)\b", re.IGNORECASE)
_WHAT_EVENTS_DO = frozenset(["begin", "come", "end", "go", "happen", "matter", "occur", "start"])
"""Verbs behind `did that`, which are no nouns that it might go with."""

_TAKES_THING = frozenset(["want", "wants", "wanted", "need", "needs", "like", "buy", "use", "uses", "used", "called"])
"""Verbs whose `that` is a thing rather than a claim."""


def find_pointers(question: str) -> list[Pointer]:
    """Return the words that point out of the question, in order; those that point into it are none."""
    words = list(WORD.finditer(question))
    lower = [word.group().lower() for word in words]
    empty = [match.span() for match in _EMPTY.finditer(question)]
    found: list[Pointer] = []
    for at, word in enumerate(words):
        aim = _aim(question, words, lower, at)
        if aim is None or any(start <= word.start() < end for start, end in empty):
            continue
        if aim[0] in PERSONS | {Aim.THING, Aim.SEVERAL} and not found and _points_inward(words, lower, at, *aim):
            continue
        happens = _HAPPENS.match(question, word.end()) if aim[0] is Aim.CLAIM else None
        found.append(Pointer(word.start(), happens.end() if happens else word.end(), *aim))
    return found


def _aim(question: str, words: Sequence[re.Match[str]], lower: Sequence[str], at: int) -> tuple[Aim, bool] | None:
    if words[at].group() == "IT" and not question.isupper():
        return None  # a trade
    word, after = lower[at], lower[at + 1] if at + 1 < len(lower) else ""
    ends = at + 1 == len(lower) or question[words[at].end() : words[at + 1].start()].strip() != ""
    if word == "her":
        return Aim.SHE, not ends and after not in STOP_WORDS | PREPOSITIONS
    if word in ("that", "this", "these", "those"):
        return _aim_of_that(word, lower[at - 1] if at else "", after, ends=ends)
    if word == "there" and ends and at > 0 and lower[at - 1] not in AUXILIARIES:
        return Aim.PLACE, False
    return _AIMS.get(word)


def _aim_of_that(word: str, before: str, after: str, *, ends: bool) -> tuple[Aim, bool] | None:
    """Return the aim of `that` where it stands for something, None where it opens a clause or goes with a noun."""
    takes_verb = after in AUXILIARIES or after.endswith("ed") or after in ("happens", "happened", "mean", "true")
    if before in FORMS_OF_DO and after in _WHAT_EVENTS_DO:
        return (Aim.THING if word in ("that", "this") else Aim.SEVERAL), False
    if not ends and not (takes_verb and before in AUXILIARIES | CLAUSE_WORDS):
        return None
    if word in ("these", "those"):
        return Aim.SEVERAL, False
    return (Aim.RESULT if before in AUXILIARIES | _TAKES_THING else Aim.CLAIM), False


def _points_inward(words: Sequence[re.Match[str]], lower: Sequence[str], at: int, aim: Aim, owns: bool) -> bool:
    """Tell whether a word before this one may be what it stands for.

    That of `he` is a name or a word for a person, that of `it` a name or a noun. The subject next to the
    first auxiliary stands for nothing before it, nor does an object for what is in its own clause.
    """
    first = next((n for n, word in enumerate(lower) if word in AUXILIARIES), None)
    if first is not None and at == first + 1 and (lower[0] in QUESTION_WORDS | AUXILIARIES | PREPOSITIONS or at < 6):
        return False
    here = at if lower[at] == "it" and at + 1 < len(lower) else at - 1
    last_clause = max((n for n in range(1, here) if lower[n] in CLAUSE_WORDS), default=0)
    for n in range(at if owns or lower[at] in _SUBJECTS else last_clause):
        if aim in PERSONS and lower[n] == "who" and n > 0:
            return True
        if lower[n] in AUXILIARIES or is_small(words[n].group()):
            continue
        capital = words[n].group()[0].isupper() and n > 0
        if aim in PERSONS and (capital or lower[n] in _PEOPLE):
            return True
        if aim is Aim.SEVERAL and (capital or is_plural(lower[n])):
            return True
        if aim is Aim.THING and (capital or _is_one_thing(lower, n, at)):
            return True
    # `Who broke his hand?`, where nobody else is the subject.
    keeps = first is None and at + 1 < len(lower) and lower[at + 1] in _OWN
    return owns and lower[0] == "who" and (aim is Aim.SEVERAL or keeps)


def _is_one_thing(lower: Sequence[str], n: int, at: int) -> bool:
    """Tell whether a word is a noun that an `it` or `its` at a later place may stand for, as far as that shows.

    The `cause` of `the cause of its collapse` is none, and what stands right before `its` is mostly a verb.
    """
    before, next_word = lower[n - 1] if n else "", lower[n + 1]
    if n + 1 == at or (n + 2 == at and next_word in PREPOSITIONS | {"behind"}):
        return False
    if before in PREPOSITIONS:
        return True
    if before in QUESTION_WORDS:
        return before in ("which", "whose") or next_word not in PREPOSITIONS
    return before in DETERMINERS | {"another", "any", "each", "every", "no"} or (
        before in AUXILIARIES and not lower[n].endswith("ed")
    )
