"""Show how far a training run is: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable
from typing import NoReturn, TextIO

from tqdm import tqdm

from qa.train.step import Step

LINE_SECONDS = 30.0


class TrainingProgress:
    """Take in the steps of a run; `tell` says something else without spoiling the bar."""

    def __init__(self, stream: TextIO, notify: Callable[[str], None]) -> None:
        self._stream = stream
        self._notify = notify
        self._bar: tqdm[NoReturn] | None = None
        self._tokens = 0
        self._began = self._said = time.monotonic()

    def step(self, step: Step) -> None:
        """Show a batch that is done."""
        if not self._tokens:
            self._began = self._said = time.monotonic()
        self._tokens += step.tokens
        if self._stream.isatty():
            self._move_bar(step)
        elif time.monotonic() - self._said >= LINE_SECONDS:
            self._said = time.monotonic()
            self._notify(f"{step.done} of {step.total} batches, {self._figures(step)}")

    def tell(self, line: str) -> None:
        """Say a line, below what the bar showed last."""
        self.end()
        self._notify(line)

    def end(self) -> None:
        """Leave the bar where it is."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _move_bar(self, step: Step) -> None:
        if self._bar is None:
            self._bar = tqdm(
                total=step.total, initial=step.done - 1, unit="batch", desc="training", file=self._stream, leave=True
            )
        self._bar.set_postfix_str(self._figures(step), refresh=False)
        self._bar.update(1)

    def _figures(self, step: Step) -> str:
        rate = self._tokens / max(time.monotonic() - self._began, 1e-9)
        return f"loss {step.loss:.3f}, rate {step.learning_rate:.1e}, {rate:,.0f} tokens/s"
