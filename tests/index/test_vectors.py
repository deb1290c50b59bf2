"""Vectors as they are kept."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vectors import pack, unpack


def test_number_takes_two_bytes() -> None:
    """A vector is kept as little-endian half floats."""
    assert pack(np.array([1.0, -2.0], dtype=np.float32)) == b"\x00\x3c\x00\xc0"


def test_no_vectors_keep_their_width() -> None:
    """An index without passages has an array of no rows."""
    assert unpack([], 64).shape == (0, 64)


@settings(max_examples=50, deadline=None, database=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 384))
def test_unit_vectors_come_back(seed: int, rows: int, dimensions: int) -> None:
    """Rows of unit length come back in order as float32, within the step of a half float below 1."""
    drawn = np.random.default_rng(seed).normal(size=(rows, dimensions))
    vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    kept = unpack([pack(vector) for vector in vectors], dimensions)
    assert kept.dtype == np.float32
    assert np.abs(kept - vectors).max() <= 2**-11
