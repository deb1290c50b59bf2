"""What training tells after every batch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """How many batches of how many are done, the smoothed loss, the learning rate, the batch's tokens."""

    done: int
    total: int
    loss: float
    learning_rate: float
    tokens: int
