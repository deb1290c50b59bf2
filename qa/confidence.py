"""From what was read to an order of the answers, and to a probability that the first one is right."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

SIGNS = ("rank", "lead over the others", "margin", "nearness of the passage", "wording of the passage")
"""What tells whether the first sentence is right: its rank and how far it leads, and some of its features."""

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


def signs(features: Array, ranks: Array) -> Array:
    """Return the signs of the first sentence by rank, shape `(len(SIGNS),)`."""
    first = int(np.argmax(ranks))
    others = np.delete(ranks, first)
    lead = float(ranks[first] - np.logaddexp.reduce(others)) if len(others) else _MOST_LEAD
    margin = float(np.clip(features[first, 0], -_MOST_MARGIN, _MOST_MARGIN))
    return np.array([ranks[first], min(lead, _MOST_LEAD), margin, features[first, 1], features[first, 2]])


def probability(signs: Array, calibration: Calibration) -> float:
    """Return the probability that the first sentence answers."""
    logit = float(signs @ np.array(calibration.weights)) + calibration.bias
    return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))
