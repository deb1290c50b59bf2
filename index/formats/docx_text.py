"""Read the text of a Word document's parts: what is inserted, not what is deleted, and what text boxes hold.

python-docx reads a paragraph's own runs and hyperlinks alone. Text that was inserted while changes
were tracked, and that of fields to fill in, of formulas and of text boxes, lies deeper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from index.formats.docx_styles import Role, Styles

LONGEST_CELL = 300
"""A table with a longer cell, or one of several paragraphs, is there for the layout."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES = f"{_MC}AlternateContent"
_WAYS = frozenset([f"{_MC}Choice", f"{_MC}Fallback"])
_CONTAINERS = frozenset(qn(f"w:{name}") for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
_LEFT_OUT = frozenset(
    qn(f"w:{name}")
    for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr", "rt")
)
_TEXTS = frozenset([qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"])
_WRITTEN = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_OFF = frozenset(["0", "false", "off"])
_NOT_NOTES = frozenset(["separator", "continuationSeparator", "continuationNotice"])
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or the row of a table, and what it is."""

    text: str
    role: Role


@dataclass(slots=True)
class _Content:
    """What a paragraph holds: pieces of text, and the text boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[BaseOxmlElement] = field(default_factory=list)


def read_paragraphs(container: BaseOxmlElement, styles: Styles) -> Iterator[Paragraph]:
    """Yield the paragraphs and rows of a body, a cell, a text box or a note, in their order.

    None is empty, and white space is one space in them. The text of a text box follows the
    paragraph that it hangs on.
    """
    begun = ""
    for element in _blocks(container):
        if element.tag == qn("w:tbl"):
            yield from _rows(element, styles)
            continue
        content = _Content()
        _collect(element, content)
        text = begun + "".join(content.pieces)
        begun = text if _is_end_deleted(element) else ""
        if not begun:
            role = styles.role_of(element)
            tidy = (" ".join(part.split()) for part in _BREAK.split(text))
            yield from (Paragraph(part, role) for part in tidy if part)
        for box in content.boxes:
            yield from read_paragraphs(box, styles)
    if begun.strip():
        yield Paragraph(" ".join(begun.split()), Role.TEXT)


def read_notes(notes: BaseOxmlElement, styles: Styles) -> Iterator[Paragraph]:
    """Yield the paragraphs of footnotes or endnotes; `notes` is the root of their part."""
    for note in notes:
        if note.tag in (qn("w:footnote"), qn("w:endnote")) and note.get(qn("w:type")) not in _NOT_NOTES:
            yield from read_paragraphs(note, styles)


def _blocks(container: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs and tables in a container and in what holds them there."""
    for child in container:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        else:
            for inner in _opened(child):
                yield from _blocks(inner)


def _opened(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield what is to be read of an element around blocks or rows, nothing where it is something else."""
    if element.tag in _CONTAINERS:
        yield element
    elif element.tag == qn("w:sdt") and not _is_placeholder(element):
        yield from element.iterchildren(qn("w:sdtContent"))
    elif element.tag == _ALTERNATIVES:
        yield from _chosen(element)


def _chosen(alternatives: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the first of several ways to say the same."""
    yield from islice((each for each in alternatives if each.tag in _WAYS), 1)


def _collect(element: BaseOxmlElement, content: _Content) -> None:
    """Gather the text in an element, with line ends where it has breaks."""
    for child in element:
        tag = child.tag
        if tag in _TEXTS:
            content.pieces += child.itertext()
        elif tag in _WRITTEN:
            content.pieces.append(_WRITTEN[tag])
        elif tag == qn("w:txbxContent"):
            content.boxes.append(child)
        elif tag == _ALTERNATIVES:
            for chosen in _chosen(child):
                _collect(chosen, content)
        elif tag not in _LEFT_OUT and not _is_hidden(child):
            _collect(child, content)


def _is_hidden(element: BaseOxmlElement) -> bool:
    """Tell whether an element is a run of hidden text, or a field that nobody has filled in."""
    if element.tag == qn("w:sdt"):
        return _is_placeholder(element)
    return element.tag == qn("w:r") and _is_on(element.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _is_placeholder(field: BaseOxmlElement) -> bool:
    return _is_on(field.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"))


def _is_on(switch: BaseOxmlElement | None) -> bool:
    return switch is not None and switch.get(qn("w:val")) not in _OFF


def _is_end_deleted(paragraph: BaseOxmlElement) -> bool:
    """Tell whether a paragraph goes on in the next one since the mark between them was deleted."""
    mark = f"{qn('w:pPr')}/{qn('w:rPr')}/"
    return any(paragraph.find(mark + qn(name)) is not None for name in ("w:del", "w:moveFrom"))


def _rows(table: BaseOxmlElement, styles: Styles) -> Iterator[Paragraph]:
    """Yield a table's rows as one line each, or the paragraphs of one that is there for the layout."""
    for row in _inside(table, qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        cells = [list(read_paragraphs(cell, styles)) for cell in _inside(row, qn("w:tc"))]
        filled = [cell for cell in cells if cell]
        if len(cells) > 1 and all(len(cell) == 1 and len(cell[0].text) <= LONGEST_CELL for cell in filled):
            if filled:
                yield Paragraph(" | ".join(cell[0].text for cell in filled), Role.LIST)
        else:
            for cell in filled:
                yield from cell


def _inside(element: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Yield the rows of a table or the cells of a row, and those in what holds them there."""
    for child in element:
        if child.tag == tag:
            yield child
        else:
            for inner in _opened(child):
                yield from _inside(inner, tag)
