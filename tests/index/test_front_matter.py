"""The YAML block that may open an article."""

import pytest

from index.articles import ArticleDate, DateOrigin
from index.front_matter import NO_FRONT_MATTER, read_front_matter


def block(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "The text.", ""])


def _dated(value: str) -> ArticleDate:
    return ArticleDate(value, DateOrigin.METADATA)


def test_title_date_and_source_are_read() -> None:
    """The block says what the article is called, when it was published, and by whom; it ends where the text begins."""
    text = block("title: Council Approves Budget", "date: 2024-11-15", "source: Reuters")
    front = read_front_matter(text)
    assert (front.title, front.date, front.source) == ("Council Approves Budget", _dated("2024-11-15"), "Reuters")
    assert text[front.end :] == "The text.\n"


@pytest.mark.parametrize(
    "text", ["\ufeff---\ntitle: A\n---\nText.", "---\r\ntitle: A\r\n---\r\nText.", "---\ntitle: A\n...\nText."]
)
def test_mark_line_ends_and_dots_are_allowed(text: str) -> None:
    """A byte-order mark before the block, CRLF in it and dots after it are read alike."""
    front = read_front_matter(text)
    assert (front.title, text[front.end :]) == ("A", "Text.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text without a block.",
        "Text.\n---\ntitle: A\n---\n",
        "---\nNot closed: at all\nText.",
        "---\n- a list\n---\nText.",
        "---\ntitle: [broken\n---\nText.",
        "---\n---\nText.",
    ],
)
def test_what_is_no_mapping_says_nothing(text: str) -> None:
    """A rule, a list or broken YAML are part of the text."""
    assert read_front_matter(text) == NO_FRONT_MATTER


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("date: 2024-11-15", "2024-11-15"),
        ("published: 2024-11-15T23:30:00-05:00", "2024-11-15"),
        ('pubdate: "2024-11-15"', "2024-11-15"),
        ("created: 2024-11-15 08:00:00", "2024-11-15"),
        ("date: 11/15/2024", None),
        ("date: last Friday", None),
    ],
)
def test_only_a_date_that_needs_no_guess_is_one(line: str, date: str | None) -> None:
    """ISO 8601 is read, and what might be month or day first is not."""
    assert read_front_matter(block(line)).date == (_dated(date) if date else None)


def test_names_are_read_in_any_case() -> None:
    """`Title` and `PUBLISHER` are title and source."""
    front = read_front_matter(block("Title: A", "PUBLISHER: B"))
    assert (front.title, front.source) == ("A", "B")


def test_first_name_that_says_something_counts() -> None:
    """An empty title gives way to a headline."""
    assert read_front_matter(block('title: ""', "headline: A")).title == "A"


def test_title_is_one_line() -> None:
    """A folded title keeps its words, one space apart."""
    assert read_front_matter(block("title: >", "  Council", "  approves   budget")).title == "Council approves budget"


@pytest.mark.parametrize("title", ["Yes", "12:30", "007"])
def test_title_is_kept_as_it_is_written(title: str) -> None:
    """A title that YAML would read as a truth value or a number is quoted as it stands."""
    assert read_front_matter(block(f"title: {title}")).title == title


@pytest.mark.parametrize(
    "line",
    ['date: !!timestamp "soon"', "title: !!bool maybe", 'title: !!int ""', "title: 0x" + "f" * 5_000, "[" * 5_000],
    ids=["timestamp", "bool", "int", "huge", "deep"],
)
def test_odd_yaml_does_not_stop_the_run(line: str) -> None:
    """Whatever YAML makes of a block, reading it ends with an answer."""
    assert read_front_matter(block(line)).date is None


def test_impossible_date_is_none() -> None:
    """A thirteenth month is no date, and no reason to leave the rest unread."""
    found = read_front_matter("---\ndate: 2024-13-45\ntitle: News\n---\nText.")
    assert (found.title, found.date) == ("News", None)
