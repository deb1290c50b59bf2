"""Kill, crowd and churn an index for long, fuzz what reads from strangers, and print what was survived.

    python -m tests.measure.faults --kills 20 --random 200 --minutes 5 --rounds 20 --fuzz 60 --write results.md

`--fuzz` takes atheris, of the extra `[fuzz]`. Stops at the first promise that is broken, says which, and leaves
with 1; the place is kept below `--work`.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from index.export import DEFAULT_EMBEDDER, export_embedder
from tests.measure.faults.churning import churn, worst
from tests.measure.faults.folder import Mix
from tests.measure.faults.holding import BrokenPromiseError
from tests.measure.faults.killing import Killer, named_kills, random_kills, run_all
from tests.measure.faults.moments import Write
from tests.measure.faults.scenes import EXPORT, INDEX, REAL_EXPORT, REAL_INDEX, set_scene
from tests.measure.faults.together import Crowd
from tests.measure.fuzz.__main__ import fuzz
from tests.measure.fuzz.targets import TARGETS

ARTICLES = 240
_REAL_ARTICLES = 16
_REAL_SHARE = 20
"""One of so many random kills is of a run with the real model."""

_FIRST_EXPORTS = 4
"""One of so many kills at an export is at the first one of a place."""

_CHANGES = Mix(added=30, changed=15, renamed=20, deleted=15, copied=5)
_UPHEAVAL = Mix(added=60, changed=60, renamed=20, deleted=60)
_FEW = Mix(added=2, changed=2, renamed=1, deleted=1)
_CHURNED = 150
"""So many have more passages than the 1,000 that Chroma searches without a graph."""

_SHARES = (0.5, 0.2)

Rows = list[tuple[str, str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20, metavar="N", help="kills at each named write")
    parser.add_argument("--random", type=int, default=200, metavar="N", help="kills at random moments")
    parser.add_argument("--minutes", type=float, default=5.0, metavar="M", help="how long to ask and index at once")
    parser.add_argument("--rounds", type=int, default=20, metavar="N", help="rounds of churn, of each share")
    parser.add_argument("--fuzz", type=int, default=0, metavar="S", help="seconds of fuzzing of each target")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="where inputs are kept (default: below --work)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the articles and the random moments")
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="places in which runs are killed at once")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where places are made (default: a temporary folder)")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="write the table as Markdown")
    options = parser.parse_args(arguments)
    work: Path = options.work or Path(tempfile.mkdtemp(prefix="faults-"))
    work.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    rows: Rows = []
    for part in (_kill, _churn, _crowd, _fuzz):
        try:
            rows += part(options, work)
        except BrokenPromiseError as error:
            print(f"broken: {error}", file=sys.stderr)
            return 1
        if options.write is not None:
            options.write.write_text(_table(rows), encoding="utf-8")
    rows.append(("minutes it took", f"{(time.monotonic() - began) / 60:.0f}"))
    print(_table(rows), end="")
    if options.work is None:
        shutil.rmtree(work)
    return 0


def _table(rows: Rows) -> str:
    lines = ("| what | survived |", "| --- | ---: |", *(f"| {what} | {value} |" for what, value in rows))
    return "".join(f"{line}\n" for line in lines)


def _kill(options: argparse.Namespace, work: Path) -> Rows:
    if not options.kills and not options.random:
        return []
    (work / "no models").mkdir()
    models = _exported(work)
    seed = options.seed
    change = set_scene("change", work, articles=ARTICLES, mix=_CHANGES, seed=seed)
    upheaval = set_scene("upheaval", work, articles=ARTICLES, mix=_UPHEAVAL, seed=seed + 1)
    first = set_scene("first run", work, articles=ARTICLES, mix=None, seed=seed + 2)
    again = set_scene("export", work, articles=ARTICLES // 10, mix=_FEW, seed=seed + 3, arguments=EXPORT)
    real = set_scene(
        "real model", work, articles=_REAL_ARTICLES, mix=_FEW, seed=seed + 4, models=models, arguments=REAL_INDEX
    )
    real_again = set_scene(
        "export of the real model",
        work,
        articles=_REAL_ARTICLES,
        mix=_FEW,
        seed=seed + 5,
        models=models,
        arguments=REAL_EXPORT,
    )
    real_first = set_scene(
        "first export of the real model",
        work,
        articles=_REAL_ARTICLES,
        mix=None,
        seed=seed + 6,
        models=work / "no models",
        arguments=REAL_EXPORT,
    )
    killer = Killer(work)
    firsts = options.kills // _FIRST_EXPORTS
    others = [write for write in Write if write is not Write.EXPORT]
    ready = [
        *named_kills(killer, [(change, others)], options.kills),
        *named_kills(killer, [(again, [Write.EXPORT])], options.kills),
        *named_kills(killer, [(real_first, [Write.EXPORT])], firsts),
        *named_kills(killer, [(real_again, [Write.EXPORT])], options.kills - firsts),
    ]
    compaction = set_scene(
        "compaction", work, articles=ARTICLES, mix=_UPHEAVAL, seed=seed + 7, arguments=(*INDEX, "--compact")
    )
    for scene in (upheaval, first, real, compaction):
        killer.count_operations(scene)
    of_real = options.random // _REAL_SHARE
    ready += random_kills(killer, [change, upheaval, first, compaction], options.random - of_real, seed=seed)
    ready += random_kills(killer, [real], of_real, seed=seed + 1)
    run_all(ready, at_once=options.at_once, tell=lambda done: _tell(f"{done} of {len(ready)} killed and completed"))
    published = killer.tally.published
    return [
        *((f"kills at: {what}", f"{count}") for what, count in killer.tally.kills.items()),
        ("after a kill the old index answered, the new one", f"{published['old']}, {published['new']}"),
    ]


def _exported(work: Path) -> Path:
    """Return a folder with the real model, exported."""
    models = work / "models"
    if not models.exists():
        export_embedder(DEFAULT_EMBEDDER, models)
    return models


def _crowd(options: argparse.Namespace, work: Path) -> Rows:
    if not options.minutes:
        return []
    here = work / "crowd"
    shutil.copytree(_exported(work), here / ".qa" / "models")
    crowd = Crowd(here, articles=ARTICLES // 4, seed=options.seed)
    crowd.crowd(options.minutes)
    _tell("crowded")
    return [(f"at once: {what}", f"{count}") for what, count in crowd.counts.items()]


def _churn(options: argparse.Namespace, work: Path) -> Rows:
    rows: Rows = []
    for share in _SHARES if options.rounds else ():
        place = work / f"churn {share:.0%}"
        done = list(churn(place, articles=_CHURNED, share=share, rounds=options.rounds, seed=options.seed))
        _tell(f"churned {share:.0%}")
        rows.append((f"rounds of changing or deleting {share:.0%} of {_CHURNED} articles", f"{len(done)}"))
        rows.append(("… passages, each found by its vector", f"{sum(each.passages for each in done):,}"))
        rows.append(("… Chroma's folders, times a new one's size at most", f"{worst(done):.2f}"))
    return rows


def _fuzz(options: argparse.Namespace, work: Path) -> Rows:
    rows: Rows = []
    for name in TARGETS if options.fuzz else ():
        done = fuzz(name, options.corpus or work / "corpus", options.fuzz)
        if done.crashes:
            raise BrokenPromiseError(f"{name} is crashed by {done.crashes} inputs, kept below {work}")
        _tell(f"{name} fuzzed, {done.executions:,} inputs")
        rows.append((f"inputs fuzzed: {name}, of {done.coverage:,} edges", f"{done.executions:,}"))
    return rows


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
