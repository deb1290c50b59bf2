"""`qa index --watch`: bring the index up to date whenever its folders have changed, and say so in few words."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.errors import QaError
from index.inputs import BuildOptions
from index.records import Settings
from index.run import RunResult
from index.schema import open_catalog
from index.snapshot import reading
from index.staleness import find_staleness
from index.store import Store
from index.watching import CHECK_MS, Happened, follow


class Watch:
    """Keep an index equal to its folders, from its `first` run on.

    `say` is told what was done, `complain` what went wrong, once each.
    """

    def __init__(
        self,
        store: Store,
        options: BuildOptions,
        first: RunResult,
        *,
        run: Callable[[Store, BuildOptions], RunResult],
        say: Callable[[RunResult], None],
        complain: Callable[[QaError], None],
    ) -> None:
        self._store = store
        self._again = replace(
            options, roots=(), exclude=None, fields=None, embedder=None, full=False, rebuild_vectors=False
        )
        self._run = run
        self._say = say
        self._complain = complain
        self._failures = _failures(first)
        self._error: str | None = None

    def keep(self, stop: threading.Event, *, check_ms: int = CHECK_MS) -> None:
        """Follow the folders of the index until `stop` is set."""
        settings = self._settings()
        roots = [self._store.expand(root) for root in settings.roots] if settings else []
        for happened in follow(roots, store=self._store.path, stop=stop, check_ms=check_ms):
            if not stop.is_set():
                self._look(happened)

    def _look(self, happened: Happened) -> None:
        """Run, unless nothing is different; say only what is new."""
        try:
            if happened is Happened.CHECK and not self._is_stale():
                self._error = None  # what was amiss is mended, and worth a word if it comes again
                return
            result = self._run(self._store, self._again)
        except QaError as error:
            if str(error) != self._error:
                self._error = str(error)
                self._complain(error)
            return
        report, failures = result.report, _failures(result)
        if report.added or report.changed or report.removed or report.renamed or failures != self._failures:
            self._say(result)
        self._failures, self._error = failures, None

    def _settings(self) -> Settings | None:
        with closing(open_catalog(self._store.catalog)) as connection, reading(connection, self._store) as snapshot:
            return snapshot.settings()

    def _is_stale(self) -> bool:
        with closing(open_catalog(self._store.catalog)) as connection, reading(connection, self._store) as snapshot:
            return bool(find_staleness(self._store, snapshot))


def _failures(result: RunResult) -> frozenset[tuple[Path, str]]:
    return frozenset((failure.path, failure.reason) for failure in result.failures)
