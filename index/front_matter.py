"""Read the YAML block that may open an article; the text itself stays whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = ("title", "headline")
_DATE = ("date", "published", "date_published", "pubdate", "created")
_SOURCE = ("source", "publisher", "publication", "site", "site_name", "agency")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says of the article; the body begins at code point `end`, 0 without one."""

    title: str | None
    date: str | None
    source: str | None
    end: int


NO_FRONT_MATTER = FrontMatter(None, None, None, 0)


def read_front_matter(text: str) -> FrontMatter:
    """Return what a leading `---` block says; a block that is not a YAML mapping says nothing."""
    block = _BLOCK.match(text[:_LONGEST])
    if block is None:
        return NO_FRONT_MATTER
    import yaml

    try:
        fields = yaml.safe_load(block.group(1))
    except (yaml.YAMLError, ValueError):  # ValueError: `date: 2024-13-45`
        return NO_FRONT_MATTER
    if not isinstance(fields, Mapping):
        return NO_FRONT_MATTER
    named = {str(name).lower(): value for name, value in fields.items()}
    return FrontMatter(
        title=_first(named, _TITLE), date=_iso_date(named), source=_first(named, _SOURCE), end=block.end()
    )


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str | int | float) and str(value).strip():
            return " ".join(str(value).split())
    return None


def _iso_date(fields: Mapping[str, object]) -> str | None:
    """Return the first date that is one without guessing: a YAML date, or an ISO 8601 string."""
    for name in _DATE:
        value = fields.get(name)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            try:
                return datetime.fromisoformat(value.strip()).date().isoformat()
            except ValueError:
                continue
    return None
