"""The chat's loop: lines in, answers out; what reads and what writes is handed in."""

import re
import shlex
from typing import Protocol

from index.errors import QaError, UsageError
from qa.chat_commands import Leave, run_command
from qa.chat_session import Session
from qa.conversation_commands import tell_how_sure
from qa.marking import hanging, plainly
from qa.sanitise import sanitise

_MEANT = {
    **dict.fromkeys(("exit", "quit", "bye"), "/quit"),
    "help": "/help",
    **dict.fromkeys(("more", "more please", "tell me more", "show me more"), "/more"),
    **dict.fromkeys(("how do you know", "how do you know that"), "/why"),
}
"""What other programs take for commands, or people ask of the answer: no article is asked for it."""

_SMALL_TALK = frozenset(
    ("hi", "hello", "hey", "good morning", "good evening", "thanks", "thank you", "many thanks", "ok", "okay", "great")
)
"""What people say to each other between questions. No article answers it."""

_DOUBTS = frozenset(("are you sure", "are you sure about that", "how sure are you", "really"))

_SHELL = re.compile(r"qa\s+(?:ask|chat|doctor|eval|index|open|show|status|train)\b")
"""What is meant for the shell: the chat asks the question, and has its own commands for the rest."""

_NO_QUESTION = "Ask a question about the articles; /help lists what there is.\n"


class Input(Protocol):
    """Where questions come from."""

    @property
    def is_prompt(self) -> bool:
        """Whether somebody types them, for whom Ctrl-C drops a question and not the chat."""

    def read(self) -> str | None:
        """Return the next line, None at the end; raise `KeyboardInterrupt` where the user drops it."""

    def drop_waiting(self) -> int:
        """Drop the lines that were given together with the last one; return how many there were."""


class Chat:
    """A conversation with an engine."""

    def __init__(self, session: Session, source: Input) -> None:
        self._session = session
        self._source = source

    def run(self) -> None:
        """Answer until the input ends or the user leaves."""
        self._session.tell_stale()
        while True:
            try:
                line = self._source.read()
            except KeyboardInterrupt:
                self._dropped("(Ctrl-D or /quit leaves)")
                continue
            if line is None:
                return
            try:
                self._turn(line.strip())
            except Leave:
                return

    def _turn(self, typed: str) -> None:
        said = typed.lower().rstrip(" .!?")
        line = _MEANT.get(said, typed)
        if any(str(citation.number) == line for citation in self._session.cited):
            line = f"/show {line}"
        try:
            if _SHELL.match(line):
                line = _asked_in_the_shell(line)
            if line.startswith("/"):
                run_command(self._session, line)
            elif said in _DOUBTS and self._session.answers:
                tell_how_sure(self._session)
            elif said in _SMALL_TALK:
                self._session.screen.write(_NO_QUESTION)
            elif line:
                self._session.ask(line)
        except QaError as error:
            self._complain(error)
        except KeyboardInterrupt:
            waiting = self._source.drop_waiting()
            self._dropped(f"(dropped, and {waiting} more)" if waiting else "(dropped)")

    def _complain(self, error: QaError) -> None:
        screen = self._session.screen
        said = (("", error.problem), ("  ", error.remedy))
        lines = [hanging(head, [(sanitise(text), plainly)], width=screen.style().width) for head, text in said]
        screen.write("\n".join(lines) + "\n")

    def _dropped(self, said: str) -> None:
        """Go on after Ctrl-C at a prompt; a script is stopped by it."""
        if not self._source.is_prompt:
            raise KeyboardInterrupt
        self._session.screen.write(f"{said}\n")


def _asked_in_the_shell(command: str) -> str:
    """Return the question of a `qa ask` that has no options; raise `UsageError` for any other command."""
    try:
        _, name, *words = shlex.split(command)
    except ValueError:  # a quotation mark without the other
        name, words = "", []
    question = " ".join(words)
    if name != "ask" or not question or any(word.startswith(("-", "/")) for word in words):
        raise UsageError("that is a command for the shell", "ask a question; /help lists what there is here")
    return question
