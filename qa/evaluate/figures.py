"""The shape of what is reported: figures with their intervals, a report for each dataset."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from qa.evaluate.bootstrap import Interval, Positions, Statistic, intervals
from qa.evaluate.metrics import Flags, Floats, ReliabilityBin, RiskCoverage


class Unit(StrEnum):
    """How a figure is shown."""

    PERCENT = "percent"
    NUMBER = "number"
    MILLISECONDS = "milliseconds"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure to take: a statistic of those of the questions that `among` marks.

    `key` is its name in JSON, `name` in the table, where `group` is a block of rows.
    """

    group: str
    key: str
    name: str
    unit: Unit
    among: Flags
    statistic: Statistic


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over so many questions; None where there are none to take it of.

    There is no interval for times, and none where the questions are of one article.
    """

    group: str
    key: str
    name: str
    unit: Unit
    value: float | None
    interval: Interval | None
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of one dataset, or of all together; what to plot is there where an index was asked."""

    name: str
    articles: int
    questions: int
    to_refuse: int
    figures: tuple[Figure, ...]
    curve: RiskCoverage | None = None
    reliability: tuple[ReliabilityBin, ...] = field(default=())


def mean(values: Floats | Flags) -> Statistic:
    """Return the statistic that is the mean of some values."""
    return lambda at: float(values[at].mean())


def take(measures: Sequence[Measure], articles: Sequence[int]) -> tuple[Figure, ...]:
    """Return the figures, with intervals by article; `articles` tells the article of each question."""
    everywhere = np.arange(len(articles))
    statistics = {measure.key: _among(measure) for measure in measures}
    bounds = intervals(
        {m.key: statistics[m.key] for m in measures if m.unit is not Unit.MILLISECONDS and m.among.any()}, articles
    )
    figures = []
    for measure in measures:
        value = statistics[measure.key](everywhere)
        figures.append(
            Figure(
                measure.group,
                measure.key,
                measure.name,
                measure.unit,
                None if np.isnan(value) else value,
                None if np.isnan(value) else bounds.get(measure.key),
                int(measure.among.sum()),
            )
        )
    return tuple(figures)


def _among(measure: Measure) -> Statistic:
    """Return the measure's statistic over those of the positions that it marks, nan over none."""

    def statistic(at: Positions) -> float:
        marked = at[measure.among[at]]
        return measure.statistic(marked) if marked.size else float("nan")

    return statistic


def times(milliseconds: Sequence[float]) -> list[Measure]:
    """Return the measures of the time that a question takes."""
    taken, every = np.array(milliseconds), np.ones(len(milliseconds), dtype=np.bool_)
    return [
        Measure(
            "time",
            "milliseconds_median",
            "milliseconds a question, median",
            Unit.MILLISECONDS,
            every,
            lambda at: float(np.quantile(taken[at], 0.5)),
        ),
        Measure(
            "time",
            "milliseconds_95th_percentile",
            "  95th percentile",
            Unit.MILLISECONDS,
            every,
            lambda at: float(np.quantile(taken[at], 0.95)),
        ),
    ]
