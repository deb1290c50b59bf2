"""Put equal answers together, whatever passage they come from."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.records import StoredText
from qa.reader import Candidate
from qa.time_words import may_be_of_one_time
from qa.word_lists import NUMBER_WORDS, TURNING_WORDS

ALTERNATIVE_SHARE = 0.5
"""What is at least so much as likely as the first answer is an alternative to it."""

SPEAKING_SHARE = 0.1
"""What is less than so much as likely as an answer's best candidate has its words, and hardly speaks for it."""

_WORD = re.compile(r"(?:(?<!\w)[-+−]|[$€£¥])?\w+%?")
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: value for value, word in enumerate(NUMBER_WORDS)}
_TENS = {word: 10 * tens for tens, word in enumerate(_TENS_WORDS, start=2)}
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The candidates that give one answer, best first.

    `score` is the sum of theirs, at most 1; of near copies only the one counts whose own come to most.
    """

    candidates: tuple[Candidate, ...]
    score: float

    def speaking(self) -> tuple[Candidate, ...]:
        """Return the candidates that speak for the answer: those that are not far less likely than its best."""
        return tuple(c for c in self.candidates if c.score >= SPEAKING_SHARE * self.candidates[0].score)


def merge(
    candidates: Sequence[Candidate],
    texts: Mapping[int, StoredText],
    copies: Mapping[int, int],
    dates: Mapping[int, str | None],
) -> tuple[AnswerGroup, ...]:
    """Return the groups of equal answers in the order of their best candidates, which come best first.

    Answers are equal that have the same words, but for case, punctuation, articles and how numbers below a
    hundred are written; `Friday` is another one a month later. `copies` has the same id for near copies, by
    text id, and `dates` the dates of texts, where a time is asked for.
    """
    groups: list[list[Candidate]] = []
    worded: dict[str, list[list[Candidate]]] = {}
    for candidate in candidates:
        answer, date = candidate.span.of(texts[candidate.text_id].content), dates.get(candidate.text_id)
        alike = worded.setdefault(answer_key(answer), [])
        equal = (group for group in alike if all(may_be_of_one_time(answer, dates.get(c.text_id), date) for c in group))
        group = next(equal, None)
        if group is None:
            group = []
            alike.append(group)
            groups.append(group)
        group.append(candidate)
    return tuple(AnswerGroup(tuple(group), _score(group, copies)) for group in groups)


def _score(group: Sequence[Candidate], copies: Mapping[int, int]) -> float:
    said: dict[int, float] = {}
    for candidate in group:
        said[candidate.text_id] = said.get(candidate.text_id, 0.0) + candidate.score
    voices: dict[int, float] = {}
    for text_id, score in said.items():
        voices[copies[text_id]] = max(score, voices.get(copies[text_id], 0.0))
    return min(sum(voices.values()), 1.0)


def arrange(groups: Sequence[AnswerGroup], dates: Mapping[int, str | None]) -> tuple[Candidate, ...]:
    """Return the candidates in the order in which they are quoted: those of the first answer come first.

    Then come its alternatives, newest first, and then what is hardly any or hardly speaks for its answer, likeliest
    first. `dates` are those of the texts. An alternative without a date keeps its place behind those that have one.
    """
    if not groups:
        return ()
    first, *others = groups
    likely = [group for group in others if group.score >= ALTERNATIVE_SHARE * first.score]
    dated = [group for group in likely if _date(group, dates)]
    dated.sort(key=lambda group: _date(group, dates), reverse=True)
    undated = [group for group in likely if group not in dated]
    before = [candidate for group in (first, *dated, *undated) for candidate in group.speaking()]
    behind = [candidate for group in groups for candidate in group.candidates if candidate not in before]
    return (*before, *sorted(behind, key=lambda candidate: -candidate.score))


def _date(group: AnswerGroup, dates: Mapping[int, str | None]) -> str:
    return max(dates.get(candidate.text_id) or "" for candidate in group.candidates)


def answer_key(answer: str) -> str:
    """Return what two equal answers have in common."""
    folded = unicodedata.normalize("NFC", answer.casefold())
    words = _WORD.findall(_ARTICLES.sub(" ", folded)) or _WORD.findall(folded)
    return " ".join(_in_digits(words)) or folded


def _in_digits(words: Sequence[str]) -> list[str]:
    """Return words with the numbers below a hundred among them in digits: `23` for `twenty`, `three`."""
    found: list[str] = []
    before = ""
    for word in words:
        if before in _TENS and 0 < _NUMBERS.get(word, 0) < 10:
            found[-1] = str(_TENS[before] + _NUMBERS[word])
        else:
            found.append(str(_NUMBERS.get(word, _TENS.get(word, word))))
        before = word
    return found


def only_says_more(answer: str, other: str) -> bool:
    """Tell whether one of two answers is the other with more words before or behind it, as a first name or a title."""
    short, long = sorted((answer_key(answer).split(), answer_key(other).split()), key=len)
    if not short:
        return False
    begins, ends = long[: len(short)] == short, long[-len(short) :] == short
    more = long[: -len(short)] if ends else long[len(short) :]
    return (begins or ends) and not any(word in TURNING_WORDS or not word.isalpha() for word in more)
