"""Read the YAML block that may open an article; the text itself stays whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.record_fields import Details, details_of, fold_names

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
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
    """Return what a leading `---` block says; a block that is not a YAML mapping says nothing."""
    block = _read_block(text)
    return FrontMatter(details_of(fold_names(block.fields)), block.end) if block else NO_FRONT_MATTER


def front_matter_end(text: str) -> int:
    """Return the code point at which the body begins, whatever the block before it says."""
    block = _read_block(text)
    return block.end if block else 0


def _read_block(text: str) -> _Block | None:
    block = _BLOCK.match(text[:_LONGEST])
    if block is None:
        return None
    import yaml

    try:
        # The base loader makes text of every value: a title stays as it is written.
        fields = yaml.BaseLoader(block.group(1)).get_single_data()
    except (yaml.YAMLError, RecursionError):
        return None
    return _Block(fields, block.end()) if isinstance(fields, Mapping) else None
