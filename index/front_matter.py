"""Read the YAML or TOML block, or the lines of headers, that may open an article; the text itself stays whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from index.record_fields import FIELD_NAMES, Details, Record, details_of, fold_names, folded, web_address

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML_BLOCK = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_HEADER = re.compile(r"[*_]{0,2}([A-Za-z][A-Za-z _-]{0,30}?)[*_]{0,2}[ \t]*:[*_]{0,2}(?:[ \t]+(.*?))?[ \t]*")
_FEWEST_HEADERS = 2
_KEY = re.compile(r"([A-Za-z][\w -]{0,30}?)[ \t]*:(?:[ \t]+(.*?))?[ \t]*")
_YAML_MARKS = tuple("[{&*!|>%@`")
_QUOTED = re.compile(r"([\"'])(.*)\1")
_ALIASES = {
    **dict.fromkeys(("paper", "newspapername"), "newspaper"),
    **dict.fromkeys(("by", "reporter", "writer", "writtenby"), "author"),
}
_OTHER_NAMES = frozenset(
    [
        *("categories", "category", "copyright", "dateline", "description", "edition", "issue", "keywords", "language"),
        *("lastmodified", "lastupdated", "location", "modified", "page", "place", "section", "slug", "standfirst"),
        *("subheading", "subheadline", "subtitle", "summary", "tags", "topic", "topics", "type", "updated"),
        *("wordcount", "name"),
    ]
)
"""What headers may say besides; alone, it is rather a list in the text."""

_NAMES = (
    frozenset([*_ALIASES, *(name for field, names in FIELD_NAMES.items() if field != "text" for name in names)])
    - _OTHER_NAMES
)
_OF_THE_FILE = frozenset(["created", "createdat"])
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

    A `---` block that YAML does not take, as for a colon in a title, is read line by line, and one that has no
    names and values then says nothing; a `+++` block is TOML. Headers are lines such as `Title: …`, two or
    more, all with names that are known for an article's, and a blank line after them.
    """
    block = _read_block(text)
    if block is None:
        return NO_FRONT_MATTER
    record = fold_names(block.fields)
    if _is_clipped(record):  # what was created was the file
        record = {name: value for name, value in record.items() if name not in _OF_THE_FILE}
    return FrontMatter(details_of(record), block.end)


def _is_clipped(record: Record) -> bool:
    """Tell whether a block is such as programs write that clip pages from the web."""
    return web_address(record.get("source")) is not None or record.get("published") == ""


def front_matter_end(text: str) -> int:
    """Return the code point at which the body begins, whatever the block before it says."""
    block = _read_block(text)
    return block.end if block else 0


def _read_block(text: str) -> _Block | None:
    head = text[:_LONGEST]
    return _read_yaml(head) or _read_toml(head) or _read_headers(head)


def _read_yaml(text: str) -> _Block | None:
    block = _BLOCK.match(text)
    if block is None:
        return None
    import yaml

    try:
        # The base loader makes text of every value: a title stays as it is written.
        fields = yaml.BaseLoader(block.group(1)).get_single_data()
    except (yaml.YAMLError, RecursionError):
        fields = _by_line(block.group(1))
    return _Block(fields, block.end()) if isinstance(fields, Mapping) else None


def _by_line(block: str) -> Mapping[object, object] | None:
    """Return the names and values of a block that is nearly YAML, each on a line.

    What is indented, or begins as a list's item or a comment does, belongs to something else; a value that YAML has
    marks for says nothing. None where another line is in the block, or no name that is known for an article's.
    """
    fields: dict[object, object] = {}
    for line in block.splitlines():
        if not line.strip() or line[0] in " \t-#":
            continue
        found = _KEY.fullmatch(line)
        if found is None:
            return None
        value = found.group(2) or ""
        if value[:1] in _YAML_MARKS:
            continue
        quoted = _QUOTED.fullmatch(value)
        fields.setdefault(found.group(1), quoted.group(2) if quoted else value)
    return fields if any(folded(str(name)) in _NAMES for name in fields) else None


def _read_toml(text: str) -> _Block | None:
    block = _TOML_BLOCK.match(text)
    if block is None:
        return None
    import tomllib

    try:
        fields = tomllib.loads(block.group(1).replace("\r\n", "\n"))
    except (ValueError, RecursionError):  # numbers of thousands of digits, too
        return None
    plain: dict[object, object] = {
        name: value.isoformat() if isinstance(value, date | time) else value for name, value in fields.items()
    }
    return _Block(plain, block.end())


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
