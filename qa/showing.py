"""Show an article around a citation, or around a line of it."""

import os
import re
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.errors import UsageError
from index.records import Place, StoredText
from index.schema import open_catalog
from index.snapshot import reading
from index.spans import Span
from index.store import Store
from qa.article_view import render_article, rows_before
from qa.citations import cite, line_of, start_of_line, still_says
from qa.last_answer import KeptCitation
from qa.render import CHANGED, citation_line, show_path
from qa.sanitise import sanitise
from qa.style import Style

_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d{1,9}))?", re.DOTALL)
_ASK_FIRST = 'ask first, as in qa ask "Who initiated the call?"'


@dataclass(frozen=True, slots=True)
class Shown:
    """Part of an article, or all of it, as text; the marked words begin in its line `line`, counted from 0."""

    text: str
    line: int


def find_citation(target: str, kept: list[KeptCitation]) -> KeptCitation | None:
    """Return the citation that `target` numbers, None where it is no number; raise `UsageError` for a wrong one."""
    if not target.isdecimal():
        return None
    found = next((citation for citation in kept if str(citation.number) == target), None)
    if found is None:
        numbers = ", ".join(str(citation.number) for citation in kept)
        known = f"the last answer has {numbers}" if kept else _ASK_FIRST
        raise UsageError(f"there is no citation {target}", known)
    return found


def show_citation(store: Store, citation: KeptCitation, style: Style, here: Path, *, context: int | None) -> Shown:
    """Return the article around a citation, the quote marked."""
    text, place = _load(store, citation.path, citation.record, here)
    if place.sha256 != citation.sha256:
        raise UsageError(f"{show_path(citation.path, here)} was indexed anew since that answer", "ask again")
    return _render(text, place, citation.number, citation.span, style, here, context)


def show_place(store: Store, target: str, style: Style, here: Path, *, context: int | None) -> Shown:
    """Return the article at `PATH` or `PATH:LINE`, the line's first sentence marked."""
    match = _PLACE.fullmatch(target)
    named = Path(target)
    line = None
    if match and match["line"] and not (here / named).exists():
        named, line = Path(match["path"]), int(match["line"])
    text, place = _load(store, Path(os.path.abspath(here / named)), None, here)
    span = Span(0, len(text.content)) if line is None else _sentence_at(text, line)
    return _render(text, place, None if line is None else 1, span, style, here, context if line else None)


def show_article(store: Store, path: Path, record: int | None, style: Style, here: Path) -> Shown:
    """Return a whole article, by its absolute path and its record there."""
    text, place = _load(store, path, record, here)
    return _render(text, place, None, Span(0, len(text.content)), style, here, None)


def _load(store: Store, path: Path, record: int | None, here: Path) -> tuple[StoredText, Place]:
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        places = [place for place in snapshot.places_at(store.shorten(path)) if place.record == record]
        if not places:
            raise UsageError(f"{show_path(path, here)} is not in the index", "run qa status to see what is")
        return snapshot.text(places[0].text_id), places[0]


def _sentence_at(text: StoredText, line: int) -> Span:
    """Return the first sentence that ends on `line` or later."""
    last = line_of(text.content, max(text.sentences[-1].end - 1, 0))
    if not 1 <= line <= last:
        raise UsageError(f"there is no line {line}", f"the article's last line is {last}")
    start = start_of_line(text.content, line)
    return text.sentences[bisect_right(text.sentences, start, key=lambda sentence: sentence.end)]


def _render(
    text: StoredText, place: Place, number: int | None, span: Span, style: Style, here: Path, context: int | None
) -> Shown:
    """Render the article around `span`; without a number it is shown whole, and nothing is marked."""
    citation = cite(number or 1, place, span, text.content)
    shown = sanitise(show_path(place.path, here))
    head = citation_line(citation, style, here) if number else f"{sanitise(place.title)} — {shown}"
    changed = "" if still_says(citation, span.of(text.content), span.start) else f"! {CHANGED}\n"
    marked = span if number else Span(0, 0)
    above = f"{head}\n{changed}\n"
    line = above.count("\n") + (rows_before(text.content, marked, style) if number and context is None else 0)
    return Shown(above + render_article(text.content, marked, style, context=context), line)
