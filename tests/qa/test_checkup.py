"""Readers are examined against the hashes that they were written with."""

from pathlib import Path

import pytest

from index.checkup.findings import Cure
from index.store import Store
from qa.checkup import drop_damaged_readers, examine_readers, kept_readers
from qa.reader_folder import ReaderFolder
from tests.qa.tiny_reader import letter_tokenizer, write_tiny_reader


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with two readers of the user's."""
    store = Store(tmp_path / ".qa")
    store.create()
    store.readers.mkdir()
    for name in ("one", "two"):
        write_tiny_reader(store.readers / name, letter_tokenizer())
    return store


def test_whole_readers_are_sound(store: Store) -> None:
    """The reader of the package and those of the store are as they were written."""
    section = examine_readers(store)
    assert section.is_sound
    assert section.holds == "default, small, 2 more"


def test_damaged_reader_of_the_store_is_dropped(store: Store) -> None:
    """One that is not as it was written is told of, and deleted: asked for, it is exported again."""
    graph = ReaderFolder(store.readers / "one").graph
    graph.write_bytes(graph.read_bytes()[::-1])
    (finding,) = examine_readers(store).findings
    assert finding.cure is Cure.TIDY
    assert "one is not as it was written" in finding.problem
    drop_damaged_readers(store)
    assert [folder.path.name for folder in kept_readers(store)] == ["two"]
    assert examine_readers(store).is_sound


@pytest.mark.parametrize("folder", ["SHIPPED_FOLDER", "SMALL_FOLDER"])
def test_damaged_reader_of_the_package_is_for_the_user(
    store: Store, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """What belongs to the installation is not mended by an index's doctor."""
    shipped = ReaderFolder(store.readers / "two")
    shipped.tokenizer.write_bytes(b"{}")
    monkeypatch.setattr(f"qa.checkup.{folder}", shipped)
    cures = [finding.cure for finding in examine_readers(store).findings]
    assert cures == [Cure.USER, Cure.TIDY]
