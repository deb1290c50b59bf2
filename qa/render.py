"""Render answers for people: objects in, text out."""

import os
from pathlib import Path

from index.spans import Span
from qa.answer import Answer, Citation, Quote
from qa.marking import marked_lines
from qa.sanitise import sanitise
from qa.style import Style

_INDENT = "  "
CHANGED = "the file has changed since it was indexed, or is gone"
"""Said where a quote is not at its place in its file any more."""

OTHERS = "Less likely, other answers:"
"""Said before quotes that answer otherwise than the first."""


def render_answer(answer: Answer, style: Style, here: Path) -> str:
    """Return an answer as lines of text; paths are shown from the folder `here`.

    A question that was understood in other words than it was asked in is shown as it was understood.
    """
    blocks = [style.dim(sanitise(answer.rewritten)) if answer.rewritten else "", _head(answer, style)]
    agreeing = [quote for quote in answer.quotes if quote.agrees or not answer.answered]
    others = [quote for quote in answer.quotes if quote not in agreeing]
    blocks += [_quote(quote, style, here) for quote in agreeing]
    blocks += [style.dim(OTHERS)] if others else []
    blocks += [_quote(quote, style, here) for quote in others]
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
    said = "; ".join(style.bold(sanitise(each)) for each in answer.answers or (answer.answer,))
    return f"{said} ({sure})"


def _quote(quote: Quote, style: Style, here: Path) -> str:
    text, whole = quote.text, Span(0, len(quote.text))
    answer = Span(quote.answer_start or 0, quote.answer_end or 0)
    marked = answer if answer != whole else Span(0, 0)
    width = style.width - len(_INDENT)
    before = (
        marked_lines(quote.context, Span(0, len(quote.context)), Span(0, 0), style, width=width)
        if quote.context
        else []
    )
    lines = [_INDENT + style.dim(line) for line in before]
    lines += [_INDENT + line for line in marked_lines(text, whole, marked, style, width=width)]
    lines.append(_INDENT + style.dim(citation_line(quote.citation, style, here)))
    if quote.verified is False:
        lines.append(f"{_INDENT}! {CHANGED}")
    return "\n".join(lines)
