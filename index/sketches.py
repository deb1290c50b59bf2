"""Sketches of vectors: the signs of their numbers, enough to choose which vectors are compared exactly.

Two vectors are the nearer the more of their numbers have the same sign. To count that for a million
vectors takes far less time and memory than to open Chroma: their sketches are 48 MB.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from index.vectors import Ids, Vector, Vectors

_IDS, _BITS = "sketch-ids.npy", "sketches.npy"
_WORD = 8
_ROWS = 65_536
_COUNTED = 10

Bits: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sketches:
    """Ids of passages, ascending, shape `(n,)`, and the sketches of their vectors.

    Of these a row is the signs, eight to a byte, filled up to whole words of 64: shape `(n, 8 * ceil(d / 64))`.
    """

    ids: Ids
    bits: Bits

    def nearest(self, vector: Vector, limit: int) -> list[int]:
        """Return `limit` ids that nearly always hold the nearest to `vector`, for far fewer nearest than that.

        Ten times as many are chosen by how many signs agree, and of these the ones whose agreeing signs
        are those of the largest numbers of `vector`.
        """
        rows = _least(self._differing(sketch(vector[None, :])[0]), limit * _COUNTED)
        signs = np.unpackbits(self.bits[rows], axis=1, count=len(vector)).astype(np.float32)
        return [int(id) for id in self.ids[rows[_least(-(signs @ vector), limit)]]]

    def of(self, ids: Ids) -> Bits:
        """Return the sketches of some passages, in the order of `ids`; raise `ValueError` where one is missing."""
        rows = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        if not np.array_equal(self.ids[rows], ids):
            raise ValueError("some passages have no sketches")
        return np.array(self.bits[rows])

    def write(self, folder: Path) -> None:
        """Write two files into a folder."""
        np.save(folder / _BITS, self.bits)
        np.save(folder / _IDS, self.ids)

    def _differing(self, asked: Bits) -> npt.NDArray[np.uint16]:
        """Return for each row how many of its signs differ from those asked for."""
        differing = np.empty(len(self.ids), dtype=np.uint16)
        words, wanted = self.bits.view(np.uint64), asked.view(np.uint64)
        for start in range(0, len(words), _ROWS):
            counts = np.bitwise_count(words[start : start + _ROWS] ^ wanted)
            counts.sum(axis=1, dtype=np.uint16, out=differing[start : start + _ROWS])
        return differing


def sketch(vectors: Vectors) -> Bits:
    """Return the sketches of vectors, a row each."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.pad(bits, ((0, 0), (0, -bits.shape[1] % _WORD)))


def gather_sketches(ids: Ids, parts: Sequence[Bits]) -> Sketches:
    """Return the sketches of passages whose rows follow each other in `parts`, in the order of `ids`."""
    order = np.argsort(ids)
    return Sketches(ids[order], np.concatenate(parts)[order])


def read_sketches(folder: Path) -> Sketches | None:
    """Return the sketches in a folder, None where none were written; they are mapped, not read.

    Raises `OSError` or `ValueError` for files that cannot be used.
    """
    if not (folder / _IDS).is_file():
        return None
    ids, bits = np.load(folder / _IDS), np.load(folder / _BITS, mmap_mode="r")
    if len(ids) != len(bits):
        raise ValueError(f"{len(ids)} ids of {len(bits)} sketches")
    return Sketches(ids, bits)


def _least(values: npt.NDArray[Any], count: int) -> npt.NDArray[np.intp]:
    """Return the positions of the `count` smallest values, ascending."""
    return np.sort(np.argpartition(values, count)[:count]) if count < len(values) else np.arange(len(values))
