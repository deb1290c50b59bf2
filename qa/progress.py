"""Show how far an index run is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn, TextIO

if TYPE_CHECKING:
    from tqdm import tqdm

_QUIET_SECONDS = 10.0


class BarProgress:
    """A bar with the rate and the time left."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: tqdm[NoReturn] | None = None

    def begin(self, total: int) -> None:
        """Show the bar, if there is something to do."""
        if total:
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit="B", unit_scale=True, desc="indexing", file=self._stream, leave=False)

    def advance(self, size: int) -> None:
        """Move the bar."""
        if self._bar is not None:
            with suppress(OSError):  # a terminal that was closed
                self._bar.update(size)

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            with suppress(OSError):
                self._bar.close()


class LineProgress:
    """A plain line every ten seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = self._done = 0
        self._said = time.monotonic()

    def begin(self, total: int) -> None:
        """Start counting."""
        self._total, self._done, self._said = total, 0, time.monotonic()

    def advance(self, size: int) -> None:
        """Say how much is done, if the last line is long ago."""
        self._done += size
        if self._total and time.monotonic() - self._said >= _QUIET_SECONDS:
            self._said = time.monotonic()
            share = self._done / self._total
            with suppress(OSError):  # nobody reads it
                print(f"qa: indexing, {share:.0%} of {self._total / 1e6:.1f} MB", file=self._stream, flush=True)

    def end(self) -> None:
        """Say nothing: the result follows."""


def progress_for(stream: TextIO) -> BarProgress | LineProgress:
    """Return the progress that suits a stream."""
    return BarProgress(stream) if stream.isatty() else LineProgress(stream)


def standard_progress() -> BarProgress | LineProgress:
    """Return the progress for standard error."""
    return progress_for(sys.stderr)
