"""Options that several commands share."""

import argparse
from pathlib import Path
from typing import TypeAlias

from qa.narrowing import Narrowing, read_filter_date
from qa.opening import Opening

MOST_QUOTES = 100
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def named_path(text: str) -> Path:
    """Read a path; an empty one, as of a variable that is not set, would be that of the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add `--store`."""
    parser.add_argument(
        "--store",
        metavar="DIR",
        type=named_path,
        help="the index's folder (default: $QA_STORE, else the nearest .qa upward)",
    )


def add_opening(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that ask questions."""
    parser.add_argument(
        "--articles", metavar="DIR", type=named_path, help="the folder to index, if there is no index yet"
    )
    parser.add_argument("--refresh", action="store_true", help="bring the index up to date first")
    add_quotes(parser)
    add_reader(parser)
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        type=_probability,
        help="call an answer only what is at least so sure, as in 0.5 or 50%% (default: the reader's own threshold)",
    )
    add_store(parser)


def add_no_color(parser: argparse.ArgumentParser) -> None:
    """Add `--no-color`."""
    parser.add_argument("--no-color", action="store_true", help="no colours and no bold")


def add_reader(parser: argparse.ArgumentParser) -> None:
    """Add `--reader`."""
    parser.add_argument(
        "--reader",
        metavar="NAME",
        help="what finds the answer: default; small, which reads in about half the time and is right less often;"
        " none for the best sentence; or an extractive question-answering model of Hugging Face, by hub name or"
        " folder, exported once and kept in the index",
    )


def add_quotes(parser: argparse.ArgumentParser) -> None:
    """Add `-k`."""
    parser.add_argument(
        "-k",
        "--quotes",
        metavar="N",
        type=_positive,
        help="quotes to give at most (default: 3, of which those are left out that hardly answer)",
    )


def add_narrowing(parser: argparse.ArgumentParser) -> None:
    """Add the options that narrow questions to some of the articles."""
    group = parser.add_argument_group("only some of the articles")
    group.add_argument(
        "--only",
        metavar="PATTERN",
        help="those whose path, or the end of it from some folder on, matches, as in 'sport/*'; without *, ? or [],"
        " whose path or title holds it",
    )
    group.add_argument(
        "--since",
        metavar="DATE",
        help="those of this time or later: 2024, 2024-11, 15 Nov 2024; articles without a date are left out",
    )
    group.add_argument("--before", metavar="DATE", help="those of an earlier time")
    group.add_argument("--source", metavar="NAME", help="those whose source holds NAME")


def narrowing_of(options: argparse.Namespace) -> Narrowing:
    """Return what the options narrow questions to; raise `UsageError` where they make no sense."""
    since, before = (None if text is None else read_filter_date(text) for text in (options.since, options.before))
    return Narrowing(only=options.only, since=since, before=before, source=options.source)


def opening(options: argparse.Namespace) -> Opening:
    """Return what the options say of the index to open."""
    return Opening(options.store, options.articles, options.refresh, options.reader, options.min_confidence)


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_QUOTES:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to {MOST_QUOTES}")
    return int(text)


def _probability(text: str) -> float:
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 1, nor a percentage as 50% is")
    return value
