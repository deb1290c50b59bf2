"""`qa eval`: measure answers over question-answering datasets."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UsageError
from index.store import STORE_NAME, Store
from qa.commands.options import Subparsers, add_reader
from qa.opening import choose_store, notify

if TYPE_CHECKING:
    from qa.evaluate.figures import Report
    from qa.evaluate.run import EvalOptions

LEFT_OUT = ("articles", "paragraphs")


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "eval",
        help="measure answers over question-answering datasets",
        description="Index the articles of SQuAD-format datasets in a temporary folder, ask all their questions,"
        " and print how good the answers, the quotes, the retrieval, the refusals and the confidence are, with 95%%"
        " bootstrap intervals by article. Several datasets share one index, and are reported apart and then together.",
    )
    parser.add_argument(
        "datasets",
        metavar="DATASET",
        nargs="+",
        help="a file of SQuAD 1.1 or 2.0; FILE:6,18,30,42 takes the articles at these positions, counted from 0",
    )
    parser.add_argument(
        "--articles",
        metavar="DIR",
        type=Path,
        help="index this folder, which holds the dataset's passages verbatim (default: articles made of them)",
    )
    parser.add_argument(
        "--distractors",
        metavar="DIR|DATASET",
        nargs="+",
        action="extend",
        default=[],
        help="index these too: folders of articles, or the passages of datasets, as above",
    )
    parser.add_argument(
        "--leave-out",
        choices=LEFT_OUT,
        help="leave every second article, or every second paragraph of each, out of the index:"
        " its questions are to be refused",
    )
    parser.add_argument(
        "--limit", metavar="N", type=_count, help="ask N questions of each dataset at most, evenly spread"
    )
    add_reader(parser)
    parser.add_argument(
        "--reader-only",
        action="store_true",
        help="without an index: give the reader each question with its own paragraph, as published figures are made",
    )
    parser.add_argument("--embedder", metavar="NAME", help="the embedder to index with (default: that of a new index)")
    parser.add_argument(
        "--store",
        metavar="DIR",
        type=Path,
        help="an index whose exported models are used (default: $QA_STORE, else the nearest .qa upward)",
    )
    parser.add_argument(
        "--plot",
        metavar="FILE.png",
        type=Path,
        help="draw risk against coverage, and reliability; needs the extra [eval]",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of tables")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from qa.evaluate.plot import check_plot, write_plot
    from qa.evaluate.report import report_table, reports_json

    _check(options)
    if options.plot is not None:
        check_plot(options.plot)
    reports = _reader_reports(options) if options.reader_only else _answer_reports(options)
    if options.json:
        print(reports_json(reports, _settings(options)))
    else:
        print("\n".join(report_table(report) for report in reports), end="")
    if options.plot is not None:
        write_plot(reports, options.plot)
    return 0


def _check(options: argparse.Namespace) -> None:
    """Raise `UsageError` for options that do not go together."""
    without_index = {
        "--articles": options.articles,
        "--distractors": options.distractors,
        "--leave-out": options.leave_out,
        "--embedder": options.embedder,
        "--plot": options.plot,
    }
    unfit = [name for name, value in without_index.items() if value]
    if options.reader_only and unfit:
        raise UsageError(f"--reader-only makes no index for {unfit[0]}", f"leave one of the two away: {unfit[0]}")
    if options.articles is not None and options.leave_out is not None:
        raise UsageError(
            "--leave-out takes nothing out of the folder of --articles",
            "leave --articles away: articles are then made of the dataset",
        )


def _reader_reports(options: argparse.Namespace) -> "list[Report]":
    from qa.evaluate.run import evaluate_reader
    from qa.evaluate.screen import StreamScreen
    from qa.readers import SHIPPED, open_span_model

    with _work() as work:
        model = open_span_model(options.reader or SHIPPED, _kept(options, work), notify=notify)
        return evaluate_reader(_asked(options), model, screen=StreamScreen(sys.stderr, notify))


def _answer_reports(options: argparse.Namespace) -> "list[Report]":
    from index.embedder import OnnxEmbedder
    from qa.evaluate.run import evaluate
    from qa.evaluate.screen import StreamScreen
    from qa.readers import SHIPPED, reader_maker

    with _work() as work:
        make_reader = reader_maker(options.reader or SHIPPED, _kept(options, work), notify=notify)
        screen = StreamScreen(sys.stderr, notify)
        return evaluate(_asked(options), work, screen=screen, make_reader=make_reader, open_embedder=OnnxEmbedder)


@contextmanager
def _work() -> Iterator[Path]:
    """Make a folder for the articles and their index, and delete it at the end."""
    with tempfile.TemporaryDirectory(prefix="qa-eval-", ignore_cleanup_errors=True) as work:
        yield Path(work)


def _kept(options: argparse.Namespace, work: Path) -> Store:
    """Return the index that keeps exported readers; where there is none, a folder that is deleted again."""
    store = choose_store(options.store, Path.cwd())
    return store if store.exists() else Store(work / STORE_NAME)


def _asked(options: argparse.Namespace) -> "EvalOptions":
    from qa.evaluate.corpus import LeaveOut
    from qa.evaluate.run import EvalOptions

    return EvalOptions(
        datasets=tuple(options.datasets),
        limit=options.limit,
        articles=options.articles,
        distractors=tuple(options.distractors),
        leave_out=LeaveOut(options.leave_out) if options.leave_out else None,
        embedder=options.embedder,
        models=choose_store(options.store, Path.cwd()).models,
    )


def _settings(options: argparse.Namespace) -> dict[str, object]:
    """Return what the figures depend on, as it was given."""
    return {
        "datasets": options.datasets,
        "articles": None if options.articles is None else str(options.articles),
        "distractors": options.distractors,
        "leave_out": options.leave_out,
        "limit": options.limit,
        "reader": options.reader,
        "reader_only": options.reader_only,
        "embedder": options.embedder,
    }


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1")
    return int(text)
