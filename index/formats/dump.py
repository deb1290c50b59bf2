"""Make articles of the records of a dump, whatever its format."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from index.articles import Article, Fields, Warn
from index.errors import ArticleError, NotAnArticleError
from index.formats.markup_record import shown_text
from index.headline import read_headline
from index.record_fields import FIELD_NAMES, Record, details_of, fold_names, folded, has_text_field, text_of
from index.sentences import split_sentences

_HEAD = 500
"""A title, a source and an author are looked for in as many code points, where no field has them."""

_MOST_NAMES = 20
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Numbered:
    """A record and its position in its file, counted from 1; None where it is all of the file."""

    position: int | None
    values: Mapping[str, object]


@dataclass(slots=True)
class _Seen:
    """What the records so far had."""

    names: dict[str, None] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    records: int = 0
    articles: int = 0
    has_text_field: bool = False

    def note(self, values: Mapping[str, object], record: Record, fields: Fields) -> None:
        """Count a record, and note its fields."""
        self.records += 1
        if len(self.names) <= _MOST_NAMES:
            self.names |= dict.fromkeys(islice(values, _MOST_NAMES + 1))
        self.wanted |= {name for name in fields.values() if folded(name) in record}
        self.has_text_field = self.has_text_field or has_text_field(record, fields)
        self.known |= {each for each, names in FIELD_NAMES.items() if not record.keys().isdisjoint(names)}

    def has(self, name: str, fields: Fields) -> bool:
        """Tell whether some record had a field of a usual name for that which `name` was given for."""
        return any(each in self.known for each, given in fields.items() if given == name)


def read_records(records: Iterable[Numbered], *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield an article for each record that has a text, one at a time; warn of how many have none.

    A name in `fields` that is no record's is warned of, since another file may have it. Raises
    `ArticleError`, once all have been read, where no field is known to hold the text,
    `NotAnArticleError` where there is nothing in it.
    """
    seen = _Seen()
    for numbered in records:
        record = fold_names(numbered.values)
        seen.note(numbered.values, record, fields)
        text = text_of(record, fields)
        if text is not None:
            seen.articles += 1
            yield _article(text, record, fields, numbered.position)
    _check(seen, fields, warn)
    if without := seen.records - seen.articles:
        warn(f"{without} record{' has' if without == 1 else 's have'} no text")


def _article(text: str, record: Record, fields: Fields, position: int | None) -> Article:
    """Return a record's article; what no field says is read in the first lines of its text."""
    details = details_of(record, fields)
    shown = shown_text(text)
    text = shown.text
    head = None
    if not (details.title and details.source and details.author):
        opening = text[:_HEAD]
        head = read_headline(opening, split_sentences(opening))
    return Article(
        text=text,
        title=unescape(details.title or "") or (head.title if head else ""),
        date=details.date,
        source=details.source or (head.source if head else None),
        author=details.author or (head.author if head else None),
        url=details.url,
        record=position,
        record_id=details.id,
        landmarks=shown.landmarks,
    )


def _check(seen: _Seen, fields: Fields, warn: Warn) -> None:
    missing = [name for name in fields.values() if name not in seen.wanted]
    if not seen.records:
        raise NotAnArticleError("empty")
    if not seen.articles and seen.has_text_field:
        raise NotAnArticleError("empty")
    if not seen.articles:
        problem = f"no record has a field {missing[0]}" if missing else "no field holds the text"
        raise ArticleError(f"{problem} (it has: {listed(seen.names)}); name it with --field text=NAME")
    # Another file may have it; what this one has under a usual name will do.
    for name in missing:
        if not seen.has(name, fields):
            warn(f"no record has a field {name} (it has: {listed(seen.names)})")


def listed(names: Iterable[str]) -> str:
    """Return names of fields on one line, as many as fit there."""
    shown = [" ".join(name[:_LONGEST_NAME].split()) for name in islice(names, _MOST_NAMES + 1)]
    return ", ".join([*shown[:_MOST_NAMES], *(["…"] if len(shown) > _MOST_NAMES else [])])
