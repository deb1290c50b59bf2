"""Noticing that the folders are not what was indexed any more."""

from pathlib import Path

import pytest

from index.catalog import Catalog
from index.hashing import hash_file
from index.staleness import Staleness, find_staleness
from index.store import Store
from tests.conftest import Index
from tests.index.stored import age, looking, put


def staleness(store: Store) -> Staleness:
    with looking(store) as snapshot:
        return find_staleness(store, snapshot)


def test_fresh_index_is_not_stale(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Right after a run nothing differs, whatever the run skipped."""
    (folder / "one.txt").write_text("It met. It voted.")
    put(folder / "empty.txt", b"")
    put(folder / "binary.md", b"\0\1")
    put(folder / "photo.jpg", b"jpeg")
    put(folder / "draft.txt", "It may meet.")
    fake_index(folder, exclude=("draft*",))
    assert not staleness(fake_store)


def test_differences_are_counted(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """New, changed and gone files are counted without reading one."""
    for name in ("a", "b", "c", "d"):
        put(folder / f"{name}.txt", f"Article {name}.")
    fake_index(folder)
    put(folder / "new.txt", "It is new.")
    put(folder / "a.txt", "It is longer than before.")
    age(folder / "b.txt", tick=5)
    (folder / "c.txt").unlink()
    assert staleness(fake_store) == Staleness(new=1, changed=2, gone=1)


def test_files_without_articles_are_not_missed(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Nothing that could be quoted has gone with an empty or a binary file, nor has it come with other bytes."""
    put(folder / "one.txt", "It met.")
    put(folder / "two.txt", "It voted.")
    put(folder / "empty.txt", b"")
    put(folder / "binary.md", b"\0\1")
    fake_index(folder)
    for name in ("empty.txt", "binary.md"):
        (folder / name).unlink()
    assert not staleness(fake_store)
    (folder / "two.txt").unlink()
    assert staleness(fake_store) == Staleness(new=0, changed=0, gone=1)
    fake_index()
    assert not staleness(fake_store)


def test_other_mode_makes_no_index_stale(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file whose mode was changed is what was indexed, as far as its name, size and time tell."""
    file = put(folder / "one.txt", "It met.")
    fake_index(folder)
    file.chmod(0o600)
    assert not staleness(fake_store)


def test_run_ends_staleness(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """After another run nothing differs again."""
    file = put(folder / "one.txt", "It met.")
    fake_index(folder)
    age(file, tick=5)
    assert staleness(fake_store)
    fake_index()
    assert not staleness(fake_store)


def test_files_of_a_vanished_root_are_gone(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """An index whose folder is not there any more is not up to date."""
    put(folder / "one.txt", "It met.")
    fake_index(folder)
    folder.rename(folder.parent / "elsewhere")
    assert staleness(fake_store) == Staleness(new=0, changed=0, gone=1)


def test_file_that_could_not_be_read_does_not_count(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the last run could not read makes no index stale."""
    put(folder / "one.txt", "It met.")
    put(folder / "secret.txt", "It is secret.")

    def refuse(path: Path) -> str:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied")
        return hash_file(path)

    monkeypatch.setattr("index.intake.hash_article", refuse)
    assert fake_index(folder).report.failed == 1
    assert not staleness(fake_store)
    assert fake_index(folder).report.failed == 1
    monkeypatch.undo()
    assert fake_index(folder).report.added == 1


def test_file_that_failed_to_decode_does_not_count(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A file that the last run read and could not decode is not new until it changes."""
    put(folder / "one.txt", "It met.")
    put(folder / "odd.txt", b"\xff\xfeodd")
    fake_index(folder)
    assert not staleness(fake_store)


def test_index_that_was_never_finished_is_not_stale(catalog: Catalog, store: Store) -> None:
    """Without a first run there is nothing to differ from."""
    assert not staleness(store)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Staleness(1, 2, 3), "1 new, 2 changed, 3 gone"),
        (Staleness(0, 2, 0), "2 changed"),
        (Staleness(0, 0, 0), ""),
    ],
)
def test_staleness_names_what_differs(found: Staleness, text: str) -> None:
    """Only what differs is named; nothing is false."""
    assert str(found) == text
    assert bool(found) is bool(text)
