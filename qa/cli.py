"""The command line: what all commands share. Each is a module of `qa.commands`."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from index.errors import QaError, Stopped
from qa.commands import ask, chat, doctor, index, show, status, train
from qa.commands import eval as evaluation
from qa.commands import open as opening
from qa.opening import current_folder
from qa.sanitise import sanitise
from qa.streams import prepare_streams, silence, tell
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
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="COMMAND")
    for module in (index, ask, chat, show, opening, status, doctor, evaluation, train):
        module.add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; what a user can mend is said in two lines."""
    prepare_streams()
    os.umask(0o077)  # what is written is its owner's only
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help(sys.stderr)
        return USAGE
    try:
        current_folder()  # all paths are read from there
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except QaError as error:
        _complain(error.problem, error.remedy)
        return USAGE
    except BrokenPipeError:
        # The reader of our output is gone; so that Python's own flush at exit finds a place too:
        silence(sys.stdout)
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _complain(where + (error.strerror or str(error)), "mend that, then run again")
        return USAGE
    except Stopped:
        return INTERRUPTED
    except KeyboardInterrupt:
        tell("interrupted")
        return INTERRUPTED


def _complain(problem: str, remedy: str) -> None:
    tell(sanitise(problem))
    tell(sanitise(remedy), head="    ")
