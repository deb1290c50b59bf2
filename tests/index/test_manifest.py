"""A manifest holds values and knows its files by size and hash."""

import json
from pathlib import Path

import pytest

from index.errors import ModelError
from index.hashing import hash_file
from index.manifest import check_manifest, read_manifest, write_manifest


@pytest.fixture
def manifest(tmp_path: Path) -> tuple[Path, tuple[Path, ...]]:
    """Return a manifest of two files, and the files."""
    files = (tmp_path / "a.bin", tmp_path / "b.bin")
    for file in files:
        file.write_bytes(file.name.encode())
    write_manifest(tmp_path / "manifest.json", {"name": "é🙂", "size": 4}, files)
    return tmp_path / "manifest.json", files


def test_values_come_back(manifest: tuple[Path, tuple[Path, ...]]) -> None:
    """The values are those that were written, without what is kept of files."""
    assert read_manifest(*manifest, remedy="") == {"name": "é🙂", "size": 4}


def test_file_that_was_not_listed_is_missed(manifest: tuple[Path, tuple[Path, ...]]) -> None:
    """A file beside the manifest that it does not know is not taken on trust."""
    path, files = manifest
    other = path.parent / "c.bin"
    other.touch()
    with pytest.raises(ModelError, match="do this"):
        read_manifest(path, (*files, other), remedy="do this")


@pytest.mark.parametrize("kept", [{}, {"size": 5}, 5, None, {"size": "5", "sha256": "x"}])
def test_file_listed_without_its_hash_is_refused(manifest: tuple[Path, tuple[Path, ...]], kept: object) -> None:
    """What is kept of a file has to have a size and a hash."""
    path, files = manifest
    values = json.loads(path.read_text(encoding="utf-8"))
    values["files"][files[1].name] = kept
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(ModelError):
        check_manifest(path, files, remedy="")


def test_check_reads_every_file(manifest: tuple[Path, tuple[Path, ...]]) -> None:
    """The last file's bytes are compared as the first one's."""
    path, files = manifest
    check_manifest(path, files, remedy="")
    files[1].write_bytes(b"B.bin")
    with pytest.raises(ModelError, match=r"b\.bin is not as it was written"):
        check_manifest(path, files, remedy="")


def test_same_values_give_the_same_bytes(manifest: tuple[Path, tuple[Path, ...]]) -> None:
    """A manifest does not depend on the order in which values are given."""
    path, files = manifest
    before = hash_file(path)
    write_manifest(path, {"size": 4, "name": "é🙂"}, files)
    assert hash_file(path) == before
