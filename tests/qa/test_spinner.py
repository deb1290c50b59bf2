"""The sign that something goes on: only after a moment, and gone afterwards."""

import io
import time
from contextlib import suppress

import pytest

from qa import spinner
from qa.spinner import spinning


class Utf8(io.StringIO):
    """A stream that knows every sign."""

    encoding = "utf-8"


def test_quick_work_shows_nothing() -> None:
    """What takes no time leaves no trace."""
    stream = Utf8()
    with spinning(stream, "reading"):
        pass
    assert stream.getvalue() == ""


@pytest.mark.parametrize("interrupted", [False, True])
def test_slow_work_spins_and_leaves_an_empty_line(monkeypatch: pytest.MonkeyPatch, *, interrupted: bool) -> None:
    """What takes longer turns a sign, and takes the line back however it ends."""
    monkeypatch.setattr(spinner, "AFTER_SECONDS", 0.0)
    stream = Utf8()

    with suppress(KeyboardInterrupt), spinning(stream, "reading"):
        while not stream.getvalue():
            time.sleep(0.001)
        if interrupted:
            raise KeyboardInterrupt
    assert stream.getvalue().startswith("\r⠋ reading ")
    assert stream.getvalue().endswith("\r\x1b[K")


def test_screen_without_such_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that is not of Unicode gets plain signs."""
    monkeypatch.setattr(spinner, "AFTER_SECONDS", 0.0)
    stream = io.StringIO()
    with spinning(stream, "reading"):
        while not stream.getvalue():
            time.sleep(0.001)
    assert stream.getvalue().startswith("\r| reading ")
