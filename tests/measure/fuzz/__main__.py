"""Fuzz targets one after the other, guided by coverage (atheris, of the extra `[fuzz]`), and print a table.

    python -m tests.measure.fuzz [--seconds N] [--corpus DIR] [TARGET ...]

Each target runs in a process of its own, with limits on time and memory. Inputs that reach something new are
kept below the corpus, and those that raise, hang or crash in its folder `crashes`.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.measure.fuzz.targets import TARGETS

INPUT_SECONDS = 20
"""An input that takes longer is kept as one that hangs."""

RESIDENT_MB = 2_048
LONGEST_INPUT = 1 << 16
_START_SECONDS = 600
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = re.compile(r"cov: (\d+)")


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of a target: `coverage` counts edges of the code, `crashes` inputs that are new in their folder."""

    target: str
    seconds: float
    executions: int
    coverage: int
    crashes: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz; return 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", metavar="TARGET", nargs="*", help=f"of {', '.join(TARGETS)} (default: all)")
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="for each target (default: 60)")
    parser.add_argument("--corpus", type=Path, default=Path("fuzz-corpus"), metavar="DIR", help="where inputs are kept")
    options = parser.parse_args(arguments)
    unknown = set(options.targets) - TARGETS.keys()
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    found = []
    for name in options.targets or TARGETS:
        found.append(fuzz(name, options.corpus, options.seconds))
        print(f"{name}: {found[-1].executions:,} executions, {found[-1].crashes} crashes", file=sys.stderr, flush=True)
    print(table(found))
    return int(any(each.crashes for each in found))


def fuzz(name: str, corpus: Path, seconds: int) -> Fuzzed:
    """Fuzz one target; one that libFuzzer ends before its time is taken up again."""
    crashes, inputs = (corpus / "crashes").absolute(), (corpus / name).absolute()
    for folder in (crashes, inputs):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds()):
        (inputs / f"seed-{number}").write_bytes(seed)
    before = set(crashes.iterdir())
    began, executions, coverage = time.monotonic(), 0, 0
    while (left := seconds - int(time.monotonic() - began)) > 0:
        said = _run(name, crashes, inputs, left)
        executions += sum(map(int, _DONE.findall(said)))
        coverage = max([coverage, *map(int, _COVERED.findall(said))])
    new = [path for path in set(crashes.iterdir()) - before if path.suffix != ".txt"]
    return Fuzzed(name, time.monotonic() - began, executions, coverage, len(new))


def _run(name: str, crashes: Path, inputs: Path, seconds: int) -> str:
    """Run a target's process to its end; return what libFuzzer said."""
    options = {
        "max_total_time": seconds,
        "timeout": INPUT_SECONDS,
        "rss_limit_mb": RESIDENT_MB,
        "max_len": LONGEST_INPUT,
        "artifact_prefix": f"{crashes}/{name}-",
        "print_final_stats": 1,
        "verbosity": 1,
    }
    command = [sys.executable, "-m", "tests.measure.fuzz.run_target", name, str(crashes), str(inputs)]
    command += [f"-{option}={value}" for option, value in options.items()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds + _START_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        return (error.stderr or b"").decode(errors="replace")
    said = done.stderr.decode(errors="replace")
    if not _DONE.search(said) and not _COVERED.search(said):
        raise SystemExit(f"{name} cannot be fuzzed:\n{said[-2_000:]}")
    return said


def table(found: Sequence[Fuzzed]) -> str:
    """Return the results as a table of Markdown."""
    lines = ["| target | seconds | executions | coverage | crashes |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [f"| {f.target} | {f.seconds:.0f} | {f.executions:,} | {f.coverage:,} | {f.crashes} |" for f in found]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
