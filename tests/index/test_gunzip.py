"""Unpacking compressed files."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.gunzip import gunzip


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=4))
def test_members_are_joined(parts: list[bytes]) -> None:
    """What was packed comes back, from one member or several, also with zeros after them."""
    packed = b"".join(gzip.compress(part) for part in parts)
    assert gunzip(packed) == gunzip(packed + bytes(9)) == b"".join(parts)


@given(st.binary(min_size=1, max_size=200), st.data())
def test_cut_file_is_damaged(data: bytes, draw: st.DataObject) -> None:
    """Not even an end that is missing goes unnoticed."""
    packed = gzip.compress(data)
    with pytest.raises(ArticleError, match="damaged"):
        gunzip(packed[: draw.draw(st.integers(1, len(packed) - 1))])


def test_what_is_not_packed_is_damaged() -> None:
    """A file of another kind says so."""
    with pytest.raises(ArticleError, match="damaged"):
        gunzip(b"It met on Friday.")


def test_trap_is_not_unpacked() -> None:
    """A small file that unpacks to much is given up at the limit, whatever its members."""
    packed = gzip.compress(bytes(3_000_000)) + gzip.compress(bytes(3_000_000))
    assert len(gunzip(packed, most=6_000_000)) == 6_000_000
    with pytest.raises(ArticleError, match="unpacks to more than 5 MB"):
        gunzip(packed, most=5_999_999)
