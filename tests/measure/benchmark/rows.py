"""What is measured, and the row that says what came out: samples, memory, quality."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, quantiles

from tests.measure.benchmark.layout import READ

QA = "qa"
"""Who all others are compared with."""

PLAIN = "plain script"
SENTENCE_TRANSFORMERS = "SentenceTransformer.encode"
BARE = "bare onnxruntime sessions"
TORCH = "float32 torch"

_ENOUGH_FOR_P95 = 20
_MILLI = 1_000


class Measure(StrEnum):
    """What is measured, in words for a table."""

    MAKING = "making the index"
    UNCHANGED = "index run, nothing changed"
    ADDED = "index run, one article added"
    COLD = "one question, new process"
    WARM = "a question, everything loaded"
    EMBEDDING = "embedding"
    READING = f"reading {READ} passages"
    RETRIEVING = "retrieving 20"
    UNCHANGED_MANY = "index run over many files, nothing changed"
    ADDED_MANY = "index run over many files, one added"


class Unit(StrEnum):
    """What samples are counted in; of a rate, more is better."""

    SECONDS = "s"
    MILLISECONDS = "ms"
    TOKENS_A_SECOND = "tokens/s"

    @property
    def is_rate(self) -> bool:
        """Whether more is better."""
        return self is Unit.TOKENS_A_SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a measure of one contender came to.

    Without samples, `note` says why. `peak_bytes` is the most memory of the processes, None where
    it was not looked at; `quality` stands beside the speed, in words; `of` says of how much it is.
    """

    measure: Measure
    by: str
    unit: Unit
    samples: tuple[float, ...]
    of: str = ""
    peak_bytes: int | None = None
    quality: str = ""
    note: str = ""

    @property
    def median(self) -> float | None:
        """The median of the samples."""
        return median(self.samples) if self.samples else None

    @property
    def p95(self) -> float | None:
        """What 19 of 20 samples do not exceed; None where there are fewer than 20."""
        if len(self.samples) < _ENOUGH_FOR_P95:
            return None
        return quantiles(self.samples, n=20, method="inclusive")[-1]


def in_milliseconds(measure: Measure, by: str, seconds: Iterable[float], *, quality: str = "", note: str = "") -> Row:
    """Return the row of what took so many seconds each time."""
    samples = tuple(each * _MILLI for each in seconds)
    return Row(measure=measure, by=by, unit=Unit.MILLISECONDS, samples=samples, quality=quality, note=note)


def find(rows: tuple[Row, ...], measure: Measure, by: str = QA) -> Row | None:
    """Return the row of a measure and contender, None where there is none with samples."""
    return next((row for row in rows if (row.measure, row.by) == (measure, by) and row.samples), None)


def slower(rows: tuple[Row, ...], row: Row) -> float | None:
    """Return how many times as long as `qa` a row's contender takes, above 1 where `qa` is faster; None if unknown."""
    ours = find(rows, row.measure)
    if ours is None or ours.median is None or row.median is None:
        return None
    return ours.median / row.median if row.unit.is_rate else row.median / ours.median
