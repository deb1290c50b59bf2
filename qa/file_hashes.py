"""Hash files, large ones only once as long as they are not written again."""

import hashlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from index.hashing import TICK_NS
from index.regular_files import open_article

LARGE = 4_000_000
"""Bytes from which on a file is not read for every question: a dump of many articles takes a second a gigabyte."""

_Stamp = tuple[int, int, int, int]


@dataclass(slots=True)
class FileHashes:
    """The hashes of files, for as long as somebody asks about them."""

    _known: dict[Path, tuple[_Stamp, str]] = field(default_factory=dict)

    def of(self, path: Path) -> str | None:
        """Return the SHA-256 of a file's bytes, in hexadecimal; None where it cannot be read."""
        try:
            with open_article(path) as file:
                status = os.fstat(file.fileno())
                stamp = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
                if path in self._known and self._known[path][0] == stamp:
                    return self._known[path][1]
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
        if status.st_size >= LARGE and time.time_ns() - status.st_mtime_ns > TICK_NS:
            self._known[path] = (stamp, found)
        return found
