"""Tell which of a record's fields is what: its text, its title, when, where and by whom it was published."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from index.articles import NO_FIELDS, ArticleDate, DateOrigin, Fields
from index.dates import read_date
from index.spans import trimmed

FIELD_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": (
            *("text", "body", "content", "articlebody", "article", "story", "fulltext", "maintext", "articletext"),
            *("bodytext", "document"),
        ),
        "title": ("title", "headline", "name"),
        "date": (
            *("date", "published", "publishedat", "publishedon", "publishdate", "publisheddate", "publicationdate"),
            *("datepublished", "datepublish", "pubdate", "postedat", "createdat", "created", "datetime", "timestamp"),
        ),
        "source": (
            *("source", "publisher", "publication", "sourcename", "site", "sitename", "outlet", "newspaper", "agency"),
            *("domain", "sourcedomain"),
        ),
        "author": ("author", "authors", "byline", "creator"),
        "id": ("id", "guid", "uuid", "articleid", "docid"),
        "url": ("url", "link", "canonicalurl", "articleurl", "weburl", "sourceurl", "permalink"),
    }
)
"""What an article's fields are called, the likeliest name first, as `folded` writes names."""

LONGEST_VALUE = 300
"""A title, a source or an author of more code points is cut."""

_LONGEST_READ = 10_000
_MOST_AUTHORS = 20
_GREATEST_NUMBER = 10**15
_LONGEST_URL = 2_000
_INNER = ("name", "rendered", "$date", "$oid")
_INNER_TEXT = ("rendered", "text", "content", "value")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_BY = re.compile(r"^by:? ", re.IGNORECASE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
_URL = re.compile(r"https?://[^\s/\ud800-\udfff][^\s\ud800-\udfff]*")
_SURROGATE = re.compile("[\ud800-\udfff]")

_T = TypeVar("_T")

Record = Mapping[str, object]
"""A record's values by their folded names."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a record says of its article, but for the text."""

    title: str | None = None
    date: ArticleDate | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    id: str | None = None


@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Return a field's name as names are compared: without case, white space, `_` and `-`."""
    return _BETWEEN_WORDS.sub("", name).casefold()


def fold_names(record: Mapping[Any, object]) -> Record:
    """Return a record by its folded names; of two that are the same then, the first one counts."""
    return {folded(name): record[name] for name in reversed(list(record)) if isinstance(name, str)}


def names_read(fields: Fields) -> frozenset[str]:
    """Return the names, folded, that are looked for in a record."""
    return frozenset(name for names in FIELD_NAMES.values() for name in names).union(map(folded, fields.values()))


def text_of(record: Record, fields: Fields = NO_FIELDS) -> str | None:
    """Return a record's text as it stands, None where no field has one that is more than white space.

    Paragraphs in a list come with a blank line between them. A lone surrogate, which nothing can store,
    becomes U+FFFD.
    """
    values = list(_values(record, "text", fields))
    whole = (value for value in values if isinstance(value, str))
    pieces = (text for text in map(_text, values) if text is not None)
    return next((_storable(text) for text in (*whole, *pieces) if trimmed(text, 0, len(text))), None)


def details_of(record: Record, fields: Fields = NO_FIELDS) -> Details:
    """Return what a record says of its article; a name in `fields` goes before the usual ones.

    A `source` that is a web address is the article's own, and its host the source; others are the publisher's.
    """
    urls = (*_values(record, "url", fields), record.get("source"))
    return Details(
        title=_first(map(_words, _values(record, "title", fields))),
        date=_first(map(_date, _values(record, "date", fields))),
        source=_first(map(_source, _values(record, "source", fields))),
        author=_first(map(_author, _values(record, "author", fields))),
        url=_first(map(web_address, urls)),
        id=_first(map(_id, _values(record, "id", fields))),
    )


def has_text_field(record: Record, fields: Fields = NO_FIELDS) -> bool:
    """Tell whether a record has a field for the text, if only an empty one."""
    return any(_text(value) is not None for value in _values(record, "text", fields))


def _values(record: Record, field: str, fields: Fields) -> Iterator[object]:
    """Yield what a record has for one of an article's fields, the likeliest first."""
    named = (folded(fields[field]),) if field in fields else ()
    return (record[name] for name in (*named, *FIELD_NAMES[field]) if name in record)


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _text(value: object) -> str | None:
    """Return a text, that of `{"rendered": …}`, or those in a list; None where a value has none."""
    if not isinstance(value, list):
        return _single_text(value)
    texts = [text for text in map(_single_text, value) if text is not None]
    return "\n\n".join(texts) if texts else None


def _single_text(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = _first(value.get(name) for name in _INNER_TEXT)
    return value if isinstance(value, str) else None


def _words(value: object) -> str | None:
    """Return a value as one line; that of `{"name": …}` is the name."""
    if isinstance(value, Mapping):
        value = _first(value.get(name) for name in _INNER)
    if not isinstance(value, str):
        return None
    line = " ".join(_storable(value[:_LONGEST_READ]).split())
    return (line if len(line) <= LONGEST_VALUE else line[:LONGEST_VALUE].rstrip() + "…") or None


def _author(value: object) -> str | None:
    """Return an author, or several with a comma between them, without the word `By`."""
    values = value[:_MOST_AUTHORS] if isinstance(value, list) else [value]
    line = _words(", ".join(filter(None, map(_words, values))))
    return _WIKI_LINK.sub(r"\1", _BY.sub("", line, count=1)) or None if line else None


def _source(value: object) -> str | None:
    """Return the name of a publisher, or the host of its address."""
    line = _words(value)
    if line is None or web_address(line) is None:
        return line
    try:
        host = urlsplit(line).hostname
    except ValueError:  # brackets that are no address
        return line
    return host.removeprefix("www.") if host else line


def _date(value: object) -> ArticleDate | None:
    """Return the date of a value; a number is a year, or counts from 1970."""
    if isinstance(value, Mapping):
        value = _first(value.get(name) for name in _INNER)
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < _GREATEST_NUMBER):
        value = str(value)
    return read_date(value, DateOrigin.METADATA) if isinstance(value, str) else None


def web_address(value: object) -> str | None:
    """Return a value where it is an address of the web."""
    return value if isinstance(value, str) and len(value) <= _LONGEST_URL and _URL.fullmatch(value) else None


def _id(value: object) -> str | None:
    """Return what a record is called, as one line; whole numbers are called by themselves."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _GREATEST_NUMBER:
        return str(value)
    return _words(value)


def _storable(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
