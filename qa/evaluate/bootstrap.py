"""Say how far figures would vary with other articles: percentile intervals, resampled by article."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Positions: TypeAlias = npt.NDArray[np.intp]
Statistic: TypeAlias = Callable[[Positions], float]
"""A figure of the questions at some positions; nan where they have none."""

RESAMPLES = 1_000
SEED = 20_151_016
CONFIDENCE = 0.95
_FEWEST_ARTICLES = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds between which a figure lies in 95 of 100 resamples."""

    low: float
    high: float


def intervals(
    statistics: Mapping[str, Statistic], articles: Sequence[int], *, resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, Interval]:
    """Return an interval for each statistic; `articles` tells the article of each question.

    Questions of an article come and go together, since they are not independent. One article alone
    says nothing about others: then there are no intervals. Neither is there one for a statistic
    that no resample has.
    """
    labels = np.asarray(articles)
    groups = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    if len(groups) < _FEWEST_ARTICLES:
        return {}
    draw = np.random.default_rng(seed)
    values: dict[str, list[float]] = {name: [] for name in statistics}
    for _ in range(resamples):
        positions = np.concatenate([groups[drawn] for drawn in draw.integers(0, len(groups), len(groups))])
        for name, statistic in statistics.items():
            values[name].append(statistic(positions))
    tail = (1 - CONFIDENCE) / 2
    bounds = {}
    for name, drawn_values in values.items():
        known = [value for value in drawn_values if not np.isnan(value)]
        if known:
            low, high = np.quantile(known, (tail, 1 - tail))
            bounds[name] = Interval(float(low), float(high))
    return bounds
