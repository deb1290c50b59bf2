"""Run a command in a process of its own, and tell how long it took and how much memory."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_KILOBYTES = 1024 if sys.platform != "darwin" else 1


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process took: seconds on the clock, and bytes of memory when it had most; and what it printed."""

    seconds: float
    peak_bytes: int
    output: str


class ProcessFailedError(Exception):
    """A process that was to be measured ended with another status than expected."""


def run(arguments: Sequence[str], *, environment: Mapping[str, str], statuses: Sequence[int] = (0,)) -> Ran:
    """Run this Python with some arguments; raise `ProcessFailedError` where its status is none of `statuses`."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    assert process.stdout is not None
    with process.stdout:
        output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        raise ProcessFailedError(f"{' '.join(arguments)} ended with {process.returncode}")
    return Ran(seconds, usage.ru_maxrss * _KILOBYTES, output)
