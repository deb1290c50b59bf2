"""Hash files, and know how young a file may still change unseen."""

import hashlib
import os
from io import BufferedReader
from pathlib import Path

from index.regular_files import open_article, open_regular

TICK_NS = 2_000_000_000
"""The coarsest clock of a file system (FAT's), in nanoseconds: so young a file may change and look the same."""

_AT_ONCE = 1 << 22
"""Between two parts, other threads may have their turn: with many small ones each a wait of Python's for its lock."""


def describe_file(path: Path) -> dict[str, int | str]:
    """Return what a file is known by later: its size and its SHA-256; `OSError` comes through."""
    return {"size": path.stat().st_size, "sha256": hash_file(path)}


def text_hash(content: str) -> str:
    """Return the SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal: of as many as it has when it is opened.

    `OSError`, for what is no regular file too, comes through.
    """
    with open_regular(path) as file:
        return _hash(file)


def hash_article(path: Path) -> str:
    """Return the same of an article, which `OSError` tells of, too, where it is too large for one."""
    with open_article(path) as file:
        return _hash(file)


def _hash(file: BufferedReader) -> str:
    digest = hashlib.sha256()
    left = os.fstat(file.fileno()).st_size
    while left and (part := file.read(min(left, _AT_ONCE))):
        digest.update(part)
        left -= len(part)
    return digest.hexdigest()
