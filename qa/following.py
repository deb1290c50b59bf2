"""Keep a catalog and its vectors open between questions, and follow where another index comes into their place."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.nearest import VectorSearch
from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.store import Store

_Identity = tuple[int, int]


class OpenIndex:
    """The index of a store, to be read by one thread at a time.

    Runs change the catalog in place; `qa doctor --repair` and `qa index --full` may put another file
    there. `identity` then changes, and ids of before mean nothing any more.
    """

    def __init__(self, store: Store, *, notify: Callable[[str], None], once: bool) -> None:
        """Open it; the arguments are those of `VectorSearch`. Raises a `QaError`."""
        self._store = store
        self._notify = notify
        self._once = once
        self._using = threading.RLock()
        self._open()

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Read the catalog as it stands, one thread at a time; raise a `QaError` where it is gone."""
        with self._using:
            if _identity(self._store.catalog) != self.identity:
                before, search = self._connection, self.search
                self._open()
                search.close()
                before.close()
            with reading(self._connection, self._store) as snapshot:
                yield snapshot

    def close(self) -> None:
        """Let go of it, when nobody reads it any more."""
        with self._using:
            self.search.close()
            self._connection.close()

    def _open(self) -> None:
        identity = _identity(self._store.catalog)
        self._connection = open_catalog(self._store.catalog)
        self.search = VectorSearch(self._store, notify=self._notify, once=self._once)
        self.identity = identity


def _identity(path: Path) -> _Identity | None:
    """Return what tells a file from another that comes into its place while it is open; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
