"""Search by vectors: Chroma for what it holds, exactly for the rest, the catalog for the truth."""

import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from enum import StrEnum

from index.generations import Generation, GenerationError, SketchedGeneration, newest_generation
from index.records import Settings, Totals
from index.snapshot import Snapshot
from index.store import Store
from index.vectors import Vector

MOST_EXACT = 20_000
"""Passages among which a single question is searched for exactly: 3 ms a thousand."""

_SKETCHED = 2_000
"""Passages that a single question's search chooses among more than these by sketches, to compare them exactly."""


class Way(StrEnum):
    """How vectors are searched."""

    EXACTLY = "exactly"
    SKETCHES = "by sketches"
    CHROMA = "by Chroma"


def way_to_search(settings: Settings, totals: Totals, *, once: bool) -> Way:
    """Return how vectors are searched, unless that fails: for a single question with `once`, else for many."""
    if not settings.folded or (once and totals.passages <= MOST_EXACT):
        return Way.EXACTLY
    return Way.SKETCHES if once else Way.CHROMA


class VectorSearch:
    """Find the passages nearest to a vector; keeps the published generation open between questions."""

    def __init__(self, store: Store, *, notify: Callable[[str], None], once: bool = False) -> None:
        """`notify` is told, once a generation, when exact search has to stand in for Chroma.

        With `once` there will be one question only: Chroma, which takes seconds to open where there
        are many passages, is not opened for it, but where a generation of old has no sketches.
        """
        self._store = store
        self._notify = notify
        self._once = once
        self._generation: Generation | None = None
        self._failed: int | None = None
        self._opening = threading.Lock()
        self._beside = _one_thread()

    def prepare(self, settings: Settings) -> None:
        """Open the published generation, before it is needed; what is amiss is left for a search to tell."""
        if settings.folded:
            with suppress(GenerationError):
                self._open(settings.generation)

    def nearest(
        self, snapshot: Snapshot, vector: Vector, limit: int, *, within: Collection[int] | None = None
    ) -> list[int]:
        """Return ids of published passages that hold the `limit` nearest to `vector`; unordered.

        Those that the generation lacks are searched exactly, those that it still has but the
        catalog has not are left for the caller's look-up in the catalog to drop. Within some texts,
        by their ids, all are searched exactly: Chroma's nearest might hold none of them.
        """
        return self.begin(snapshot, vector, limit, within=within)()

    def begin(
        self, snapshot: Snapshot, vector: Vector, limit: int, *, within: Collection[int] | None = None
    ) -> Callable[[], list[int]]:
        """Begin what `nearest` does; what is returned waits for it, and returns what was found.

        Chroma searches in a thread beside; the catalog is read in the caller's alone.
        """
        if within is not None:
            return lambda: snapshot.nearest_within(vector, limit, within)
        settings = snapshot.settings()
        if settings is None:
            return list
        totals = snapshot.totals()
        way = way_to_search(settings, totals, once=self._once)
        if way is Way.EXACTLY or self._failed == settings.generation:
            return lambda: snapshot.nearest(vector, limit, only_unfolded=False)
        gone = settings.folded + snapshot.count("unfolded") - totals.passages
        if way is Way.SKETCHES:
            return lambda: self._nearest_once(snapshot, settings, vector, limit, gone)
        return self._begin_chroma(snapshot, settings, vector, limit, gone)

    def _begin_chroma(
        self, snapshot: Snapshot, settings: Settings, vector: Vector, limit: int, gone: int
    ) -> Callable[[], list[int]]:
        """Begin to search by Chroma; where that fails, the catalog is searched exactly when it is waited for."""
        searching = self._beside.submit(
            self._ask_chroma, settings.generation, vector, min(limit + gone, settings.folded)
        )

        def finish() -> list[int]:
            try:
                found = searching.result()
            except GenerationError as error:
                self._give_up(settings.generation, error)
                return snapshot.nearest(vector, limit, only_unfolded=False)
            return found + snapshot.nearest(vector, limit, only_unfolded=True)

        return finish

    def _ask_chroma(self, number: int, vector: Vector, wanted: int) -> list[int]:
        found = self._open(number).nearest(vector, wanted)
        if 2 * len(found) < wanted:  # of a sound graph, if at all, only very few are not found
            raise GenerationError(f"only {len(found)} of {wanted} passages were found")
        return found

    def _give_up(self, number: int, error: GenerationError) -> None:
        """Use a generation no more, and say so, unless a run has published another since, for the next question."""
        self._let_go()
        self._failed = number
        if newest_generation(self._store) <= number:
            self._notify(f"vectors searched without Chroma ({error}); qa index --rebuild-vectors makes them anew")

    def _nearest_once(self, snapshot: Snapshot, settings: Settings, vector: Vector, limit: int, gone: int) -> list[int]:
        """Search by sketches, which are closed again; by Chroma, where there are none."""
        try:
            with closing(SketchedGeneration(self._store, settings.generation)) as generation:
                candidates = generation.nearest(vector, max(_SKETCHED, limit) + gone)
        except GenerationError:
            return self._begin_chroma(snapshot, settings, vector, limit, gone)()
        loose = snapshot.nearest(vector, limit, only_unfolded=True)
        return snapshot.nearest_of(vector, limit, candidates) + loose

    def close(self) -> None:
        """Let go of the open generation, once no search uses it any more."""
        self._beside.shutdown()
        self._beside = _one_thread()
        self._let_go()

    def _let_go(self) -> None:
        if self._generation is not None:
            self._generation.close()
            self._generation = None

    def _open(self, number: int) -> Generation:
        with self._opening:
            if self._generation is None or self._generation.number != number:
                self._let_go()
                self._generation = Generation(self._store, number)
            return self._generation


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="vectors")
