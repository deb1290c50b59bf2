"""The standard streams: ready for any character, and no trouble when nobody reads them any more."""

import os
import sys
from contextlib import suppress
from typing import TextIO


def prepare_streams() -> None:
    """Let no character stop a command, nor a stream that was closed before it began."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def tell(text: str, *, head: str = "qa: ") -> None:
    """Print a text behind `head` on standard error, on lines as wide as a terminal is.

    Where nobody reads that any more, nothing that is done stops for it.
    """
    from qa.marking import hanging, plainly  # only a command that has something to tell waits for them
    from qa.style import style_of

    try:
        print(hanging(head, [(text, plainly)], width=style_of(sys.stderr).width), file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let what is written to a stream go nowhere, what it holds and Python writes at the end of a process, too."""
    with suppress(OSError, ValueError):  # one that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
