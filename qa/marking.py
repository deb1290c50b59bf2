"""Wrap text of an article to a width, with a span of it marked."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from index.spans import Span
from qa.sanitise import sanitise
from qa.style import Style

Painted = tuple[str, Callable[[str], str]]
"""Part of a line, and what makes it bold or dim where it is shown."""

_WORD = re.compile(r"\S+")


def marked_lines(content: str, line: Span, marked: Span, style: Style, *, width: int) -> list[str]:
    """Return `content[line]`, sanitised and wrapped, as an answer where `marked` overlaps it.

    On a screen that shows no bold, what is marked stands between »«.
    """
    low, high = max(line.start, min(marked.start, line.end)), min(line.end, max(marked.end, line.start))
    before, inside, after = (
        sanitise(content[start:end]) for start, end in ((line.start, low), (low, high), (high, line.end))
    )
    if style.marks and inside:
        inside = f"»{inside}«"
    text = before + inside + after
    bold = range(len(before), len(before) + len(inside))
    return [_marked(text, part, bold, style) for part in _wrap(text, width)]


def wrap_words(words: Sequence[tuple[str, str]], *, width: int) -> list[str]:
    """Return lines of words with a space between them; each is given as it counts and as it is shown.

    A word longer than a line stays whole.
    """
    lines: list[list[str]] = [[]]
    used = 0
    for plain, shown in words:
        if lines[-1] and used + 1 + len(plain) > width:
            lines.append([])
        used = len(plain) + (used + 1 if lines[-1] else 0)
        lines[-1].append(shown)
    return [" ".join(line) for line in lines]


def plainly(text: str) -> str:
    """Return `text` as it is."""
    return text


def wrap_painted(pieces: Sequence[Painted], *, width: int) -> list[str]:
    """Return the lines of a text in pieces, each as its function paints it, broken at spaces beyond `width`."""
    plain = "".join(text for text, _ in pieces)
    if len(plain) <= width:
        return ["".join(paint(text) for text, paint in pieces)]
    starts = list(accumulate((len(text) for text, _ in pieces), initial=0))

    def paint_word(start: int, end: int) -> str:
        parts = (
            (text[max(start - at, 0) : max(end - at, 0)], paint)
            for (text, paint), at in zip(pieces, starts, strict=False)
        )
        return "".join(paint(part) for part, paint in parts if part)

    words = [(match.group(), paint_word(*match.span())) for match in _WORD.finditer(plain)]
    return wrap_words(words, width=width)


def hanging(head: str, pieces: Sequence[Painted], *, width: int, behind: int | None = None) -> str:
    """Return the lines of a text in pieces: the first after `head`, each other after as many spaces.

    `behind` is another number of spaces.
    """
    indent = len(head) if behind is None else behind
    first, *others = wrap_painted(pieces, width=width - max(len(head), indent))
    return "\n".join([head + first, *(" " * indent + line for line in others)])


def _marked(text: str, part: range, bold: range, style: Style) -> str:
    low, high = max(part.start, bold.start), min(part.stop, bold.stop)
    if low >= high:
        return text[part.start : part.stop]
    return text[part.start : low] + style.answer(text[low:high]) + text[high : part.stop]


def _wrap(text: str, width: int) -> list[range]:
    """Return the lines of `text`, as ranges of it, broken at spaces where there are any."""
    lines, start = [], 0
    width = max(width, 1)
    while len(text) - start > width:
        space = text.rfind(" ", start, start + width + 1)
        end = space if space > start else start + width
        lines.append(range(start, end))
        start = end + 1 if text[end] == " " else end
    lines.append(range(start, len(text)))
    return lines
