"""Show that something is going on, where it takes longer than a moment."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

AFTER_SECONDS = 0.2
_EVERY_SECONDS = 0.1
_SIGNS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_PLAIN_SIGNS = "|/-\\"


@contextmanager
def spinning(stream: TextIO, what: str) -> Iterator[None]:
    """Turn a sign beside `what` on a terminal's line after a moment, and leave the line empty at the end."""
    done = threading.Event()
    thread = threading.Thread(target=_turn, args=(stream, what, done), daemon=True)
    try:
        thread.start()
        yield
    finally:
        done.set()
        if thread.ident is not None:
            thread.join()


def _turn(stream: TextIO, what: str, done: threading.Event) -> None:
    if done.wait(AFTER_SECONDS):
        return
    signs = _SIGNS if (stream.encoding or "").lower().startswith("utf") else _PLAIN_SIGNS
    at = 0
    while True:
        stream.write(f"\r{signs[at % len(signs)]} {what} ")
        stream.flush()
        at += 1
        if done.wait(_EVERY_SECONDS):
            break
    stream.write("\r\x1b[K")
    stream.flush()
