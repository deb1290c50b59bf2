"""Chroma's folders: written once by one process, then only read.

A folder that is being written must not be read: readers of chromadb 1.5.9 crash on it. So every generation is a folder
of its own, made by the process that holds the writer's lock and published by its number in the catalog. A reader holds
a shared lock on the one it has open; one that is not the published one goes when its lock can be had alone.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.chroma import open_client
from index.seal import blank_graphs, check_seal, check_sqlite, seal
from index.sketches import Sketches, Words, gather_sketches, read_sketches, sketch
from index.store import GENERATION_NUMBER, Store
from index.vectors import Ids, Vector, VectorBatch, Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client

_COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
_NUMBER = re.compile(GENERATION_NUMBER)
_BATCH = 5_000
_READ_AT_ONCE = 100_000
# Of the 50 nearest of a million, 400 for `ef_search` finds 94.8% in 6 ms, 1,600 98.4% in 10, 3,200 99.1% in 14.
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 3_200, "max_neighbors": 16}


class GenerationError(Exception):
    """A generation cannot be opened or searched; exact search can stand in for it."""


class Generation:
    """A published generation, open for searching; close it to let it go."""

    def __init__(self, store: Store, number: int) -> None:
        """Open generation `number`; raise `GenerationError` where that cannot be done."""
        self.number = number
        self._folder, self._asked = _folder(store, number), False
        self._lock = _hold(store, number)
        try:
            # Chroma trusts what it reads: a graph that was written over ends the process.
            _examine(check_seal, self._folder, hashes=True)
            self._client = _open_client(self._folder)
            self._collection = _call(self._client.get_collection, _COLLECTION, embedding_function=None)
        except BaseException:
            self._lock.close()
            raise

    def nearest(self, vector: Vector, limit: int) -> list[int]:
        """Return the ids of the `limit` passages nearest to `vector`, nearest first."""
        found = _call(self._collection.query, query_embeddings=[vector], n_results=limit, include=[])
        if not self._asked:
            _call(blank_graphs, self._folder)
            self._asked = True
        return [int(id) for id in found["ids"][0]]

    def ids(self) -> Ids:
        """Return the ids of all passages that it holds, in no order."""
        return _held(self._collection)

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """Return the vectors of some passages that it holds, in the order of `ids`."""
        if not ids:
            return np.empty((0, 0), dtype=np.float32)
        found = _call(self._collection.get, ids=[str(id) for id in ids], include=["embeddings"])
        rows = {int(id): row for id, row in zip(found["ids"], found["embeddings"], strict=True)}
        return np.array([rows[id] for id in ids], dtype=np.float32)

    def close(self) -> None:
        """Close Chroma's files and give the lock back."""
        self._client.close()
        with suppress(OSError):
            blank_graphs(self._folder)
        self._lock.close()


class SketchedGeneration:
    """The sketches of a published generation, open for one search or a few: Chroma is not needed."""

    def __init__(self, store: Store, number: int) -> None:
        """Open generation `number`; raise `GenerationError` where it has no sketches, as those of old have none."""
        folder = _folder(store, number)
        self._lock = _hold(store, number)
        try:
            _examine(check_seal, folder, hashes=False)
            found = _call(read_sketches, folder)
            if found is None:
                raise GenerationError(f"{folder} has no sketches")
            self._sketches: Sketches = found
        except BaseException:
            self._lock.close()
            raise

    def nearest(self, vector: Vector, limit: int) -> list[int]:
        """Return `limit` ids of passages that hold the nearest to `vector`, as `Sketches.nearest` does."""
        return self._sketches.nearest(vector, limit)

    def close(self) -> None:
        """Give the lock back."""
        self._lock.close()


def check_generation(store: Store, number: int) -> None:
    """Raise `GenerationError` where a file of a generation is not what was written, or its database is not sound."""
    _examine(check_seal, _folder(store, number), hashes=True)
    check_database(store, number)


def check_database(store: Store, number: int) -> None:
    """Raise `GenerationError` where a generation's database is not sound: opening it sees to the other files."""
    _examine(check_sqlite, _folder(store, number) / _DATABASE)


def sketches_of(store: Store, number: int) -> Sketches | None:
    """Return the sketches of a generation, None where it has none; raise `GenerationError` for damaged ones."""
    found: Sketches | None = _call(read_sketches, _folder(store, number))
    return found


def write_generation(
    store: Store,
    number: int,
    *,
    base: int | None,
    wanted: Ids,
    load: Callable[[Sequence[int]], VectorBatch],
) -> None:
    """Write generation `number` with the passages `wanted`, whose vectors `load` reads.

    It begins as a copy of generation `base`, or empty. When this returns, the folder is complete
    and nobody has it open. Raises `GenerationError`.
    """
    folder = _folder(store, number)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        if base is not None:
            check_generation(store, base)
            _copy(_folder(store, base), folder)
        folder.mkdir(exist_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise GenerationError(f"{folder}: {error}") from error
    client = _open_client(folder)
    try:
        collection = _call(
            client.get_or_create_collection, _COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
        )
        held = _held(collection) if base is not None else np.empty(0, dtype=np.int64)
        for ids in _batches(np.setdiff1d(held, wanted)):
            _call(collection.delete, ids=[str(id) for id in ids])
        new, kept = np.setdiff1d(wanted, held), np.intersect1d(wanted, held)
        sketched: list[Words] = []
        for ids in _batches(new):
            batch = load(ids)
            _call(collection.add, ids=[str(id) for id in batch.ids], embeddings=batch.vectors)
            sketched.append(sketch(batch.vectors))
        sketched += _kept_sketches(folder, kept, load)
        _call(gather_sketches(np.concatenate((new, kept)), sketched).write, folder)
        # The first question makes Chroma finish its files: better now than in every reader.
        _call(collection.query, query_embeddings=load(wanted[:1].tolist()).vectors, n_results=1, include=[])
    finally:
        client.close()
    _call(seal, folder)
    _share(_lock_file(store, number)).close()  # made now for those who may only read


def _kept_sketches(folder: Path, ids: Ids, load: Callable[[Sequence[int]], VectorBatch]) -> list[Words]:
    """Return the sketches of passages that a folder's copy holds, made anew where it has none."""
    before = _call(read_sketches, folder)
    if before is not None:
        return [_call(before.of, ids)]
    return [sketch(load(batch).vectors) for batch in _batches(ids)]


def generation_folders(store: Store) -> dict[int, Path]:
    """Return the folders of all generations by their numbers, published or not."""
    found = (path for path in store.generations.glob("[0-9]*") if _NUMBER.fullmatch(path.name) and path.is_dir())
    return {int(path.name): path for path in found}


def newest_generation(store: Store) -> int:
    """Return the highest number of a generation's folder, published or not; 0 where there is none."""
    return max(generation_folders(store), default=0)


def is_read_elsewhere(store: Store) -> bool:
    """Tell whether a generation is still there that a sweep would have deleted, but for its readers."""
    return len(generation_folders(store)) > 1


def other_generations(store: Store, *, keep: int) -> dict[Path, int]:
    """Return the folders and locks of generations other than `keep`, each with its number."""
    named = ((path, path.name.partition(".")[0]) for path in store.generations.glob("[0-9]*"))
    return {path: int(name) for path, name in named if _NUMBER.fullmatch(name) and int(name) != keep}


def sweep_generations(store: Store, *, keep: int) -> None:
    """Delete the generations other than `keep` that nobody has open, and locks that were left without one."""
    for number in sorted(set(other_generations(store, keep=keep).values())):
        lock = _lock_file(store, number)
        with closing(sqlite3.connect(lock, isolation_level=None, timeout=0)) as connection:
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                continue  # somebody reads it: a later run will find it free
            shutil.rmtree(_folder(store, number), ignore_errors=True)
        lock.unlink(missing_ok=True)


def _held(collection: Any) -> Ids:
    """Return the ids that a collection holds: as numbers, since as texts they would take ten times the memory."""
    parts = [np.empty(0, dtype=np.int64)]
    count = _call(collection.count)
    for offset in range(0, count, _READ_AT_ONCE):
        found = _call(collection.get, include=[], limit=_READ_AT_ONCE, offset=offset)["ids"]
        parts.append(np.array(found, dtype=np.int64))
    return np.concatenate(parts)


def _batches(ids: Ids) -> Iterator[list[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH].tolist()


def _folder(store: Store, number: int) -> Path:
    return store.generations / f"{number:06d}"


def _check_there(folder: Path) -> None:
    if not (folder / _DATABASE).is_file():
        raise GenerationError(f"{folder} is not there")


def _examine(check: Callable[..., None], path: Path, **options: bool) -> None:
    """Call what raises an error where files are not as they were written: it becomes one of ours."""
    try:
        check(path, **options)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GenerationError(str(error)) from error


def _lock_file(store: Store, number: int) -> Path:
    return store.generations / f"{number:06d}.lock"


def _hold(store: Store, number: int) -> sqlite3.Connection:
    """Take a shared lock on a generation that is there; raise `GenerationError` where it is not."""
    folder = _folder(store, number)
    _check_there(folder)
    lock = _share(_lock_file(store, number))
    try:
        _check_there(folder)  # again: it may have gone before the lock was had
    except GenerationError:
        lock.close()
        raise
    return lock


def _share(lock_file: Path) -> sqlite3.Connection:
    """Take a shared lock, which closing the connection, or dying, gives back.

    SQLite's own file locks: they work alike on every system, and between threads too.
    """
    try:
        connection = sqlite3.connect(lock_file, isolation_level=None, timeout=1, check_same_thread=False)
    except sqlite3.Error as error:
        raise GenerationError(f"{lock_file}: {error}") from error
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        connection.close()
        raise GenerationError(f"{lock_file}: {error}") from error
    return connection


def _open_client(folder: Path) -> "Client":
    return _call(open_client, folder)  # type: ignore[no-any-return]


def _call(function: Any, *args: Any, **options: Any) -> Any:
    """Call Chroma, whose errors share no base: ours, pyo3's and SQLite's come through."""
    try:
        return function(*args, **options)
    except Exception as error:
        raise GenerationError(f"Chroma: {error}") from error


def _copy(source: Path, target: Path) -> None:
    """Copy a generation. Its database goes by SQLite's backup, since readers touch it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{_DATABASE}*"))
    with closing(sqlite3.connect(source / _DATABASE)) as old, closing(sqlite3.connect(target / _DATABASE)) as new:
        old.backup(new)
