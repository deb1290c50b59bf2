"""Show an article around a citation, or around a line of it."""

import os
import re
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.articles import LandmarkKind
from index.errors import UsageError
from index.loaders import has_lines
from index.records import Place, StoredText
from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.spans import Span
from index.store import Store
from qa.article_view import gutter_of, render_article, rows_before
from qa.citations import cite, start_of_line, still_says
from qa.last_answer import KeptCitation
from qa.positions import line_of, page_at, place_words
from qa.render import CHANGED, citation_line
from qa.sanitise import sanitise
from qa.show_path import show_path
from qa.style import Style

_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<number>\w{1,9}))?", re.DOTALL)
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
    """Return the article at `PATH`, or around `PATH:N`.

    N is a line of a text file, whose first sentence is marked, a page, or a record.
    """
    match = _PLACE.fullmatch(target)
    named, number = Path(target), None
    if match and match["number"] and not (here / named).exists():
        named, number = Path(match["path"]), match["number"]
    path = Path(os.path.abspath(here / named))
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        places = _places(snapshot, store, path, here)
        if places[0].record is not None:
            place, span = _record(places, number, here), None
            text = snapshot.text(place.text_id)
        else:
            place, text = places[0], snapshot.text(places[0].text_id)
            span = None if number is None else _sentence_at(text, place, number)
    if span is None:
        return _render(text, place, None, Span(0, len(text.content)), style, here, None)
    return _render(text, place, 1, span, style, here, context)


def find_place(store: Store, citation: KeptCitation, here: Path) -> Place:
    """Return the place of a citation, as the index has it now; raise `UsageError` where it has none."""
    return _load(store, citation.path, citation.record, here)[1]


def show_article(store: Store, path: Path, record: int | None, style: Style, here: Path) -> Shown:
    """Return a whole article, by its absolute path and its record there."""
    text, place = _load(store, path, record, here)
    return _render(text, place, None, Span(0, len(text.content)), style, here, None)


def _load(store: Store, path: Path, record: int | None, here: Path) -> tuple[StoredText, Place]:
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        found = [place for place in _places(snapshot, store, path, here) if place.record == record]
        if not found:
            raise _not_indexed(path, here)
        return snapshot.text(found[0].text_id), found[0]


def _places(snapshot: Snapshot, store: Store, path: Path, here: Path) -> list[Place]:
    """Return the articles of a file; raise `UsageError` where the index has none."""
    places = snapshot.places_at(store.shorten(path))
    if not places:
        raise _not_indexed(path, here)
    return places


def _not_indexed(path: Path, here: Path) -> UsageError:
    return UsageError(f"{show_path(path, here)} is not in the index", "run qa status to see what is")


def _record(places: Sequence[Place], number: str | None, here: Path) -> Place:
    """Return the article with a record's number."""
    found = next((place for place in places if str(place.record) == number), None)
    if found is None:
        shown = show_path(places[0].path, here)
        first, last = places[0].record, places[-1].record
        problem = f"there is no record {number} in {shown}" if number else f"{shown} holds many articles"
        raise UsageError(problem, f"name a record from {first} to {last}: {shown}:{first}")
    return found


def _sentence_at(text: StoredText, place: Place, number: str) -> Span:
    """Return the first sentence that ends on a line or page or later."""
    start = _start_of_page(place, number) if page_at(place, len(text.content)) else _start_of_line(text, place, number)
    return text.sentences[min(bisect_right(text.sentences, start, key=lambda each: each.end), len(text.sentences) - 1)]


def _start_of_page(place: Place, label: str) -> int:
    pages = [each for each in place.landmarks if each.kind == LandmarkKind.PAGE]
    found = next((page for page in pages if page.label.casefold() == label.casefold()), None)
    if found is None:
        raise UsageError(f"there is no page {label}", f"the pages are {pages[0].label} to {pages[-1].label}")
    return found.start


def _start_of_line(text: StoredText, place: Place, number: str) -> int:
    if not has_lines(place.path):
        raise UsageError(f"{place.path.name} has no numbered lines or pages", "name it without a number")
    last = line_of(text.content, max(text.sentences[-1].end - 1, 0))
    if not number.isdecimal() or not 1 <= int(number) <= last:
        raise UsageError(f"there is no line {number}", f"the article's last line is {last}")
    return start_of_line(text.content, int(number))


def _render(
    text: StoredText, place: Place, number: int | None, span: Span, style: Style, here: Path, context: int | None
) -> Shown:
    """Render the article around `span`; without a number it is shown whole, and nothing is marked."""
    citation = cite(number or 1, place, span, text.content)
    whole = replace(citation, line=None, page=None, heading=None)
    head = citation_line(citation, style, here) if number else f"{sanitise(place.title)} — {place_words(whole, here)}"
    changed = "" if still_says(citation, span.of(text.content), span.start) else f"! {CHANGED}\n"
    marked = span if number else Span(0, 0)
    above = f"{head}\n{changed}\n"
    gutter = gutter_of(place)
    line = above.count("\n") + (rows_before(text.content, marked, style, gutter) if number and context is None else 0)
    return Shown(above + render_article(text.content, marked, style, gutter, context=context), line)
