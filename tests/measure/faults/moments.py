"""The named writes of an index run, and the moments of them at which a process is killed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Write(StrEnum):
    """What an index run writes, in the order in which it does."""

    EXPORT = "model export"
    STAGING = "staging"
    PUBLICATION = "publication"
    COPY = "Chroma's copy"
    VECTORS = "Chroma's writes"
    CLOSE = "Chroma's close"
    SWEEP = "sweep"


class Stage(StrEnum):
    """Where in an operation."""

    BEFORE = "before"
    AMID = "amid"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a run: the `nth` operation of a write, from 0; `seconds` after its begin, where amid it."""

    write: Write
    nth: int
    stage: Stage
    seconds: float = 0.0

    def __str__(self) -> str:
        amid = f" by {self.seconds * 1000:.2f} ms" if self.stage is Stage.AMID else ""
        return f"a kill {self.stage}{amid} operation {self.nth} of {self.write}"


Durations = Mapping[Write, Sequence[float]]
"""The seconds that each operation of a write took in a run that was not disturbed, in their order."""


def spread(write: Write, durations: Sequence[float], kills: int) -> list[Moment]:
    """Return different moments, spread evenly over the operations of a write, and over before, amid and after them.

    Where there are few operations, one has several moments amid it.
    """
    moments: list[Moment] = []
    for nth, taken in enumerate(durations):
        here = (nth + 1) * kills // len(durations) - nth * kills // len(durations)
        for at in range(here):
            stage = list(Stage)[len(moments) % len(Stage)]
            if here >= len(Stage):
                stage = Stage.BEFORE if at == 0 else Stage.AFTER if at == here - 1 else Stage.AMID
            part = at / (here - 1) if here > 1 else 0.5
            moments.append(Moment(write, nth, stage, part * taken if stage is Stage.AMID else 0.0))
    return moments
