"""Measure one index: questions cold and warm, recall, memory and disk."""

import json
import os
import statistics
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from index.records import Settings, Totals
from index.schema import open_catalog
from index.snapshot import reading
from index.store import Store
from tests.measure.benchmark.processes import Spent, python, run
from tests.measure.scale.figures import Built, Figures
from tests.measure.scale.recall import recall_of

COLD = 7
"""Questions that are asked in a process each."""

FIRST = 3
"""Questions that are asked in a process each with none of the index's files in the system's memory."""

_ASKED = frozenset({0, 1})


def measure(store: Store, questions: Sequence[str], built: Built) -> Figures:
    """Ask an index questions, the first few in processes of their own."""
    work = store.path.parent
    asked = work / "questions.json"
    asked.write_text(json.dumps(list(questions)), encoding="utf-8")
    cold = [_ask_cold(store, text) for text in questions[:COLD]]
    first: list[Spent] = []
    for text in questions[:FIRST]:
        forget(store)
        first.append(_ask_cold(store, text))
    warm = run(python("tests.measure.scale.warm", str(store.path), str(asked)))
    told = json.loads(warm.output)
    settings, totals = _published(store)
    recall = recall_of(store, questions, work / "exact.json")
    return Figures(
        passages=totals.passages,
        articles=totals.articles,
        cold=statistics.median(each.seconds for each in cold),
        cold_slowest=max(each.seconds for each in cold),
        first=statistics.median(each.seconds for each in first),
        cold_peak=max(each.peak_bytes for each in cold),
        warm=_median(told["asked"], "whole"),
        warm_p95=float(np.quantile([each["whole"] for each in told["asked"]], 0.95)),
        warm_peak=warm.spent.peak_bytes,
        read=_median(told["asked"], "read"),
        **{name: _median([each["stages"] for each in told["asked"]], name) for name in told["asked"][0]["stages"]},
        stale=told["stale"],
        recall=recall.chroma,
        recall_once=recall.once,
        verified=all(each["verified"] for each in told["asked"]),
        catalog=size_of(store.catalog),
        generation=size_of(store.generations / f"{settings.generation:06d}"),
        built=built,
    )


def _ask_cold(store: Store, question: str) -> Spent:
    return run(python("qa", "ask", "--json", "--store", str(store.path), question), accepted=_ASKED).spent


def _median(asked: Sequence[dict[str, Any]], name: str) -> float:
    return float(statistics.median(each[name] for each in asked))


def _published(store: Store) -> tuple[Settings, Totals]:
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        settings = snapshot.settings()
        assert settings is not None
        return settings, snapshot.totals()


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(file.stat().st_size for file in files)


def forget(store: Store) -> None:
    """Have the system drop what it keeps of the index's files in memory, where it can be told to."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in store.path.rglob("*"):
        if path.is_file():
            file = os.open(path, os.O_RDONLY)
            try:
                os.fsync(file)
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(file)
