"""Render an article around a place in it, with a span of it marked."""

from index.spans import LINE_END, Span
from qa.citations import line_of
from qa.marking import marked_lines
from qa.style import Style


def render_article(content: str, marked: Span, style: Style, *, context: int | None) -> str:
    """Return the article's lines with their numbers, from `context` before the span to as many after.

    All of them where `context` is None. The span is bold, and where there is no bold, between »«.
    """
    first, last = line_of(content, marked.start), line_of(content, max(marked.end - 1, marked.start))
    rows = []
    for number, line in enumerate(_lines(content), start=1):
        if context is not None and not first - context <= number <= last + context:
            continue
        text, span = (content, marked) if style.colour else _between_marks(content, line, marked)
        whole = line if style.colour else Span(0, len(text))
        gutter = f"{number:>4}  "
        for part in marked_lines(text, whole, span, style, width=style.width - len(gutter)):
            rows.append((style.dim(gutter) + part).rstrip() if part else style.dim(gutter.rstrip()))
            gutter = " " * len(gutter)
    return "\n".join(rows) + "\n"


def _lines(content: str) -> list[Span]:
    spans, start = [], 0
    for end in LINE_END.finditer(content):
        spans.append(Span(start, end.start()))
        start = end.end()
    if start < len(content):
        spans.append(Span(start, len(content)))
    return spans


def _between_marks(content: str, line: Span, marked: Span) -> tuple[str, Span]:
    """Return a line with »« around what is marked of it, for screens without bold."""
    low, high = max(line.start, marked.start), min(line.end, marked.end)
    if low >= high:
        return line.of(content), Span(0, 0)
    return f"{content[line.start : low]}»{content[low:high]}«{content[high : line.end]}", Span(0, 0)
