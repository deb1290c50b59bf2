"""Narrow a question to some of the articles: what is asked for, and what to say of it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from index.articles import DateOrigin
from index.errors import UsageError

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_FIRST_DAY = "-01-01"

LONGEST_FILTER = 1_000
"""In code points: the time to read a pattern grows with the square of its open brackets."""

_YEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which articles a question is asked of: those that everything given here lets through.

    `only` is a shell pattern for the path, or for the end of it from some folder on, as `sport/*` is, or a whole
    title; without wildcards, a part of the path or of the title. `source` is a part of the source.
    `since` and `before` are ISO dates of a year, a month or a day. What is None is not asked for.
    Raises `UsageError` for what is no date, empty or too long.
    """

    only: str | None = None
    since: str | None = None
    before: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        for name, text in (("pattern", self.only), ("source", self.source)):
            if text is not None and not text.strip():
                raise UsageError(f"the {name} is empty", "give one, or leave it out to ask all articles")
            if text is not None and len(text) > LONGEST_FILTER:
                raise UsageError(f"the {name} has {len(text):,} characters", f"give one of {LONGEST_FILTER:,} at most")
        for text in (self.since, self.before):
            if text is not None:
                parse_date(text)

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.only, self.since, self.before, self.source))

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.as_mapping().items())

    def as_mapping(self) -> Mapping[str, str]:
        """Return what is given, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}


EVERYTHING = Narrowing()
"""The narrowing that leaves every article."""


@dataclass(frozen=True, slots=True)
class Selection:
    """How many articles a narrowing leaves, and how many it leaves out only for want of an exact date."""

    articles: int
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """An article in a list of them. `path` is absolute."""

    title: str
    path: Path
    record: int | None
    date: str | None
    source: str | None


def parse_date(text: str) -> str:
    """Return a date of a year, a month or a day in ISO 8601; raise `UsageError` where it is none."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat(text + _FIRST_DAY[len(text) - _YEAR :])
    except ValueError as error:
        raise UsageError(
            f"{text or 'nothing'} is not a date", "give a year, a month or a day, as in 2024, 2024-11 or 2024-11-15"
        ) from error
    return text


def read_filter_date(text: str) -> str:
    """Return a date as people write it, `March 2024` or `5 July 2023`, in ISO 8601, as `parse_date` does."""
    if _DATE.fullmatch(text):
        return parse_date(text)
    from index.dates import read_date  # what reads dates in words is slow to load

    found = read_date(text, DateOrigin.METADATA)
    # Of 03/04/2024 the year alone is certain, which is not what was meant.
    return parse_date(found.value if found and len(found.value) > _YEAR else text)


def undated_line(count: int) -> str:
    """Say how many articles a filter of dates left out for want of one that is exact enough."""
    return f"{count} {'article' if count == 1 else 'articles'} without an exact date left out"


def nothing_left(narrowing: Narrowing, undated: int) -> UsageError:
    """Return the error that says that a narrowing leaves no article to ask."""
    also = f" ({undated_line(undated)})" if undated else ""
    return UsageError(f"no article matches: {narrowing}{also}", "give a wider filter, or none")
