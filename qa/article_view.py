"""Render an article around a place in it, with a span of it marked."""

import re

from index.spans import Span
from qa.citations import line_of
from qa.sanitise import sanitise
from qa.style import Style

_LINE_END = re.compile(r"\r\n|\r|\n")


def render_article(content: str, marked: Span, style: Style, *, context: int | None) -> str:
    """Return the article's lines with their numbers, from `context` before the span to as many after.

    All of them where `context` is None. The span is bold, and where there is no bold, between »«.
    """
    first, last = line_of(content, marked.start), line_of(content, max(marked.end - 1, marked.start))
    lines = []
    for number, line in enumerate(_lines(content), start=1):
        if context is not None and not first - context <= number <= last + context:
            continue
        gutter = f"{number:>4}  "
        text = _mark(content, line, marked, style)
        lines.append(style.dim(gutter) + text if text else style.dim(gutter).rstrip())
    return "\n".join(lines) + "\n"


def _lines(content: str) -> list[Span]:
    spans, start = [], 0
    for end in _LINE_END.finditer(content):
        spans.append(Span(start, end.start()))
        start = end.end()
    if start < len(content):
        spans.append(Span(start, len(content)))
    return spans


def _mark(content: str, line: Span, marked: Span, style: Style) -> str:
    low, high = max(line.start, marked.start), min(line.end, marked.end)
    if low >= high:
        return sanitise(line.of(content))
    inside = sanitise(content[low:high])
    shown = style.bold(inside) if style.colour else f"»{inside}«"
    return sanitise(content[line.start : low]) + shown + sanitise(content[high : line.end])
