"""`qa open`: open the article of a citation as the desktop does."""

import argparse
from pathlib import Path

from qa.commands.options import Subparsers, add_store


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "open",
        help="open the article of a citation with the system's own program",
        description="Open the article of citation N of the last answer with the system's own program for its file;"
        " one of many records in a file by its URL, if it has one.",
    )
    parser.add_argument("number", metavar="N", help="a number of the last answer")
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from index.errors import UsageError
    from qa.last_answer import read_citations
    from qa.opening import choose_store
    from qa.opening_articles import open_citation
    from qa.sanitise import sanitise
    from qa.showing import find_citation

    here = Path.cwd()
    store = choose_store(options.store, here)
    store.check_exists()
    citation = find_citation(options.number, read_citations(store))
    if citation is None:
        raise UsageError(f"{options.number} is no number of a citation", "as in qa open 1")
    print(f"opened {sanitise(open_citation(store, citation, here))}")
    return 0
