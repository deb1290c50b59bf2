"""Follow folders: wait until something in them has changed and settled."""

import threading
import time
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from pathlib import Path

SETTLED_MS = 500
"""Changes have settled when nothing happens for so long."""

PATIENCE_MS = 10_000
"""Where something happens all the time, changes are told of after so long."""

CHECK_MS = 60_000
"""How often to look whether a change went unnoticed: over a network, or while a folder was not there."""


_TICK_MS = 1_000


class Happened(Enum):
    """What there is to do: something changed, or it is time for a look."""

    CHANGE = auto()
    CHECK = auto()


def follow(
    roots: Sequence[Path], *, store: Path, stop: threading.Event, check_ms: int = CHECK_MS
) -> Iterator[Happened]:
    """Yield whenever changes below `roots` have settled, and now and then without any, until `stop` is set.

    The first look comes within a second, for what changed before the folders were followed.

    Hidden files and the index's own `store` are not looked at. A root that is not there, or is
    another one than before, is followed again from the next look on.
    """
    while not stop.is_set():
        there = _identities(roots)
        if not there:
            stop.wait(check_ms / 1_000)
            yield Happened.CHECK
            continue
        try:
            for happened in _follow(tuple(there), roots, store, stop, check_ms):
                yield happened
                if _identities(roots) != there:
                    break
        except OSError:  # a root went between two looks
            stop.wait(min(check_ms, _TICK_MS) / 1_000)


def _follow(
    present: Sequence[Path], roots: Sequence[Path], store: Path, stop: threading.Event, check_ms: int
) -> Iterator[Happened]:
    from watchfiles import Change, watch

    def is_of_use(_change: Change, path: str) -> bool:
        return _is_of_use(Path(path), roots, store)

    next_look = 0.0
    for changes in watch(
        *present,
        watch_filter=is_of_use,
        step=SETTLED_MS,
        debounce=PATIENCE_MS,
        rust_timeout=min(check_ms, _TICK_MS),
        yield_on_timeout=True,
        ignore_permission_denied=True,
        stop_event=stop,
    ):
        if changes:
            yield Happened.CHANGE
        elif time.monotonic() >= next_look:
            yield Happened.CHECK
            next_look = time.monotonic() + check_ms / 1_000


def _is_of_use(path: Path, roots: Sequence[Path], store: Path) -> bool:
    if path.is_relative_to(store) or path.is_relative_to(store.resolve()):
        return False
    root = next((root for root in roots if path.is_relative_to(root)), None)
    return root is None or not any(name.startswith(".") for name in path.relative_to(root).parts)


def _identities(roots: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Return the roots that are there, each with what tells it from another of its name."""
    found = {}
    for root in roots:
        try:
            status = root.stat()
        except OSError:
            continue
        found[root] = (status.st_dev, status.st_ino)
    return found
