"""Wrap text of an article to a width, with a span of it marked."""

from index.spans import Span
from qa.sanitise import sanitise
from qa.style import Style


def marked_lines(content: str, line: Span, marked: Span, style: Style, *, width: int) -> list[str]:
    """Return `content[line]`, sanitised and wrapped, in bold where `marked` overlaps it."""
    low, high = max(line.start, min(marked.start, line.end)), min(line.end, max(marked.end, line.start))
    before, inside, after = (
        sanitise(content[start:end]) for start, end in ((line.start, low), (low, high), (high, line.end))
    )
    text = before + inside + after
    bold = range(len(before), len(before) + len(inside))
    return [_marked(text, part, bold, style) for part in _wrap(text, width)]


def _marked(text: str, part: range, bold: range, style: Style) -> str:
    low, high = max(part.start, bold.start), min(part.stop, bold.stop)
    if low >= high:
        return text[part.start : part.stop]
    return text[part.start : low] + style.bold(text[low:high]) + text[high : part.stop]


def _wrap(text: str, width: int) -> list[range]:
    """Return the lines of `text`, as ranges of it, broken at spaces where there are any."""
    lines, start = [], 0
    while len(text) - start > width:
        space = text.rfind(" ", start, start + width + 1)
        end = space if space > start else start + width
        lines.append(range(start, end))
        start = end + 1 if text[end] == " " else end
    lines.append(range(start, len(text)))
    return lines
