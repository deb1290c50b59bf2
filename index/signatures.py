"""Recognise near copies, such as one agency's report under two headlines, by signatures of their words."""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datasketch import MinHash

LEAST_SIMILARITY = 0.4
"""Near copies share at least so much of their runs of words, as a Jaccard index.

Half of the reports that were given another headline, had the first paragraph rewritten and a third
cut, and got a site's boilerplate, all at once, share 0.44 with the original; those to which one of
these was done share 0.6 and more. Reports with two fifths of their words in the same quotations share
0.2, articles about one subject 0.1 at most.
"""

LEAST_WORDS = 20
"""Shorter texts are near copies of nothing: they can be alike by chance."""

RUN = 5
"""Words in a run. What is signed are all runs, so that the order of words counts."""

_VALUES = 128
_KEPT = np.dtype("<u2")
_SEED = 1
_BATCH = 4_096
_WORD = re.compile(r"\w+")

_BAND = 3
_FEW = 256

_Values = npt.NDArray[np.uint16]
_Rows = npt.NDArray[np.intp]


def sign(text: str) -> bytes:
    """Return the MinHash signature of a text, which does not depend on case or punctuation; empty for a short text.

    Kept are the low 16 bits of each value (b-bit minwise hashing, Li and König 2010): values that
    differ agree in them once in 65,536 times.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text.casefold()))
    if len(words) < LEAST_WORDS:
        return b""
    signature = _unsigned().copy()
    starts = range(len(words) - RUN + 1)
    for first in starts[::_BATCH]:
        signature.update_batch(" ".join(words[at : at + RUN]).encode() for at in starts[first : first + _BATCH])
    return bytes(signature.digest().astype(_KEPT).tobytes())


@cache
def _unsigned() -> "MinHash":
    """Return the signature of no words, whose permutations all others share."""
    return _minhash()(_VALUES, seed=_SEED, hashfunc=crc32)


def _minhash() -> "type[MinHash]":
    """Import datasketch's `MinHash`, without the rest of its package where that can be left out.

    The whole package needs scipy, for other sketches: half a second in every process that signs.
    """
    with suppress(ImportError), _unexecuted("datasketch"):
        from datasketch.minhash import MinHash as Alone

        alone: type[MinHash] = Alone
        return alone
    from datasketch import MinHash as OfPackage

    of_package: type[MinHash] = OfPackage
    return of_package


@contextmanager
def _unexecuted(package: str) -> Iterator[None]:
    """Find the modules of a package without running the package itself, if that was not done before."""
    spec = find_spec(package)
    if spec is None or package in sys.modules:
        yield
        return
    sys.modules[package] = module_from_spec(spec)
    try:
        yield
    finally:
        del sys.modules[package]


def similarity(one: bytes, other: bytes) -> float:
    """Estimate from two signatures how much of their runs of words two texts share: 0 to 1, give or take 0.04."""
    if not one or not other:
        return 0.0
    values, others = _unpack([one, other])
    return float((values == others).mean())


def group_copies(signatures: Mapping[int, bytes]) -> dict[int, int]:
    """Return for each text, by its id, the smallest id among its near copies, which include the text itself.

    Copies of copies are copies. Few texts are all compared; of many, those that agree in three
    neighbouring values somewhere, which one in twenty of the least similar pairs does not.
    """
    ids = np.array(sorted(id for id, signature in signatures.items() if signature), dtype=np.int64)
    values = _unpack([signatures[int(id)] for id in ids])
    groups = np.arange(len(ids))
    for band in _bands(values):
        for rows in _together(band, groups):
            for near in _connected(values[rows]):
                found = np.unique(groups[rows[near]])
                groups[np.isin(groups, found)] = found[0]
    firsts = {int(id): int(ids[group]) for id, group in zip(ids, groups, strict=True)}
    return {id: firsts.get(id, id) for id in signatures}


def _unpack(signatures: Sequence[bytes]) -> _Values:
    """Return signatures as one array of shape `(n, _VALUES)`."""
    return np.frombuffer(b"".join(signatures), dtype=_KEPT).reshape(len(signatures), _VALUES)


def _bands(values: _Values) -> Iterator[npt.NDArray[np.uint64]]:
    """Yield what texts have to agree in to be compared, shape `(n,)` each: locality-sensitive hashing.

    datasketch's `MinHashLSH` does this for 100,000 texts in 25 seconds and 1.6 GB; here it takes two.
    """
    if len(values) <= _FEW:
        yield np.zeros(len(values), dtype=np.uint64)
        return
    for first in range(0, _VALUES - _BAND + 1, _BAND):
        band = values[:, first].astype(np.uint64)
        for column in range(first + 1, first + _BAND):
            band = band << np.uint64(16) | values[:, column]
        yield band


def _together(band: npt.NDArray[np.uint64], groups: _Rows) -> Iterator[_Rows]:
    """Yield the rows of each value in a band, where they are not all of one group already."""
    order = np.argsort(band, kind="stable")
    bounds = np.flatnonzero(np.diff(band[order])) + 1
    starts, ends = np.append(0, bounds), np.append(bounds, len(band))
    if len(band) == 0:
        return
    mixed = np.minimum.reduceat(groups[order], starts) != np.maximum.reduceat(groups[order], starts)
    for start, end in zip(starts[mixed], ends[mixed], strict=True):
        yield order[start:end]


def _connected(values: _Values) -> Iterator[_Rows]:
    """Yield the positions of rows that are similar, or are connected by similar ones: two at least."""
    left = np.arange(len(values))
    while len(left) > 1:
        waiting, found = [left[0]], [left[0]]
        left = left[1:]
        while waiting:
            near = (values[left] == values[waiting.pop()]).mean(axis=1) >= LEAST_SIMILARITY
            waiting += left[near].tolist()
            found += left[near].tolist()
            left = left[~near]
        if len(found) > 1:
            yield np.array(found)
