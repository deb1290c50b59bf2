"""`qa show`: print an article around a citation."""

import argparse
import sys
from pathlib import Path

from qa.commands.options import Subparsers, add_no_color, add_store


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "show",
        help="print an article around a citation",
        description="Print the article around citation N of the last answer, the quote highlighted;"
        " or at PATH:LINE, PATH:PAGE, PATH:HEADING or PATH:RECORD, by what the file has.",
    )
    parser.add_argument("target", metavar="N|PATH[:PLACE]", help="a number of the last answer, or a place")
    parser.add_argument(
        "-C", "--context", metavar="LINES", type=int, default=3, help="lines before and after (default: 3)"
    )
    parser.add_argument("--all", action="store_true", help="the whole article")
    add_no_color(parser)
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from qa.last_answer import read_citations
    from qa.opening import choose_store
    from qa.showing import find_citation, show_citation, show_place
    from qa.style import style_of

    here = Path.cwd()
    store = choose_store(options.store, here)
    style = style_of(sys.stdout, plain=options.no_color)
    context = None if options.all else max(options.context, 0)
    store.check_exists()
    citation = find_citation(options.target, read_citations(store))
    if citation is not None:
        shown = show_citation(store, citation, style, here, context=context)
    else:
        shown = show_place(store, options.target, style, here, context=context)
    print(shown.text, end="")
    return 0
