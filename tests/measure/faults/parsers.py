"""Processes that parse, ready before they are asked for: to start one takes longer than all else that a run does."""

import os
import subprocess
import sys
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, Self

from index import parse_worker, parsing
from index.processors import processors

_FIRST_OF_OWN = 3


class _Ready:
    """A process that was forked to parse, in place of a `subprocess.Popen`."""

    def __init__(self) -> None:
        asks, asked = os.pipe()
        answers, answered = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            _parse(asks, answered)
        os.close(asks)
        os.close(answered)
        self.stdin = os.fdopen(asked, "w", encoding="ascii")
        self.stdout = os.fdopen(answers, encoding="ascii")
        self.returncode: int | None = None

    def kill(self) -> None:
        """End the process at once."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, 9)

    def wait(self) -> int:
        """Wait for its end and return its status."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        try:
            self.stdin.close()
        finally:
            self.wait()


def _parse(asks: int, answered: int) -> None:
    """Do as a process that parses does, and leave."""
    os.setsid()
    os.dup2(asks, 0)
    os.dup2(answered, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # as of a real one: what is said when the other end is gone
    os.closerange(_FIRST_OF_OWN, os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else 256)
    sys.stdin = os.fdopen(0, encoding="ascii", closefd=False)
    with suppress(KeyboardInterrupt, BrokenPipeError):
        parse_worker.main()
    os._exit(0)


def make_parsers_ready() -> None:
    """Fork as many as a run starts; it has to be done while this process has one thread."""
    ready = [_Ready() for _ in range(processors())]

    def start(*args: Any, **options: Any) -> Any:
        return ready.pop() if ready else subprocess.Popen(*args, **options)

    parsing.subprocess = SimpleNamespace(  # type: ignore[assignment, attr-defined]
        Popen=start, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL
    )
