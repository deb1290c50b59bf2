"""What a file of articles holds, once loaded."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol


class LandmarkKind(StrEnum):
    """What a landmark is: the start of a page, or a heading."""

    PAGE = "page"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place in an article's text that a citation can name.

    The page `label`, as the document numbers or names it, or the text under the heading `label`,
    begins at code point `start`.
    """

    start: int
    kind: LandmarkKind
    label: str


def read_landmarks(kept: str) -> tuple[Landmark, ...]:
    """Return landmarks as the catalog keeps them; raise `ValueError` or `TypeError` where they are damaged."""
    landmarks = tuple(Landmark(start, LandmarkKind(kind), label) for start, kind, label in json.loads(kept))
    if not all(isinstance(each.start, int) and isinstance(each.label, str) for each in landmarks):
        raise TypeError(kept)
    return landmarks


class DateOrigin(StrEnum):
    """Where an article's date was found."""

    METADATA = "metadata"
    DATELINE = "dateline"
    FILE_NAME = "file name"


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """When an article appeared, as far as it says: ISO 8601, of a year, a month or a day.

    `2024`, `2024-11` and `2024-11-15` are all dates; what is not known is not made up.
    """

    value: str
    origin: DateOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its text, which is never cut or mended, and what it says of itself.

    `record` is the article's position in a file of several, counted from 1, or None where the file
    is the article; `record_id` is what the file calls it. `url` begins with `http://` or `https://`.
    `landmarks` are in the order of their starts, and few: an article of a thousand pages has as many.
    """

    text: str
    title: str
    date: ArticleDate | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    record: int | None = None
    record_id: str | None = None
    landmarks: tuple[Landmark, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be loaded: its name, with its ending but for that of a compression, and its bytes."""

    name: str
    data: bytes


Fields = Mapping[str, str]
"""Which names a dump's records have for the fields of an article: `{"text": "story"}`."""

NO_FIELDS: Fields = MappingProxyType({})

Warn = Callable[[str], None]
"""Be told what a user should know of a file that is indexed all the same."""


class Loader(Protocol):
    """Read one file as articles."""

    def __call__(self, file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
        """Yield the file's articles, in its order.

        Raises `ArticleError` where the file cannot be read, `NotAnArticleError` where it holds no
        article.
        """
