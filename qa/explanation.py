"""Why an answer is what it is: what was retrieved, read, weighed and left out, with the numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Fate(StrEnum):
    """What became of a sentence that was weighed: a quote, or why it is none.

    It overlaps a quote, has the same words as one, or stands below them all.
    """

    QUOTED = "quoted"
    OVERLAPS = "overlaps"
    REPEATS = "repeats"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievedPassage:
    """A passage that was found for the question, `score` fused of the two before it, and whether it was read.

    `nearness` is the cosine to the question, `wording` the share of the best possible match of words.
    """

    title: str
    path: Path
    record: int | None
    line: int | None
    page: str | None
    heading: str | None
    nearness: float
    wording: float
    score: float
    read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedSentence:
    """A sentence that may answer, or several that one answer crosses.

    `answer` is the best of the words in it, `score` what a quote of it has. `features` are what is
    known of it, by name; `rank` is what they come to, less where the answer cannot be of the kind asked for and
    another can, and `share` the softmax of the ranks: None, as no features, for a reader that does not go by them.
    `quote` is the number of the quote that it is, or that it overlaps or repeats.
    """

    text: str
    answer: str
    title: str
    path: Path
    record: int | None
    line: int | None
    page: str | None
    heading: str | None
    score: float
    features: Mapping[str, float]
    rank: float | None
    share: float | None
    fate: Fate
    quote: int | None


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for or against the first sentence: `value * weight` adds to the log-odds."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How an answer came about. Passages and sentences come best first, by their scores and ranks.

    The sum of `signs` and `bias` is the logarithm of the odds that the first sentence answers;
    `confidence` is that as a probability, `threshold` what is needed for an answer.
    """

    confidence: float
    threshold: float
    answered: bool
    retrieved: tuple[RetrievedPassage, ...]
    sentences: tuple[WeighedSentence, ...]
    signs: tuple[Sign, ...]
    bias: float
