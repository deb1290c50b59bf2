"""Where the chat's questions come from: a prompt on a terminal, else lines of a stream."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from qa.sanitise import sanitise

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.filters import Filter
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

PROMPT = "qa> "


def questions_in(typed: str) -> list[str]:
    """Return the questions of what was typed or pasted: one a line where every line is a question, else one."""
    lines = [line for line in typed.splitlines() if line.strip()]
    return lines if len(lines) > 1 and all(line.rstrip().endswith("?") for line in lines) else [typed]


class LineInput:
    """The lines of a stream that is no terminal."""

    is_prompt = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def read(self) -> str | None:
        """Return the next line, None at the end."""
        return self._stream.readline() or None

    def drop_waiting(self) -> int:
        """Return 0: a stream's lines come one at a time."""
        return 0


class PromptInput:
    """A prompt with editing, completion, and a history in a file that only its owner may read."""

    is_prompt = True

    def __init__(
        self,
        history: Path | None,
        *,
        completer: "Completer | None" = None,
        toolbar: Callable[[], str] = str,
        vi: bool = False,
        plain: bool = False,
    ) -> None:
        """`toolbar` gives the line below each new prompt; without a `history` what is typed is forgotten.

        `vi` takes vi's keys, `plain` leaves out colours.
        """
        from prompt_toolkit import PromptSession
        from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
        from prompt_toolkit.history import FileHistory, InMemoryHistory
        from prompt_toolkit.output import ColorDepth

        if history is not None and not _is_writable(history):
            history = None
        self._toolbar = toolbar
        self._waiting: list[str] = []
        self._session: PromptSession[str] = PromptSession(
            history=InMemoryHistory() if history is None else FileHistory(str(history)),
            auto_suggest=AutoSuggestFromHistory(),
            completer=completer,
            complete_in_thread=True,
            complete_while_typing=_types_command(),
            key_bindings=_keys(),
            vi_mode=vi,
            color_depth=ColorDepth.DEPTH_1_BIT if plain else None,
            mouse_support=False,
        )

    def read(self) -> str | None:
        """Return the next line, None at Ctrl-D; raise `KeyboardInterrupt` at Ctrl-C.

        What is pasted in several lines is one, unless each of them is a question.
        """
        if self._waiting:
            question = self._waiting.pop(0)
            print(f"{PROMPT}{sanitise(question)}")
            return question
        below = self._toolbar()
        try:
            typed = self._session.prompt(PROMPT, bottom_toolbar=lambda: self._below(below))
        except EOFError:
            return None
        first, *self._waiting = questions_in(typed)
        return first

    def drop_waiting(self) -> int:
        """Drop the questions that were pasted behind the last one; return how many there were."""
        dropped = len(self._waiting)
        self._waiting.clear()
        return dropped

    def _below(self, text: str) -> str:
        from prompt_toolkit.enums import EditingMode

        return f"{text} · vi keys (F4)" if self._session.editing_mode == EditingMode.VI else text


def _is_writable(history: Path) -> bool:
    """Make a history that only its owner may read; tell whether there is one to write to."""
    try:
        history.touch(mode=0o600)
        history.chmod(0o600)  # one that was there before
    except OSError:
        return False
    return os.access(history, os.W_OK)


def _types_command() -> "Filter":
    """Return a filter: while a command is typed, completions open by themselves."""
    from prompt_toolkit.application import get_app
    from prompt_toolkit.filters import Condition

    return Condition(lambda: get_app().current_buffer.document.text.startswith("/"))


def _keys() -> "KeyBindings":
    from prompt_toolkit.enums import EditingMode
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("f4")
    def _(event: "KeyPressEvent") -> None:
        """Change between the keys of Emacs and of vi."""
        is_vi = event.app.editing_mode == EditingMode.VI
        event.app.editing_mode = EditingMode.EMACS if is_vi else EditingMode.VI

    return keys
