"""Hash files, and know how young a file may still change unseen."""

import hashlib
from pathlib import Path

TICK_NS = 2_000_000_000
"""The coarsest clock of a file system (FAT's), in nanoseconds: so young a file may change and look the same."""


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal; `OSError` comes through."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
