"""Sketches of vectors: the signs of their numbers, enough to choose which vectors are compared exactly.

Two vectors are the nearer the more of their numbers have the same sign. To count that for a million
vectors takes 15 ms, and their sketches 48 MB; to open Chroma takes seconds, and all the vectors' memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from index.vectors import Ids, Vector, Vectors

_IDS, _WORDS = "sketch-ids.npy", "sketches.npy"
_KEPT = np.dtype("<u8")
_WORD_BYTES = 8
_BLOCK = 16_384
_COUNTED = 10

Words: TypeAlias = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Sketches:
    """Ids of passages, ascending, shape `(n,)`, and the sketches of their vectors of `d` numbers.

    Of these a column is the signs, 64 to a word: shape `(ceil(d / 64), n)`. So all first words lie
    beside each other, and are compared four times as fast as in rows.
    """

    ids: Ids
    words: Words

    def nearest(self, vector: Vector, limit: int) -> list[int]:
        """Return `limit` ids that nearly always hold the nearest to `vector`, for far fewer nearest than that.

        Ten times as many are chosen by how many signs agree, and of these the ones whose agreeing signs
        are those of the largest numbers of `vector`.
        """
        chosen = _least(self._differing(sketch(vector[None, :])[0]), limit * _COUNTED)
        signs = np.unpackbits(self._rows(chosen).view(np.uint8), axis=1, count=len(vector))
        agreement = signs.astype(np.float32) @ vector
        if limit < len(chosen):
            chosen = chosen[np.argpartition(-agreement, limit)[:limit]]
        return [int(id) for id in self.ids[chosen]]

    def of(self, ids: Ids) -> Words:
        """Return the sketches of some passages, in the order of `ids`; raise `ValueError` where one is missing."""
        rows = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        if not np.array_equal(self.ids[rows], ids):
            raise ValueError("some passages have no sketches")
        return self._rows(rows)

    def write(self, folder: Path) -> None:
        """Write two files into a folder."""
        np.save(folder / _WORDS, self.words)
        np.save(folder / _IDS, self.ids)

    def _rows(self, at: npt.NDArray[np.intp]) -> Words:
        return np.array(self.words[:, at].T, order="C")

    def _differing(self, asked: Words) -> npt.NDArray[np.uint16]:
        """Return for each passage how many of its signs differ from those asked for."""
        differing = np.zeros(len(self.ids), dtype=np.uint16)
        for start in range(0, len(differing), _BLOCK):
            block = slice(start, start + _BLOCK)
            for words, word in zip(self.words, asked, strict=True):
                differing[block] += np.bitwise_count(words[block] ^ word)
        return differing


def sketch(vectors: Vectors) -> Words:
    """Return the sketches of vectors, a row each."""
    signs = np.packbits(vectors > 0, axis=1)
    return np.pad(signs, ((0, 0), (0, -signs.shape[1] % _WORD_BYTES))).view(_KEPT)


def gather_sketches(ids: Ids, parts: Sequence[Words]) -> Sketches:
    """Return the sketches of passages whose rows follow each other in `parts`, in the order of `ids`."""
    order = np.argsort(ids)
    return Sketches(ids[order], np.array(np.concatenate(parts)[order].T, order="C"))


def read_sketches(folder: Path) -> Sketches | None:
    """Return the sketches in a folder, None where none were written; they are mapped, not read.

    Raises `OSError` or `ValueError` for files that cannot be used.
    """
    if not (folder / _IDS).is_file():
        return None
    ids, words = np.load(folder / _IDS), np.asarray(np.load(folder / _WORDS, mmap_mode="r"))
    if words.shape[1:] != ids.shape:
        raise ValueError(f"{len(ids)} ids, but sketches of shape {words.shape}")
    return Sketches(ids, words)


def _least(counts: npt.NDArray[np.uint16], wanted: int) -> npt.NDArray[np.intp]:
    """Return the positions of the `wanted` smallest counts, and of others that equal the largest of these."""
    if wanted >= len(counts):
        return np.arange(len(counts))
    most = np.searchsorted(np.bincount(counts).cumsum(), wanted)
    return np.flatnonzero(counts <= most)
