"""Render answers for people: objects in, text out."""

import os
from pathlib import Path

from qa.answer import Answer, Citation, Quote
from qa.sanitise import sanitise
from qa.style import Style

_INDENT = "  "
_CHANGED = "the file has changed since it was indexed"


def render_answer(answer: Answer, style: Style, here: Path) -> str:
    """Return an answer as lines of text; paths are shown from the folder `here`."""
    blocks = [_head(answer, style)]
    blocks += [_quote(quote, style, here) for quote in answer.quotes]
    return "\n\n".join(block for block in blocks if block) + "\n"


def citation_line(citation: Citation, style: Style, here: Path) -> str:
    """Return a citation as `[1] Title — path:line (source, date)`, the place a link where possible."""
    place = show_path(citation.path, here)
    if citation.line is not None:
        place = f"{place}:{citation.line}"
    origin = ", ".join(sanitise(part) for part in (citation.source, citation.date) if part)
    linked = style.link(sanitise(place), citation.path.as_uri())
    return f"[{citation.number}] {sanitise(citation.title)} — {linked}" + (f" ({origin})" if origin else "")


def show_path(path: Path, here: Path) -> str:
    """Return a path from `here` where it is below it, else whole."""
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else os.fspath(path)


def _head(answer: Answer, style: Style) -> str:
    sure = style.dim(f"{answer.confidence:.0%} sure")
    if not answer.quotes:
        return "Not answered in these articles."
    if not answer.answered:
        return f"Not answered in these articles ({sure}). The nearest quotes:"
    if answer.answer is None or answer.answer == answer.quotes[0].text:
        return f"Answered in these articles ({sure}):"
    return f"{style.bold(sanitise(answer.answer))} ({sure})"


def _quote(quote: Quote, style: Style, here: Path) -> str:
    lines = [_INDENT + line for line in _marked_lines(quote, style)]
    lines.append(_INDENT + style.dim(citation_line(quote.citation, style, here)))
    if quote.verified is False:
        lines.append(f"{_INDENT}! {_CHANGED}")
    return "\n".join(lines)


def _marked_lines(quote: Quote, style: Style) -> list[str]:
    """Wrap a quote, with the answer in bold where it is less than the whole."""
    start, end = quote.answer_start or 0, quote.answer_end or 0
    before, answer, after = (sanitise(part) for part in (quote.text[:start], quote.text[start:end], quote.text[end:]))
    marked = range(len(before), len(before) + len(answer)) if before or after else range(0)
    text = before + answer + after
    lines = []
    for line in _wrap(text, style.width - len(_INDENT)):
        low, high = max(line.start, marked.start), min(line.stop, marked.stop)
        if low < high:
            head, middle, tail = text[line.start : low], text[low:high], text[high : line.stop]
            lines.append(head + style.bold(middle) + tail)
        else:
            lines.append(text[line.start : line.stop])
    return lines


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
