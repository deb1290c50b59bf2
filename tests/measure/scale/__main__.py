"""Measure questions over indexes of 10,000 passages to a million.

    python -m tests.measure.scale new_wiki.json articles44.json paragraphs.json reddit.json amazon_reviews.json \
        --passages 10000 100000 1000000 --work DIR --plot scale.svg --write scale.md

Makes folders of articles below DIR, with their indexes, of the datasets' sentences and vectors; an
interrupted run goes on where it was. Then asks questions of the first dataset, or of `--questions`:
in processes of their own, and one after the other of an open index, and holds the search by vectors
against exact search. Prints a table.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from index.embedder import OnnxEmbedder
from index.model_folder import ModelFolder
from index.vectors import Vectors
from qa.evaluate.dataset import Dataset, gold_questions, read_dataset, sample
from tests.measure.benchmark.processes import python, run
from tests.measure.scale.building import build_texts, store_in
from tests.measure.scale.figures import Built, Figures, table
from tests.measure.scale.made import Material, gather, make_text
from tests.measure.scale.measuring import measure
from tests.measure.scale.nearness import nearness
from tests.measure.scale.plot import write_plot
from tests.measure.scale.real import index_datasets, read_real

QUESTIONS = 60
"""Questions of a dataset that are asked, evenly spread."""

_COMPARED = 500


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", nargs="+", help="files of SQuAD 1.1 or 2.0 whose articles are taken apart")
    parser.add_argument("--passages", nargs="+", type=int, default=[10_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="where articles and indexes are made")
    parser.add_argument("--questions", metavar="FILE", help="a dataset to ask the questions of")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="write the table as Markdown")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw the figures over the sizes")
    parser.add_argument("--build-only", action="store_true", help="make the indexes and ask nothing")
    options = parser.parse_args(arguments)
    datasets = [read_dataset(name) for name in options.datasets]
    work = options.work.absolute()
    material = gather(read_real(index_datasets(datasets, work / "real")))
    asked = _questions(read_dataset(options.questions) if options.questions else datasets[0])
    print(compare(material, asked))
    measured: list[Figures] = []
    for passages in sorted(options.passages):
        built = build(material, work / str(passages), passages)
        if not options.build_only:
            measured.append(measure(store_in(work / str(passages)), asked, built))
            print(table(measured), flush=True)
    if options.write and measured:
        options.write.write_text(table(measured), encoding="utf-8")
    if options.plot and measured:
        write_plot(measured, options.plot)
    return 0


def _questions(dataset: Dataset) -> list[str]:
    return [question.text for question in sample(gold_questions(dataset), QUESTIONS)]


def compare(material: Material, questions: Sequence[str]) -> str:
    """Say how near real vectors lie to each other and to questions, and made ones, equally many."""
    real = material.real.vectors
    made = _made_vectors(material, len(real))
    embedder = OnnxEmbedder(ModelFolder(material.real.models / material.real.recipe.model))
    asked = np.array([embedder.embed_question(text) for text in questions], dtype=np.float32)
    chosen = np.random.default_rng(0).choice(len(real), min(_COMPARED, len(real)), replace=False)
    return (
        f"cosines to the 1st, 10th, 50th nearest of {len(real):,} passages: a tenth, half, nine tenths of them\n"
        f"real passages, among real ones  {nearness(real[chosen], real, own=chosen)}\n"
        f"made passages, among made ones  {nearness(made[chosen], made, own=chosen)}\n"
        f"questions, among real passages  {nearness(asked, real)}\n"
        f"questions, among made passages  {nearness(asked, made)}\n"
    )


def _made_vectors(material: Material, passages: int) -> Vectors:
    vectors = np.empty((0, material.real.vectors.shape[1]), dtype=np.float32)
    parts, there, number = [vectors], 0, 0
    while there < passages:
        parts.append(make_text(material, number).vectors)
        there, number = there + len(parts[-1]), number + 1
    return np.concatenate(parts)[:passages]


def build(material: Material, work: Path, passages: int) -> Built:
    """Make an index, unless it is there already; return what its vectors took to be written."""
    note = work / "built.json"
    if note.exists():
        return Built(**json.loads(note.read_text(encoding="utf-8")))
    store = build_texts(material, work, passages, tell=_tell)
    _tell(f"writing {passages:,} vectors")
    spent = run(python("tests.measure.scale.make_generation", str(store.path))).spent
    built = Built(spent.seconds, spent.peak_bytes)
    _tell(f"written in {spent.seconds:.0f} s, with {spent.peak_bytes / 1e6:,.0f} MB")
    note.write_text(json.dumps(asdict(built)), encoding="utf-8")
    return built


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
