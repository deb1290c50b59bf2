"""Where the chat writes: a terminal, which has a width, a spinner and a pager, or any other stream."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol, TextIO

from qa.spinner import spinning
from qa.style import Style, style_of

_LESS = {"LESS": "FRXPsq goes back to the chat, the arrow keys scroll$", "LESSSECURE": "1", "LESSCHARSET": "utf-8"}
"""Leave at once where all fits, show our colours, keep what was shown, say how to leave; run nothing for what is shown.
"""


class Screen(Protocol):
    """What a chat needs of the place it writes to."""

    @property
    def scrolls(self) -> bool:
        """Whether the user can scroll in what is longer than the screen."""

    def style(self) -> Style:
        """Return how to render at this moment: a window may have changed its size."""

    def write(self, text: str) -> None:
        """Show some lines."""

    def page(self, text: str, line: int) -> None:
        """Show more lines than may fit, `line` (from 0) of them first; the user scrolls."""

    def waiting(self, what: str) -> AbstractContextManager[None]:
        """Show that the user is to wait, while the block lasts."""


class StreamScreen:
    """A stream; where it is a terminal, with all that one can do."""

    def __init__(self, stream: TextIO, *, plain: bool = False, make_style: Callable[..., Style] = style_of) -> None:
        """`plain` leaves out colours."""
        self._stream = stream
        self._plain = plain
        self._make_style = make_style
        self._lively = stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")

    @property
    def scrolls(self) -> bool:
        """Whether the user can scroll in what is longer than the screen."""
        return self._lively and bool(_pager())

    def style(self) -> Style:
        """Return how to render at this moment."""
        return self._make_style(self._stream, plain=self._plain)

    def write(self, text: str) -> None:
        """Write lines, and an empty one after them."""
        print(text, file=self._stream, flush=True)

    def page(self, text: str, line: int) -> None:
        """Write what fits, or where there is no pager; else let the user scroll."""
        if not self.scrolls or text.count("\n") < shutil.get_terminal_size().lines:
            self.write(text)
            return
        command = _pager()
        if command[0].endswith("less"):
            command.append(f"+{line + 1}")
        self._stream.flush()
        try:
            with _ctrl_c_is_the_pagers():
                subprocess.run(  # noqa: S603 - the user's own pager
                    command, input=text, encoding="utf-8", errors="replace", env={**os.environ, **_LESS}, check=False
                )
        except OSError:
            self.write(text)

    def waiting(self, what: str) -> AbstractContextManager[None]:
        """Spin, on a terminal that can take a line back."""
        return spinning(self._stream, what) if self._lively else nullcontext()


@contextmanager
def _ctrl_c_is_the_pagers() -> Iterator[None]:
    """Let Ctrl-C pass us by while a pager is open: it means something to the pager."""
    # A function and not SIG_IGN, which the pager would inherit.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _pager() -> list[str]:
    """Return the command of the user's pager, empty where there is none."""
    try:
        words = shlex.split(os.environ.get("PAGER", "")) or ["less"]
    except ValueError:
        words = ["less"]
    found = shutil.which(words[0])
    return [found, *words[1:]] if found else []
