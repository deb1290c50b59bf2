"""Take a question's grammar apart, roughly: what it asks for, its auxiliary, and the rest."""

import re
from dataclasses import dataclass

from qa.question import STOP_WORDS
from qa.word_lists import AUXILIARIES, PREPOSITIONS, QUESTION_WORDS

WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
"""A word with its apostrophes, hyphens and inner dots, as in `Scholz's`, `first-order`, `1.0`."""

OPENINGS = re.compile(r"^\W*(?:(?:and|but|so|or|then|okay|ok|well)\b[\s,]*)+(?=\w)", re.IGNORECASE)
"""How somebody goes on: `And …`, `But then …`."""

_LONGEST_NOUN = 6
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
    def noun(self) -> str:
        """The thing asked for, as in `Which PARTIES`; empty where there is none."""
        words = WORD.findall(self.asks)
        at = next((at for at, word in enumerate(words) if word.lower() == self.word), len(words))
        at += 2 if tuple(words[at + 1 : at + 3]) in _KINDS else 0
        return " ".join(words[at + 1 :]) if self.word in ("what", "which", "whose") else ""


def take_apart(question: str) -> QuestionParts:
    """Return the parts of a question; one that opens with no question word is all rest, but for an auxiliary."""
    asked = OPENINGS.sub("", question).strip().rstrip("?!. ")
    words = list(WORD.finditer(asked))
    lower = [word.group().lower() for word in words]
    at = 1 if lower[:1] and lower[0] in PREPOSITIONS and lower[1:2] and lower[1] in QUESTION_WORDS else 0
    if not words or lower[at] not in QUESTION_WORDS:
        auxiliary = words[0].group() if words and lower[0] in AUXILIARIES else ""
        return QuestionParts("", "", auxiliary, asked[words[0].end() :].strip() if auxiliary else asked)
    end = _end_of_asking([word.group() for word in words], at)
    asks = asked[: words[end - 1].end()]
    auxiliary = words[end].group() if end < len(words) and lower[end] in AUXILIARIES else ""
    rest = asked[words[end].end() if auxiliary else words[end - 1].end() :].strip()
    return QuestionParts(asks, lower[at], auxiliary, rest)


def _end_of_asking(words: list[str], at: int) -> int:
    """Return the number of words up to the auxiliary, or up to where the verb seems to be."""
    lower = [word.lower() for word in words]
    word = lower[at]
    if word in ("who", "whom", "where", "when", "why"):
        return at + 1
    kind = 2 if tuple(lower[at + 1 : at + 3]) in _KINDS else 0
    for end in range(at + 1 + kind, min(at + 2 + _LONGEST_NOUN, len(lower))):
        if lower[end] in AUXILIARIES:
            return end
        if word != "how" and (lower[end] in STOP_WORDS or lower[end].endswith("ed")):
            break
    if word == "how":
        return min(at + 1 + (lower[at + 1 : at + 2] != []), len(lower))
    end = min(at + 2 + kind, len(lower))
    while end < len(words) and words[end - 1][0].isupper() and words[end][0].isupper():
        end += 1
    return end
