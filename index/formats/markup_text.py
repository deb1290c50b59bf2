"""Turn a tree of HTML into the text that a reader sees, with its headings as landmarks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from textwrap import dedent

from lxml import etree

from index.articles import Landmark, LandmarkKind

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs of a text."""

LONGEST_HEADING = 300
"""A heading of more code points is a paragraph in large type."""

LONGEST_CELL = 200
"""A cell of more code points is prose, and its table is there for the layout."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CELLS = ("td", "th")
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html"),
        *("legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tr", "ul"),
        *_CELLS,
        *_HEADINGS,
    ]
)
_UNREAD = frozenset(
    [
        *("audio", "canvas", "datalist", "embed", "head", "iframe", "map", "noscript", "object", "rp", "rt"),
        *("script", "select", "style", "svg", "template", "textarea", "title", "video"),
    ]
)
_SPACE = re.compile(r"[ \t\n\f\r]+")


@dataclass(frozen=True, slots=True)
class MarkupText:
    """The text of a document, and its headings in order."""

    text: str
    landmarks: tuple[Landmark, ...]


def read_markup(root: etree._Element) -> MarkupText:
    """Return what a reader sees of an element of HTML, without scripts, styles and embedded objects.

    Headings, items of lists and captions are paragraphs, too; so is a row of a table, with `|`
    between its cells. `<br>` ends a line, two of them a paragraph, and `<pre>` keeps its lines.
    """
    writer = _Writer()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = str(element.tag).rpartition("}")[2]
        if event == "start":
            if name in _UNREAD:
                walk.skip_subtree()
            else:
                writer.enter(element, name)
            continue
        if name not in _UNREAD:
            writer.leave(element, name)
        if element is not root:
            writer.write(element.tail)
    return join_markup(writer.finished())


def join_markup(parts: Iterable[MarkupText]) -> MarkupText:
    """Return the texts one after another, with a blank line between them."""
    texts: list[str] = []
    landmarks: list[Landmark] = []
    start = 0
    for part in parts:
        texts.append(part.text)
        landmarks += [Landmark(start + mark.start, mark.kind, mark.label) for mark in part.landmarks]
        start += len(part.text) + len(PARAGRAPH_BREAK)
    return MarkupText(PARAGRAPH_BREAK.join(texts), tuple(landmarks))


@dataclass(slots=True)
class _Writer:
    """The paragraphs so far, and the pieces of the next.

    `lists` has those of the document, and of each cell that is open; `rows` the cells of each row
    that is open; `whole` is the heading or `<pre>` that is open, which no block parts.
    """

    pieces: list[str] = field(default_factory=list)
    lists: list[list[MarkupText]] = field(default_factory=lambda: [[]])
    rows: list[list[list[MarkupText]]] = field(default_factory=list)
    whole: etree._Element | None = None
    keeps_space: bool = False

    def enter(self, element: etree._Element, name: str) -> None:
        """Begin an element and write its first text."""
        if name == "br":
            self.pieces.append("\n")
        elif name in _BLOCKS and self.whole is not None:
            self.pieces.append(" ")
        elif name in _BLOCKS:
            self._end_paragraph()
            if name == "pre" or (name in _HEADINGS and _is_heading(element)):
                self.whole = element
                self.keeps_space = name == "pre"
            elif name == "tr":
                self.rows.append([])
            elif self._is_cell(element, name):
                self.lists.append([])
        self.write(element.text)

    def write(self, text: str | None) -> None:
        """Write text within a paragraph."""
        if text:
            self.pieces.append(text.replace("\r\n", "\n") if self.keeps_space else _SPACE.sub(" ", text))

    def leave(self, element: etree._Element, name: str) -> None:
        """End an element, and its paragraph where it has one."""
        if element is self.whole:
            self._end_paragraph(is_heading=not self.keeps_space)
            self.whole, self.keeps_space = None, False
        elif name in _BLOCKS and self.whole is not None:
            self.pieces.append(" ")
        elif name in _BLOCKS:
            self._end_paragraph()
            if name == "tr":
                self.lists[-1] += _row(self.rows.pop())
            elif self._is_cell(element, name):
                self.rows[-1].append(self.lists.pop())

    def finished(self) -> Sequence[MarkupText]:
        """Return the document's paragraphs."""
        self._end_paragraph()
        return self.lists[0]

    def _is_cell(self, element: etree._Element, name: str) -> bool:
        parent = element.getparent() if name in _CELLS and self.rows else None
        return parent is not None and str(parent.tag).rpartition("}")[2] == "tr"

    def _end_paragraph(self, *, is_heading: bool = False) -> None:
        text = "".join(self.pieces)
        self.pieces.clear()
        if self.keeps_space:
            lines = [line.rstrip() for line in text.split("\n")]
        else:
            lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
        if is_heading:
            lines = [" ".join(filter(_is_visible, lines))]
        for visible, group in groupby(lines, _is_visible):
            if visible:
                self.lists[-1].append(_paragraph(dedent("\n".join(group)), is_heading=is_heading))


def _paragraph(text: str, *, is_heading: bool = False) -> MarkupText:
    marked = is_heading and len(text) <= LONGEST_HEADING
    return MarkupText(text, (Landmark(0, LandmarkKind.HEADING, text),) if marked else ())


def _row(cells: Sequence[Sequence[MarkupText]]) -> Sequence[MarkupText]:
    """Return the paragraph of a row, or those of its cells where they are more than entries of a table."""
    paragraphs = [paragraph for cell in cells for paragraph in cell]
    is_data = all(len(cell) <= 1 for cell in cells) and not any(
        paragraph.landmarks or len(paragraph.text) > LONGEST_CELL for paragraph in paragraphs
    )
    if not is_data or len(paragraphs) < 2:
        return paragraphs
    return [_paragraph(" | ".join(paragraph.text.replace("\n", " ") for paragraph in paragraphs))]


def _is_heading(element: etree._Element) -> bool:
    """Tell whether an element is a heading, and not one that was left open around what follows it."""
    return next(element.iterdescendants("p", "ul", "ol", "table", "blockquote", *_HEADINGS), None) is None


def _is_visible(line: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in line)
