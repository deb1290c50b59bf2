"""Find the files of articles in folders, in an order that is always the same."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from operator import attrgetter
from os import DirEntry, scandir
from pathlib import Path
from typing import NamedTuple

from index.loaders import FORMATS, format_named
from index.skipped import Skipped


class FoundFile(NamedTuple):
    """A file that a loader reads: its absolute path, its size in bytes, its time in nanoseconds.

    `changed_ns` is when it was last written, or given another time or mode, by the system's own clock; 0 on Windows,
    which keeps no such time. Its path is a string and it is a named tuple, since one is made of every file at every
    run, and now and then at a question: paths of pathlib would take five times as long as all else.
    """

    name: str
    size: int
    mtime_ns: int
    changed_ns: int

    @property
    def state(self) -> tuple[str, int, int]:
        """What an index keeps of it, as `Snapshot.file_states` tells it."""
        return self[:3]

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.name)


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


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is being walked: what comes before its names, from the file system's root and from its own one.

    `is_unicode` says that UTF-8 can hold the former; `left` are the entries that were not looked at yet.
    """

    prefix: str
    below: str
    is_unicode: bool
    left: Iterator[DirEntry[str]]


_Identity = tuple[int, int]

_NAME = attrgetter("name")

BESIDE_A_PAGE = "_files"
"""What browsers add to a saved page's name for the folder of its scripts, frames and pictures."""

_KEEPS_CHANGES = os.name == "posix"
"""Elsewhere that time is when a file was made."""

_MOST_TIME = (1 << 63) - 1
_PAGES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class _Limits:
    """What is left out of a walk: what matches a pattern, links that lead out of the `roots`, folders `seen` before.

    The roots are without links. The store is seen from the beginning, by whatever link it is met.
    """

    exclude: Sequence[str]
    roots: Sequence[str]
    seen: set[_Identity]

    def leaves(self, link: str) -> bool:
        """Tell whether a link leads out of all folders that are walked."""
        target = os.path.realpath(link)
        return not any(target == root or target.startswith(root.rstrip(os.sep) + os.sep) for root in self.roots)


def walk_articles(roots: Sequence[Path], *, exclude: Sequence[str], store: Path) -> Walk:
    """Find the files of articles at and below `roots`, which are absolute, sorted by path.

    Hidden files, unknown types, everything that is not a regular file, links that lead out of `roots`, the folders
    of saved pages, the index's own `store` and what matches an `exclude` pattern (a name, or a path below its
    root, with `*` and `?`) are skipped and counted. A folder that is met twice, by a link, is walked once.
    """
    walk = Walk()
    for _ in _steps(roots, exclude, store, walk):
        pass
    if len(roots) > 1:  # below a single one files are met in that order, each once
        found = {file.name: file for file in walk.files}
        walk.files = sorted(found.values(), key=in_order)
    return walk


def find_first(roots: Sequence[Path], *, exclude: Sequence[str], store: Path) -> Walk:
    """Walk as `walk_articles` does, but no further than some file of an article: to the end where there is none."""
    walk = Walk()
    for _ in _steps(roots, exclude, store, walk):
        if walk.files:
            break
    return walk


def _steps(roots: Sequence[Path], exclude: Sequence[str], store: Path, walk: Walk) -> Iterator[None]:
    """Walk below some paths, a part of a folder at a time."""
    limits = _Limits(exclude, [os.path.realpath(root) for root in roots], _identity(store))
    for root in roots:
        yield from _walk_root(str(root), limits, walk)


def in_order(file: FoundFile) -> str:
    """Return a key by which files come in the order of their paths: a folder's before those of longer names."""
    return path_order(file.name)


def path_order(name: str) -> str:
    """Return a key by which paths as strings are in the order of paths, which compare name by name."""
    return name.replace(os.sep, "\0")


def _identity(folder: Path) -> set[_Identity]:
    """Return what tells a folder from others; nothing where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return set()
    return {(status.st_dev, status.st_ino)}


def _walk_root(root: str, limits: _Limits, walk: Walk) -> Iterator[None]:
    """Walk one of the paths that were asked for, its folders in the order of their paths, a step for each part."""
    try:
        status = Path(root).stat()
    except OSError as error:
        walk.failures.append(failure(root, error))
        return
    if not stat.S_ISDIR(status.st_mode):
        _take_root(root, status, walk)
        yield
        return
    folders = _open(root, "", limits, walk)
    while folders:
        folder = folders[-1]
        entry = _take_files(folder, limits, walk)
        yield
        if entry is None:
            folders.pop()
        else:
            folders += _open(folder.prefix + entry.name, f"{folder.below}{entry.name}/", limits, walk)


def _open(path: str, below: str, limits: _Limits, walk: Walk) -> list[_Folder]:
    """Return a folder, to be walked, unless it was met before or cannot be read."""
    try:
        status = Path(path).stat()  # a DirEntry does not know a folder's identity everywhere
        if (status.st_dev, status.st_ino) in limits.seen:
            return []
        limits.seen.add((status.st_dev, status.st_ino))
        with scandir(path) as entries:
            found = sorted(entries, key=_NAME)
    except FileNotFoundError as error:
        if below:
            walk.skipped.add(path, "gone")  # deleted meanwhile
        else:
            walk.failures.append(failure(path, error))
        return []
    except OSError as error:
        walk.failures.append(failure(path, error))
        return []
    prefix = path.rstrip(os.sep) + os.sep
    kept = list(_kept(found, prefix, below, limits.exclude, walk))
    return [_Folder(prefix, below, is_unicode(prefix), iter(kept))]


def _kept(
    entries: Sequence[DirEntry[str]], prefix: str, below: str, exclude: Sequence[str], walk: Walk
) -> Iterator[DirEntry[str]]:
    """Yield the entries of a folder that are not left out for their names, and count the others."""
    of_pages = {
        entry.name[: entry.name.rindex(".")] + BESIDE_A_PAGE for entry in entries if entry.name.endswith(_PAGES)
    }
    for entry in entries:
        name = entry.name
        if name[0] in ".~" and (reason := hidden(name)) is not None:
            walk.skipped.add(prefix + name, reason)
        elif exclude and _excluded(name, below + name, exclude):
            walk.skipped.add(prefix + name, "excluded")
        elif name in of_pages:
            walk.skipped.add(prefix + name, "part of a saved page")
        else:
            yield entry


def hidden(name: str) -> str | None:
    """Say why a name is left out whatever it is of; None where it is not."""
    if name.startswith("."):
        return "hidden"
    return "lock file" if name.startswith("~$") else None  # of a document that is open in Word


def _take_files(folder: _Folder, limits: _Limits, walk: Walk) -> DirEntry[str] | None:
    """Take the files of a folder as far as the next folder in it, which is returned, or to the end."""
    prefix, files, is_regular = folder.prefix, walk.files, stat.S_ISREG
    for entry in folder.left:
        name = entry.name
        try:
            if entry.is_symlink() and limits.leaves(prefix + name):
                entry.stat()  # one to nowhere is gone, and one that goes in a circle has failed
                walk.skipped.add(prefix + name, "link out of the folder")
                continue
            if entry.is_dir():
                return entry
            if name[name.rfind(".") :] not in FORMATS and format_named(name) is None:
                if entry.is_symlink():
                    entry.stat()  # one to nowhere is no file of any type
                walk.skipped.add(prefix + name, "unknown type")
                continue
            status = entry.stat()
        except FileNotFoundError:
            walk.skipped.add(prefix + name, "gone")  # a link to nowhere, or a file deleted meanwhile
            continue
        except OSError as error:
            walk.failures.append(failure(prefix + name, error))
            continue
        if not is_regular(status.st_mode):
            walk.skipped.add(prefix + name, "not a file")
        elif not (folder.is_unicode and (name.isascii() or is_unicode(name))):
            walk.failures.append(Failure(Path(prefix + name), "its name is not UTF-8"))
        else:
            files.append(_found(prefix + name, status))
    return None


def _take_root(root: str, status: os.stat_result, walk: Walk) -> None:
    """Take a file that was asked for by its name."""
    if format_named(Path(root).name) is None:
        walk.skipped.add(root, "unknown type")
    elif not stat.S_ISREG(status.st_mode):
        walk.skipped.add(root, "not a file")
    elif not is_unicode(root):
        walk.failures.append(Failure(Path(root), "its name is not UTF-8"))
    else:
        walk.files.append(_found(root, status))


def _found(name: str, status: os.stat_result) -> FoundFile:
    """Describe a file; a time that the catalog cannot hold, before 1678 or after 2262, is the nearest that it can."""
    mtime_ns = min(max(status.st_mtime_ns, -_MOST_TIME), _MOST_TIME)
    return FoundFile(name, status.st_size, mtime_ns, status.st_ctime_ns if _KEEPS_CHANGES else 0)


def is_there(path: Path) -> bool:
    """Tell whether a path leads to something, or to what cannot be looked at, of which a walk tells."""
    try:
        path.stat()
    except OSError as error:
        return not isinstance(error, FileNotFoundError | NotADirectoryError)
    return True


def failure(name: str, error: OSError) -> Failure:
    """Describe an error of the system about one file or folder."""
    return Failure(Path(name), (error.strerror or str(error)).lower())


def _excluded(name: str, below: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(each, pattern.rstrip("/")) for pattern in patterns for each in (name, below))


def is_unicode(path: str) -> bool:
    """Tell whether UTF-8 can hold a path, as the catalog has to."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
