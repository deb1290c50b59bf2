"""Make paragraphs and headings of the lines of a PDF, across its columns and pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.formats.building_text import Block, BlockKind, PageStart
from index.formats.hyphenation import find_seam
from index.formats.pdf_lines import Body, Line

_LARGER = 1.15
_INDENT = 0.8
_USUAL_LEADING = 1.2
_WIDE_LEADING = 1.3
_LONGEST_HEADING = 150
_LONGEST_BOLD_HEADING = 100
_INSERTS = 4
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*$")
_GOES_ON = re.compile(r"(?:[^\W\d_A-Z]|[,-])$")
_BULLET = re.compile(r"[•▪■●○◦‣∙·]\s")
_LABEL = re.compile(rf"{_BULLET.pattern}|\(?\w{{1,3}}[.)]\s|\[\w+\]\s|[–—-]\s")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of a paragraph.

    It may go on elsewhere where it is the last of the body's in its block; its last line is full
    where that reaches the block's right edge.
    """

    lines: tuple[Line, ...]
    is_last: bool = False
    is_full: bool = False

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1]


def make_paragraphs(blocks: Sequence[Sequence[Line]], body: Body) -> list[Paragraph]:
    """Return the paragraphs of blocks of lines in the order they are read; no block is empty.

    One that is broken off at the end of a column or page is joined with its rest, where that goes
    on in lower case or in the middle of a line's words. What stands between (a caption, a note) then
    comes before it, or after it where that is on the later page.
    """
    leading = _leading(blocks, body)
    paragraphs: list[Paragraph] = []
    for block in blocks:
        split = _split(block, body, leading)
        first = next((at for at, paragraph in enumerate(split) if is_of(body, paragraph.first)), 0)
        for at, paragraph in enumerate(split):
            if at == first:
                _join(paragraphs, paragraph, body)
            else:
                paragraphs.append(paragraph)
    return paragraphs


def _leading(blocks: Iterable[Sequence[Line]], body: Body) -> float:
    """Return how far the body's lines are apart, in their size."""
    steps: Counter[float] = Counter()
    for block in blocks:
        for above, below in pairwise(block):
            if is_of(body, above) and is_of(body, below):
                steps[round((above.baseline - below.baseline) / body.size, 1)] += 1
    return max(steps, key=lambda step: (steps[step], -step), default=_USUAL_LEADING)


def is_of(body: Body, line: Line) -> bool:
    """Tell whether a line's letters are of the body's size."""
    return body.size / _LARGER < line.size < body.size * _LARGER


def is_heading(paragraph: Paragraph, body: Body) -> bool:
    """Tell whether a paragraph is short and larger than the body, or bold where that is not."""
    length = sum(len(line.text) for line in paragraph.lines)
    if not any(any(map(str.isalpha, line.text)) for line in paragraph.lines):
        return False
    if all(line.size >= _LARGER * body.size for line in paragraph.lines):
        return length <= _LONGEST_HEADING
    if body.bold or any(line.has_cells or not line.bold or not is_of(body, line) for line in paragraph.lines):
        return False
    return length <= _LONGEST_BOLD_HEADING and paragraph.last.text[-1] not in ".,;:"


def _split(block: Sequence[Line], body: Body, leading: float) -> list[Paragraph]:
    """Cut a block into its paragraphs."""
    groups: list[list[Line]] = []
    for at, line in enumerate(block):
        if groups and not _begins(block, at, len(groups[-1]), body, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    edge = max(line.end for line in block if line is groups[-1][-1] or is_of(body, line))
    last = max((at for at, lines in enumerate(groups) if is_of(body, lines[-1])), default=-1)
    return [
        Paragraph(tuple(lines), at == last, edge - lines[-1].end < 2 * body.size) for at, lines in enumerate(groups)
    ]


def _begins(block: Sequence[Line], at: int, lines_before: int, body: Body, leading: float) -> bool:
    """Tell whether a line begins a paragraph; the one above it is the last of `lines_before` of another."""
    above, line = block[at - 1], block[at]
    if not _are_alike(above, line) or above.bold is not line.bold:
        return True
    if above.has_cells or line.has_cells or _BULLET.match(line.text):
        return True
    if above.baseline - line.baseline > _WIDE_LEADING * max(leading, 1.0) * max(line.size, above.size):
        return True
    if not is_of(body, line):
        return False
    return _is_set_off(block, at, lines_before, body) or _is_short(block, at)


def _are_alike(line: Line, other: Line) -> bool:
    return other.size / _LARGER < line.size < other.size * _LARGER


def _is_set_off(block: Sequence[Line], at: int, lines_before: int, body: Body) -> bool:
    """Tell whether a line is indented as the first of a paragraph is, or the one above hangs as its last does."""
    above, line = block[at - 1], block[at]
    below = block[at + 1] if at + 1 < len(block) else None
    indent = _INDENT * body.size
    has_ended = bool(_ENDS_SENTENCE.search(above.text))
    if line.start - above.start > indent:
        if lines_before == 1 and _LABEL.match(above.text):  # an item's lines hang beside its label
            return False
        return has_ended if below is None or below.start > line.start - indent else True
    if above.start - line.start > indent:
        return lines_before > 1
    # One-line paragraphs, as of dialogue, follow one another at the same indent.
    indented = line.start - min(each.start for each in block) > indent
    return indented and has_ended and not line.text[0].islower()


def _is_short(block: Sequence[Line], at: int) -> bool:
    """Tell whether the line above ended before the margin: the next word would have had room in it."""
    above, line = block[at - 1], block[at]
    near = [each for each in block[max(at - 3, 0) : at + 3] if _are_alike(each, line)]
    edge = max(each.end for each in near)
    room = edge - above.end - line.first_word - 0.8 * line.size
    return room > 0 and not line.text[0].islower()


def _join(paragraphs: list[Paragraph], rest: Paragraph, body: Body) -> None:
    """Append the first of the body's paragraphs in a block, to the one it is the rest of where there is one."""
    at = next((at for at in range(len(paragraphs))[::-1][: _INSERTS + 1] if _is_open(paragraphs[at], body)), None)
    if at is not None and _is_rest(paragraphs[at], rest, body, follows=at == len(paragraphs) - 1):
        begun, between = paragraphs[at], paragraphs[at + 1 :]
        before = [each for each in between if each.last.page <= begun.last.page]
        after = between[len(before) :]
        if all(each.first.page == rest.first.page for each in after):
            whole = Paragraph((*begun.lines, *rest.lines), rest.is_last, rest.is_full)
            # The pages stay in order: what is between and on the earlier page comes first.
            paragraphs[at:] = [*before, whole, *after]
            return
    paragraphs.append(rest)


def _is_open(paragraph: Paragraph, body: Body) -> bool:
    """Tell whether a paragraph of the body is broken off at the end of a block."""
    last = paragraph.last
    return (
        paragraph.is_last
        and is_of(body, last)
        and not last.has_cells
        and not is_heading(paragraph, body)
        and not _ENDS_SENTENCE.search(last.text)
    )


def _is_rest(begun: Paragraph, rest: Paragraph, body: Body, *, follows: bool) -> bool:
    """Tell whether a paragraph goes on with an open one, which it `follows` where nothing stands between."""
    first = rest.first
    if not is_of(body, first) or first.bold is not begun.last.bold or first.has_cells or is_heading(rest, body):
        return False
    if first.text[0].islower():
        return True
    if not follows or not begun.is_full or len(begun.lines) < 2 or not _GOES_ON.search(begun.last.text):
        return False
    is_indented = len(rest.lines) > 1 and first.start - rest.lines[1].start > _INDENT * body.size
    return not is_indented and not _BULLET.match(first.text) and first.width < _LARGER * begun.last.width


def to_blocks(
    paragraphs: Iterable[Paragraph], body: Body, words: frozenset[str], labels: Sequence[str]
) -> Iterator[Block]:
    """Write out paragraphs as blocks of text; `labels` are those of the pages by their places."""
    seen: set[int] = set()
    for paragraph in paragraphs:
        text, starts = _written(paragraph.lines, words)
        pages = tuple(PageStart(at, labels[page]) for page, at in starts.items() if page not in seen)
        seen.update(starts)
        kind = BlockKind.PARAGRAPH
        if is_heading(paragraph, body):
            kind = BlockKind.HEADING
        elif any(line.has_cells for line in paragraph.lines) or _BULLET.match(text):
            kind = BlockKind.LINE
        yield Block(text, kind, pages)


def _written(lines: Sequence[Line], words: frozenset[str]) -> tuple[str, dict[int, int]]:
    """Return the lines' text, and where in it the first line of each page begins."""
    pieces = [lines[0].text]
    starts = {lines[0].page: 0}
    length = len(pieces[0])
    for above, line in pairwise(lines):
        seam = find_seam(above.text, line.text, words)
        pieces[-1] = pieces[-1][: len(pieces[-1]) - seam.drop]
        pieces += [seam.glue, line.text]
        length += len(seam.glue) - seam.drop
        starts.setdefault(line.page, length)
        length += len(line.text)
    return "".join(pieces), starts
