"""`qa chat`: ask question after question."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UsageError
from qa.commands.options import Subparsers, add_narrowing, add_no_color, add_opening, narrowing_of, opening

if TYPE_CHECKING:
    from qa.chat import Input
    from qa.chat_session import Session
    from qa.engine import Engine
    from qa.narrowing import Narrowing


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "chat",
        help="ask question after question",
        description="Ask question after question. Where standard input is not a terminal, one is read a line.",
    )
    earlier = parser.add_mutually_exclusive_group()
    earlier.add_argument("--json", action="store_true", help="print a JSON object a question")
    earlier.add_argument("--list", action="store_true", help="list earlier conversations, and leave")
    earlier.add_argument(
        "--continue",
        dest="resumed",
        metavar="N",
        nargs="?",
        type=int,
        const=1,
        help="go on with conversation N of --list (default: 1, the last)",
    )
    parser.add_argument("--no-log", action="store_true", help="keep neither the conversation nor what is typed")
    add_no_color(parser)
    parser.add_argument("--vi", action="store_true", help="edit with vi's keys; F4 changes it")
    add_narrowing(parser)
    add_opening(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from qa.engine import QUOTES
    from qa.lines import answer_lines
    from qa.opening import open_engine, tell_stale

    here = Path.cwd()
    if options.list:
        return _list(options)
    with open_engine(opening(options), here) as engine:
        narrowing = narrowing_of(options)
        if options.json:
            tell_stale(engine)
            return answer_lines(
                engine, sys.stdin, limit=options.quotes or QUOTES, here=here, narrowing=narrowing, remember=True
            )
        _talk(engine, narrowing, options, here)
    return 0


def _talk(engine: "Engine", narrowing: "Narrowing", options: argparse.Namespace, here: Path) -> None:
    """Hold the conversation on standard input and output."""
    from qa.chat import Chat
    from qa.chat_session import Session
    from qa.conversation_commands import show_resumed
    from qa.opening import notify
    from qa.screen import StreamScreen

    session = Session(
        engine,
        StreamScreen(sys.stdout, plain=options.no_color),
        notify=notify,
        here=here,
        quotes=options.quotes,
        logged=not options.no_log,
    )
    if narrowing:
        session.narrow(narrowing)
    if options.resumed is not None:
        _resume(session, options.resumed)
        show_resumed(session)
    chat = Chat(session, _input(session, options))
    engine.prepare()
    chat.run()


def _input(session: "Session", options: argparse.Namespace) -> "Input":
    """Return a prompt where somebody types, else the lines of standard input."""
    from qa.chat_input import LineInput, PromptInput

    if not sys.stdin.isatty():
        return LineInput(sys.stdin)
    from qa.chat_completion import ChatCompleter
    from qa.marking import hanging, plainly
    from qa.style import style_of

    opening = f"{session.toolbar()}. Ask a question; /help for more, Ctrl-D to leave."
    print(hanging("", [(opening, plainly)], width=style_of(sys.stdout).width))
    return PromptInput(
        None if options.no_log else session.engine.store.chat_history,
        completer=ChatCompleter(session.listing),
        toolbar=session.toolbar,
        vi=options.vi,
        plain=options.no_color,
    )


def _resume(session: "Session", number: int) -> None:
    from qa.conversation_log import kept_conversations

    kept = kept_conversations(session.engine.store)
    if not kept:
        raise UsageError("there is no earlier conversation", "run qa chat")
    if not 1 <= number <= len(kept):
        raise UsageError(f"there is no conversation {number}", f"qa chat --list has 1 to {len(kept)}")
    session.resume(kept[number - 1])


def _list(options: argparse.Namespace) -> int:
    """Print earlier conversations."""
    from qa.conversation_commands import conversation_lines
    from qa.conversation_log import kept_conversations
    from qa.opening import choose_store
    from qa.streams import tell
    from qa.style import style_of

    store = choose_store(options.store, Path.cwd())
    store.check_exists()
    kept = kept_conversations(store)
    for line in conversation_lines(kept, width=style_of(sys.stdout).width):
        print(line)
    if not kept:
        tell("there is no earlier conversation")
    return 0
