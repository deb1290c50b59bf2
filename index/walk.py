"""Find the files of articles in folders, in an order that is always the same."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from index.loaders import format_of
from index.skipped import Skipped


@dataclass(frozen=True, slots=True, order=True)
class FoundFile:
    """A file that a loader reads: where it is, its size in bytes, its time in nanoseconds."""

    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be read, and why."""

    path: Path
    reason: str


@dataclass(slots=True)
class Walk:
    """What was found below some paths; `skipped` counts the rest by its reason."""

    files: list[FoundFile] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skipped: Skipped = field(default_factory=Skipped)


def walk_articles(roots: Sequence[Path], *, exclude: Sequence[str], store: Path) -> Walk:
    """Find the files of articles at and below `roots`, which are absolute, sorted by path.

    Hidden files, unknown types, everything that is not a regular file, the index's own `store`
    and what matches an `exclude` pattern (a name, or a path below its root, with `*` and `?`) are
    skipped and counted. A folder that is met twice, by a link, is walked once.
    """
    walk = Walk()
    seen = _identity(store)  # by whatever link it is met
    waiting = [(root, root) for root in reversed(roots)]
    while waiting:
        path, root = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in seen:
                    seen.add((status.st_dev, status.st_ino))
                    names = sorted(entry.name for entry in path.iterdir())
                    kept = list(_kept(names, path, root, exclude, walk))
                    waiting += [(path / name, root) for name in reversed(kept)]  # the first is taken first
            else:
                _take_file(path, status, walk)
        except OSError as error:
            if isinstance(error, FileNotFoundError) and path != root:
                walk.skipped.add(path, "gone")  # a link to nowhere, or a file deleted meanwhile
                continue
            walk.failures.append(Failure(path, (error.strerror or str(error)).lower()))
    walk.files = sorted(set(walk.files))
    return walk


def _identity(folder: Path) -> set[tuple[int, int]]:
    """Return what tells a folder from others; nothing where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return set()
    return {(status.st_dev, status.st_ino)}


def _kept(names: Sequence[str], folder: Path, root: Path, exclude: Sequence[str], walk: Walk) -> Iterator[str]:
    """Yield the names in a folder that are neither hidden nor excluded, and count the others."""
    for name in names:
        if name.startswith("."):
            walk.skipped.add(folder / name, "hidden")
        elif name.startswith("~$"):
            walk.skipped.add(folder / name, "lock file")  # of a document that is open in Word
        elif _excluded((folder / name).relative_to(root), exclude):
            walk.skipped.add(folder / name, "excluded")
        else:
            yield name


def _take_file(path: Path, status: os.stat_result, walk: Walk) -> None:
    if format_of(path) is None:
        walk.skipped.add(path, "unknown type")
    elif not stat.S_ISREG(status.st_mode):
        walk.skipped.add(path, "not a file")
    elif not _is_unicode(path):
        walk.failures.append(Failure(path, "its name is not UTF-8"))
    else:
        walk.files.append(FoundFile(path, status.st_size, status.st_mtime_ns))


def _excluded(relative: Path, patterns: Sequence[str]) -> bool:
    names = (relative.name, relative.as_posix())
    return any(fnmatch(name, pattern.rstrip("/")) for pattern in patterns for name in names)


def _is_unicode(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True
