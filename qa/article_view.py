"""Render an article around a place in it, with a span of it marked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.articles import LandmarkKind
from index.loaders import has_lines
from index.records import Place
from index.spans import LINE_END, Span
from qa.marking import marked_lines
from qa.positions import cut, line_of
from qa.sanitise import sanitise_name
from qa.style import Style

_GUTTER, _GAP = 4, 2
_LONGEST_PAGE = 8


@dataclass(frozen=True, slots=True)
class Gutter:
    """What stands before an article's lines: their numbers, or the pages that begin in them, or nothing.

    `pages` are the starts of pages, in code points, with their labels.
    """

    numbered: bool
    pages: tuple[tuple[int, str], ...] = ()

    @property
    def width(self) -> int:
        """The columns that the gutter takes."""
        return max([_GUTTER if self.numbered else 0, *(len(_page(label)) for _, label in self.pages)]) + _GAP

    def of(self, number: int, line: Span) -> str:
        """Return what stands before a line."""
        begun = [label for start, label in self.pages if line.start <= start < max(line.end, line.start + 1)]
        words = str(number) if self.numbered else _page(begun[-1]) if begun else ""
        return words.rjust(self.width - _GAP) + " " * _GAP


def gutter_of(place: Place) -> Gutter:
    """Return the gutter for the article at a place."""
    pages = [(each.start, each.label) for each in place.landmarks if each.kind == LandmarkKind.PAGE]
    return Gutter(has_lines(place.path), tuple(pages))


def _page(label: str) -> str:
    return f"page {cut(sanitise_name(label), _LONGEST_PAGE)}"


def render_article(content: str, marked: Span, style: Style, gutter: Gutter, *, context: int | None) -> str:
    """Return the article's lines behind a gutter, from `context` before the span to as many after.

    All of them where `context` is None. The span is bold, and where there is no bold, between »«.
    """
    return "\n".join(row for _, row in _rows(content, marked, style, gutter, context)) + "\n"


def rows_before(content: str, marked: Span, style: Style, gutter: Gutter) -> int:
    """Return how many rows of the whole article come before those of the marked span's first line."""
    first = line_of(content, marked.start)
    return sum(number < first for number, _ in _rows(content, marked, style, gutter, None))


def _rows(content: str, marked: Span, style: Style, gutter: Gutter, context: int | None) -> Iterator[tuple[int, str]]:
    """Yield each row with the number of the article's line that it belongs to."""
    shown = style if style.colour else replace(style, marks=True)
    first, last = line_of(content, marked.start), line_of(content, max(marked.end - 1, marked.start))
    for number, line in enumerate(_lines(content), start=1):
        if context is not None and not first - context <= number <= last + context:
            continue
        before = gutter.of(number, line)
        for part in marked_lines(content, line, marked, shown, width=style.width - gutter.width):
            yield number, (style.dim(before) + part).rstrip() if part else style.dim(before.rstrip())
            before = " " * gutter.width


def _lines(content: str) -> list[Span]:
    spans, start = [], 0
    for end in LINE_END.finditer(content):
        spans.append(Span(start, end.start()))
        start = end.end()
    if start < len(content):
        spans.append(Span(start, len(content)))
    return spans
