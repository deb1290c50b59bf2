"""From what was read to a probability that the first quote answers."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The logistic function that was fitted for a reader; `threshold` is where it refuses."""

    weights: tuple[float, ...]
    bias: float
    threshold: float
