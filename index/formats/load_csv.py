"""Load tables of comma-, semicolon- or tab-separated values: each row below the header is a record with an article."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from index.articles import Article, Fields, SourceFile, Warn
from index.decode import decode_text
from index.errors import ArticleError
from index.formats.dump import Numbered, read_records
from index.formats.few_warnings import few_warnings
from index.record_fields import fold_names, folded, has_text_field, names_read

MOST_COLUMNS = 10_000

LONGEST_CELL = 10_000_000
"""A cell of more code points is one whose quotation mark is never closed."""

_DELIMITERS = ",;\t|"
_TAB = "\t"
_NONE = "\x1f"
"""Stands in no text: a table of one column has a comma in its cells alone."""


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the articles of the rows below the first one, which names the columns; blank rows are passed over.

    The delimiter is the one that makes a text's column of the header, or the most columns. Of columns of the same name
    the first counts, and `warn` is told. Raises `NotAnArticleError` where there are no rows, `ArticleError` where none
    has an article.
    """
    decoded = decode_text(file.data)
    if decoded.warning:
        warn(decoded.warning)
    csv.field_size_limit(LONGEST_CELL)
    text = decoded.text.removeprefix("\ufeff")
    delimiter = _delimiter(text, fields, _TAB if file.name.lower().endswith(".tsv") else _DELIMITERS[0])
    yield from read_records(_records(text, delimiter, fields, warn), fields=fields, warn=warn)


def _delimiter(text: str, fields: Fields, likely: str) -> str:
    """Return what separates the columns of the header, the one that is `likely` where that leaves it open."""
    headers = {delimiter: next(_rows(text, delimiter), []) for delimiter in _DELIMITERS}
    if max(map(len, headers.values())) < 2:
        return _NONE

    def fitness(delimiter: str) -> tuple[bool, int, bool]:
        columns = dict.fromkeys(headers[delimiter][:MOST_COLUMNS], "")
        return has_text_field(fold_names(columns), fields), len(headers[delimiter]), delimiter == likely

    return max(_DELIMITERS, key=fitness)


def _records(text: str, delimiter: str, fields: Fields, warn: Warn) -> Iterator[Numbered]:
    """Yield the rows below the header by the names of their columns."""
    quoted = True
    if broken := _broken_line(text, delimiter):
        # Tabs need no quotation marks beside them: those that there are may well be the text's own.
        if delimiter == _TAB:
            quoted = False
        elif _broken_line(unescaped := _unescaped(text), delimiter) is None:
            text = unescaped
        else:
            warn(f"a quotation mark is out of place (line {broken}): rows may run together from there")
    rows = _rows(text, delimiter, quoted=quoted)
    header = next(rows, [])
    if len(header) > MOST_COLUMNS:
        raise ArticleError(f"more than {MOST_COLUMNS:,} columns")
    columns: dict[str, int] = {}
    for at, name in enumerate(header):
        columns.setdefault(name, at)
    with few_warnings(warn) as tell:
        for name in _repeated(header, fields):
            tell(f"several columns are named {name}: the first is read")
        for position, row in enumerate(rows, start=1):
            if len(row) > len(header):
                tell(f"record {position} has more cells than there are columns")
            yield Numbered(position, {name: row[at] for name, at in columns.items() if at < len(row)})


def _repeated(header: Sequence[str], fields: Fields) -> Iterator[str]:
    """Yield the names, folded, that several columns have, of those that are looked for."""
    read = names_read(fields)
    for name, count in Counter(map(folded, header)).items():
        if count > 1 and name in read:
            yield name


def _unescaped(text: str) -> str:
    """Return a table as most write it where databases have a backslash before a quotation mark within a cell."""
    return re.sub(r'\\(["\\])', lambda found: '""' if found[1] == '"' else "\\", text)


def _rows(text: str, delimiter: str, *, quoted: bool = True) -> Iterator[list[str]]:
    """Yield the rows that are not blank, with the line ends in their cells as they are."""
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    try:
        yield from filter(None, reader)
    except csv.Error as error:
        raise ArticleError(f"not a table (line {reader.line_num}: {error})") from error


def _broken_line(text: str, delimiter: str) -> int | None:
    """Return the line at which a quotation mark is found to be out of place, None where none is."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error:
        return reader.line_num
    return None
