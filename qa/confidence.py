"""From what was read to an order of the answers, and to a probability that the first one is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

SIGNS = (
    "lead over other answers",
    "margin",
    "nearness of the passage",
    "share of the question's words here or beside",
)
"""What tells whether the first sentence is right: how far it leads the sentences that answer otherwise,
and some of its features. Each speaks for it, so none can make a better answer look worse."""

_MOST_MARGIN = 20.0
_MOST_LEAD = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was fitted for a reader: `ranking` weighs a sentence's features, `weights` the signs.

    `threshold` is the probability below which nothing is called an answer.
    """

    ranking: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float


def rank(features: Array, ranking: tuple[float, ...]) -> Array:
    """Return the rank of each sentence, higher is better, shape `(sentences,)`.

    One softmax over these, for all that was read for a question, tells which sentence answers
    (shared normalisation, Clark and Gardner 2018): a passage's own null is in each margin.
    """
    bounded = features.copy()
    bounded[:, 0] = np.clip(bounded[:, 0], -_MOST_MARGIN, _MOST_MARGIN)
    ranks: Array = bounded @ np.array(ranking)
    return ranks


def signs(features: Array, ranks: Array, answers: Sequence[str], first: int | None = None) -> Array:
    """Return the signs of a sentence, the first one by rank if none is named, shape `(len(SIGNS),)`.

    `features` are in the order of `qa.evidence.FEATURES`. `answers` are those of the sentences, the
    same string where they are equal.
    """
    first = int(np.argmax(ranks)) if first is None else first
    same = np.array([answer == answers[first] for answer in answers])
    together = float(np.logaddexp.reduce(ranks[same]))
    lead = together - float(np.logaddexp.reduce(ranks[~same])) if not same.all() else _MOST_LEAD
    margin = float(np.clip(features[first, 0], -_MOST_MARGIN, _MOST_MARGIN))
    nearness, here, before, after = features[first, [1, 3, 4, 5]]
    return np.array([min(lead, _MOST_LEAD), margin, nearness, min(here + max(before, after), 1.0)])


def probability(signs: Array, calibration: Calibration) -> float:
    """Return the probability that the first sentence answers."""
    logit = float(signs @ np.array(calibration.weights)) + calibration.bias
    return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))
