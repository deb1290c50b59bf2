"""Seal the folder of a generation: write down its files, so that one that was cut off is not searched.

Chroma notices no damage in most of its files: it then finds other passages, or none.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from index.hashing import describe_file, hash_file

_SEAL = "seal.json"
_CHANGING = "chroma.sqlite3"
"""The names of the database's files begin so; SQLite itself notices when these are damaged."""

_GRAPH, _GRAPH_IS_KEPT, _HEADER = ".bin", "index_metadata.pickle", "header.bin"


def seal(folder: Path) -> None:
    """Write down the size and SHA-256 of every file in a folder that nobody writes any more."""
    blank_graphs(folder)
    kept = {
        path.relative_to(folder).as_posix(): describe_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _SEAL and not _may_change(path)
    }
    (folder / _SEAL).write_text(json.dumps(kept, indent=2), encoding="utf-8")


def blank_graphs(folder: Path) -> None:
    """Overwrite what Chroma writes at first, and never reads, of a graph that has too few vectors to be kept.

    It is memory of the process that was never set, and so may hold whatever was there before: words of an article
    that is deleted since, or a question. `OSError` comes through.
    """
    for path in folder.rglob(f"*{_GRAPH}"):
        if path.name != _HEADER and _may_change(path):
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))


def _may_change(path: Path) -> bool:
    """Tell whether opening a generation may write a file: the database, and a graph of too few vectors to be kept."""
    is_of_graph = path.suffix == _GRAPH
    return path.name.startswith(_CHANGING) or (is_of_graph and not (path.parent / _GRAPH_IS_KEPT).exists())


def check_seal(folder: Path, *, hashes: bool = False) -> None:
    """Raise `ValueError` where a sealed file is missing or of another size, with `hashes` where a byte of it differs.

    A folder of before there were seals has none, and passes. Raises `OSError` for what cannot be read.
    """
    if not (folder / _SEAL).is_file():
        return
    kept = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
    for name, written in kept.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != written["size"]:
            raise ValueError(f"{path} is not as it was written")
        if hashes and hash_file(path) != written["sha256"]:
            raise ValueError(f"{path} is not as it was written")


def check_sqlite(path: Path) -> None:
    """Raise `ValueError` where SQLite finds a database damaged, whose bytes may change and are not sealed."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        raise ValueError(f"{path} is damaged: {said}")
