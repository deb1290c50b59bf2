"""Loading JSON lines: an article a line."""

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import NO_FIELDS, Article, ArticleDate, DateOrigin, SourceFile
from index.errors import ArticleError, NotAnArticleError
from index.formats.few_warnings import MOST_WARNINGS
from index.formats.load_jsonl import load
from index.spans import trimmed
from tests.index.formats.damage import damaged
from tests.index.formats.loading import Loaded, loaded
from tests.strategies import article_text

TEXT = "The council met on Monday. It approved the budget."


def lines(*values: object) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def read(data: bytes, **fields: str) -> Loaded:
    return loaded("load_jsonl", data, fields=fields or NO_FIELDS)


def test_line_is_an_article() -> None:
    """Each line's object is a record, counted from 1, with what it says of itself."""
    data = lines({"title": "A", "text": TEXT, "date": "2024-11-15"}, {"title": "B", "text": TEXT})
    date = ArticleDate("2024-11-15", DateOrigin.METADATA)
    assert read(data) == Loaded(
        (Article(text=TEXT, title="A", date=date, record=1), Article(text=TEXT, title="B", record=2)), ()
    )


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n \t\n\n"])
def test_line_ends_and_blank_lines(end: bytes) -> None:
    """CRLF and a last line without an end are read, and blank lines are neither records nor bad ones."""
    data = b"\xef\xbb\xbf\n" + b"\n\r\n".join([json.dumps({"text": TEXT}).encode()] * 2) + end
    found = read(data)
    assert [article.record for article in found.articles] == [1, 2]
    assert found.warnings == ()


def test_line_ends_in_a_string_are_of_the_text() -> None:
    """What other programs take for the end of a line is part of a string in JSON."""
    text = "One.\u2028Two.\u2029Three.\x85Four."
    assert read(json.dumps({"text": text}, ensure_ascii=False).encode()).article.text == text


def test_bad_lines_are_passed_over() -> None:
    """A line that is no object is told by its number in the file, and keeps its position among the records."""
    good = json.dumps({"text": TEXT})
    found = read("\n".join([good, "", '{"text": "cut', "[1]", "null", good]).encode())
    assert [article.record for article in found.articles] == [1, 5]
    assert found.warnings == tuple(f"line {number} is no JSON object" for number in (3, 4, 5))


def test_many_bad_lines_are_counted() -> None:
    """A few bad lines are told one by one, the rest by their number, before the records without text are."""
    found = read(lines({"text": TEXT}, {}) + b"{\n" * (MOST_WARNINGS + 3))
    assert len(found.warnings) == MOST_WARNINGS + 2
    assert found.warnings[-2:] == ("… and 3 more", "1 record has no text")


@pytest.mark.parametrize(
    "line",
    ["[" * 100_000, '{"a":' * 100_000, "1" * 5_000, '{"text": ' + "1" * 5_000 + "}", "nul", '{"text": "a\tb"}', "\x7f"],
    ids=["deep", "deep objects", "number", "number in an object", "word", "control", "delete"],
)
def test_odd_line_is_a_bad_one(line: str) -> None:
    """A line nested too deeply or with a number too long costs no other line."""
    found = read(f"{line}\n".encode() + lines({"text": TEXT}))
    assert (found.article.record, found.warnings) == (2, ("line 1 is no JSON object",))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('{"text": "a", "text": "b"}', "b"),
        ('{"text": "a", "score": NaN, "date": Infinity, "title": -1e999}', "a"),
        ('{"text": "\\ud83d\\ude00 \\ud800 \\u0000"}', "😀 \ufffd \0"),
        ('{"text": "a", "\\ud800": {"b": [{"c": null}]}}', "a"),
    ],
)
def test_odd_object_is_read(line: str, text: str) -> None:
    """Names twice, numbers that are none, and halves of characters are read as far as they can be."""
    assert read(line.encode()).article.text == text


@pytest.mark.parametrize("data", [b"", b"\n\r\n \t", b"\xef\xbb\xbf"])
def test_no_line_is_no_article(data: bytes) -> None:
    """Blank lines alone are no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        read(data)


def test_no_good_line_fails() -> None:
    """A file of which no line is an object cannot be read."""
    with pytest.raises(ArticleError, match="no line is a JSON object"):
        read(b'[\n{"text": "It met."\n}]')


def test_binary_is_no_article() -> None:
    """A file of other bytes is no dump."""
    with pytest.raises(NotAnArticleError, match="binary"):
        read(b"\x80\x04\x95\x00\x00")


def test_named_field() -> None:
    """The text is read by the name that is given for it."""
    assert read(lines({"prose": TEXT}), text="prose").article.text == TEXT


def test_guess_is_warned_of() -> None:
    """A guessed encoding is told."""
    data = json.dumps({"text": "The café in Zürich reopened."}, ensure_ascii=False).encode("cp1252")
    assert read(data).warnings == ("not UTF-8, read as cp1252",)


@given(st.lists(article_text().filter(lambda text: bool(trimmed(text, 0, len(text)))), min_size=1), st.booleans())
def test_texts_are_read_as_they_were_written(texts: list[str], escaped: bool) -> None:
    """Any texts come back as they were, escaped or not."""
    data = "\n".join(json.dumps({"text": text}, ensure_ascii=escaped) for text in texts).encode()
    assert [article.text for article in read(data).articles] == texts


DUMP = lines({"title": "A", "text": TEXT, "date": "2024-11-15", "n": 1.5}, {"text": "Zürich 😀", "source": {"name": 1}})


@given(damaged(DUMP))
@settings(max_examples=500)
def test_damaged_file_is_read_or_refused(data: bytes) -> None:
    """Whatever becomes of a file's bytes, it is read, or refused with a reason."""
    try:
        articles = read(data).articles
    except (ArticleError, NotAnArticleError):
        return
    assert articles


def test_ten_thousand_records_are_read() -> None:
    """A dump of ten thousand articles is ten thousand articles."""
    record = {"title": "Council Approves Budget", "text": f"{TEXT} " * 40, "date": "Fri, 15 Nov 2024 10:00:00 +0100"}
    data = lines(*[record] * 10_000)
    assert len(read(data).articles) == 10_000


def test_records_are_not_held() -> None:
    """The articles before the one at hand are not kept in memory."""
    data = lines(*[{"text": f"{number} " + TEXT * 100} for number in range(2_000)])
    articles = load(SourceFile("a.jsonl", data), fields=NO_FIELDS, warn=print)
    next(articles)
    tracemalloc.start()
    try:
        for _ in articles:
            pass
        assert tracemalloc.get_traced_memory()[1] < len(data) / 4
    finally:
        tracemalloc.stop()
