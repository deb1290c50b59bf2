"""The folder that holds an index: where it is found, what lies in it, who may read it."""

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import (
    NoIndexError,
    StoreAccessError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    UsageError,
)
from index.walk import is_unicode

STORE_NAME = ".qa"
"""The folder looked for from the current one upward, as git looks for `.git`."""

REPAIR = "run qa doctor --repair"
"""What to do about a damaged index."""

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_NO_ACCESS = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_IOERR,
)
_LEAST_ROOM = 1 << 20
_OF_SYSTEMS = frozenset([".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"])
"""What systems put into folders that are empty to their users."""

GENERATION_NUMBER = r"(?:\d{6}|[1-9]\d{6,})"
"""The name of a generation's folder, as a regular expression."""

_GENERATION = re.compile(rf"{GENERATION_NUMBER}(?:\.lock.*)?")


@dataclass(frozen=True, slots=True)
class Store:
    """Name every file of an index. `path` is absolute."""

    path: Path

    @property
    def catalog(self) -> Path:
        """The SQLite database that is the truth about what is indexed."""
        return self.path / "catalog.sqlite3"

    @property
    def models(self) -> Path:
        """The exported models, a folder each."""
        return self.path / "models"

    @property
    def readers(self) -> Path:
        """The readers of the user's that were exported, a folder each; the shipped one is not among them."""
        return self.path / "readers"

    @property
    def generations(self) -> Path:
        """Chroma's folders, one for each generation of vectors."""
        return self.path / "generations"

    @property
    def writer_lock(self) -> Path:
        """The lock of the one process that may write."""
        return self.path / "writer.lock"

    @property
    def writer_note(self) -> Path:
        """Who holds the writer's lock, for the message to a second one."""
        return self.path / "writer.json"

    @property
    def last_answer(self) -> Path:
        """The citations of the last answer, for `qa show N`."""
        return self.path / "last-answer.json"

    @property
    def chat_history(self) -> Path:
        """The questions typed in the chat."""
        return self.path / "chat-history"

    @property
    def conversations(self) -> Path:
        """What was asked in chats, a file each: questions, and the places of quotes."""
        return self.path / "conversations"

    @property
    def _ignored(self) -> Path:
        """What tells git to leave the store out."""
        return self.path / ".gitignore"

    def exists(self) -> bool:
        """Tell whether an index was begun here."""
        with store_errors(self.path):
            return self.catalog.is_file()

    def check_exists(self) -> None:
        """Raise `NoIndexError` where no index was begun here."""
        if not self.exists():
            raise NoIndexError(f"there is no index in {self.path}", "run qa index FOLDER")

    def check_place(self) -> None:
        """Raise `UsageError` where the folder cannot be: in the place of a file, or where no model can be opened."""
        if not is_unicode(str(self.path)):
            raise UsageError(f"{self.path}, the place of the index, is not UTF-8", "name another folder with --store")
        with store_errors(self.path):
            nearest = next(path for path in (self.path, *self.path.parents) if os.path.lexists(path))
            if not nearest.is_dir():
                what = "no folder" if nearest.exists() else "a link that leads nowhere"
                raise UsageError(f"{nearest} is {what}", "mend that, or name another folder with --store")

    def create(self) -> None:
        """Make the folder, readable by its owner only; raise `UsageError` where that cannot be, or others use it."""
        self.check_place()
        with store_errors(self.path):
            new = not self.path.exists()
            if not new and not self.catalog.exists() and (other := self._other_file()) is not None:
                raise UsageError(
                    f"{self.path} is no index and holds other files, such as {other.relative_to(self.path)}",
                    "name a new or an empty folder with --store",
                )
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if new or self.path.name == STORE_NAME:
                self.path.chmod(0o700)  # a folder that was there before keeps its mode
            self.models.mkdir(exist_ok=True)
            self.generations.mkdir(exist_ok=True)
            if new and self.path.name == STORE_NAME:
                # Articles and chats are the user's own: git is not to take them up with all else.
                self._ignored.write_text("*\n", encoding="utf-8")

    def files(self) -> Iterator[Path]:
        """Yield the files and folders in the store that are ours; what else lies there is not looked at."""
        folders = (self.models, self.readers, self.generations, self.conversations)
        own = {*folders, self.writer_lock, self.writer_note, self.chat_history, self._ignored}
        beside = (self.catalog.name, self.last_answer.name)  # SQLite's files, and half-written ones
        for path in self.path.iterdir():
            if path in own or path.name.startswith(beside):
                yield path

    def _other_file(self) -> Path | None:
        """Return something in the folder that no index has made, if there is such a thing."""
        own = set(self.files())
        others = [path for path in self.path.iterdir() if path not in own and path.name not in _OF_SYSTEMS]
        # Hidden ones are half-written exports.
        for folder, manifest in ((self.models, "settings.json"), (self.readers, "reader.json")):
            others += [path for path in folder.glob("[!.]*") if not (path / manifest).is_file()]
        others += [path for path in self.generations.glob("*") if not _GENERATION.fullmatch(path.name)]
        return min(others, default=None)

    def shorten(self, path: Path) -> str:
        """Return an absolute path as the catalog keeps it: from the store's parent where below it.

        So a folder of articles may be moved together with its index.
        """
        base = self.path.parent
        return path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)

    def expand(self, kept: str) -> Path:
        """Return the absolute path that `shorten` kept."""
        return self.path.parent / kept

    def expander(self) -> Callable[[str], str]:
        """Return what does as `expand` does, with strings and for many files: in a twentieth of the time."""
        before, sep, is_absolute = self._before(), os.sep, os.path.isabs
        if sep == "/":
            return lambda kept: kept if kept.startswith("/") else before + kept
        return lambda kept: kept if is_absolute(kept) else before + kept.replace("/", sep)

    def shorten_name(self, name: str) -> str:
        """Return the absolute path of a file, which is a string, as `shorten` does."""
        before = self._before()
        return name.removeprefix(before).replace(os.sep, "/") if name.startswith(before) else name

    def _before(self) -> str:
        """Return what comes before the names in the store's parent folder."""
        return str(self.path.parent).rstrip(os.sep) + os.sep


def find_store(start: Path) -> Store | None:
    """Return the store in `start` or in the nearest folder above it."""
    for folder in (start, *start.parents):
        store = Store(folder / STORE_NAME)
        if store.exists():
            return store
    return None


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system about the store at `path` into ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except sqlite3.Error as error:
        raise _store_error(path, error, str(error)) from error
    except OSError as error:
        raise _store_error(path, error, error.strerror or str(error)) from error


def _store_error(path: Path, error: sqlite3.Error | OSError, text: str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code, without its extension
    number = getattr(error, "errno", None)
    if number in _FULL or code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and has_no_room(path)):
        return StoreFullError(f"the disk that holds {path} is full", "free some space, then run the command again")
    if isinstance(error, OSError) or code in _NO_ACCESS:
        return StoreAccessError(
            f"{path} cannot be read or written: {text}", "check its permissions, or name another folder with --store"
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(f"{path} is locked by another process", "wait for it to finish, then run again")
    return StoreDamagedError(f"{path} is damaged: {text}", REPAIR)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    return sum(each.stat().st_size for each in (path, *path.rglob("*")) if each.is_file())


def has_no_room(path: Path) -> bool:
    """Tell whether the disk is all but full: SQLite may then fail with an I/O error even to read."""
    try:
        return shutil.disk_usage(path).free < _LEAST_ROOM
    except OSError:
        return False
