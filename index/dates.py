"""Read a date as people and metadata write it, to the day, month or year that it says for certain."""

import re
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from index.articles import ArticleDate, DateOrigin

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

FIRST_YEAR, LAST_YEAR = 1500, 2100
"""What is read as another year is something else."""

LONGEST_DATE = 100
"""A text of more code points is no date."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_TIME = re.compile(r"(?:(?<=\d)T|(?:,? at)? ?[,;|@·•–—+-]? ?)(?<!\d)\d{1,2}:\d\d.*", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?Z?", re.ASCII)
_COMPACT = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?(?:Z|[+-]\d\d'?\d\d'?)?)?", re.ASCII)
_YEAR_LAST = re.compile(r"(?:(\d{1,2})([-/.]) ?)?(\d{1,2})[-/.] ?(\d{4})", re.ASCII)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d*)?", re.ASCII)
_LAST_EPOCH = 1_900_000_000
"""In 2030: a greater number of ten digits is rather one that begins with a year."""

_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb"),
    *("fi", "pl", "cs", "ru", "uk", "tr", "ar", "zh", "ja", "ko"),
)
"""English is tried first; each other one costs half a millisecond where none fits."""


def read_date(text: str, origin: DateOrigin) -> ArticleDate | None:
    """Return the date that a text is, None where it is none.

    The text is the date alone, with or without a weekday, a time and a zone; it is read as it is
    written, and converted to no other zone. Ten or thirteen digits are seconds or milliseconds
    since 1970, in UTC. A date that says no year in four digits, an impossible one and one
    before `FIRST_YEAR` or after `LAST_YEAR` are none. Of `03/04/2024`, which might be in March or
    in April, the year alone is kept.
    """
    value = _read(" ".join(text.split())) if len(text) <= 2 * LONGEST_DATE else None
    return ArticleDate(value, origin) if value else None


@lru_cache(maxsize=4096)
def _read(text: str) -> str | None:
    if len(text) > LONGEST_DATE:
        return None
    if epoch := _EPOCH.fullmatch(text):
        seconds = int(epoch.group(1))
        return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds < _LAST_EPOCH else None
    if compact := _COMPACT.fullmatch(text):
        return _iso(*map(int, compact.groups()))
    if not _YEAR.search(text):
        return None
    if (time := _TIME.search(text)) and _YEAR.search(text, 0, time.start()):
        text = text[: time.start()]
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
        return _iso(int(year), int(month) if month else None, int(day) if day else None)
    if found := _YEAR_LAST.fullmatch(text):
        first, _, second, year = found.groups()
        return _from_year_last(int(year), int(second), int(first) if first else None)
    return _in_words(text) if any(map(str.isalpha, text)) else None


def _from_year_last(year: int, second: int, first: int | None) -> str | None:
    """Return the date of two numbers before a year, the year alone where both readings are dates."""
    if first is None:
        return _iso(year, second)
    readings = {_iso(year, first, second), _iso(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else _iso(year) if readings else None


def _in_words(text: str) -> str | None:
    """Return what a date with a month's or a weekday's name in it says in whatever order it is read."""
    readings = [parser.get_date_data(text) for parser in _parsers()]
    known: list[int] = []
    for part in ("year", "month", "day"):
        values = {getattr(each.date_obj, part) if part in each.parts else None for each in readings}
        value = values.pop()
        if values or value is None:
            break
        known.append(value)
    return _iso(*known) if known and str(known[0]) in _YEAR.findall(text) else None


@cache
def _parsers() -> tuple["DateDataParser", ...]:
    """Return a parser of days before months and one of months before days, neither of which knows today."""
    from dateparser.date import DateDataParser

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["year"],
        "PREFER_LOCALE_DATE_ORDER": False,
        "PREFER_DAY_OF_MONTH": "first",
        "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001  (of no zone, as its dates are)
        "TIMEZONE": "UTC",
    }
    return tuple(
        DateDataParser(languages=_LANGUAGES, settings=settings | {"DATE_ORDER": order}) for order in ("DMY", "MDY")
    )


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return a date as ISO 8601, None where there is no such day or month."""
    try:
        found = date(year, 1 if month is None else month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return found[:4] if month is None else found[:7] if day is None else found
