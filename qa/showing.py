"""Show an article around a citation, or around a line of it."""

import re
from contextlib import closing
from pathlib import Path

from index.errors import UsageError
from index.records import Place, StoredText
from index.schema import open_catalog
from index.snapshot import reading
from index.spans import Span
from index.store import Store
from qa.answer import Citation
from qa.article_view import render_article
from qa.citations import cite, line_of, still_says
from qa.last_answer import KeptCitation
from qa.render import citation_line, show_path
from qa.sanitise import sanitise
from qa.style import Style

_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?", re.DOTALL)
_ASK_FIRST = 'ask first, as in qa ask "Who initiated the call?"'


def find_citation(target: str, kept: list[KeptCitation]) -> KeptCitation | None:
    """Return the citation that `target` numbers, None where it is no number; raise `UsageError` for a wrong one."""
    if not target.isdecimal():
        return None
    found = next((citation for citation in kept if citation.number == int(target)), None)
    if found is None:
        numbers = ", ".join(str(citation.number) for citation in kept)
        known = f"the last answer has {numbers}" if kept else _ASK_FIRST
        raise UsageError(f"there is no citation {target}", known)
    return found


def show_citation(store: Store, citation: KeptCitation, style: Style, here: Path, *, context: int | None) -> str:
    """Return the article around a citation, the quote marked."""
    text, place = _load(store, citation.path, citation.record, here)
    return _render(text, place, citation.number, citation.span, style, here, context)


def show_place(store: Store, target: str, style: Style, here: Path, *, context: int | None) -> str:
    """Return the article at `PATH` or `PATH:LINE`, the line's first sentence marked."""
    match = _PLACE.fullmatch(target)
    named = Path(target)
    line = None
    if match and match["line"] and not (here / named).exists():
        named, line = Path(match["path"]), int(match["line"])
    text, place = _load(store, here / named, None, here)
    span = _sentence_at(text, line) if line else Span(0, 0)
    return _render(text, place, 1, span, style, here, context if line else None)


def _load(store: Store, path: Path, record: int | None, here: Path) -> tuple[StoredText, Place]:
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        places = [place for place in snapshot.places_at(store.shorten(path)) if place.record == record]
        if not places:
            raise UsageError(f"{show_path(path, here)} is not in the index", "run qa status to see what is")
        return snapshot.text(places[0].text_id), places[0]


def _sentence_at(text: StoredText, line: int) -> Span:
    last = line_of(text.content, len(text.content))
    for sentence in text.sentences:
        if line_of(text.content, sentence.end - 1) >= line:
            return sentence
    raise UsageError(f"there is no line {line}", f"the article ends at line {last}")


def _render(
    text: StoredText, place: Place, number: int, span: Span, style: Style, here: Path, context: int | None
) -> str:
    citation: Citation = cite(number, place, span, text.content)
    head = citation_line(citation, style, here) if span else f"{sanitise(place.title)} — {show_path(place.path, here)}"
    changed = "" if still_says(citation, span.of(text.content)) else "! the file has changed since it was indexed\n"
    return f"{head}\n{changed}\n{render_article(text.content, span, style, context=context)}"
