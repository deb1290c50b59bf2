"""What a file of articles holds, once loaded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its text, which is never cut or mended, and what it says of itself.

    `date` is ISO 8601 (`2024-11-15`). `record` is the article's position in a file of several,
    counted from 1, or None where the file is the article.
    """

    text: str
    title: str
    date: str | None
    source: str | None
    record: int | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """The articles of one file, and what a user should be told of it."""

    articles: tuple[Article, ...]
    warnings: tuple[str, ...]
