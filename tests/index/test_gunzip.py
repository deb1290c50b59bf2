"""Unpacking compressed files."""

import gzip

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.gunzip import gunzip as gunzip_and_warn


def gunzip(data: bytes, **options: int) -> bytes:
    """Unpack what nothing is to be said of."""
    warnings: list[str] = []
    unpacked = gunzip_and_warn(data, warn=warnings.append, **options)
    assert warnings == []
    return unpacked


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


@given(st.binary(min_size=1, max_size=200), st.binary(max_size=9).filter(lambda data: data.strip(b"\0")))
def test_what_follows_the_end_is_left_out(part: bytes, rest: bytes) -> None:
    """Other bytes after a whole file, or after zeros there, are passed over as gzip does, and that is told."""
    assume(not rest.lstrip(b"\0").startswith(b"\x1f\x8b"))
    warnings: list[str] = []
    assert gunzip_and_warn(gzip.compress(part) + rest, warn=warnings.append) == part
    assert warnings == ["bytes after its end are left out"]


@pytest.mark.parametrize("rest", [b"\x1f\x8b", b"\x1f\x8b\x09more", gzip.compress(b"It voted.", mtime=0)[:-1]])
def test_member_that_is_cut_after_another_is_damaged(rest: bytes) -> None:
    """What begins like a member is one, and has to be whole."""
    with pytest.raises(ArticleError, match="damaged"):
        gunzip(gzip.compress(b"It met.") + rest)


def test_wrong_sum_is_damaged() -> None:
    """Bytes that are not those that were packed are not read, whatever follows them."""
    packed = bytearray(gzip.compress(b"It met on Friday."))
    packed[-8] ^= 1
    for rest in (b"", b"rest"):
        with pytest.raises(ArticleError, match="damaged"):
            gunzip(bytes(packed) + rest)


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
