r"""Measure `qa` beside its peers, and print a table.

    python -m tests.measure.benchmark new_wiki.json:6,18,30,42 articles44.json:11,33 \
        --distractors new_wiki.json articles44.json paragraphs.json reddit.json amazon_reviews.json

Makes articles of the datasets, whose questions are asked, and of the distractors, as files of text; has
`qa` and each peer make its index; then measures, each by turns with its peers: index runs with nothing
changed and with one article added, a question in a new process, questions in one that goes on,
embedding, reading, retrieving. `pip install '.[bench]'` brings the peers; of one that is not there, or
cannot run offline, the table says so. New processes find their files in the page cache.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from index.errors import QaError
from qa.evaluate.corpus import split_distractors
from qa.evaluate.dataset import read_dataset, sample
from tests.measure.benchmark.answering import time_answers
from tests.measure.benchmark.corpus import SPARE, make_corpus
from tests.measure.benchmark.machine import describe_machine
from tests.measure.benchmark.making import make_indexes
from tests.measure.benchmark.parts import time_embedding, time_reading, time_retrieving
from tests.measure.benchmark.processes import ContenderError
from tests.measure.benchmark.rows import Row
from tests.measure.benchmark.table import Results, as_json, as_markdown, as_text
from tests.measure.benchmark.targets import TEN_THOUSAND, judge
from tests.measure.benchmark.updating import time_many, time_updates

ARTICLES = 50
"""As many as leave a first run under five minutes on two cores."""

QUESTIONS = 20
READINGS = 10
RETRIEVALS = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = _parser().parse_args(arguments)
    try:
        results = measure(options)
    except (QaError, ContenderError) as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 2
    print(as_json(results) if options.json else as_text(results), end="")
    if options.write is not None:
        options.write.write_text(as_markdown(results), encoding="utf-8")
    return 0


def measure(options: argparse.Namespace) -> Results:
    """Run all that was asked for, in order; raise a `QaError` or a `ContenderError`."""
    began = time.perf_counter()

    def tell(line: str) -> None:
        print(f"{time.perf_counter() - began:5.0f} s  {line}", file=sys.stderr)

    work, rounds = options.work.absolute(), options.rounds
    work.mkdir(parents=True, exist_ok=True)
    _, distractors = split_distractors(options.distractors)
    datasets = [read_dataset(argument) for argument in options.datasets]
    corpus = make_corpus(datasets, distractors, options.articles, work)
    questions = sample(corpus.questions, options.questions)
    tell("making the indexes that are not there")
    made = make_indexes(corpus, work)
    rows: list[Row] = list(made.rows)
    tell("index runs")
    rows += time_updates(corpus, rounds)
    tell("answers")
    rows += time_answers(corpus, questions, made.absent, rounds=rounds)
    tell("embedding")
    rows += time_embedding(corpus, rounds)
    tell("reading")
    rows += time_reading(corpus, sample(questions, READINGS))
    tell("retrieving")
    rows += time_retrieving(corpus, sample(corpus.questions, max(RETRIEVALS, options.questions)))
    files = TEN_THOUSAND if options.index_10k else 0
    if files:
        tell(f"index runs over {files:,} files")
        rows += time_many(corpus, distractors, files, work, rounds)
    tell("done")
    return Results(
        machine=describe_machine(),
        settings=(
            f"{datetime.now():%Y-%m-%d}: {corpus.articles:,} articles, {len(corpus.paragraphs):,} paragraphs;"
            f" {len(questions)} questions, {rounds} rounds; files in the page cache",
        ),
        rows=tuple(rows),
        verdicts=judge(tuple(rows), articles=corpus.articles, files=files),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.measure.benchmark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("datasets", metavar="DATASET", nargs="+", help="as for qa eval: FILE or FILE:POSITIONS")
    parser.add_argument("--distractors", metavar="DATASET", nargs="+", default=[], help="articles that are not asked")
    parser.add_argument("--articles", metavar="N", type=int, default=ARTICLES, help=f"(default: {ARTICLES})")
    parser.add_argument("--questions", metavar="N", type=int, default=QUESTIONS, help=f"(default: {QUESTIONS})")
    parser.add_argument(
        "--rounds", metavar="N", type=int, choices=range(1, SPARE + 1), default=3, help="of new processes (default: 3)"
    )
    parser.add_argument(
        "--work",
        metavar="DIR",
        type=Path,
        default=Path(".benchmark"),
        help="keeps articles and indexes for the next run (default: .benchmark)",
    )
    parser.add_argument("--index-10k", action="store_true", help="index runs over 10,000 short articles, too")
    parser.add_argument("--json", action="store_true", help="print a JSON object with all samples")
    parser.add_argument("--write", metavar="FILE.md", type=Path, help="write the tables there as Markdown, too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
