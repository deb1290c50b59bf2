"""Tell what the paragraphs of a Word document are by their styles."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_HEADING = re.compile(r"heading \d")
_CONTENTS = re.compile(r"toc\b.*|table of (?:figures|authorities)|index \d")
_LIST = re.compile(r"list\b.*")
_DEEPEST_OUTLINE = 8
_NO_LIST = "0"


class Role(Enum):
    """What a paragraph is; `CONTENTS` is a line of a table of contents, which repeats headings."""

    TEXT = auto()
    TITLE = auto()
    HEADING = auto()
    LIST = auto()
    CONTENTS = auto()


@dataclass(frozen=True, slots=True)
class _Style:
    role: Role | None
    base: str | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document by their identifiers."""

    _by_id: Mapping[str, _Style]

    def role_of(self, paragraph: BaseOxmlElement) -> Role:
        """Return what a paragraph is by its style or those that its style builds on, or else by what it says itself."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return Role.TEXT
        name = _value(properties, "w:pStyle")
        seen: set[str] = set()
        while name is not None and name in self._by_id and name not in seen:
            seen.add(name)
            style = self._by_id[name]
            if style.role is not None:
                return style.role
            name = style.base
        return _role_of_properties(properties) or Role.TEXT


def read_styles(styles: BaseOxmlElement) -> Styles:
    """Read the styles that the element `w:styles` of a document defines."""
    found: dict[str, _Style] = {}
    for style in styles.iterchildren(qn("w:style")):
        identifier = style.get(qn("w:styleId"))
        if identifier is not None:
            found[identifier] = _Style(_role_of_style(style), _value(style, "w:basedOn"))
    return Styles(found)


def _role_of_style(style: BaseOxmlElement) -> Role | None:
    """Return what a style's name or its properties make of a paragraph, None where they say nothing."""
    name = (_value(style, "w:name") or "").lower()
    if name in ("title", "subtitle"):
        return Role.TITLE if name == "title" else Role.HEADING
    for pattern, role in ((_HEADING, Role.HEADING), (_CONTENTS, Role.CONTENTS), (_LIST, Role.LIST)):
        if pattern.fullmatch(name):
            return role
    properties = style.find(qn("w:pPr"))
    return None if properties is None else _role_of_properties(properties)


def _role_of_properties(properties: BaseOxmlElement) -> Role | None:
    outline = _value(properties, "w:outlineLvl") or ""
    if outline.isdecimal() and int(outline) <= _DEEPEST_OUTLINE:
        return Role.HEADING
    numbering = properties.find(qn("w:numPr"))
    if numbering is not None and _value(numbering, "w:numId") not in (None, _NO_LIST):
        return Role.LIST
    return None


def _value(element: BaseOxmlElement, child: str) -> str | None:
    """Return the value of an element's child, None where there is no such child or it has none."""
    found = element.find(qn(child))
    value = None if found is None else found.get(qn("w:val"))
    return value if isinstance(value, str) else None
