"""Run whole processes: their wall time, their peak memory, and questions to those that go on."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[3]
"""The repository, from which `qa` and the contenders are imported."""

OFFLINE = {
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
"""Nobody fetches anything, or tells anybody."""

_LAUNCH = Path(__file__).parent / "launch.py"


class ContenderError(Exception):
    """A process ended as it should not; the message is the last line of what it said."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: seconds from its start to its end, and the most memory it held.

    The memory is resident, its libraries' pages with it, of the process alone or of the largest that
    it waited for, not their sum.
    """

    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that ended: what it took, and what it wrote to standard output."""

    spent: Spent
    output: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A line that a process answered a line with, and the seconds until it came."""

    line: str
    seconds: float


def run(command: Sequence[str], *, accepted: frozenset[int] = frozenset({0})) -> Finished:
    """Run a command to its end; raise `ContenderError` for an exit status that is not `accepted`."""
    report, told = os.pipe()
    try:
        done = subprocess.run(
            _launched(command, told),
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=_environment(),
            pass_fds=[told],
        )
        os.close(told)
        with open(report, "rb", closefd=False) as stream:
            spent = stream.read()
    finally:
        os.close(report)
    if done.returncode not in accepted:
        raise ContenderError(_last_line(done.stderr) or f"exit status {done.returncode}")
    return Finished(Spent(**json.loads(spent)), done.stdout)


class Served:
    """A process that answers each line with a line; use it in a `with` block."""

    def __init__(self, command: Sequence[str]) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            encoding="utf-8",
            env=_environment(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, line: str) -> Reply:
        """Write a line, and return the one that comes back; raise `ContenderError` where none does."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        began = time.perf_counter()
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        seconds = time.perf_counter() - began
        if not answer:
            self._process.wait()
            self._said.seek(0)
            raise ContenderError(_last_line(self._said.read()) or "it said nothing")
        return Reply(answer, seconds)

    def close(self) -> None:
        """End the process; a second call does nothing."""
        if self._said.closed:
            return
        self._process.communicate()
        self._said.close()


def python(module: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs a module of this repository with the interpreter that runs now."""
    return (sys.executable, "-m", module, *arguments)


def _launched(command: Sequence[str], told: int) -> list[str]:
    return [sys.executable, "-I", "-S", str(_LAUNCH), str(told), *command]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "QA_STORE"}
    return {**kept, **OFFLINE, "PYTHONPATH": str(ROOT)}


def _last_line(said: str) -> str:
    return said.strip().rpartition("\n")[2]
