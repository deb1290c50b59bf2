"""`qa chat`: ask question after question."""

import argparse
import sys
from pathlib import Path

from qa.commands.options import Subparsers, add_opening, opening


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "chat",
        help="ask question after question",
        description="Ask question after question. Where standard input is not a terminal, one is read a line.",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object a question")
    add_opening(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from qa.chat import Chat
    from qa.chat_input import LineInput, PromptInput
    from qa.lines import answer_lines
    from qa.opening import notify, open_engine, tell_stale
    from qa.style import style_of

    here = Path.cwd()
    with open_engine(opening(options), here) as engine:
        if options.json:
            tell_stale(engine)
            return answer_lines(engine, sys.stdin, limit=options.quotes, here=here)
        source = PromptInput(engine.store.chat_history) if sys.stdin.isatty() else LineInput(sys.stdin)
        if sys.stdin.isatty():
            print(f"{engine.articles()} articles. Ask a question; /help for more, Ctrl-D to leave.")
        style = style_of(sys.stdout)
        Chat(engine, source, _write, notify=notify, style=style, here=here, quotes=options.quotes).run()
    return 0


def _write(text: str) -> None:
    print(text, flush=True)
