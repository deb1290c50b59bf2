"""Take a question's grammar apart, roughly: what it asks for, its auxiliary, and the rest."""

import re
from dataclasses import dataclass

from qa.answer_kind import without_politeness
from qa.question import STOP_WORDS
from qa.word_lists import AUXILIARIES, PREPOSITIONS, QUESTION_WORDS

WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
"""A word with its apostrophes, hyphens and inner dots, as in `Scholz's`, `first-order`, `1.0`."""

OPENINGS = re.compile(r"^\W*(?:(?:and|but|so|or|then|okay|ok|well)\b[\s,]*)+(?=\w)", re.IGNORECASE)
"""How somebody goes on: `And …`, `But then …`."""

_CONTRACTED = re.compile(r"\b(who|what|where|when|why|how|he|she|it|that|there|they)['’](s|re)\b", re.IGNORECASE)
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall"}
_LONGEST_NOUN = 6
_HAPPENS = (["what", "happened"], ["what", "caused"])
PARTICIPLE = re.compile(
    r"[a-z]{2,}(?<!e)ed|agreed|freed|beat|beaten|born|bought|broken|brought|built|caught|chosen|cut|driven|fallen|found"
    r"|frozen|given|held|hidden|hit|hurt|kept|left|lost|made|met|paid|put|read|said|sent|set|shaken|shot|sold|spent"
    r"|spoken|stolen|struck|taken|taught|told|torn|won|worn|written"
)
"""A verb's form that stands behind `was` or `had`; most of them stand alone, too, as in `How many people died`."""

PAST = re.compile(rf"{PARTICIPLE.pattern}|came|did|fell|gave|got|ran|saw|took|went")
_KINDS = {(kind, "of") for kind in ("kind", "kinds", "sort", "type", "types", "form")}


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """`What did | Scholz press Moscow to do`: `asks` is `What`, `auxiliary` `did`, `rest` what follows.

    `asks` is empty where a yes or no is asked for, `auxiliary` where the answer is the subject of
    the sentence: `Which parties | accuse Scholz`. `word` is the question word, in lower case.
    """

    asks: str
    word: str
    auxiliary: str
    rest: str

    @property
    def form(self) -> str:
        """The auxiliary in lower case, without a `not`."""
        return _affirmed(self.auxiliary.lower())

    @property
    def noun(self) -> str:
        """The thing asked for, as in `Which PARTIES`; empty where there is none."""
        words = WORD.findall(self.asks)
        at = next((at for at, word in enumerate(words) if word.lower() == self.word), len(words))
        at += 2 if tuple(words[at + 1 : at + 3]) in _KINDS else 0
        counts = self.word == "how" and words[at + 1 : at + 2] and words[at + 1].lower() == "many"
        return " ".join(words[at + 1 + bool(counts) :]) if counts or self.word in ("what", "which", "whose") else ""


def spelled_out(question: str) -> str:
    """Return a question without politeness before it, and `who's` as `who is`."""
    verbs = {"s": "is", "re": "are"}
    return _CONTRACTED.sub(lambda found: f"{found[1]} {verbs[found[2].lower()]}", without_politeness(question))


def take_apart(question: str) -> QuestionParts:
    """Return the parts of a question; one that opens with no question word is all rest, but for an auxiliary."""
    asked = spelled_out(OPENINGS.sub("", question)).strip().rstrip("?!. ")
    words = list(WORD.finditer(asked))
    lower = [word.group().lower() for word in words]
    at = 1 if lower[:1] and lower[0] in PREPOSITIONS and lower[1:2] and lower[1] in QUESTION_WORDS else 0
    if not words or lower[at] not in QUESTION_WORDS:
        auxiliary = words[0].group() if words and _is_auxiliary(lower[0]) else ""
        return QuestionParts("", "", auxiliary, asked[words[0].end() :].strip() if auxiliary else asked)
    end = _end_of_asking([word.group() for word in words], at)
    asks = asked[: words[end - 1].end()]
    auxiliary = words[end].group() if end < len(words) and _is_auxiliary(lower[end]) else ""
    rest = asked[words[end].end() if auxiliary else words[end - 1].end() :].strip()
    return QuestionParts(asks, lower[at], auxiliary, rest)


def _is_auxiliary(word: str) -> bool:
    return _affirmed(word) in AUXILIARIES


def _affirmed(auxiliary: str) -> str:
    """Return `did` for `didn't`; an auxiliary without a `not` as it is."""
    affirmed = re.sub(r"n['’]t$", "", auxiliary)
    return auxiliary if affirmed == auxiliary else _NEGATED.get(affirmed, affirmed)


def _end_of_asking(words: list[str], at: int) -> int:
    """Return the number of words up to the auxiliary, or up to where the verb seems to be."""
    lower = [word.lower() for word in words]
    word = lower[at]
    if word in ("who", "whom", "where", "when", "why") or lower[at : at + 2] in _HAPPENS:
        return at + 1
    kind = 2 if tuple(lower[at + 1 : at + 3]) in _KINDS else 0
    for end in range(at + 1 + kind, min(at + 2 + _LONGEST_NOUN, len(lower))):
        if _is_auxiliary(lower[end]):
            return end
        if word != "how" and (lower[end] in STOP_WORDS or lower[end].endswith("ed")):
            break
    if word == "how":
        counted = range(at + 3, min(at + 3 + _LONGEST_NOUN, len(lower))) if lower[at + 1 : at + 2] == ["many"] else ()
        verb = next((end for end in counted if PAST.fullmatch(lower[end])), at + 1 + (lower[at + 1 : at + 2] != []))
        return min(verb, len(lower))
    end = min(at + 2 + kind, len(lower))
    while end < len(words) and words[end - 1][0].isupper() and words[end][0].isupper():
        end += 1
    return end
