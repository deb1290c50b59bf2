"""Files are hashed, and large ones remembered until they are written again."""

import hashlib
import os
from pathlib import Path

import pytest

from qa.file_hashes import LARGE, FileHashes

_OLD_NS = 1_700_000_000_000_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a large file, written long ago."""
    file = tmp_path / "dump.jsonl"
    file.write_bytes(b"a" * LARGE)
    os.utime(file, ns=(_OLD_NS, _OLD_NS))
    return file


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_changed_file_has_another_hash(file: Path) -> None:
    """A file that was written again is read again."""
    hashes = FileHashes()
    assert hashes.of(file) == hashes.of(file) == _sha256(b"a" * LARGE)
    file.write_bytes(b"b" * LARGE)
    assert hashes.of(file) == _sha256(b"b" * LARGE)


def test_unchanged_large_file_is_not_read_again(file: Path) -> None:
    """By its size and time it is the same: the only way to change it unseen is to set the time back."""
    hashes = FileHashes()
    hashes.of(file)
    file.write_bytes(b"b" * LARGE)
    os.utime(file, ns=(_OLD_NS, _OLD_NS))
    assert hashes.of(file) == _sha256(b"a" * LARGE)


@pytest.mark.parametrize(("content", "age"), [(b"a", _OLD_NS), (b"a" * LARGE, 0)])
def test_small_or_young_file_is_always_read(tmp_path: Path, content: bytes, age: int) -> None:
    """One that is read in no time, or may have been written twice in one tick of the clock, is not remembered."""
    file = tmp_path / "a.txt"
    hashes = FileHashes()
    file.write_bytes(content)
    stamp = age or file.stat().st_mtime_ns
    os.utime(file, ns=(stamp, stamp))
    hashes.of(file)
    file.write_bytes(content.replace(b"a", b"b"))
    os.utime(file, ns=(stamp, stamp))
    assert hashes.of(file) == _sha256(content.replace(b"a", b"b"))


def test_file_that_is_gone_has_none(tmp_path: Path) -> None:
    """What cannot be read has no hash."""
    assert FileHashes().of(tmp_path / "none") is None
