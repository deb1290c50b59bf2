"""Put the pieces of a page in the order in which they are read: a recursive cut along its white space.

The page is cut between rows first, but only where no gutter runs on through the next row; what a
gutter runs through is cut into columns, each of which is cut again. pdfminer's own analysis has
every word in its order in at most 4 of 24 made documents of two and three columns, whatever its
`boxes_flow`; this has it in all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from index.formats.pdf_pieces import Piece

ASCENT, DESCENT = 0.7, 0.2
"""How far letters reach above and below their baseline, in sizes: less than lines are apart."""

_GUTTER = 0.6
_NARROW = 5.0
_PROSE_WIDTH = 8.0
_PROSE_ROWS = 3
_PROSE_FILL = 0.65

Block = tuple[Piece, ...]
"""Pieces whose rows are read from top to bottom, each from left to right."""

_Gap = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Column:
    pieces: Block
    start: float
    end: float

    @property
    def width(self) -> float:
        return self.end - self.start


def reading_order(pieces: Sequence[Piece], em: float) -> list[Block]:
    """Return the pieces as blocks in the order they are read; `em` is the size of the body's letters."""
    blocks: list[Block] = []
    open_rows: list[Piece] = []
    for group in _groups(rows_of(pieces), _GUTTER * em):
        columns = _columns(group, em)
        if not columns:
            open_rows += group
            continue
        blocks += [tuple(open_rows)] if open_rows else []
        open_rows = []
        for column in columns:
            blocks += reading_order(column.pieces, em)
    return [*blocks, tuple(open_rows)] if open_rows else blocks


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces in rows from top to bottom, between which white space runs from side to side."""
    rows: list[list[Piece]] = []
    bottom = float("inf")
    for piece in sorted(pieces, key=lambda piece: -_top(piece)):
        if rows and _top(piece) > bottom:
            rows[-1].append(piece)
            bottom = min(bottom, _bottom(piece))
        else:
            rows.append([piece])
            bottom = _bottom(piece)
    return rows


def _top(piece: Piece) -> float:
    return piece.baseline + ASCENT * piece.size


def _bottom(piece: Piece) -> float:
    return piece.baseline - DESCENT * piece.size


def _groups(rows: Sequence[Sequence[Piece]], least: float) -> Iterator[Block]:
    """Yield runs of rows through which one gap of at least the width `least` runs, and runs without any."""
    page = _edges([piece for row in rows for piece in row])
    group: list[Piece] = []
    gaps: list[_Gap] = []
    edges = _edges([])
    for row in rows:
        free, row_edges = _free(row, page, least), _edges(row)
        common = [gap for gap in _intersections(gaps, free) if gap[1] - gap[0] >= least] if group else free
        both = min(edges[0], row_edges[0]), max(edges[1], row_edges[1])
        is_parted = _has_inner(gaps, edges) or _has_inner(free, row_edges)
        if group and is_parted and not _has_inner(common, both):
            yield tuple(group)
            group, common, both = [], free, row_edges
        group += row
        gaps, edges = common, both
    if group:
        yield tuple(group)


def _edges(pieces: Sequence[Piece]) -> _Gap:
    """Return where the first piece begins and the last one ends; (inf, -inf) for none."""
    starts, ends = (piece.start for piece in pieces), (piece.end for piece in pieces)
    return min(starts, default=float("inf")), max(ends, default=float("-inf"))


def _has_inner(gaps: Sequence[_Gap], edges: _Gap) -> bool:
    """Tell whether one of the gaps has text on both of its sides."""
    return any(edges[0] < start and end < edges[1] for start, end in gaps)


def _free(row: Sequence[Piece], edges: _Gap, least: float) -> list[_Gap]:
    """Return what of the width between the edges a row leaves free, in gaps of at least `least`."""
    gaps: list[_Gap] = []
    reached, right = edges
    for piece in sorted(row, key=lambda piece: piece.start):
        if piece.start - reached >= least:
            gaps.append((reached, piece.start))
        reached = max(reached, piece.end)
    if right - reached >= least:
        gaps.append((reached, right))
    return gaps


def _intersections(these: Sequence[_Gap], those: Sequence[_Gap]) -> Iterator[_Gap]:
    """Yield what lies in a gap of both; each is in order and without overlaps."""
    i = j = 0
    while i < len(these) and j < len(those):
        yield max(these[i][0], those[j][0]), min(these[i][1], those[j][1])
        if these[i][1] < those[j][1]:
            i += 1
        else:
            j += 1


def _columns(group: Block, em: float) -> list[_Column]:
    """Return the columns of prose that a group is, none where it is a table or has but one column."""
    columns: list[_Column] = []
    for piece in sorted(group, key=lambda piece: piece.start):
        if columns and piece.start - columns[-1].end < _GUTTER * em:
            last = columns[-1]
            columns[-1] = _Column((*last.pieces, piece), last.start, max(last.end, piece.end))
        else:
            columns.append(_Column((piece,), piece.start, piece.end))
    columns = _without_narrow(columns, em)
    return columns if len(columns) > 1 and _are_prose(columns, em) else []


def _without_narrow(columns: list[_Column], em: float) -> list[_Column]:
    """Put what is too narrow for prose (bullets, numbers) to the column that it is nearer to."""
    columns = list(columns)
    while len(columns) > 1:
        at = min(range(len(columns)), key=lambda at: columns[at].width)
        if columns[at].width >= _NARROW * em:
            break
        before = columns[at].start - columns[at - 1].end if at else float("inf")
        after = columns[at + 1].start - columns[at].end if at + 1 < len(columns) else float("inf")
        first = at - 1 if before <= after else at
        left, right = columns[first : first + 2]
        columns[first : first + 2] = [_Column((*left.pieces, *right.pieces), left.start, right.end)]
    return columns


def _are_prose(columns: Sequence[_Column], em: float) -> bool:
    """Tell columns of prose from those of a table: their lines are full.

    One column of prose is enough where the others are a last line or two, or where their rows are
    not those of its lines, as a table's are.
    """
    prose = [column for column in columns if _is_prose(column, em)]
    if len(prose) != 1:
        return len(prose) > 1
    baselines = sorted(piece.baseline for piece in prose[0].pieces)
    others = [rows_of(column.pieces) for column in columns if column is not prose[0]]
    return all(len(rows) < _PROSE_ROWS or not _are_beside(rows, baselines, em) for rows in others)


def _is_prose(column: _Column, em: float) -> bool:
    rows = rows_of(column.pieces)
    if len(rows) < _PROSE_ROWS or column.width < _PROSE_WIDTH * em:
        return False
    return median(_filled(row, em) for row in rows) >= _PROSE_FILL * column.width


def _filled(row: Sequence[Piece], em: float) -> float:
    """Return how much of a row is text and the spaces between words."""
    filled, reached = 0.0, float("inf")
    for piece in sorted(row, key=lambda piece: piece.start):
        gap = piece.start - reached
        filled += piece.end - piece.start + (gap if 0 < gap < em else 0.0)
        reached = piece.end
    return filled


def _are_beside(rows: Sequence[Sequence[Piece]], baselines: Sequence[float], em: float) -> bool:
    """Tell whether most of the rows are on one of the baselines each."""
    near = 0.15 * em
    return sum(any(abs(row[0].baseline - each) < near for each in baselines) for row in rows) > 0.8 * len(rows)
