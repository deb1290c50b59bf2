"""`qa index`: make the index equal to its folders."""

import argparse
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import QaError
from qa.commands.options import Subparsers, add_store, named_path
from qa.opening import check_not_replaced, choose_store, notify, store_named
from qa.streams import tell

if TYPE_CHECKING:
    from index.inputs import BuildOptions
    from index.run import RunResult
    from index.store import Store

FAILED = 3


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "index",
        help="make the index equal to the folders of articles",
        description="Make the index equal to the folders: adds, changes, renames, deletes."
        " With no PATH, those of last time. Exit status: 0 all well, 3 some files failed, 2 wrong usage,"
        " 130, 143 or 129 stopped by Ctrl-C, SIGTERM or SIGHUP; with --watch, 0 when it is stopped.",
    )
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=named_path,
        help="a folder of articles, or one article: all that is indexed then",
    )
    parser.add_argument(
        "--exclude",
        metavar="PATTERN",
        action="append",
        help="leave out names, or paths below a PATH, that match (may be repeated; kept for runs without PATH)",
    )
    parser.add_argument(
        "--embedder",
        metavar="NAME",
        help="a sentence-transformers model, by hub name or folder (default: the index's own)",
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="start over: read, cut and embed everything again; with --embedder, export that again too",
    )
    parser.add_argument("--rebuild-vectors", action="store_true", help="make Chroma's folder anew, without embedding")
    parser.add_argument(
        "--compact",
        action="store_true",
        help="leave nothing of deleted articles in the index's files, and give back their room",
    )
    parser.add_argument(
        "--allow-empty",
        action="store_true",
        help="take a folder without any article for what it is: all that was indexed of it is deleted"
        " (otherwise an error, as its disk may be away)",
    )
    parser.add_argument(
        "--field",
        metavar="NAME=FIELD",
        action="append",
        type=_field,
        help="in files of records, what holds an article's text, title, date, source, author, url or id,"
        " as in text=story (may be repeated; kept for runs without PATH)",
    )
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--dry-run", action="store_true", help="only say what would change")
    alone.add_argument(
        "--watch", action="store_true", help="go on: follow the folders, and index what changes, until Ctrl-C"
    )
    parser.add_argument("--no-wait", action="store_true", help="fail at once if another process is writing the index")
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from index.inputs import BuildOptions
    from qa.indexing import run as run_index

    here = Path.cwd()
    asked = BuildOptions(
        roots=tuple(Path(os.path.abspath(path)) for path in options.paths),
        exclude=tuple(options.exclude) if options.exclude is not None else None,
        fields=dict(options.field) if options.field is not None else None,
        embedder=options.embedder,
        full=options.full,
        rebuild_vectors=options.rebuild_vectors,
        compact=options.compact,
        allow_empty=options.allow_empty,
        wait=0.0 if options.no_wait else BuildOptions().wait,
    )
    store = choose_store(options.store, here)
    if not store_named(options.store):
        check_not_replaced(store, asked.roots, here)
    if store.path.parent != here:
        notify(f"the index is {store.path}")
    if options.dry_run:
        return _preview(store, asked, here)
    result = run_index(store, asked)
    _say(result, here)
    if options.watch:
        _watch(store, asked, result, here)
        return 0
    return FAILED if result.failures else 0


def _preview(store: "Store", asked: "BuildOptions", here: Path) -> int:
    """Say what a run would do."""
    from index.preview import preview_index
    from qa.indexing import preview_lines

    preview = preview_index(store, asked)
    for line in preview_lines(preview, here):
        print(line)
    return FAILED if preview.failures else 0


def _watch(store: "Store", asked: "BuildOptions", first: "RunResult", here: Path) -> None:
    """Follow the folders until Ctrl-C."""
    from qa.indexing import failure_lines, summary
    from qa.indexing import run as run_index
    from qa.stopping import ending_signals
    from qa.watching import Watch

    def complain(error: QaError) -> None:
        notify(f"{error.problem}: {error.remedy}")

    def say(result: "RunResult") -> None:
        for line in (*failure_lines(result, here), summary(result)):
            print(line, flush=True)

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for number in ending_signals():  # as a service is stopped, or its terminal is closed
        signal.signal(number, stop)
    notify("watching; Ctrl-C stops")
    watch = Watch(store, asked, first, run=run_index, say=say, complain=complain)
    with suppress(KeyboardInterrupt):
        watch.keep(threading.Event())
    notify("stopped watching")


def _say(result: "RunResult", here: Path) -> None:
    """Print what a run did: its summary on standard output, the rest on standard error."""
    from qa.indexing import result_lines, summary

    last = summary(result)
    for line in result_lines(result, here):
        if line == last:
            print(line, flush=True)
        else:
            tell(line, head="")


def _field(text: str) -> tuple[str, str]:
    from index.record_fields import FIELD_NAMES

    name, _, field = text.partition("=")
    if name not in FIELD_NAMES or not field:
        raise argparse.ArgumentTypeError(f"{text} is not NAME=FIELD, with a NAME of {', '.join(FIELD_NAMES)}")
    return name, field
