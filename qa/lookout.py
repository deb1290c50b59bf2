"""Know how the folders differ from what is indexed, by looking at them beside whatever else is done."""

import threading
import time
from contextlib import closing
from dataclasses import dataclass

from index.errors import QaError
from index.schema import open_catalog
from index.snapshot import reading
from index.staleness import Staleness, find_staleness
from index.store import Store

FRESH_SECONDS = 2.0
"""For so long what was seen is taken for what is, at least."""

FRESH_TIMES = 20
"""A look that took long is taken for so many times as long, so that looking takes little from the answers."""

PATIENCE_SECONDS = 0.05
"""How long an answer waits at most for a look at large folders, when it was seen before how things stood."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look saw: of the result of which run, by when that began, and until when it is taken for what is."""

    run: float
    found: Staleness
    fresh_until: float


class Lookout:
    """Look at the folders of an index, in a thread and with a connection of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looking: threading.Thread | None = None
        self._seen: _Look | None = None
        self._error: QaError | OSError | None = None

    def begin(self, run: float) -> None:
        """Begin to look, unless that was done just now for the result of the same run, by when it began."""
        if self._looking is not None and self._looking.is_alive():
            return
        if self._seen is None or self._seen.run != run or time.monotonic() > self._seen.fresh_until:
            self._looking = threading.Thread(target=self._look, daemon=True)
            self._looking.start()

    def staleness(self, run: float, *, patience: float | None = None) -> Staleness:
        """Return what was seen last, after the look that was begun, or `patience` seconds if that is less.

        Without `patience`, or where nothing was seen yet of that run's result, it waits to the end.
        Raises a `QaError` or `OSError` that came in between.
        """
        self._wait(patience if self._knows(run) else None)
        if not self._knows(run):  # the look was begun before that run ended
            self.begin(run)
            self._wait(None)
        if self._error is not None:
            raise self._error
        return self._seen.found if self._seen is not None else Staleness(0, 0, 0)

    def close(self) -> None:
        """Wait for a look that goes on."""
        self._wait(None)

    def _wait(self, seconds: float | None) -> None:
        if self._looking is not None:
            self._looking.join(seconds)

    def _knows(self, run: float) -> bool:
        return self._seen is not None and self._seen.run == run

    def _look(self) -> None:
        began = time.monotonic()
        try:
            with closing(open_catalog(self._store.catalog)) as connection, reading(connection, self._store) as snapshot:
                settings = snapshot.settings()
                run = settings.last_run.began if settings else 0.0
                found = find_staleness(self._store, snapshot)
                ended = time.monotonic()
                self._seen = _Look(run, found, ended + max(FRESH_SECONDS, FRESH_TIMES * (ended - began)))
                self._error = None
        except (QaError, OSError) as error:
            self._error = error
