"""Which of a record's fields is what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.record_fields import (
    FIELD_NAMES,
    LONGEST_VALUE,
    Details,
    details_of,
    fold_names,
    folded,
    has_text_field,
    text_of,
)

DAY = ArticleDate("2024-11-15", DateOrigin.METADATA)


def details(**values: object) -> Details:
    return details_of(fold_names(values))


@pytest.mark.parametrize("field", FIELD_NAMES)
def test_usual_names_are_folded(field: str) -> None:
    """The usual names are written as they are compared, and each is of one field."""
    assert [folded(name) for name in FIELD_NAMES[field]] == list(FIELD_NAMES[field])
    others = {name for other, names in FIELD_NAMES.items() if other != field for name in names}
    assert not others.intersection(FIELD_NAMES[field])


@pytest.mark.parametrize(
    "name",
    [
        "text",
        "Text",
        "body",
        "content",
        "article",
        "full_text",
        "Full-Text",
        "FULL TEXT",
        "articleBody",
        "article_body",
    ],
)
def test_name_of_the_text(name: str) -> None:
    """The text is found by its usual names, in any case and with any joints."""
    record = fold_names({"id": "7", name: " The text.\r\n "})
    assert text_of(record) == " The text.\r\n "
    assert has_text_field(record)


@pytest.mark.parametrize("value", ["", " \n\t", "\ufeff", None, 7, True, [], [["The text."]], [7], {"a": "The text."}])
def test_what_is_no_text(value: object) -> None:
    """White space and what is no string are no text."""
    assert text_of(fold_names({"text": value})) is None
    assert text_of(fold_names({"text": value, "body": "The body."})) == "The body."


@pytest.mark.parametrize(
    "value",
    [
        ["One.", "Two."],
        [{"type": "paragraph", "text": "One."}, {"type": "image"}, {"type": "paragraph", "text": "Two."}],
        {"rendered": "One.\n\nTwo.", "protected": False},
        {"rendered": None, "text": "One.\n\nTwo."},
    ],
)
def test_text_in_pieces(value: object) -> None:
    """Paragraphs in a list, and what a site's own interface gives, are a text."""
    record = fold_names({"content": value})
    assert text_of(record) == "One.\n\nTwo."
    assert has_text_field(record)


def test_whole_text_goes_before_one_in_pieces() -> None:
    """A list under a likelier name may be of tags."""
    assert text_of(fold_names({"text": ["Politics", "Economy"], "body": "It met."})) == "It met."


def test_likelier_name_goes_before() -> None:
    """Of several fields that may be the text, the likeliest is, wherever it stands."""
    assert text_of(fold_names({"content": "Content.", "text": "Text."})) == "Text."
    assert text_of(fold_names({"Text": "First.", "text": "Second."})) == "First."


def test_named_field_goes_before_the_usual_ones() -> None:
    """A name that was given goes first, in any case; where a record lacks it, the usual ones do."""
    fields = {"text": "Lead_Paragraph", "title": "kicker"}
    record = fold_names({"text": "Text.", "lead-paragraph": "Lead.", "title": "Title", "kicker": "Kicker"})
    assert text_of(record, fields) == "Lead."
    assert details_of(record, fields).title == "Kicker"
    assert text_of(fold_names({"text": "Text."}), fields) == "Text."


def test_surrogates_are_replaced() -> None:
    """Half a character, which nothing can store, becomes the mark of a lost one, in each field."""
    assert text_of(fold_names({"text": "a\ud800b"})) == "a\ufffdb"
    found = details(title="a\ud800", source="b\udfff", author="c\ud83d", url="https://example.org/\ud800")
    assert found == Details(title="a\ufffd", source="b\ufffd", author="c\ufffd")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, Details()),
        ({"title": " Council\n approves  budget "}, Details(title="Council approves budget")),
        ({"headline": "A", "title": ""}, Details(title="A")),
        ({"name": "A"}, Details(title="A")),
        ({"title": 7}, Details()),
        ({"title": None}, Details()),
        ({"source": "Reuters"}, Details(source="Reuters")),
        ({"source": {"id": "reuters", "name": "Reuters"}}, Details(source="Reuters")),
        ({"source": {"id": "reuters"}, "domain": "reuters.com"}, Details(source="reuters.com")),
        ({"publisher": {"@type": "Organization", "name": "Reuters"}}, Details(source="Reuters")),
        ({"source_name": "Reuters"}, Details(source="Reuters")),
        ({"source": "https://www.bbc.com/a"}, Details(source="bbc.com", url="https://www.bbc.com/a")),
        ({"publisher": "https://www.bbc.com"}, Details(source="bbc.com")),
        ({"source": "https://[bbc/a"}, Details(source="https://[bbc/a", url="https://[bbc/a")),
        ({"source": "https://a.org/1", "url": "https://b.org"}, Details(source="a.org", url="https://b.org")),
        ({"title": {"rendered": "A call"}}, Details(title="A call")),
        ({"author": "[[Jane Doe]], [[people/john|John Roe]]"}, Details(author="Jane Doe, John Roe")),
        ({"author": "Jane Doe"}, Details(author="Jane Doe")),
        ({"byline": "By Jane Doe and John Roe"}, Details(author="Jane Doe and John Roe")),
        ({"author": "Byron"}, Details(author="Byron")),
        ({"author": "By "}, Details(author="By")),
        ({"authors": ["Jane Doe", " ", "John Roe", 7, None]}, Details(author="Jane Doe, John Roe")),
        ({"authors": [{"name": "Jane Doe"}, {"name": "John Roe"}]}, Details(author="Jane Doe, John Roe")),
        ({"authors": [], "creator": "Jane Doe"}, Details(author="Jane Doe")),
        ({"authors": [["Jane Doe"]]}, Details()),
        ({"url": "https://example.org/a?b=c"}, Details(url="https://example.org/a?b=c")),
        ({"url": "", "link": "http://example.org"}, Details(url="http://example.org")),
        ({"url": "ftp://example.org", "canonical_url": "https://example.org"}, Details(url="https://example.org")),
        ({"url": "javascript:alert(1)"}, Details()),
        ({"url": "https://example.org/a b"}, Details()),
        ({"url": "https://example.org/\n"}, Details()),
        ({"url": "https:///a"}, Details()),
        ({"url": "https://example.org/" + "a" * 2_000}, Details()),
        ({"url": ["https://example.org"]}, Details()),
    ],
)
def test_details(record: dict[str, object], expected: Details) -> None:
    """Title, source, author and address are read where they are such, on one line each."""
    assert details_of(fold_names(record)) == expected


@pytest.mark.parametrize(
    "record",
    [
        {"date": "2024-11-15"},
        {"published": "15 November 2024"},
        {"published_at": "2024-11-15T10:00:00Z"},
        {"publish_date": "2024-11-15 10:00:00"},
        {"datePublished": "2024-11-15"},
        {"pubDate": "Fri, 15 Nov 2024 10:00:00 +0100"},
        {"created_at": 1731664800},
        {"timestamp": 1731664800000},
        {"date": 1731664800.5},
        {"date": 20241115},
        {"date": {"$date": "2024-11-15T10:00:00Z"}},
        {"date": "yesterday", "created": "2024-11-15"},
        {"date": None, "published": True, "created": "2024-11-15"},
    ],
)
def test_date(record: dict[str, object]) -> None:
    """The first field that has a date in any form gives it."""
    assert details_of(fold_names(record)).date == DAY


@pytest.mark.parametrize("value", [True, 0, -1, 7, float("nan"), float("inf"), 1e300, "soon", [], {}])
def test_no_date(value: object) -> None:
    """Truth values and other numbers are no dates."""
    assert details(date=value).date is None


def test_huge_number_is_no_date() -> None:
    """A number that is longer than Python writes out is none either."""
    assert details(date=10**5_000).date is None


def test_long_value_is_cut() -> None:
    """A title of a whole article's length is cut, and so is the list of a thousand authors."""
    assert details(title="x" * LONGEST_VALUE).title == "x" * LONGEST_VALUE
    assert details(title="x" * 10**6).title == "x" * LONGEST_VALUE + "…"
    assert len(details(author=["Jane Doe"] * 10**6).author or "") <= LONGEST_VALUE + 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["name", "$date", "a"]) | st.text(), inner),
    max_leaves=10,
)
NAMES = st.sampled_from([name for names in FIELD_NAMES.values() for name in names])


@given(st.dictionaries(NAMES | st.text(), JSON))
def test_any_record_is_read(values: dict[str, object]) -> None:
    """Whatever a record holds, what is read of it can be stored, and is on one line each."""
    record = fold_names(values)
    found = details_of(record)
    lines = [found.title or "", found.source or "", found.author or "", found.url or ""]
    assert not any(len(line.splitlines()) > 1 for line in lines)
    assert "\n".join([*lines, text_of(record) or ""]).encode()


def test_record_of_many_fields_is_read() -> None:
    """A hundred thousand fields that say nothing are passed over."""
    assert details_of(fold_names({f"field {number}": "value" for number in range(10**5)})) == Details()


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("a-17", "a-17"),
        (17, "17"),
        ({"$oid": "5f2b"}, "5f2b"),
        (" a\n b ", "a b"),
        (True, None),
        (1.5, None),
        ("", None),
    ],
)
def test_id_is_what_the_file_calls_a_record(value: object, id: str | None) -> None:
    """An id is a word or a whole number, in a field of one of its names or the one that is given."""
    assert details_of(fold_names({"_id": value})).id == id
    assert details_of(fold_names({"key": value}), {"id": "key"}).id == id
