"""The chat's loop: questions in, answers out; what reads and what writes is handed in."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from index.errors import QaError, UsageError
from qa.answer import Answer
from qa.conversation import NOTHING_SAID
from qa.engine import Engine
from qa.last_answer import KeptCitation, keep_citations, kept_citations
from qa.render import render_answer
from qa.sanitise import sanitise
from qa.showing import find_citation, show_citation
from qa.style import Style

_CONTEXT_LINES = 3
HELP = """\
Type a question, or
  /show N   the article around citation N of the last answer
  /reset    forget what was said: the next question leans on nothing
  /help     this
  /quit     leave (Ctrl-D too); Ctrl-C drops the question
"""


class Input(Protocol):
    """Where questions come from."""

    @property
    def is_prompt(self) -> bool:
        """Whether somebody types them, for whom Ctrl-C drops a question and not the chat."""

    def read(self) -> str | None:
        """Return the next line, None at the end; raise `KeyboardInterrupt` where the user drops it."""


class Chat:
    """A conversation with an engine."""

    def __init__(
        self,
        engine: Engine,
        source: Input,
        write: Callable[[str], None],
        *,
        notify: Callable[[str], None],
        style: Style,
        here: Path,
        quotes: int,
    ) -> None:
        """`write` takes answers, `notify` a line that is none."""
        self._engine = engine
        self._source = source
        self._write = write
        self._style = style
        self._here = here
        self._quotes = quotes
        self._notify = notify
        self._stale = ""
        self._last: list[KeptCitation] = []
        self._said = NOTHING_SAID
        self._commands: dict[str, Callable[[str], None]] = {
            "/help": self._help,
            "/show": self._show,
            "/reset": self._reset,
        }

    def run(self) -> None:
        """Answer until the input ends or the user leaves."""
        self._tell_stale()
        while True:
            try:
                line = self._source.read()
            except KeyboardInterrupt:
                self._dropped("(Ctrl-D or /quit leaves)")
                continue
            if line is None or line.strip().lower().split(maxsplit=1)[:1] == ["/quit"]:
                return
            if line.strip():
                self._turn(line.strip())

    def _dropped(self, said: str) -> None:
        """Go on after Ctrl-C at a prompt; a script is stopped by it."""
        if not self._source.is_prompt:
            raise KeyboardInterrupt
        self._write(f"{said}\n")

    def _turn(self, line: str) -> None:
        try:
            if line.startswith("/"):
                self._command(line)
            else:
                self._ask(line)
        except QaError as error:
            self._write(f"{sanitise(error.problem)}\n  {sanitise(error.remedy)}\n")
        except KeyboardInterrupt:
            self._dropped("(dropped)")

    def _command(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        command = self._commands.get(name.lower())
        if command is None:
            raise UsageError(f"there is no {name}", "/help lists what there is")
        command(rest.strip())

    def _ask(self, question: str) -> None:
        answer: Answer = self._engine.ask(question, limit=self._quotes, earlier=self._said)
        self._said = self._said.after(answer)
        self._last = kept_citations(answer)
        keep_citations(self._engine.store, answer)
        self._write(render_answer(answer, self._style, self._here))
        self._tell_stale()

    def _tell_stale(self) -> None:
        """Say in a line that the folders have changed, once for each change."""
        stale = str(self._engine.staleness())
        if stale and stale != self._stale:
            self._notify(f"{stale}: run qa index")
        self._stale = stale

    def _reset(self, _: str) -> None:
        self._said = NOTHING_SAID

    def _help(self, _: str) -> None:
        self._write(HELP)

    def _show(self, number: str) -> None:
        citation = find_citation(number, self._last)
        if citation is None:
            raise UsageError("/show takes the number of a citation", "as in /show 1")
        store = self._engine.store
        self._write(show_citation(store, citation, self._style, self._here, context=_CONTEXT_LINES))
