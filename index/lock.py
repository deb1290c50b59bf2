"""Let one process write a store at a time, and say who does."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from index.errors import StoreBusyError
from index.store import Store, store_errors

_POLL = 0.1
_LOOKS = 10


@contextmanager
def writing(store: Store, *, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    """Hold the writer's lock of `store`; the system takes it back from a process that dies.

    Where another process holds it, tell `notify` who does and wait up to `wait` seconds, then
    raise `StoreBusyError`.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(store.writer_lock, mode=0o600)
    with store_errors(store.path):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            holder = _named_holder(store)
            if wait > 0:
                notify(f"waiting for {holder}")
            try:
                lock.acquire(timeout=wait, poll_interval=_POLL)
            except Timeout as error:
                raise StoreBusyError(
                    f"{store.path} is being written by {holder}", "run again when it is done"
                ) from error
    try:
        with store_errors(store.path):
            store.writer_note.write_text(json.dumps({"pid": os.getpid(), "since": time.time()}), encoding="utf-8")
        yield
    finally:
        store.writer_note.unlink(missing_ok=True)
        lock.release()


def _named_holder(store: Store) -> str:
    """Describe the process that holds the lock; it writes who it is right after it took it, so wait for that."""
    for _ in range(_LOOKS):
        if (holder := _holder(store)) is not None:
            return holder
        time.sleep(_POLL)
    return "another qa index"


def _holder(store: Store) -> str | None:
    """Describe the process that holds the lock; None where it has not said yet."""
    try:
        note = json.loads(store.writer_note.read_text(encoding="utf-8"))
        since = datetime.fromtimestamp(note["since"]).strftime("%H:%M:%S")
        return f"another qa index (process {note['pid']}, since {since})"
    except (OSError, ValueError, KeyError, TypeError):
        return None
