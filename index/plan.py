"""Compare the folders with the catalog: what is new, changed, renamed, gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.hashing import TICK_NS
from index.records import IndexedFile, Settings
from index.walk import FoundFile, Walk, in_order, path_order

UNREAD = ""
"""In place of the hash of a file that could not be read: every run tries it again."""


@dataclass(frozen=True, slots=True)
class Differences:
    """How the folders differ from what is indexed, as far as names, sizes and times tell, in the order of paths.

    `empty` are those of the `same` files that hold no article. `kept` lies where a folder or file
    could not be read: nothing is known of it, so it stays.
    """

    new: tuple[FoundFile, ...]
    touched: tuple[FoundFile, ...]
    same: tuple[FoundFile, ...]
    empty: tuple[IndexedFile, ...]
    gone: tuple[IndexedFile, ...]
    kept: tuple[IndexedFile, ...]


def last_began(before: Settings | None, now: float) -> float | None:
    """Return when the last run began, None before the first.

    Where that was in the future, a clock was wrong, and times tell nothing: then the beginning of time.
    """
    if before is None:
        return None
    return before.last_run.began if before.last_run.began <= now else 0.0


def compare(walk: Walk, indexed: Iterable[IndexedFile], *, last_began: float | None) -> Differences:
    """Compare what was found with what is indexed, without reading a file.

    A file whose time is not older than `last_began`, the start of the last run in seconds since
    the epoch, may have been written again within one tick of the clock after it was read: it
    counts as touched. So does one that the system saw changed since then: another of its size may
    have been put in its place with its time, as by `cp -p`. With None, sizes and times alone
    decide. Of `indexed` no more is kept than is returned.
    """
    began_ns = int(last_began * 1e9) if last_began is not None else 0
    left = {found.name: found for found in walk.files}
    failed = {str(failure.path) for failure in walk.failures}
    touched, same = [], []
    empty: list[IndexedFile] = []
    gone: list[IndexedFile] = []
    kept: list[IndexedFile] = []
    for file in indexed:
        found = left.pop(file.name, None)
        if found is None:
            (kept if failed and not failed.isdisjoint(_with_parents(file.name)) else gone).append(file)
        elif (
            file.size == found.size
            and file.mtime_ns == found.mtime_ns
            and (
                last_began is None
                or (found.mtime_ns < began_ns - TICK_NS and found.changed_ns < began_ns and file.sha256 != UNREAD)
            )
        ):
            same.append(found)
            if not file.has_articles:
                empty.append(file)
        else:
            touched.append(found)
    return Differences(
        new=tuple(left.values()),
        touched=tuple(sorted(touched, key=in_order)),
        same=tuple(sorted(same, key=in_order)),
        empty=tuple(sorted(empty, key=_path)),
        gone=tuple(sorted(gone, key=_path)),
        kept=tuple(sorted(kept, key=_path)),
    )


def _with_parents(name: str) -> set[str]:
    path = Path(name)
    return {name, *map(str, path.parents)}


def _path(file: IndexedFile) -> str:
    return path_order(file.name)


class Renames:
    """Match new files with gone ones of the same bytes, each gone one once."""

    def __init__(self, gone: Sequence[IndexedFile]) -> None:
        self._left: dict[tuple[str, str], list[IndexedFile]] = {}
        for file in sorted(gone, key=_path, reverse=True):
            self._left.setdefault((file.sha256, _suffix(file.name)), []).append(file)

    def take(self, name: str, sha256: str) -> IndexedFile | None:
        """Return the gone file that now is at `name`, if its bytes and type are the same."""
        waiting = self._left.get((sha256, _suffix(name)))
        return waiting.pop() if waiting else None

    def left(self) -> list[IndexedFile]:
        """Return the gone files that nothing was matched with, in the order of paths."""
        return sorted((file for waiting in self._left.values() for file in waiting), key=_path)


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()
