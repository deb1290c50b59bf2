"""Progress: a bar on a terminal, seldom lines elsewhere."""

import io

import pytest

from qa import progress
from qa.progress import BarProgress, LineProgress, progress_for


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_terminal_gets_a_bar() -> None:
    """A bar is for a terminal, lines are for the rest."""
    assert isinstance(progress_for(Terminal()), BarProgress)
    assert isinstance(progress_for(io.StringIO()), LineProgress)


def test_bar_is_taken_away() -> None:
    """The bar shows what is done and leaves an empty line behind."""
    screen = Terminal()
    bar = progress_for(screen)
    bar.begin(100)
    bar.advance(50)
    bar.end()
    shown = screen.getvalue()
    assert "indexing" in shown
    assert "\n" not in shown
    assert shown.rsplit("\r", 2)[-2].strip() == ""


def test_nothing_to_do_shows_nothing() -> None:
    """Where no file is read, no bar appears."""
    screen = Terminal()
    bar = progress_for(screen)
    bar.begin(0)
    bar.advance(0)
    bar.end()
    assert screen.getvalue() == ""


def test_short_run_prints_no_lines() -> None:
    """A run of less than ten seconds says nothing."""
    stream = io.StringIO()
    lines = progress_for(stream)
    lines.begin(100)
    lines.advance(100)
    lines.end()
    assert stream.getvalue() == ""


def test_long_run_prints_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line says which share of how much is done."""
    monkeypatch.setattr(progress, "_QUIET_SECONDS", 0.0)
    stream = io.StringIO()
    lines = progress_for(stream)
    lines.begin(4_000_000)
    lines.advance(1_000_000)
    lines.advance(2_000_000)
    lines.end()
    assert stream.getvalue() == "qa: indexing, 25% of 4.0 MB\nqa: indexing, 75% of 4.0 MB\n"


def test_long_run_over_empty_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of no bytes at all are no reason to fail, however long the run."""
    monkeypatch.setattr(progress, "_QUIET_SECONDS", 0.0)
    lines = progress_for(io.StringIO())
    lines.begin(0)
    lines.advance(0)
