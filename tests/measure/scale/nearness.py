"""Tell how near each other vectors lie, to hold made ones against real ones."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.vectors import Vectors

RANKS = (1, 10, 50)
_QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines to the nearest, the 10th and the 50th vector: the tenth, the half and nine tenths of asking ones."""

    cosines: tuple[tuple[float, float, float], ...]

    def __str__(self) -> str:
        shown = (
            f"{rank}: {low:.2f} {middle:.2f} {high:.2f}"
            for rank, (low, middle, high) in zip(RANKS, self.cosines, strict=True)
        )
        return "   ".join(shown)


def nearness(asking: Vectors, among: Vectors, *, own: npt.NDArray[np.int64] | None = None) -> Nearness:
    """Measure how near `among` comes to the vectors `asking`; `own` names for each the row that it is itself."""
    cosines = asking @ among.T
    if own is not None:
        cosines[np.arange(len(own)), own] = -2.0
    ordered = -np.sort(-cosines, axis=1)
    found = [np.quantile(ordered[:, min(rank, ordered.shape[1]) - 1], _QUANTILES) for rank in RANKS]
    return Nearness(tuple((float(low), float(middle), float(high)) for low, middle, high in found))
