"""What the screen can do, told from the stream and the environment."""

import io

import pytest

from qa.style import NARROWEST, WIDEST, Style, style_of
from tests.qa.samples import PLAIN


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


_XTERM = {"TERM": "xterm-256color"}


def test_terminal_has_colours() -> None:
    """A terminal gets colours, and no links unless it is known."""
    style = style_of(Terminal(), _XTERM)
    assert (style.colour, style.links) == (True, False)


@pytest.mark.parametrize("value", ["1", "yes", "0"])
def test_no_color_takes_colours_away(value: str) -> None:
    """`NO_COLOR` with any value means no colours; links are none."""
    style = style_of(Terminal(), {**_XTERM, "NO_COLOR": value, "TERM_PROGRAM": "WezTerm"})
    assert (style.colour, style.links) == (False, True)


def test_empty_no_color_does_not_count() -> None:
    """By no-color.org the variable counts when present and not an empty string."""
    assert style_of(Terminal(), {**_XTERM, "NO_COLOR": ""}).colour


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["pipe", "dumb"])
def test_nothing_but_text_elsewhere(stream: io.StringIO) -> None:
    """A pipe, and a terminal that is dumb, get neither colours nor links."""
    style = style_of(stream, {"TERM": "dumb", "TERM_PROGRAM": "WezTerm"})
    assert (style.colour, style.links) == (False, False)


def test_pipe_gets_nothing_whatever_the_terminal() -> None:
    """What goes to a file is plain, though the terminal could do more."""
    style = style_of(io.StringIO(), {**_XTERM, "TERM_PROGRAM": "WezTerm"})
    assert (style.colour, style.links) == (False, False)


@pytest.mark.parametrize(
    ("name", "value", "links"),
    [
        ("VTE_VERSION", "7600", True),
        ("VTE_VERSION", "5000", True),
        ("VTE_VERSION", "4999", False),
        ("VTE_VERSION", "", False),
        ("VTE_VERSION", "new", False),
        ("TERM_PROGRAM", "iTerm.app", True),
        ("TERM_PROGRAM", "vscode", True),
        ("TERM_PROGRAM", "Apple_Terminal", False),
        ("KITTY_WINDOW_ID", "1", True),
        ("WT_SESSION", "some-id", True),
        ("KONSOLE_VERSION", "220401", True),
        ("SOMETHING", "1", False),
    ],
)
def test_links_only_in_known_terminals(name: str, value: str, *, links: bool) -> None:
    """Only terminals that are known to show links get them."""
    assert style_of(Terminal(), {**_XTERM, name: value}).links is links


@pytest.mark.parametrize(("columns", "width"), [("20", NARROWEST), ("60", 60), ("300", WIDEST)])
def test_width_keeps_to_what_reads_well(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    """The terminal's width, but no narrower and no wider than lines can be read."""
    monkeypatch.setenv("COLUMNS", columns)
    assert style_of(Terminal(), _XTERM).width == width
    assert style_of(Terminal(), {"TERM": "dumb"}).width == width


def test_pipe_is_as_wide_as_any_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes to a file is not wrapped: it may be searched for."""
    monkeypatch.setenv("COLUMNS", "40")
    assert style_of(io.StringIO(), {}).width > 1_000_000


def test_plain_style_leaves_text_alone() -> None:
    """Without colours and links, text is text."""
    assert PLAIN.bold("a") + PLAIN.dim("b") + PLAIN.link("c", "file:///c") == "abc"


def test_colours_and_links_are_closed() -> None:
    """What is switched on is switched off behind the text; nothing is put around no text."""
    style = Style(width=80, colour=True, links=True)
    assert style.bold("a") == "\x1b[1ma\x1b[0m"
    assert style.dim("a") == "\x1b[2ma\x1b[0m"
    assert style.link("a", "file:///a") == "\x1b]8;;file:///a\x1b\\a\x1b]8;;\x1b\\"
    assert style.bold("") + style.dim("") == ""


def test_hues_and_marks() -> None:
    """A terminal has hues; one that is to be plain, or is dumb, marks with signs; a pipe does neither."""
    styles = [
        style_of(Terminal(), _XTERM),
        style_of(Terminal(), _XTERM, plain=True),
        style_of(Terminal(), {**_XTERM, "NO_COLOR": "1"}),
        style_of(Terminal(), {"TERM": "dumb"}),
        style_of(io.StringIO(), _XTERM),
    ]
    assert [style.hues for style in styles] == [True, False, False, False, False]
    assert [style.marks for style in styles] == [False, True, True, True, False]
    assert not styles[1].colour
