"""Load JSON lines: each line's object is a record with an article."""

import json
from collections.abc import Iterator

from index.articles import Article, Fields, SourceFile, Warn
from index.decode import decode_text
from index.errors import ArticleError
from index.formats.dump import Numbered, read_records
from index.formats.few_warnings import few_warnings

_BLANK = "\ufeff \t\r"


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the articles of the lines, which are parsed one at a time; a line that is no object is passed over.

    A record's position counts the lines that are not blank. Raises `NotAnArticleError` where all are, and
    `ArticleError` where none has an article.
    """
    decoded = decode_text(file.data)
    if decoded.warning:
        warn(decoded.warning)
    yield from read_lines(decoded.text, fields=fields, warn=warn)


def read_lines(text: str, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the articles of JSON lines."""
    yield from read_records(_records(text, warn), fields=fields, warn=warn)


def _records(text: str, warn: Warn) -> Iterator[Numbered]:
    """Yield the objects of the lines."""
    position = good = 0
    with few_warnings(warn) as tell:
        for number, line in enumerate(_lines(text), start=1):
            if not line.strip(_BLANK):
                continue
            position += 1
            value = _parsed(line.strip(_BLANK))
            if isinstance(value, dict):
                good += 1
                yield Numbered(position, value)
            else:
                tell(f"line {number} is no JSON object")
    if position and not good:
        raise ArticleError("no line is a JSON object")


def _parsed(line: str) -> object:
    """Return what a line holds, None where it is not JSON, has a number too long or is nested too deeply."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _lines(text: str) -> Iterator[str]:
    """Yield lines, which in JSON end with a line feed alone: other line ends may be part of a string."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end + 1
