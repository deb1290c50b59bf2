"""Time index runs over an index that is there: with nothing changed, and with one article added."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from qa.evaluate.dataset import Dataset
from tests.measure.benchmark.corpus import Corpus, write_many
from tests.measure.benchmark.layout import Layout
from tests.measure.benchmark.making import index_command, index_spent
from tests.measure.benchmark.processes import Spent, run
from tests.measure.benchmark.rounds import take_turns
from tests.measure.benchmark.rows import QA, Measure, Row, Unit


def time_updates(corpus: Corpus, rounds: int) -> list[Row]:
    """Time both over the articles that are asked."""
    names = (Measure.UNCHANGED, Measure.ADDED)
    return _time(corpus.layout, corpus.spare[:rounds], names, f"{corpus.articles:,} files")


def time_many(corpus: Corpus, distractors: Sequence[Dataset], files: int, work: Path, rounds: int) -> list[Row]:
    """Time both over a large folder of short articles, which is made and indexed first where it is not there."""
    layout = Layout(work / f"many-{files}")
    if not layout.articles.exists():
        making = work / "making"
        shutil.rmtree(making, ignore_errors=True)
        write_many(distractors, files, making)
        layout.path.mkdir(exist_ok=True)
        making.rename(layout.articles)
    index_spent(layout, layout.articles, work)
    return _time(layout, corpus.spare[:rounds], (Measure.UNCHANGED_MANY, Measure.ADDED_MANY), f"{files:,} files")


def _time(layout: Layout, texts: Sequence[str], names: tuple[Measure, Measure], size: str) -> list[Row]:
    """Run in turn without a change and with another of the texts added; take these away again at the end."""
    folder = layout.articles / "added"
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was broken off
    folder.mkdir()

    def unchanged(_: int) -> Spent:
        return run(index_command(layout)).spent

    def added(number: int) -> Spent:
        (folder / f"{number}.txt").write_text(texts[number], encoding="utf-8")
        return run(index_command(layout)).spent

    unchanged(0)  # looks at what an earlier run may have left
    try:
        spent = take_turns({names[0]: unchanged, names[1]: added}, range(len(texts)))
    finally:
        shutil.rmtree(folder)
    unchanged(0)
    return [
        Row(
            measure=name,
            by=QA,
            unit=Unit.SECONDS,
            samples=tuple(each.seconds for each in spent[name]),
            of=size,
            peak_bytes=max(each.peak_bytes for each in spent[name]),
        )
        for name in names
    ]
