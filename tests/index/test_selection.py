"""Selection over a catalog: patterns, dates of any precision, sources, and the same as a naive oracle."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.catalog import Catalog
from index.hashing import text_hash
from index.listing import ListedArticle
from index.records import FiledArticle, Recipe
from index.schema import create_catalog
from index.selection import SelectedArticles, select_articles
from index.snapshot import Snapshot
from index.store import Store
from tests.fakes import HashingEmbedder
from tests.index.stored import Entry, cut, looking, publish

TEXTS = ("The council met.", "The flood closed two bridges.", "A novelist won the prize.")


def _file(path: str, *articles: ListedArticle) -> Entry:
    return Entry(path, 1, 0, "0" * 64, articles)


def _article(
    text: str = TEXTS[0],
    *,
    title: str = "Council",
    day: str | None = None,
    source: str | None = None,
    record: int | None = None,
) -> ListedArticle:
    return ListedArticle(
        text_sha256=text_hash(text),
        title=title,
        date=ArticleDate(day, DateOrigin.METADATA) if day else None,
        source=source,
        record=record,
    )


@contextmanager
def _catalog_of(entries: Sequence[Entry]) -> Iterator[Snapshot]:
    """Publish files whose articles have texts of `TEXTS`, and look at them."""
    with TemporaryDirectory() as name:
        store = Store(Path(name) / ".qa")
        store.create()
        with closing(create_catalog(store.catalog)) as connection:
            catalog = Catalog(connection, store)
            recipe = catalog.begin_recipe(
                Recipe(0, "fingerprint", "folder", "hashing", HashingEmbedder.dimensions, 2, 120), after=0
            )
            catalog.stage(recipe, [cut(text) for text in TEXTS])
            publish(catalog, recipe, *entries)
            with looking(store) as snapshot:
                yield snapshot


def _select(entries: Sequence[Entry], **filters: str) -> SelectedArticles:
    with _catalog_of(entries) as snapshot:
        return select_articles(snapshot, **filters)


@pytest.mark.parametrize(
    ("only", "matches"),
    [
        ("sport/2024/Final.txt", True),
        ("sport/*", True),
        ("SPORT/*.TXT", True),
        ("sp*/final.txt", True),
        ("final.*", True),
        ("[ef]inal.txt", True),
        ("[!f]inal.txt", False),
        ("?inal.txt", True),
        ("*.md", False),
        ("2024", True),
        ("2024/*", True),
        ("024/*", False),
        ("port/20", True),
        ("cup", True),
        ("CAFÉ", True),
        ("Cafe\u0301", True),
        ("Cup*", False),
        ("[", False),
        ("chess", False),
    ],
)
def test_pattern(only: str, *, matches: bool) -> None:
    """A pattern is for the path from some folder on; without wildcards it is a part of path or title."""
    selected = _select([_file("sport/2024/Final.txt", _article(title="The Cup at the Café"))], only=only)
    assert bool(selected.articles) == matches


def test_title_that_is_a_question() -> None:
    """A whole title is found, though it has the marks of a pattern."""
    entries = [_file("a.txt", _article(title="Why did it [really] fall?"))]
    assert _select(entries, only="why did it [really] fall?").articles
    assert not _select(entries, only="why did it [really]?").articles


@pytest.mark.parametrize(("only", "matches"), [("re\u0301sume\u0301.*", True), ("r?sum?.txt", True), ("rés", True)])
def test_accents_match_however_they_are_spelled(only: str, *, matches: bool) -> None:
    """A file name with accents as marks of their own is matched as one with accented letters."""
    assert bool(_select([_file("re\u0301sume\u0301.txt", _article())], only=only).articles) == matches


@pytest.mark.parametrize(
    ("source", "matches"),
    [("icaro", True), ("MEDIA", True), ("ICARO Media Group", True), ("Reuters", False), ("*", False)],
)
def test_source(source: str, *, matches: bool) -> None:
    """A source is a part of the article's, whatever the case."""
    entries = [_file("a.txt", _article(source="ICARO Media Group")), _file("b.txt", _article())]
    assert [article.path for article in _select(entries, source=source).articles] == ["a.txt"] * matches


_PRECISIONS = [
    # date, filter, since it, before it
    ("2024-11-15", "2024-11-15", True, False),
    ("2024-11-15", "2024-11-16", False, True),
    ("2024-11-15", "2024-11", True, False),
    ("2024-11-15", "2024-12", False, True),
    ("2024-11-15", "2024", True, False),
    ("2024-11-15", "2025", False, True),
    ("2024-11", "2024-11-01", True, False),
    ("2024-11", "2024-11-02", False, False),
    ("2024-11", "2024-11-30", False, False),
    ("2024-11", "2024-12-01", False, True),
    ("2024-02", "2024-03", False, True),
    ("2024-11", "2024-11", True, False),
    ("2024-11", "2024", True, False),
    ("2024", "2024", True, False),
    ("2024", "2024-01-01", True, False),
    ("2024", "2024-02", False, False),
    ("2024", "2025-01", False, True),
    ("2024-11-15T10:30:00Z", "2024-11-15", True, False),
    ("0999", "1000", False, True),
]


@pytest.mark.parametrize(("day", "asked", "since", "before"), _PRECISIONS)
def test_dates_of_any_precision(day: str, asked: str, *, since: bool, before: bool) -> None:
    """A year or month lies in a time only as a whole: it begins no earlier, or ends before it begins."""
    entries = [_file("a.txt", _article(day=day))]
    assert bool(_select(entries, since=asked).articles) == since
    assert bool(_select(entries, before=asked).articles) == before


def test_undated_articles_are_counted_where_dates_are_asked_for() -> None:
    """Only those are counted that the other filters let through, and none where no date is asked for."""
    entries = [_file("a.txt", _article(day="2024")), _file("b.txt", _article()), _file("c.md", _article(day="soon"))]
    assert [_select(entries, since="2023").undated, _select(entries, before="2023", only="*.txt").undated] == [2, 1]
    assert _select(entries, only="*.txt").undated == 0
    assert len(_select(entries, only="*.txt").articles) == 2


def test_no_article_may_have_appeared_in_no_time() -> None:
    """Where the time ends before it begins, an article of a year is not counted as one that might have."""
    entries = [_file("a.txt", _article(day="2024"))]
    assert [_select(entries, since="2024-02", before=end).undated for end in ("2024-02", "2024-03")] == [0, 1]


def test_matching_copies_of_a_text_are_named() -> None:
    """Of several articles with one text, those that match are named, in the order of paths and records."""
    entries = [
        _file("c.txt", _article(source="B")),
        _file("a.txt", _article(source="A")),
        _file("b.txt", _article(source="B", record=2), _article(TEXTS[1], source="B", record=1)),
    ]
    with _catalog_of(entries) as snapshot:
        selected = select_articles(snapshot, source="b")
        assert [(article.path, article.record) for article in selected.articles] == [
            ("b.txt", 1),
            ("b.txt", 2),
            ("c.txt", None),
        ]
        found = {text_id: [snapshot.place(id) for id in ids] for text_id, ids in selected.of_texts.items()}
        named = sorted([(place.path.name, place.record) for place in places] for places in found.values())
        assert named == [[("b.txt", 1)], [("b.txt", 2), ("c.txt", None)]]
        assert all(place.text_id == text_id for text_id, places in found.items() for place in places)


_DAYS = st.sampled_from((None, "2023", "2024", "2024-01", "2024-02", "2024-12", "2024-02-01", "2024-02-29", "2025-01"))
_SOURCES = st.sampled_from((None, "Reuters", "reuters uk", "AP"))
_PATTERNS = ("*", "a*", "*/b.txt", "news/*", "NEWS", "b.txt", "[ab].*", "?.md", "bridge", "flood*")
_ARTICLES = st.builds(
    _article,
    st.sampled_from(TEXTS),
    title=st.sampled_from(("Bridges closed", "The FLOOD", "Prize")),
    day=_DAYS,
    source=_SOURCES,
)
_CATALOGS = st.dictionaries(
    st.sampled_from(("news/a.txt", "news/b.txt", "sport/A.md", "b.txt", "ab.txt", "c.md")), _ARTICLES, min_size=1
)


@st.composite
def _filters(draw: st.DrawFn) -> dict[str, str]:
    drawn = {
        "only": draw(st.sampled_from((None, *_PATTERNS))),
        "since": draw(_DAYS),
        "before": draw(_DAYS),
        "source": draw(st.sampled_from((None, "REUTERS", "uk", "a"))),
    }
    return {name: value for name, value in drawn.items() if value is not None}


def _days(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    year, *rest = (int(part) for part in text.split("-"))
    first_month, last_month = (rest[0], rest[0]) if rest else (1, 12)
    last_day = monthrange(year, last_month)[1]
    first, last = (rest[1], rest[1]) if len(rest) == 2 else (1, last_day)
    return date(year, first_month, first), date(year, last_month, last)


def _lets_through(filters: dict[str, str], article: FiledArticle) -> bool:
    """Say what selection means, article by article."""
    only, path = filters.get("only", "*").casefold(), article.path.casefold()
    if any(character in only for character in "*?["):
        folders = path.split("/")
        named = any(fnmatchcase("/".join(folders[at:]), only) for at in range(len(folders)))
    else:
        named = only in path or only in article.title.casefold()
    sourced = "source" not in filters or filters["source"].casefold() in (article.source or "").casefold()
    if not ("since" in filters or "before" in filters):
        return named and sourced
    if article.date is None:
        return False
    first, last = _days(article.date)
    late = "since" not in filters or first >= _days(filters["since"])[0]
    early = "before" not in filters or last < _days(filters["before"])[0]
    return named and sourced and late and early


def _might_be_let_through(filters: dict[str, str], article: FiledArticle) -> bool:
    """Say whether an article would match if it had appeared on some day that its date leaves open."""
    if article.date is None:
        return True
    first, last = _days(article.date)
    days = (first + timedelta(days) for days in range((last - first).days + 1))
    return any(_lets_through(filters, article._replace(date=day.isoformat())) for day in days)


@settings(max_examples=60, deadline=None, database=None)
@given(files=_CATALOGS, filters=_filters())
def test_selection_is_that_of_a_naive_oracle(files: dict[str, ListedArticle], filters: dict[str, str]) -> None:
    """The selected articles and texts are those that the meaning of the filters lets through, one by one."""
    timeless = {name: value for name, value in filters.items() if name in ("only", "source")}
    with _catalog_of([_file(path, article) for path, article in files.items()]) as snapshot:
        wanted = [article for article in snapshot.articles() if _lets_through(filters, article)]
        named = [article for article in snapshot.articles() if _lets_through(timeless, article)]
        selected = select_articles(snapshot, **filters)
    assert list(selected.articles) == wanted
    assert set(selected.of_texts) == {article.text_id for article in wanted}
    left_out = [article for article in named if article not in wanted and _might_be_let_through(filters, article)]
    assert selected.undated == (len(left_out) if timeless != filters else 0)
