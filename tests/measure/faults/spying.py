"""Watch the writes of an index run from within its process, and signal or kill that at one moment of them."""

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.measure.faults.moments import Moment, Stage, Write

_READS = ("SELECT", "PRAGMA")
_MOST_LATE = 30.0


class Spy:
    """Count the operations of each write and how long they take; send this process a signal at a moment."""

    def __init__(self, moment: Moment | None, number: int = signal.SIGKILL) -> None:
        self.durations: dict[Write, list[float]] = {write: [] for write in Write}
        self._moment = moment
        self._number = number
        self._writes: list[Write] = []
        is_amid = moment is not None and moment.stage is Stage.AMID
        self._killer = _fork_killer(number) if is_amid else None

    @contextmanager
    def during(self, write: Write) -> Iterator[None]:
        """Count what is done in the block to a write."""
        self._writes.append(write)
        try:
            yield
        finally:
            self._writes.pop()

    def within(self, write: Write, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function during which operations count to a write."""

        def spied(*args: Any, **options: Any) -> Any:
            with self.during(write):
                return function(*args, **options)

        return spied

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function whose calls during a write are operations of it; one in another counts alone."""

        def spied(*args: Any, **options: Any) -> Any:
            return self.operate(function, *args, **options)

        return spied

    def operate(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Call a function; during a write, as an operation of it."""
        if not self._writes:
            return function(*args, **options)
        write = self._writes[-1]
        nth = len(self.durations[write])
        self.durations[write].append(0.0)
        moment = self._moment
        stage = moment.stage if moment is not None and (moment.write, moment.nth) == (write, nth) else None
        if stage is Stage.BEFORE:
            os.kill(os.getpid(), self._number)
        if stage is Stage.AMID and moment is not None and self._killer is not None:
            os.write(self._killer, f"{moment.seconds}\n".encode())
        began = time.perf_counter()
        try:
            return function(*args, **options)
        finally:
            self.durations[write][nth] = time.perf_counter() - began
            if stage is Stage.AMID:
                time.sleep(_MOST_LATE)  # it comes now at the latest
            if stage is Stage.AFTER:
                os.kill(os.getpid(), self._number)


def _fork_killer(number: int) -> int:
    """Fork a process that signals this one as many seconds later as it reads; return the end of a pipe to write to.

    What takes long is compiled and may hold the interpreter's lock: a thread of this process would come too late.
    """
    victim = os.getpid()
    reads, writes = os.pipe()
    if os.fork():
        os.close(reads)
        return writes
    os.close(writes)
    if said := os.read(reads, 64):
        time.sleep(float(said))
        if os.getppid() == victim:
            os.kill(victim, number)
    os._exit(0)


def watch(spy: Spy) -> None:
    """Replace the functions by which an index run writes in this process with ones that a spy counts."""
    import index.build
    import index.export
    import index.folding
    import index.generations
    import index.onnx_export
    import index.run
    from index.catalog import Catalog
    from index.model_folder import ModelFolder

    holder: Any
    for holder, name, write in (
        (Catalog, "stage", Write.STAGING),
        (index.run.IndexRun, "_publish", Write.PUBLICATION),
        (index.folding, "write_generation", Write.VECTORS),
        (index.generations, "_copy", Write.COPY),
        (Catalog, "drop_staged", Write.SWEEP),
        (index.run, "sweep_generations", Write.SWEEP),
        (index.build, "_sweep_models", Write.SWEEP),
        (index.export, "export_folder", Write.EXPORT),
        (index.onnx_export, "export_folder", Write.EXPORT),
    ):
        setattr(holder, name, spy.within(write, getattr(holder, name)))
    for holder, name in (
        (index.generations, "_call"),
        (index.export, "_trace"),
        (index.export, "quantize"),
        (index.export, "settle"),
        (index.export, "_mean_cosine"),
        (ModelFolder, "write_settings"),
        *((os, name) for name in ("unlink", "rmdir", "mkdir", "rename", "replace")),
    ):
        setattr(holder, name, spy.counted(getattr(holder, name)))
    _watch_closing(spy)
    _watch_sqlite(spy)
    # Of functions, defaults are kept apart from the module's names.
    copy2 = spy.counted(shutil.copy2)
    shutil.copytree.__defaults__ = tuple(
        copy2 if each is shutil.copy2 else each for each in shutil.copytree.__defaults__ or ()
    )


def _watch_closing(spy: Spy) -> None:
    import index.generations

    open_client = index.generations._open_client

    def spied(*args: Any) -> Any:
        client = open_client(*args)
        client.close = spy.within(Write.CLOSE, spy.counted(client.close))  # type: ignore[method-assign]
        return client

    index.generations._open_client = spied  # type: ignore[assignment]


def _watch_sqlite(spy: Spy) -> None:
    class Spied(sqlite3.Connection):
        """A connection whose statements that write are operations."""

        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            run = super().execute
            done: sqlite3.Cursor = run(sql, *args) if sql.startswith(_READS) else spy.operate(run, sql, *args)
            return done

        def executemany(self, sql: str, *args: Any) -> sqlite3.Cursor:
            done: sqlite3.Cursor = spy.operate(super().executemany, sql, *args)
            return done

        def backup(self, target: sqlite3.Connection, **options: Any) -> None:
            spy.operate(super().backup, target, **options)

    connect = sqlite3.connect
    sqlite3.connect = lambda *args, **options: connect(*args, factory=Spied, **options)  # type: ignore[assignment]
