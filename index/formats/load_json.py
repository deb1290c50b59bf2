"""Load JSON: an array of records, an object that has one, or an object that is one article."""

import json
from collections.abc import Iterator

from index.articles import Article, Fields, SourceFile, Warn
from index.decode import decode_text
from index.errors import ArticleError, NotAnArticleError
from index.formats.dump import Numbered, listed, read_records
from index.formats.few_warnings import few_warnings
from index.formats.load_jsonl import read_lines
from index.record_fields import fold_names, has_text_field, text_of

_ARRAYS = ("articles", "data", "items", "records", "docs", "results")
_EXTRA = "Extra data"


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the articles of a JSON file, or of one that has JSON lines in it.

    Raises `NotAnArticleError` where nothing is in it, `ArticleError` where it is not JSON, or has no articles.
    """
    decoded = decode_text(file.data)
    text = decoded.text.removeprefix("\ufeff")
    if not text.strip():
        raise NotAnArticleError("empty")
    if decoded.warning:
        warn(decoded.warning)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != _EXTRA:
            raise ArticleError(f"not valid JSON (line {error.lineno}, column {error.colno})") from error
        yield from read_lines(text, fields=fields, warn=warn)
        return
    except ValueError as error:
        raise ArticleError("not valid JSON (a number is too long)") from error
    except RecursionError as error:
        raise ArticleError("not valid JSON (nested too deeply)") from error
    yield from read_records(_records(value, fields, warn), fields=fields, warn=warn)


def _records(value: object, fields: Fields, warn: Warn) -> Iterator[Numbered]:
    """Yield the records of a file, or the one that it is."""
    array = _array(value, fields)
    if array is None:
        assert isinstance(value, dict)
        yield Numbered(None, value)
        return
    if array and not any(isinstance(record, dict) for record in array):
        raise ArticleError("no articles in it: an array without objects")
    with few_warnings(warn) as tell:
        for position, record in enumerate(array, start=1):
            if isinstance(record, dict):
                yield Numbered(position, record)
            else:
                tell(f"record {position} is no object")


def _array(value: object, fields: Fields) -> list[object] | None:
    """Return the array of a file's records, None where the file is one record."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise ArticleError("no articles in it: neither an array nor an object")
    record = fold_names(value)
    arrays = [array for name in _ARRAYS if isinstance(array := record.get(name), list)]
    for array in arrays:
        if any(isinstance(each, dict) and text_of(fold_names(each), fields) for each in array):
            return array
    if has_text_field(record, fields):
        return None
    if not arrays:
        raise ArticleError(f"no articles in it: an object with {listed(value) or 'nothing'}")
    return arrays[0]
