"""What the chat writes to: streams of every kind."""

import io
import signal
import stat
from pathlib import Path

import pytest

from qa.screen import StreamScreen

_LONG = "".join(f"line {n}\n" for n in range(200))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Say yes."""
        return True


@pytest.fixture
def pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that a pager called `less` writes its options, and what it is to show, to."""
    program = tmp_path / "less"
    shown = tmp_path / "shown"
    program.write_text(f'#!/bin/sh\n{{ echo "$LESSSECURE $@"; /bin/cat; }} > {shown}\n')
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("PAGER", raising=False)
    return shown


def test_pipe_gets_all() -> None:
    """A stream that is no terminal gets everything at once."""
    stream = io.StringIO()
    screen = StreamScreen(stream)
    screen.page(_LONG, 3)
    assert stream.getvalue() == _LONG + "\n"
    assert not screen.scrolls


def test_long_text_is_scrolled(pager: Path) -> None:
    """What is longer than a terminal goes to the pager, which begins at the line, and may start no other program."""
    stream = Terminal()
    StreamScreen(stream).page(_LONG, 41)
    assert pager.read_text() == f"1 +42\n{_LONG}"
    assert stream.getvalue() == ""


def test_ctrl_c_belongs_to_the_pager(pager: Path, tmp_path: Path) -> None:
    """An interrupt while the pager is open is for the pager alone."""
    (tmp_path / "less").write_text(f"#!/bin/sh\ntrap '' INT\nkill -INT $PPID\n/bin/sleep 0.6\n/bin/cat > {pager}\n")
    StreamScreen(Terminal()).page(_LONG, 0)
    assert pager.read_text() == _LONG
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_pager_that_cannot_be_run(pager: Path, tmp_path: Path) -> None:
    """Where the pager turns out to be no program, all is written."""
    (tmp_path / "less").write_bytes(b"\x7fELF rubbish")
    stream = Terminal()
    StreamScreen(stream).page(_LONG, 0)
    assert stream.getvalue() == _LONG + "\n"
    assert not pager.exists()


def test_short_text_is_written(pager: Path) -> None:
    """What fits is written."""
    stream = Terminal()
    StreamScreen(stream).page("one\ntwo\n", 1)
    assert stream.getvalue() == "one\ntwo\n\n"
    assert not pager.exists()


def test_pager_of_the_user(pager: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`PAGER` names another one, with its options; one that is not less is not told a line."""
    (tmp_path / "less").rename(tmp_path / "more")
    monkeypatch.setenv("PAGER", "more -x 'a b'")
    StreamScreen(Terminal()).page(_LONG, 41)
    assert pager.read_text() == f"1 -x a b\n{_LONG}"


@pytest.mark.parametrize("named", ["nonsense", "'", ""])
def test_no_pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    """Without a pager all is written."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PAGER", named)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    screen = StreamScreen(stream)
    screen.page(_LONG, 0)
    assert stream.getvalue() == _LONG + "\n"
    assert not screen.scrolls


@pytest.mark.usefixtures("pager")
@pytest.mark.parametrize("term", ["dumb", ""])
def test_dumb_terminal(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    """A terminal that cannot move its cursor neither scrolls nor spins."""
    monkeypatch.setenv("TERM", term)
    stream = Terminal()
    screen = StreamScreen(stream)
    with screen.waiting("reading"):
        screen.page(_LONG, 0)
    assert stream.getvalue() == _LONG + "\n"


def test_width_is_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that was made wider is written to as it is now."""
    monkeypatch.setenv("TERM", "xterm")
    screen = StreamScreen(Terminal())
    widths = []
    for columns in ("50", "90"):
        monkeypatch.setenv("COLUMNS", columns)
        widths.append(screen.style().width)
    assert widths == [50, 90]


def test_plain_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without colours the style is made without."""
    monkeypatch.setenv("TERM", "xterm")
    style = StreamScreen(Terminal(), plain=True).style()
    assert (style.colour, style.hues, style.marks) == (False, False, True)
