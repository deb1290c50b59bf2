"""The store: found from below, private, and with errors that say what to do."""

import errno
import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from index.errors import StoreAccessError, StoreBusyError, StoreDamagedError, StoreError, StoreFullError, UsageError
from index.store import STORE_NAME, Store, find_store, store_errors


def test_new_store_is_the_owner_s_alone(tmp_path: Path) -> None:
    """Articles may be private: nobody else may look into the index."""
    if sys.platform == "win32":
        pytest.skip("Windows keeps permissions otherwise")
    store = Store(tmp_path / "deep" / STORE_NAME)
    store.create()
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o700


def test_store_may_be_created_again(store: Store) -> None:
    """Creating it twice keeps what is in it."""
    (store.models / "model").mkdir()
    (store.models / "model" / "settings.json").touch()
    (store.models / ".half-written").mkdir()
    store.create()
    assert (store.models / "model").is_dir()


@pytest.mark.parametrize(
    "other", ["notes.txt", "models/mine/weights", "readers/mine/weights", "generations/2024/notes.txt", ".bashrc"]
)
def test_folder_with_other_files_becomes_no_store(tmp_path: Path, other: str) -> None:
    """What is deleted and closed to others in a store is what an index made: a folder in use is not taken for one."""
    path = tmp_path / "mine" / other
    path.parent.mkdir(parents=True)
    path.write_text("precious")
    with pytest.raises(UsageError, match="holds other files"):
        Store(tmp_path / "mine").create()
    assert [each for each in (tmp_path / "mine").rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db"])
def test_empty_folder_may_become_a_store(tmp_path: Path, name: str) -> None:
    """What a system puts there by itself is not in the way."""
    (tmp_path / name).touch()
    Store(tmp_path).create()
    assert (tmp_path / "models").is_dir()


def test_files_of_others_in_an_old_store_are_not_its_own(store: Store) -> None:
    """Whoever looks at or closes a store's files leaves alone what lies beside them."""
    (store.path / "notes.txt").touch()
    store.catalog.touch()
    store.create()
    assert {path.name for path in store.files()} >= {"catalog.sqlite3", "models", "generations"}
    assert "notes.txt" not in {path.name for path in store.files()}


@pytest.mark.parametrize("below", ["articles.txt", "articles.txt/.qa"])
def test_file_is_no_store(tmp_path: Path, below: str) -> None:
    """A file in the place of the folder is told of as that, and left as it is."""
    (tmp_path / "articles.txt").write_text("It met.")
    with pytest.raises(UsageError, match=r"articles\.txt is no folder"):
        Store(tmp_path / below).create()
    assert (tmp_path / "articles.txt").read_text() == "It met."


def test_link_to_nowhere_is_no_store(tmp_path: Path) -> None:
    """A link to a disk that is away is not taken for a place to make an index in."""
    try:
        (tmp_path / STORE_NAME).symlink_to(tmp_path / "away")
    except OSError:
        pytest.skip("no right to make links")
    with pytest.raises(UsageError, match="leads nowhere"):
        Store(tmp_path / STORE_NAME).create()


def test_path_that_is_not_unicode_is_no_store(tmp_path: Path) -> None:
    """Models and vectors could not be opened there: that is told of before anything is made."""
    with pytest.raises(UsageError, match="is not UTF-8"):
        Store(tmp_path / "caf\udce9" / STORE_NAME).create()
    assert list(tmp_path.iterdir()) == []


def test_git_does_not_take_up_a_new_store(tmp_path: Path) -> None:
    """It holds all articles, and what was asked."""
    Store(tmp_path / STORE_NAME).create()
    assert (tmp_path / STORE_NAME / ".gitignore").read_text() == "*\n"


def test_store_exists_with_its_catalog(store: Store) -> None:
    """A folder alone is no index."""
    assert not store.exists()
    store.catalog.touch()
    assert store.exists()


def test_files_of_a_store_lie_in_it(store: Store) -> None:
    """No file of an index is written elsewhere."""
    files = (
        store.catalog,
        store.models,
        store.generations,
        store.writer_lock,
        store.writer_note,
        store.last_answer,
        store.chat_history,
    )
    assert {file.parent for file in files} == {store.path}
    assert len(set(files)) == 7


@pytest.mark.parametrize("below", [".", "articles/2024/a.txt", "zürich 😀.txt"])
def test_path_beside_the_store_is_kept_relative(store: Store, below: str) -> None:
    """What lies below the store's parent moves with it."""
    path = store.path.parent / below
    assert store.shorten(path) == below
    assert store.expand(below) == path


def test_path_elsewhere_is_kept_absolute(store: Store) -> None:
    """What lies elsewhere stays where it is."""
    path = store.path.parent.parent / "elsewhere" / "a.txt"
    assert store.shorten(path) == str(path)
    assert store.expand(str(path)) == path


@pytest.mark.parametrize("name", ["a.txt", "articles/2024/a.txt", "zürich 😀.txt", "../elsewhere/a.txt"])
def test_files_by_strings_are_kept_as_by_paths(store: Store, name: str) -> None:
    """What is quick for many files says the same as what is not."""
    path = Path(os.path.abspath(store.path.parent / name))
    kept = store.shorten_name(str(path))
    assert kept == store.shorten(path)
    assert store.expander()(kept) == str(store.expand(kept)) == str(path)


def test_nearest_store_is_found(tmp_path: Path) -> None:
    """From a folder the store in it, or in the nearest folder above it, is found."""
    outer, inner = Store(tmp_path / STORE_NAME), Store(tmp_path / "a" / STORE_NAME)
    for store in (outer, inner):
        store.create()
        store.catalog.touch()
    assert find_store(tmp_path / "a" / "b") == inner
    assert find_store(tmp_path / "a") == inner
    assert find_store(tmp_path) == outer


def test_folder_without_a_catalog_is_passed_over(tmp_path: Path) -> None:
    """An empty `.qa` does not hide the index above it."""
    outer = Store(tmp_path / STORE_NAME)
    outer.create()
    outer.catalog.touch()
    (tmp_path / "a" / STORE_NAME).mkdir(parents=True)
    assert find_store(tmp_path / "a") == outer


def of_sqlite(code: int) -> sqlite3.OperationalError:
    """Return an error as SQLite raises it, by its code."""
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StoreFullError),
        (of_sqlite(sqlite3.SQLITE_FULL), StoreFullError),
        (PermissionError(errno.EACCES, "Permission denied"), StoreAccessError),
        (OSError(errno.EROFS, "Read-only file system"), StoreAccessError),
        (of_sqlite(sqlite3.SQLITE_READONLY), StoreAccessError),
        (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), StoreAccessError),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), StoreAccessError),
        (of_sqlite(sqlite3.SQLITE_BUSY), StoreBusyError),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), StoreBusyError),
        (of_sqlite(sqlite3.SQLITE_CORRUPT), StoreDamagedError),
        (of_sqlite(sqlite3.SQLITE_NOTADB), StoreDamagedError),
    ],
)
def test_errors_of_the_system_become_ours(store: Store, error: Exception, kind: type[StoreError]) -> None:
    """Each kind of trouble has its own error, which names the store, keeps its cause and says what to do."""
    with pytest.raises(kind) as caught, store_errors(store.path):
        raise error
    assert type(caught.value) is kind
    assert str(store.path) in caught.value.problem
    assert caught.value.remedy
    assert caught.value.__cause__ is error


def test_other_errors_come_through(store: Store) -> None:
    """A mistake of ours is not blamed on the store."""
    with pytest.raises(ValueError, match="ours"), store_errors(store.path):
        raise ValueError("ours")
