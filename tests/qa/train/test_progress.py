"""How far training is: a bar on a terminal, lines elsewhere."""

import io

import pytest

from qa.train import progress
from qa.train.progress import TrainingProgress
from qa.train.step import Step

STEPS = (Step(5, 8, 2.5, 1e-4, 500), Step(6, 8, 2.25, 1e-4, 500))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_terminal_shows_a_bar() -> None:
    """The bar begins where the run goes on, with loss, rate and speed."""
    screen, lines = Terminal(), list[str]()
    shown = TrainingProgress(screen, lines.append)
    for step in STEPS:
        shown.step(step)
    shown.tell("done")
    bar = screen.getvalue()
    assert "6/8" in bar
    assert "loss 2.250, rate 1.0e-04" in bar
    assert "tokens/s" in bar
    assert bar.endswith("\n")
    assert lines == ["done"]


def test_elsewhere_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal a line says how far it is, but not for every batch."""
    stream, lines = io.StringIO(), list[str]()
    shown = TrainingProgress(stream, lines.append)
    shown.step(STEPS[0])
    assert lines == []
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    shown.step(STEPS[1])
    shown.end()
    (line,) = lines
    assert line.startswith("6 of 8 batches, loss 2.250, rate 1.0e-04, ")
    assert stream.getvalue() == ""
