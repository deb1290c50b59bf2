"""Run a command in a process of its own, and tell how long it took and how much memory."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_LAUNCHER = Path(__file__).with_name("launch.py")
_KILOBYTE = 1024 if sys.platform != "darwin" else 1


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
    with TemporaryDirectory() as folder:
        note = Path(folder) / "note.json"
        done = subprocess.run(
            [sys.executable, str(_LAUNCHER), str(note), sys.executable, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
            check=True,
        )
        told = json.loads(note.read_text(encoding="utf-8"))
    if told["status"] not in statuses:
        raise ProcessFailedError(f"{' '.join(arguments)} ended with {told['status']}")
    return Ran(told["seconds"], told["peak"] * _KILOBYTE, done.stdout)
