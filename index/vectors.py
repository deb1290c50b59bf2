"""The shape of vectors, and the way they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
"""Shape `(d,)`, unit length."""

Vectors = npt.NDArray[np.float32]
"""Shape `(n, d)`, rows of unit length."""

Ids = npt.NDArray[np.int64]
"""Ids of passages, shape `(n,)`, ascending."""

_KEPT = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class VectorBatch:
    """Vectors on their way into a generation: ids of passages, and an array of a row each."""

    ids: Sequence[int]
    vectors: Vectors


def pack(vector: Vector) -> bytes:
    """Return a vector as the catalog keeps it: little-endian float16."""
    return vector.astype(_KEPT).tobytes()


def unpack(kept: Sequence[bytes], dimensions: int) -> Vectors:
    """Return kept vectors as one array of shape `(n, dimensions)`."""
    return np.frombuffer(b"".join(kept), dtype=_KEPT).reshape(len(kept), dimensions).astype(np.float32)
