"""Make lines of the pieces of a page that stand on one baseline."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.formats.pdf_columns import ASCENT, DESCENT
from index.formats.pdf_pages import Page
from index.formats.pdf_pieces import Piece

_WORD_GAP = 0.15
_CELL_GAP = 2.0
_LARGE = 1.8
_LEADERS = re.compile(r" ?(?:\. ?){6,}")
_FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or the row of a table; `page` is the page's place in the document."""

    page: int
    start: float
    end: float
    baseline: float
    size: float
    text: str
    bold: bool
    has_cells: bool

    @property
    def width(self) -> float:
        """How long it is."""
        return self.end - self.start

    @property
    def first_word(self) -> float:
        """How long its first word is, about."""
        return len(self.text.split(" ", 1)[0]) * self.width / len(self.text)


@dataclass(frozen=True, slots=True)
class Body:
    """What most of a document's text looks like: the size of its letters, and whether they are bold."""

    size: float
    bold: bool


def measure_body(pages: Iterable[Page]) -> Body:
    """Return the most common size of letters and weight; there is at least one letter."""
    letters: Counter[tuple[float, bool]] = Counter()
    for page in pages:
        for piece in page.pieces:
            letters[round(piece.size, 1), piece.bold] += len(piece.text)
    # The smaller of two that are as common, so that it does not depend on the order of pages.
    (size, bold), _ = min(letters.items(), key=lambda item: (-item[1], item[0]))
    return Body(size, bold)


def lines_of(block: Iterable[Piece], page: int) -> list[Line]:
    """Return the lines of a block from top to bottom, raised and lowered letters in the lines they belong to."""
    lines: list[list[Piece]] = []
    largest: Piece | None = None  # of the last line
    for piece in sorted(block, key=lambda piece: (-piece.baseline, piece.start)):
        if largest is not None and _is_beside(piece, largest):
            lines[-1].append(piece)
            largest = max(largest, piece, key=lambda each: each.size)
        else:
            lines.append([piece])
            largest = piece
    made = (_line(sorted(pieces, key=lambda piece: piece.start), page) for pieces in lines)
    return [line for line in made if line.text]


def _is_beside(piece: Piece, line: Piece) -> bool:
    """Tell whether half of the letters' height is that of a line."""
    top = min(each.baseline + ASCENT * each.size for each in (piece, line))
    bottom = max(each.baseline - DESCENT * each.size for each in (piece, line))
    return top - bottom > (ASCENT + DESCENT) * min(piece.size, line.size) / 2


def _line(pieces: Sequence[Piece], page: int) -> Line:
    texts = [pieces[0].text]
    has_cells = False
    for left, right in pairwise(pieces):
        gap, size = right.start - left.end, max(left.size, right.size)
        has_cells = has_cells or gap > _CELL_GAP * size
        texts += [" "] if right.spaced or abs(gap) > _WORD_GAP * size else []
        texts.append(right.text)
    sizes: Counter[tuple[float, float]] = Counter()
    for piece in pieces:
        sizes[piece.size, piece.baseline] += len(piece.text)
    size, baseline = max(sizes, key=lambda key: (sizes[key], key))
    text = "".join(texts)
    return Line(
        page=page,
        start=pieces[0].start,
        end=max(piece.end for piece in pieces),
        baseline=baseline,
        size=size,
        text=_cleaned(text),
        bold=all(piece.bold for piece in pieces),
        has_cells=has_cells or bool(_LEADERS.search(text)),
    )


def _cleaned(text: str) -> str:
    """Return a line without leaders, its soft hyphens being hyphens where it does not end with one."""
    text = " ".join(_LEADERS.sub(" ", unicodedata.normalize("NFC", text)).split())
    return text[:-1].replace("\u00ad", "-") + text[-1:]


def with_initials(pieces: Sequence[Piece], body: Body, words: frozenset[str]) -> list[Piece]:
    """Put a large initial that lines stand beside in front of the first of them.

    All of these lines then begin where it did. `words` are the document's: an `A` or an `I` may be
    a word of its own.
    """
    found = list(pieces)
    for initial in [piece for piece in pieces if _is_initial(piece, body)]:
        beside = _beside_initial(found, initial, body)
        if len(beside) < 2 or abs(_top(beside[0]) - _top(initial)) > body.size:
            continue
        moved = {id(piece): replace(piece, start=initial.start) for piece in beside}
        first = beside[0]
        text = initial.text + _glue(initial.text, first.text, words) + first.text
        moved[id(first)] = replace(first, start=initial.start, text=text)
        found = [moved.get(id(piece), piece) for piece in found if piece is not initial]
    return found


def _is_initial(piece: Piece, body: Body) -> bool:
    letters = piece.text.strip("“\"‘'")
    return piece.size >= _LARGE * body.size and len(letters) == 1 and letters.isupper()


def _beside_initial(pieces: Sequence[Piece], initial: Piece, body: Body) -> list[Piece]:
    """Return the first piece of every line that stands beside an initial, from top to bottom."""
    low, high = initial.baseline - 1.3 * body.size, _top(initial) + 0.3 * body.size
    left, right = initial.end - 0.3 * body.size, initial.end + 1.5 * body.size
    near = [each for each in pieces if left <= each.start <= right and low <= each.baseline <= high]
    near.sort(key=lambda piece: (-piece.baseline, piece.start))
    return near[:1] + [after for before, after in pairwise(near) if before.baseline - after.baseline > body.size / 2]


def _top(piece: Piece) -> float:
    return piece.baseline + ASCENT * piece.size


def _glue(initial: str, text: str, words: frozenset[str]) -> str:
    """Return the space after an initial that is a word of its own, nothing after one that begins a word."""
    word = _FIRST_WORD.match(text)
    if initial[-1] not in "AI" or word is None:
        return ""
    rest = word.group().casefold()
    return " " if rest in words and initial[-1].casefold() + rest not in words else ""
