"""Render an article around a place in it, with a span of it marked."""

from collections.abc import Iterator
from dataclasses import replace

from index.spans import LINE_END, Span
from qa.citations import line_of
from qa.marking import marked_lines
from qa.style import Style


def render_article(content: str, marked: Span, style: Style, *, context: int | None) -> str:
    """Return the article's lines with their numbers, from `context` before the span to as many after.

    All of them where `context` is None. The span is bold, and where there is no bold, between »«.
    """
    return "\n".join(row for _, row in _rows(content, marked, style, context)) + "\n"


def rows_before(content: str, marked: Span, style: Style) -> int:
    """Return how many rows of the whole article come before those of the marked span's first line."""
    first = line_of(content, marked.start)
    return sum(number < first for number, _ in _rows(content, marked, style, None))


def _rows(content: str, marked: Span, style: Style, context: int | None) -> Iterator[tuple[int, str]]:
    """Yield each row with the number of the article's line that it belongs to."""
    shown = style if style.colour else replace(style, marks=True)
    first, last = line_of(content, marked.start), line_of(content, max(marked.end - 1, marked.start))
    for number, line in enumerate(_lines(content), start=1):
        if context is not None and not first - context <= number <= last + context:
            continue
        gutter = f"{number:>4}  "
        for part in marked_lines(content, line, marked, shown, width=style.width - len(gutter)):
            yield number, (style.dim(gutter) + part).rstrip() if part else style.dim(gutter.rstrip())
            gutter = " " * len(gutter)


def _lines(content: str) -> list[Span]:
    spans, start = [], 0
    for end in LINE_END.finditer(content):
        spans.append(Span(start, end.start()))
        start = end.end()
    if start < len(content):
        spans.append(Span(start, len(content)))
    return spans
