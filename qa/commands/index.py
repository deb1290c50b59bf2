"""`qa index`: make the index equal to its folders."""

import argparse
import os
import sys
from pathlib import Path

from qa.commands.options import Subparsers, add_store
from qa.opening import choose_store, notify

FAILED = 3


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "index",
        help="make the index equal to the folders of articles",
        description="Make the index equal to the folders: adds, changes, renames, deletes."
        " With no PATH, those of last time. Exit status: 0 all well, 3 some files failed, 2 wrong usage.",
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a folder of articles, or one article")
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
    parser.add_argument("--no-wait", action="store_true", help="fail at once if another process is writing the index")
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from index.build import BuildOptions
    from qa.indexing import result_lines, summary
    from qa.indexing import run as run_index

    here = Path.cwd()
    asked = BuildOptions(
        roots=tuple(Path(os.path.abspath(path)) for path in options.paths),
        exclude=tuple(options.exclude) if options.exclude is not None else None,
        embedder=options.embedder,
        full=options.full,
        rebuild_vectors=options.rebuild_vectors,
        wait=0.0 if options.no_wait else BuildOptions().wait,
    )
    store = choose_store(options.store, here)
    if store.path.parent != here:
        notify(f"the index is {store.path}")
    result = run_index(store, asked)
    for line in result_lines(result, here):
        print(line, file=sys.stdout if line == summary(result) else sys.stderr)
    return FAILED if result.failures else 0
