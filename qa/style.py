"""What the screen can do: its width, colours, links."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

NARROWEST, WIDEST = 40, 100
UNWRAPPED = 1_000_000_000
"""The width of what is no terminal: a quote stays on one line for grep and its like."""


@dataclass(frozen=True, slots=True)
class Style:
    """How to render: `width` in columns, with or without bold and dim (`colour`), `hues` and terminal `links`.

    `marks` sets signs around what would be bold: for a screen that cannot show it, but not for a
    file, whose quotes stay as they are.
    """

    width: int
    colour: bool
    links: bool
    hues: bool = False
    marks: bool = False

    def answer(self, text: str) -> str:
        """Return `text` as what answers: bold, in a quiet colour that light and dark screens show."""
        return f"\x1b[1;32m{text}\x1b[0m" if self.hues and text else self.bold(text)

    def doubt(self, text: str) -> str:
        """Return `text` as something to be careful with."""
        return f"\x1b[33m{text}\x1b[0m" if self.hues and text else self.dim(text)

    def bold(self, text: str) -> str:
        """Return `text` in bold."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text else text

    def dim(self, text: str) -> str:
        """Return `text` dimmed."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text else text

    def link(self, text: str, url: str) -> str:
        """Return `text` as a terminal link (OSC 8)."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.links else text


def style_of(stream: TextIO, environment: Mapping[str, str] = os.environ, *, plain: bool = False) -> Style:
    """Return what a stream shows: nothing but text where it is no terminal, or a dumb one, or `plain` is asked for."""
    if not stream.isatty():
        return Style(UNWRAPPED, colour=False, links=False)
    width = max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))
    if environment.get("TERM", "") == "dumb":
        return Style(width, colour=False, links=False, marks=True)
    if plain or environment.get("NO_COLOR"):
        return Style(width, colour=False, links=_knows_links(environment), marks=True)
    return Style(width, colour=True, links=_knows_links(environment), hues=True)


def _knows_links(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal is one of those known to show links rather than rubbish."""
    vte = environment.get("VTE_VERSION", "0")
    programs = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper")
    return (
        (vte.isdigit() and int(vte) >= 5000)
        or environment.get("TERM_PROGRAM") in programs
        or any(name in environment for name in ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"))
    )
