"""The chat's commands: a table of names, what they take, what they are for, and small functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from index.errors import UsageError
from qa import article_commands as of_articles
from qa import conversation_commands as of_conversation
from qa import narrowing_commands as of_narrowing
from qa.chat_session import Session
from qa.marking import hanging, plainly


class Leave(Exception):  # noqa: N818 - no error
    """The user leaves the chat."""


class Completes(Enum):
    """What the Tab key offers behind a command."""

    NOTHING = auto()
    TITLES = auto()
    SOURCES = auto()
    COMMANDS = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name with the slash, what stands behind it, what it does in a few words, and what does it."""

    name: str
    takes: str
    what: str
    run: Callable[[Session, str], None]
    completes: Completes = Completes.NOTHING


def show_help(session: Session, name: str) -> None:
    """Say what there is, or what one command does."""
    wanted = [find_command(name if name.startswith("/") else f"/{name}")] if name else COMMANDS
    rows = [(f"{command.name} {command.takes}".rstrip(), command.what) for command in wanted]
    longest, width = max(len(head) for head, _ in rows), session.screen.style().width
    lines = [hanging(f"  {head:<{longest}}  ", [(what, plainly)], width=width) for head, what in rows]
    keys = [hanging("", [(line, plainly)], width=width) for line in _KEYS]
    session.screen.write("\n".join(lines if name else ["Type a question, or", *lines, *keys]) + "\n")


def leave(_session: Session, _: str) -> None:
    """Leave the chat."""
    raise Leave


COMMANDS: Sequence[Command] = (
    Command("/help", "[COMMAND]", "what there is", show_help, Completes.COMMANDS),
    Command("/more", "", "more quotes for the last question", of_conversation.more),
    Command("/show", "N", "quote N in its article", of_articles.show),
    Command("/article", "N|TITLE", "the whole article", of_articles.article, Completes.TITLES),
    Command("/open", "N", "open the article with the system's program", of_articles.open_article),
    Command("/sources", "[WORDS]", "the articles that are asked", of_articles.sources, Completes.SOURCES),
    Command("/only", "PATTERN", "ask only articles with such a path or title", of_narrowing.only, Completes.TITLES),
    Command("/since", "DATE", "ask only articles since a day, month or year", of_narrowing.since),
    Command("/before", "DATE", "ask only articles before a day, month or year", of_narrowing.before),
    Command("/source", "NAME", "ask only articles of a source", of_narrowing.source, Completes.SOURCES),
    Command("/all", "", "ask all articles again", of_narrowing.everything),
    Command("/why", "", "what was found, read and rejected for the last question", of_conversation.why),
    Command("/index", "", "bring the index up to date", of_articles.index),
    Command("/save", "FILE", "write the conversation to a Markdown file", of_conversation.save),
    Command("/history", "", "the questions of this conversation", of_conversation.history),
    Command("/resume", "[N]", "go on with an earlier conversation", of_conversation.resume),
    Command("/reset", "", "begin another conversation: the next question stands alone", of_conversation.reset),
    Command("/quit", "", "leave", leave),
)

_KEYS = (
    "",
    "Ctrl-D leaves, Ctrl-C drops a question, Ctrl-R searches earlier ones,",
    "Tab completes, F4 changes to vi's keys and back.",
)


def find_command(name: str) -> Command:
    """Return the command of a name, in any case; raise `UsageError` with the one that was probably meant."""
    known = {command.name: command for command in COMMANDS}
    command = known.get(name.lower())
    if command is None:
        close = get_close_matches(name.lower(), known, n=1, cutoff=0.72)
        raise UsageError(f"there is no {name}", f"did you mean {close[0]}?" if close else "/help lists what there is")
    return command


def run_command(session: Session, line: str) -> None:
    """Run what a line that begins with a slash says; raise a `QaError`, or `Leave`."""
    name, _, rest = line.partition(" ")
    command, behind = find_command(name), rest.strip()
    if behind and not command.takes and command.run is not leave:
        raise UsageError(f"{command.name} takes nothing behind it", f"type {command.name} alone")
    command.run(session, behind)
