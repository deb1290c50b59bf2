"""The command line: `qa index`, `qa ask`, `qa chat`, `qa show`, `qa open`, `qa status`, `qa eval`, `qa train`."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from index.errors import QaError
from qa.commands import ask, chat, index, show, status, train
from qa.commands import eval as evaluation
from qa.commands import open as opening
from qa.sanitise import sanitise
from qa.version import VERSION

USAGE = 2
INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are safe to show: a shell's pattern may have put any file's name into a command."""

    def error(self, message: str) -> NoReturn:
        super().error(sanitise(message))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser for all commands."""
    parser = _Parser(
        prog="qa",
        description="Answer questions from a folder of articles, offline, with verbatim quotes and where they stand.",
    )
    parser.add_argument("--version", action="version", version=f"qa {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in (index, ask, chat, show, opening, status, evaluation, train):
        module.add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; what a user can mend is said in two lines."""
    _prepare_streams()
    os.umask(0o077)  # what is written is its owner's only
    options = build_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except QaError as error:
        print(f"qa: {sanitise(error.problem)}\n    {sanitise(error.remedy)}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader of our output is gone; so that Python's own flush at exit finds a place too:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"qa: {sanitise(where + (error.strerror or str(error)))}\n    mend that, then run again", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("qa: interrupted", file=sys.stderr)
        return INTERRUPTED


def _prepare_streams() -> None:
    """Let no character stop a command, nor a stream that was closed before it began."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
