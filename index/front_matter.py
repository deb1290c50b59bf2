"""Read the YAML block, or the lines of headers, that may open an article; the text itself stays whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.record_fields import FIELD_NAMES, Details, details_of, fold_names, folded

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_HEADER = re.compile(r"[*_]{0,2}([A-Za-z][A-Za-z _-]{0,30}?)[*_]{0,2}[ \t]*:[*_]{0,2}(?:[ \t]+(.*?))?[ \t]*")
_FEWEST_HEADERS = 2
_ALIASES = {
    **dict.fromkeys(("paper", "newspapername"), "newspaper"),
    **dict.fromkeys(("by", "reporter", "writer", "writtenby"), "author"),
}
_OTHER_NAMES = frozenset(
    [
        *("categories", "category", "copyright", "dateline", "description", "edition", "issue", "keywords", "language"),
        *("lastmodified", "lastupdated", "location", "modified", "page", "place", "section", "slug", "standfirst"),
        *(
            "subheading",
            "subheadline",
            "subtitle",
            "summary",
            "tags",
            "topic",
            "topics",
            "type",
            "updated",
            "wordcount",
        ),
        "name",
    ]
)
"""What headers may say besides; alone, it is rather a list in the text."""

_NAMES = (
    frozenset([*_ALIASES, *(name for field, names in FIELD_NAMES.items() if field != "text" for name in names)])
    - _OTHER_NAMES
)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says of the article; the body begins at code point `end`, 0 without one."""

    details: Details
    end: int


NO_FRONT_MATTER = FrontMatter(Details(), 0)


@dataclass(frozen=True, slots=True)
class _Block:
    fields: Mapping[object, object]
    end: int


def read_front_matter(text: str) -> FrontMatter:
    """Return what a leading `---` block or a block of headers says.

    A block that is not a YAML mapping says nothing. Headers are lines such as `Title: …`, two or
    more, all with names that are known for an article's, and a blank line after them.
    """
    block = _read_block(text)
    return FrontMatter(details_of(fold_names(block.fields)), block.end) if block else NO_FRONT_MATTER


def front_matter_end(text: str) -> int:
    """Return the code point at which the body begins, whatever the block before it says."""
    block = _read_block(text)
    return block.end if block else 0


def _read_block(text: str) -> _Block | None:
    return _read_yaml(text[:_LONGEST]) or _read_headers(text[:_LONGEST])


def _read_yaml(text: str) -> _Block | None:
    block = _BLOCK.match(text)
    if block is None:
        return None
    import yaml

    try:
        # The base loader makes text of every value: a title stays as it is written.
        fields = yaml.BaseLoader(block.group(1)).get_single_data()
    except (yaml.YAMLError, RecursionError):
        return None
    return _Block(fields, block.end()) if isinstance(fields, Mapping) else None


def _read_headers(text: str) -> _Block | None:
    """Return the headers that open a text; YAML would trip over a colon in a title."""
    fields: dict[object, object] = {}
    names: list[str] = []
    start = len(text) - len(text.lstrip("\ufeff\r\n"))
    for line in _LINE.finditer(text, start):
        if not line.group(1).strip():
            whole = len(names) >= _FEWEST_HEADERS and not _NAMES.isdisjoint(names) and text[line.end() :].strip()
            return _Block(fields, line.end()) if whole else None
        header = _HEADER.fullmatch(line.group(1))
        name = folded(header.group(1)) if header else ""
        if header is None or name not in _NAMES | _OTHER_NAMES:
            return None
        names.append(name)
        fields.setdefault(_ALIASES.get(name, name), header.group(2) or "")
    return None
