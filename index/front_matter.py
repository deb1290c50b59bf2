"""Read the YAML block that may open an article; the text itself stays whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index.articles import ArticleDate, DateOrigin

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = ("title", "headline")
_DATE = ("date", "published", "date_published", "pubdate", "created")
_SOURCE = ("source", "publisher", "publication", "site", "site_name", "agency")
_LEADING_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?$", re.ASCII)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says of the article; the body begins at code point `end`, 0 without one."""

    title: str | None
    date: ArticleDate | None
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
        # The base loader makes text of every value: a title stays as it is written.
        fields = yaml.BaseLoader(block.group(1)).get_single_data()
    except (yaml.YAMLError, RecursionError):
        return NO_FRONT_MATTER
    if not isinstance(fields, Mapping):
        return NO_FRONT_MATTER
    named = {name.lower(): value for name, value in fields.items() if isinstance(name, str)}
    return FrontMatter(
        title=_first(named, _TITLE), date=_iso_date(named), source=_first(named, _SOURCE), end=block.end()
    )


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    values = (fields.get(name) for name in names)
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), None)


def _iso_date(fields: Mapping[str, object]) -> ArticleDate | None:
    """Return the first date that is one without guessing: ISO 8601, with or without a time after it."""
    for name in _DATE:
        value = fields.get(name)
        if isinstance(value, str) and (found := _LEADING_DATE.match(value.strip())):
            try:
                return ArticleDate(date.fromisoformat(found.group(1)).isoformat(), DateOrigin.METADATA)
            except ValueError:
                continue
    return None
