"""Leave out what a PDF's pages repeat: running heads, feet and page numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.formats.pdf_columns import rows_of
from index.formats.pdf_pages import Page
from index.formats.pdf_pieces import Piece

FEWEST = 3
"""So many pages must have a row at the same place, one after the other or each second one."""

_DEEPEST = 4
_STEP = 2
_NEAR = 3.0
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*(?P<label>\w+)\W*(?:(?:of|/)\s*\d+\W*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    text: str
    baseline: float


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without the rows at their top and bottom that others have there too.

    Numbers in a row may differ. A row is left out only where all rows beyond it are, and no more
    than three are at one edge. A page's own number goes in any case.
    """
    edges = [_edges(page) for page in pages]
    repeated = _repeated(pages, edges)
    return [
        replace(page, pieces=_kept(page, [_outermost(page, rows, repeated[at]) for rows in edges[at]]))
        for at, page in enumerate(pages)
    ]


_Edge = list[list[Piece]]
"""The rows at the top or the bottom of a page, the outermost first."""


def _edges(page: Page) -> tuple[_Edge, _Edge]:
    rows = rows_of(page.pieces)
    return rows[:_DEEPEST], rows[::-1][:_DEEPEST]


def _repeated(pages: Sequence[Page], edges: Sequence[tuple[_Edge, _Edge]]) -> list[set[str]]:
    """Return for each page the texts of its rows that are repeated on others."""
    found: list[set[str]] = [set() for _ in edges]
    for at_edge in (0, 1):
        rows: dict[str, list[_Row]] = defaultdict(list)
        for at, both in enumerate(edges):
            for row in both[at_edge]:
                text = _alike(pages[at], row)
                rows[text].append(_Row(at, text, row[0].baseline))
        for chain in (chain for same in rows.values() for chain in _chains(same)):
            for each in chain if len(chain) >= FEWEST else ():
                found[each.page].add(each.text)
    return found


def _chains(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the rows of one text as runs at one place on pages that follow one another closely."""
    chain: list[_Row] = []
    for row in rows:
        if chain and (row.page - chain[-1].page > _STEP or abs(row.baseline - chain[-1].baseline) > _NEAR):
            yield chain
            chain = []
        if not chain or row.page != chain[-1].page:
            chain.append(row)
    if chain:
        yield chain


def _outermost(page: Page, rows: _Edge, repeated: set[str]) -> list[Piece]:
    """Return the pieces of the rows to leave out at one edge of a page."""
    gone: list[Piece] = []
    for row in rows:
        if _alike(page, row) not in repeated and not _is_number_of(page, row):
            return gone
        gone += row
    # What is repeated so far into the page is what the page is there for.
    return gone if len(rows) < _DEEPEST else []


def _kept(page: Page, gone: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    left_out = {id(piece) for pieces in gone for piece in pieces}
    return tuple(piece for piece in page.pieces if id(piece) not in left_out)


def _text(row: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in sorted(row, key=lambda piece: piece.start))


def _alike(page: Page, row: Sequence[Piece]) -> str:
    """Return what a row has in common with those of other pages: its text with its numbers made equal.

    Of a row that begins or ends with the page's number that is all: the rest may be a chapter's title.
    """
    text = _text(row)
    if {text.split()[0].lower(), text.split()[-1].lower()} & {str(page.number), page.label.lower()}:
        return "#"
    return _NUMBER.sub("#", text)


def _is_number_of(page: Page, row: Sequence[Piece]) -> bool:
    number = _PAGE_NUMBER.fullmatch(_text(row))
    return number is not None and number.group("label").lower() in (str(page.number), page.label.lower())
