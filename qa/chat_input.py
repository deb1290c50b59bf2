"""Where the chat's questions come from: a prompt on a terminal, else lines of a stream."""

from pathlib import Path
from typing import TextIO


class LineInput:
    """The lines of a stream that is no terminal."""

    is_prompt = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def read(self) -> str | None:
        """Return the next line, None at the end."""
        return self._stream.readline() or None


class PromptInput:
    """A prompt with editing, and a history in a file that only its owner may read."""

    is_prompt = True

    def __init__(self, history: Path) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import FileHistory

        history.touch(mode=0o600)
        self._session: PromptSession[str] = PromptSession(history=FileHistory(str(history)))

    def read(self) -> str | None:
        """Return the next line, None at Ctrl-D; raise `KeyboardInterrupt` at Ctrl-C."""
        try:
            return self._session.prompt("qa> ")
        except EOFError:
            return None
