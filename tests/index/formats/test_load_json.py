"""Loading JSON: an array of records, or one article."""

import json

import pytest
from hypothesis import given, settings

from index.articles import NO_FIELDS, Article
from index.errors import ArticleError, NotAnArticleError
from index.formats.few_warnings import MOST_WARNINGS
from tests.index.formats.damage import damaged
from tests.index.formats.loading import Loaded, loaded

TEXT = "The council met on Monday. It approved the budget."
RECORDS = [{"title": "A", "text": TEXT}, {"title": "B", "text": TEXT}]
ARTICLES = (Article(text=TEXT, title="A", record=1), Article(text=TEXT, title="B", record=2))


def read(value: object, **fields: str) -> Loaded:
    data = value if isinstance(value, bytes) else json.dumps(value, indent=1).encode()
    return loaded("load_json", data, fields=fields or NO_FIELDS)


def test_array_of_records() -> None:
    """Each object of an array is a record, counted from 1."""
    assert read(RECORDS) == Loaded(ARTICLES, ())


@pytest.mark.parametrize("name", ["articles", "Data", "items", "records", "docs", "results"])
def test_array_in_an_object(name: str) -> None:
    """An object may have the array, beside what it says of the whole."""
    assert read({"status": "ok", "total": 2, name: RECORDS}) == Loaded(ARTICLES, ())


def test_array_with_texts_goes_before_another() -> None:
    """Of several arrays, the one whose records have texts is that of the articles."""
    assert read({"data": [], "items": [{"id": 1}], "results": RECORDS}) == Loaded(ARTICLES, ())


def test_array_goes_before_the_object() -> None:
    """An object with articles is not one itself, whatever it is described by."""
    assert read({"text": "All of May.", "articles": RECORDS}) == Loaded(ARTICLES, ())


@pytest.mark.parametrize("more", [{}, {"items": []}, {"items": ["a"]}, {"items": [{"src": "a.png"}]}])
def test_object_is_an_article(more: dict[str, object]) -> None:
    """An object with a text is all of its file's, and no record."""
    assert read({"title": "A", "text": TEXT, **more}).article == Article(text=TEXT, title="A")


def test_named_field() -> None:
    """The text is read by the name that is given for it, in an array, an array within or the object itself."""
    for value in ([{"prose": TEXT}], {"docs": [{"prose": TEXT}]}, {"prose": TEXT}):
        assert read(value, text="prose").article.text == TEXT


def test_json_lines_are_read_too() -> None:
    """A file of JSON lines is one whatever its name ends in."""
    data = "\n".join(map(json.dumps, RECORDS)).encode()
    assert read(data) == Loaded(ARTICLES, ())


def test_what_is_no_object_is_passed_over() -> None:
    """A record that is no object is told by its position, and a few of them one by one."""
    found = read([*RECORDS, *[None] * (MOST_WARNINGS + 1), {}])
    assert found.articles == ARTICLES
    assert found.warnings[0] == "record 3 is no object"
    assert found.warnings[MOST_WARNINGS:] == ("… and 1 more", "1 record has no text")


@pytest.mark.parametrize("value", [b"", b" \n", b"\xef\xbb\xbf", [], {"articles": []}, {"text": " "}, [{"text": ""}]])
def test_nothing_is_no_article(value: object) -> None:
    """A file of nothing, of no records and of empty texts holds no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        read(value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({}, "no articles in it: an object with nothing"),
        ({"name": "qa", "version": "1.0"}, "no articles in it: an object with name, version"),
        ([1, "a", None], "no articles in it: an array without objects"),
        ([[TEXT]], "no articles in it: an array without objects"),
        ("text", "no articles in it: neither an array nor an object"),
        (7, "no articles in it: neither an array nor an object"),
        ([{"id": 1}], "no field holds the text (it has: id); name it with --field text=NAME"),
        ({"data": [{"id": 1}]}, "no field holds the text (it has: id); name it with --field text=NAME"),
        (b"{\n 'a': 1}", "not valid JSON (line 2, column 2)"),
        (b'[{"text": "cut', "not valid JSON (line 1, column 11)"),
        (b"{} {]", "no line is a JSON object"),
        (b"[" * 100_000, "not valid JSON (nested too deeply)"),
        (b'{"a":' * 100_000, "not valid JSON (nested too deeply)"),
        (b"[" + b"1" * 5_000 + b"]", "not valid JSON (a number is too long)"),
    ],
)
def test_reason_is_told(value: object, reason: str) -> None:
    """A file without articles fails with what is in it instead."""
    with pytest.raises(ArticleError) as error:
        read(value)
    assert str(error.value).startswith(reason)


def test_odd_values_are_read() -> None:
    """Numbers that are none and names twice do not stop the reading."""
    data = b'[{"text": "a", "text": "b", "score": NaN, "date": -Infinity, "url": 1e999}]'
    assert read(data).article.text == "b"


def test_deep_record_is_read() -> None:
    """A record as deep as JSON is read at all costs nothing in the fields that are not looked at."""
    data = b'[{"text": "a", "author": ' + b"[" * 500 + b"]" * 500 + b"}]"
    assert read(data).article.author is None


DUMP = json.dumps({"articles": [{"title": "A", "text": TEXT}, {"text": "Zürich 😀"}, 1]}, ensure_ascii=False).encode()


@given(damaged(DUMP))
@settings(max_examples=500)
def test_damaged_file_is_read_or_refused(data: bytes) -> None:
    """Whatever becomes of a file's bytes, it is read, or refused with a reason."""
    try:
        articles = read(data).articles
    except (ArticleError, NotAnArticleError):
        return
    assert articles
