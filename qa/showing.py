"""Show an article around a citation, or around a line of it."""

import os
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import UsageError
from index.records import Place, StoredText
from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.spans import Span
from index.store import Store
from qa.article_view import gutter_of, render_article, rows_before
from qa.checking import Check
from qa.citations import cite
from qa.finding_text import find_text
from qa.last_answer import KeptCitation
from qa.marking import hanging, plainly
from qa.naming_places import sentence_at
from qa.positions import place_words
from qa.render import CHANGED, citation_lines
from qa.sanitise import sanitise_cited
from qa.show_path import show_path
from qa.style import Style

_ASK_FIRST = "ask a question first"
_MOST_NAMED = 3


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
    text, place = _cited(store, citation, here)
    return _render(text, place, citation.span, style, here, context, number=citation.number)


def show_place(store: Store, target: str, style: Style, here: Path, *, context: int | None) -> Shown:
    """Return the article at `PATH`, or around `PATH:PLACE`.

    PATH may be the end of one indexed file's path alone, as its name is. PLACE is a line of a text file, a page, a
    heading, or the number of a record. Raises `UsageError` where there is no such file in the index, or no such place
    in it.
    """
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        # A path may have colons, and so may a heading.
        ends = [len(target), *(match.start() for match in reversed(list(re.finditer(":", target))))]
        tried = [(target[end + 1 :], target[:end]) for end in ends]
        found = (
            (named, snapshot.places_at(store.shorten(Path(os.path.abspath(here / path))))) for named, path in tried
        )
        ending = ((named, _places_ending(snapshot, store, path, here)) for named, path in tried)
        named, places = next((each for each in (*found, *ending) if each[1]), ("", []))
        if not places:
            raise _not_indexed(Path(os.path.abspath(here / tried[min(1, len(ends) - 1)][1])), here)
        is_dump = places[0].record is not None
        place = _record(places, named, here) if is_dump else places[0]
        text = snapshot.text(place.text_id)
    if is_dump or not named:
        return _render(text, place, None, style, here, None)
    return _render(text, place, sentence_at(text, place, named), style, here, context)


def find_place(store: Store, citation: KeptCitation, here: Path) -> Place:
    """Return the place of a citation, as the index has it now; raise `UsageError` where it has none."""
    return _cited(store, citation, here)[1]


def show_article(store: Store, path: Path, record: int | None, style: Style, here: Path) -> Shown:
    """Return a whole article, by its absolute path and its record there."""
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        found = [place for place in snapshot.places_at(store.shorten(path)) if place.record == record]
        if not found:
            raise _not_indexed(path, here)
        text = snapshot.text(found[0].text_id)
    return _render(text, found[0], None, style, here, None)


def _cited(store: Store, citation: KeptCitation, here: Path) -> tuple[StoredText, Place]:
    """Return the article of a citation; raise `UsageError` where its text is not in its file any more."""
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        places = snapshot.places_at(store.shorten(citation.path))
        if not places:
            raise _not_indexed(citation.path, here)
        place = find_text(places, citation.record, citation.text_sha256)
        if place is None:
            raise UsageError(f"{show_path(citation.path, here)} was indexed anew since that answer", "ask again")
        return snapshot.text(place.text_id), place


def _places_ending(snapshot: Snapshot, store: Store, path: str, here: Path) -> list[Place]:
    """Return the articles of the one file whose path ends with `path`; raise `UsageError` where there are several."""
    ending = f"/{Path(path).as_posix()}"
    paths = dict.fromkeys(each.path for each in snapshot.articles() if f"/{each.path}".endswith(ending))
    if len(paths) > 1:
        named = ", ".join(show_path(store.expand(each), here) for each in list(paths)[:_MOST_NAMED])
        raise UsageError(f"{len(paths)} files are called {path}", f"name more of the path, as in {named}")
    return [place for each in paths for place in snapshot.places_at(each)]


def _not_indexed(path: Path, here: Path) -> UsageError:
    return UsageError(f"{show_path(path, here)} is not in the index", "/sources in qa chat lists what is")


def _record(places: Sequence[Place], named: str, here: Path) -> Place:
    """Return the article with a record's number, `3` or `record 3`."""
    number = named.removeprefix("record ")
    found = next((place for place in places if str(place.record) == number), None)
    if found is None:
        shown = show_path(places[0].path, here)
        first, last = places[0].record, places[-1].record
        problem = f"there is no record {number} in {shown}" if number else f"{shown} holds many articles"
        raise UsageError(problem, f"name a record from {first} to {last}: {shown}:{first}")
    return found


def _render(
    text: StoredText,
    place: Place,
    span: Span | None,
    style: Style,
    here: Path,
    context: int | None,
    *,
    number: int | None = None,
) -> Shown:
    """Render the article around `span`, cited by `number` if it has one; without a span it is shown whole."""
    shown = span or Span(0, len(text.content))
    citation = cite(number or 1, place, shown, text.content)
    whole = replace(citation, line=None, page=None, heading=None)
    head = (
        citation_lines(citation, style, here, numbered=number is not None)
        if span
        else hanging(
            "", [(f"{sanitise_cited(place.title)} — {place_words(whole, here)}", plainly)], width=style.width, behind=4
        )
    )
    changed = "" if Check().holds(citation, shown.of(text.content), shown.start) else f"! {CHANGED}\n"
    marked = span or Span(0, 0)
    above = f"{head}\n{changed}\n"
    gutter = gutter_of(place)
    line = above.count("\n") + (rows_before(text.content, marked, style, gutter) if span and context is None else 0)
    return Shown(above + render_article(text.content, marked, style, gutter, context=context), line)
