"""Choose articles by where they lie, what they are called, when they appeared and where."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate

from index.records import FiledArticle
from index.snapshot import Snapshot

_WILDCARD = re.compile(r"[*?]|\[.+\]", re.DOTALL)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d-])", re.ASCII)
_FIRST_DAY, _LAST_DAY = "-01-01", "-12-31"
_YEAR = 4


@dataclass(frozen=True, slots=True)
class SelectedArticles:
    """The articles that match, in the order of paths and records.

    `of_texts` holds the ids of those that have each text, in their order, by the text's id; `undated`
    is the number of articles that match but for the date that they lack, or that is not exact enough.
    """

    articles: tuple[FiledArticle, ...]
    of_texts: Mapping[int, Sequence[int]]
    undated: int


def select_articles(
    snapshot: Snapshot,
    *,
    only: str | None = None,
    since: str | None = None,
    before: str | None = None,
    source: str | None = None,
) -> SelectedArticles:
    """Return the articles that all of the given filters let through.

    `only` is a shell pattern for the path as the catalog keeps it, or for the end of it from some
    folder on, as `sport/*` is for `articles/sport/cup.txt`; without wildcards it is a part of the
    path or the title. `source` is a part of the source. Case does not count in either. `since` and
    `before` are ISO dates of a year, a month or a day: an article's own year, month or day has to
    begin no earlier, or to end earlier, than they begin. Where one of them is given, an article
    without a date does not match, nor one of a year or a month of which only a part would.
    """
    is_it = _matching_name(only)
    wanted = _folded(source) if source is not None else None
    articles, undated = [], 0
    for article in snapshot.articles():
        if not is_it(article.path, article.title):
            continue
        if wanted is not None and wanted not in _folded(article.source or ""):
            continue
        if since is not None or before is not None:
            date = _DATE.match(article.date or "")
            if date is None or _may_have_appeared(date.group(), since, before):
                undated += 1
                continue
            if not _appeared(date.group(), since, before):
                continue
        articles.append(article)
    of_texts: dict[int, list[int]] = {}
    for article in articles:
        of_texts.setdefault(article.text_id, []).append(article.id)
    return SelectedArticles(tuple(articles), of_texts, undated)


def _matching_name(only: str | None) -> Callable[[str, str], bool]:
    """Return what tells whether a path and a title are those that are asked for."""
    if only is None:
        return lambda _path, _title: True
    part = _folded(only)
    if not _WILDCARD.search(only):
        return lambda path, title: part in _folded(path) or part in _folded(title)
    anywhere = "(?s:.*/)?" + translate(unicodedata.normalize("NFC", only))
    matches = re.compile(anywhere, re.IGNORECASE).match

    def is_it(path: str, title: str) -> bool:
        shown = unicodedata.normalize("NFC", path)
        # A title may well be a question, whose mark is no wildcard.
        return bool(matches(shown)) or _folded(title) == part

    return is_it


def _appeared(date: str, since: str | None, before: str | None) -> bool:
    """Tell whether the whole of a year, month or day lies in the time asked for.

    ISO dates are in the order of their strings. A month may be taken for one of 31 days: no date
    lies between its own last day and that.
    """
    first, last = _completed(date, _FIRST_DAY), _completed(date, _LAST_DAY)
    return (since is None or first >= _completed(since, _FIRST_DAY)) and (
        before is None or last < _completed(before, _FIRST_DAY)
    )


def _may_have_appeared(date: str, since: str | None, before: str | None) -> bool:
    """Tell whether part of a year or month, and not the whole, lies in the time asked for."""
    first, last = _completed(date, _FIRST_DAY), _completed(date, _LAST_DAY)
    if since is not None:
        first = max(first, _completed(since, _FIRST_DAY))
    overlaps = first <= last and (before is None or first < _completed(before, _FIRST_DAY))
    return overlaps and not _appeared(date, since, before)


def _completed(date: str, day: str) -> str:
    return date + day[len(date) - _YEAR :]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())
