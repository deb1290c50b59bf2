"""Compare the folders with the catalog: what is new, changed, renamed, gone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.records import IndexedFile
from index.walk import Failure, FoundFile, Walk

UNREAD = ""
"""In place of the hash of a file that could not be read: every run tries it again."""

_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system (FAT's), in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Differences:
    """How the folders differ from what is indexed, as far as names, sizes and times tell.

    `kept` lies where a folder or file could not be read: nothing is known of it, so it stays.
    """

    new: tuple[FoundFile, ...]
    touched: tuple[FoundFile, ...]
    same: tuple[FoundFile, ...]
    gone: tuple[IndexedFile, ...]
    kept: tuple[IndexedFile, ...]


def compare(walk: Walk, indexed: Sequence[IndexedFile], *, last_began: float | None) -> Differences:
    """Compare what was found with what is indexed, without reading a file.

    A file whose time is not older than `last_began`, the start of the last run in seconds since
    the epoch, may have been written again within one tick of the clock after it was read: it
    counts as touched. With None, sizes and times alone decide.
    """
    known = {file.path: file for file in indexed}
    racy = int(last_began * 1e9) - _TICK_NS if last_began is not None else 0
    new, touched, same = [], [], []
    for found in walk.files:
        file = known.pop(found.path, None)
        if file is None:
            new.append(found)
        elif (file.size, file.mtime_ns) != (found.size, found.mtime_ns):
            touched.append(found)
        elif last_began is None or (found.mtime_ns < racy and file.sha256 != UNREAD):
            same.append(found)
        else:
            touched.append(found)
    failed = {failure.path for failure in walk.failures}
    gone: list[IndexedFile] = []
    kept: list[IndexedFile] = []
    for file in known.values():
        unknown = not failed.isdisjoint((file.path, *file.path.parents))
        (kept if unknown else gone).append(file)
    return Differences(tuple(new), tuple(touched), tuple(same), tuple(gone), tuple(kept))


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; `OSError` comes through."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Renames:
    """Match new files with gone ones of the same bytes, each gone one once."""

    def __init__(self, gone: Sequence[IndexedFile]) -> None:
        self._left: dict[tuple[str, str], list[IndexedFile]] = {}
        for file in sorted(gone, key=lambda file: file.path, reverse=True):
            self._left.setdefault((file.sha256, file.path.suffix.lower()), []).append(file)

    def take(self, path: Path, sha256: str) -> IndexedFile | None:
        """Return the gone file that now is at `path`, if its bytes and type are the same."""
        waiting = self._left.get((sha256, path.suffix.lower()))
        return waiting.pop() if waiting else None

    def left(self) -> list[IndexedFile]:
        """Return the gone files that nothing was matched with, in the order of paths."""
        return sorted((file for waiting in self._left.values() for file in waiting), key=lambda file: file.path)


def failure(path: Path, error: OSError) -> Failure:
    """Describe an error of the system about one file."""
    return Failure(path, (error.strerror or str(error)).lower())
