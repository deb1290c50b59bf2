"""Files that vanish or are replaced while a run reads them: what comes of them, and when it is told and mended."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.hashing import hash_article
from index.staleness import find_staleness
from index.store import Store
from tests.conftest import Index
from tests.index.stored import looking, put, texts

OLD = "The council met on Monday."
NEW = "The council meets on Friday, at noon."
NEWER = "The council will not meet."


def run_while(fake_index: Index, file: Path, happens: Callable[[], object], *, is_hashed: bool) -> tuple[int, ...]:
    """Run while something happens to a file, before it is hashed or after; return the counts that tell of it."""

    def hash_while(path: Path) -> str:
        if path != file:
            return hash_article(path)
        if not is_hashed:
            happens()
        found = hash_article(path)
        if is_hashed:
            happens()
        return found

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("index.intake.hash_article", hash_while)
        report = fake_index().report
    return report.changed, report.removed, report.failed


def staleness(store: Store) -> str:
    with looking(store) as snapshot:
        return str(find_staleness(store, snapshot))


@pytest.fixture
def file(fake_index: Index, folder: Path) -> Path:
    """Return an article that has changed since it was indexed, beside one that has not."""
    put(folder / "other.txt", "It stays.")
    file = put(folder / "a.txt", OLD)
    fake_index(folder)
    return put(file, NEW, tick=1)


@pytest.mark.parametrize("is_hashed", [False, True])
def test_file_that_is_replaced_is_read_as_it_is_now(
    fake_index: Index, fake_store: Store, file: Path, *, is_hashed: bool
) -> None:
    """Editors rename a new file to the old one's name: there always is one, and what is read of it is what counts."""
    replacement = put(file.with_suffix(".new"), NEWER, tick=2)
    assert run_while(fake_index, file, lambda: replacement.replace(file), is_hashed=is_hashed) == (1, 0, 0)
    assert texts(fake_store) == {"a.txt": NEWER, "other.txt": "It stays."}
    assert staleness(fake_store) == "1 changed"  # its size and time are not those that were found
    assert fake_index().report.unchanged == 2
    assert staleness(fake_store) == ""


def test_file_that_vanishes_before_it_is_parsed_takes_its_article_along(
    fake_index: Index, fake_store: Store, file: Path
) -> None:
    """What it said before is not quoted any more, and nothing is missing."""
    assert run_while(fake_index, file, file.unlink, is_hashed=True) == (0, 1, 1)
    assert texts(fake_store) == {"other.txt": "It stays."}
    assert staleness(fake_store) == ""
    assert fake_index().report.failed == 0


def test_file_that_vanishes_before_it_is_hashed_is_told_of_as_gone(
    fake_index: Index, fake_store: Store, file: Path
) -> None:
    """Nothing was learned of it: its article stays until the next run, which every question says is due."""
    assert run_while(fake_index, file, file.unlink, is_hashed=False) == (0, 0, 1)
    assert staleness(fake_store) == "1 gone"
    assert fake_index().report.removed == 1
    assert texts(fake_store) == {"other.txt": "It stays."}


@pytest.mark.parametrize("is_hashed", [False, True])
def test_file_that_vanishes_and_comes_back_is_read_by_the_next_run(
    fake_index: Index, fake_store: Store, file: Path, *, is_hashed: bool
) -> None:
    """Editors that move a file away before they write it anew leave a moment without it; that it is back is told."""
    aside = file.with_suffix(".bak")
    _, _, failed = run_while(fake_index, file, lambda: file.rename(aside), is_hashed=is_hashed)
    assert failed == 1
    put(file, NEWER, tick=2)
    assert staleness(fake_store) == "1 changed"
    assert fake_index().report.failed == 0
    assert texts(fake_store) == {"a.txt": NEWER, "other.txt": "It stays."}
    assert staleness(fake_store) == ""
