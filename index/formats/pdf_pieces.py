"""Take the text of a page as pieces, each with its place, while pdfminer draws the page."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, Rect, apply_matrix_rect

UNKNOWN = "\ufffd"
"""What stands for a letter where a font does not say which one it draws."""

_WORD_GAP = 0.15
_PIECE_GAP = 0.7
_OVERLAP = 0.3
_SHADOWS = 8  # of so many of the same text before it, a piece may be one
_FARTHEST = 1e6
_BULLET, _HYPHEN = 0x7F, 0xAD
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLETS = dict.fromkeys((0xF0A7, 0xF0B7, 0xF0D8, 0xF076), "•")  # of the fonts Symbol and Wingdings
_INVISIBLE = dict.fromkeys((0x200B, 0x2060, 0xFEFF))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text drawn in one go on one baseline, which is longer than a word where no gap is wide.

    Places and sizes are in points, seen as the text is read: `start` and `end` along the line, the
    `baseline` growing upwards. `spaced` says that white space was drawn before it.
    """

    start: float
    end: float
    baseline: float
    size: float
    text: str
    bold: bool
    spaced: bool


@dataclass(slots=True)
class _Run:
    """A piece being drawn."""

    start: float
    baseline: float
    size: float
    bold: bool
    spaced: bool
    end: float
    last: float
    texts: list[str] = field(default_factory=list)

    def piece(self) -> Piece:
        return Piece(self.start, self.end, self.baseline, self.size, "".join(self.texts), self.bold, self.spaced)


@dataclass(frozen=True, slots=True)
class _Glyph:
    start: float
    length: float
    baseline: float
    size: float
    text: str
    bold: bool


class Pen(PDFTextDevice):
    """What the interpreter draws a page with: it keeps the text, by the direction it runs in."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self._crop: Rect = (0.0, 0.0, 0.0, 0.0)
        self._runs: tuple[list[_Run], ...] = ([], [], [], [])
        self._turn = 0
        self._space = False
        self._bold: dict[int, bool] = {}
        self.has_pictures = False

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Take a new page."""
        self._crop = apply_matrix_rect(ctm, page.cropbox)
        self._runs = ([], [], [], [])
        self._space = False
        self.has_pictures = False

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Take note of a picture."""
        self.has_pictures = True

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Take one letter; return how far the next one is."""
        advance = font.char_width(cid) * fontsize * scaling
        a, b, c, d, x, y = matrix
        along = (-c, -d) if font.is_vertical() else (a, b)
        turn = _turn(*along)
        if turn is None or not (self._crop[0] <= x <= self._crop[2] and self._crop[1] <= y <= self._crop[3]):
            return advance
        length = abs(advance) * hypot(*along)
        across = hypot(a, b) if font.is_vertical() else hypot(c, d)
        size = abs(fontsize) * across
        if isinstance(font, PDFType3Font):  # its unit is not the size of its letters
            size = size * abs(font.get_height()) or 2 * length
        start, baseline = ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
        baseline += rise * across
        # Neither is what no page holds: numbers that are not finite, and what has no size.
        if abs(start) + abs(baseline) + length < _FARTHEST and 0 < size < _FARTHEST:
            text = _letters(font, cid, length > 0)
            self._take(turn, _Glyph(start, length, baseline, size, text, self._is_bold(font)))
        return advance

    def pieces(self) -> tuple[Piece, ...]:
        """Return the pieces of the page that run in the direction most of its letters do.

        The others are watermarks, labels of axes, and notes on the margin.
        """
        runs = max(self._runs, key=lambda runs: sum(len(run.texts) for run in runs))
        return tuple(_without_shadows([run.piece() for run in runs]))

    def _is_bold(self, font: PDFFont) -> bool:
        known = self._bold.get(id(font))
        if known is None:
            known = self._bold[id(font)] = bool(_BOLD.search(str(font.fontname)))
        return known

    def _take(self, turn: int, glyph: _Glyph) -> None:
        """Put a letter to the piece that it goes on with, or begin one."""
        if not glyph.text or glyph.text.isspace():
            self._space = self._space or bool(glyph.text)
            return
        runs = self._runs[turn]
        if runs and glyph.text == runs[-1].texts[-1] and _is_over(glyph, runs[-1]):
            return  # drawn twice, to look bold
        if runs and turn == self._turn and _goes_on(runs[-1], glyph):
            run = runs[-1]
            if self._space or glyph.start - run.end > _WORD_GAP * run.size:
                run.texts.append(" ")
        else:
            run = _Run(glyph.start, glyph.baseline, glyph.size, glyph.bold, self._space, glyph.start, glyph.start)
            runs.append(run)
            self._turn = turn
        run.texts.append(glyph.text)
        run.last = glyph.start
        run.end = max(run.end, glyph.start + glyph.length)
        self._space = False


def _turn(dx: float, dy: float) -> int | None:
    """Return a direction in quarters of a turn, None for one askew."""
    if abs(dy) <= 0.2 * abs(dx):
        return 0 if dx > 0 else 2 if dx < 0 else None
    if abs(dx) <= 0.2 * abs(dy):
        return 1 if dy > 0 else 3
    return None


def _is_over(glyph: _Glyph, run: _Run) -> bool:
    """Tell whether a letter is drawn nearly where the last one of a piece is."""
    return abs(glyph.start - run.last) < 0.2 * glyph.length and abs(glyph.baseline - run.baseline) < 0.2 * glyph.length


def _goes_on(run: _Run, glyph: _Glyph) -> bool:
    return (
        abs(glyph.baseline - run.baseline) <= 0.1 * run.size
        and abs(glyph.size - run.size) <= 0.1 * run.size
        and glyph.bold is run.bold
        and -_OVERLAP * run.size < glyph.start - run.end < _PIECE_GAP * run.size
    )


def _letters(font: PDFFont, cid: int, is_drawn: bool) -> str:
    """Return the letters of a glyph; two codes of Windows' encoding are drawn as pdfminer does not know."""
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        return "•" if cid == _BULLET and not font.is_multibyte() else UNKNOWN
    if cid == _HYPHEN and text == " " and not font.is_multibyte():
        text = "\u00ad"
    return _cleaned(text, is_drawn)


@lru_cache(maxsize=4096)
def _cleaned(text: str, is_drawn: bool) -> str:
    """Return letters as people write them: no ligatures, and nothing that cannot be seen."""
    text = text.translate(_LIGATURES | _BULLETS | _INVISIBLE)
    if not is_drawn:
        text = text.replace("\u00ad", "")
    return "".join(" " if each.isspace() else each for each in text if _is_text(each))


def _is_text(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cs")


def _without_shadows(pieces: list[Piece]) -> Iterator[Piece]:
    """Leave out what is drawn again nearly where it is: a shadow, or a way to look bold."""
    places: dict[str, list[Piece]] = {}
    for piece in pieces:
        near = 0.15 * piece.size
        same = places.setdefault(piece.text, [])
        if any(abs(p.start - piece.start) < near and abs(p.baseline - piece.baseline) < near for p in same[-_SHADOWS:]):
            continue
        same.append(piece)
        yield piece
