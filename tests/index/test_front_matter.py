"""The YAML block that may open an article."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.front_matter import NO_FRONT_MATTER, front_matter_end, read_front_matter


def block(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "The text.", ""])


def _dated(value: str) -> ArticleDate:
    return ArticleDate(value, DateOrigin.METADATA)


def test_title_date_and_source_are_read() -> None:
    """The block says what the article is called, when it was published, and by whom; it ends where the text begins."""
    text = block("title: Council Approves Budget", "date: 2024-11-15", "source: Reuters")
    front = read_front_matter(text)
    assert (front.details.title, front.details.date, front.details.source) == (
        "Council Approves Budget",
        _dated("2024-11-15"),
        "Reuters",
    )
    assert text[front.end :] == "The text.\n"
    assert front_matter_end(text) == front.end


@pytest.mark.parametrize(
    "text", ["\ufeff---\ntitle: A\n---\nText.", "---\r\ntitle: A\r\n---\r\nText.", "---\ntitle: A\n...\nText."]
)
def test_mark_line_ends_and_dots_are_allowed(text: str) -> None:
    """A byte-order mark before the block, CRLF in it and dots after it are read alike."""
    front = read_front_matter(text)
    assert (front.details.title, text[front.end :]) == ("A", "Text.")


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
    assert front_matter_end(text) == 0


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: One week on: what Storm Ragnhild left", "One week on: what Storm Ragnhild left"),
        ('title: "Beer, bread": a bakery in Lisse', '"Beer, bread": a bakery in Lisse'),
        ("title: 'It's over: riders won'", "It's over: riders won"),
        ("title: *bold: move*", None),
    ],
)
def test_colon_in_a_title_spoils_no_block(line: str, title: str | None) -> None:
    """What YAML does not take is read line by line, with what is indented and commented left out."""
    text = block("# made by hand", line, "tags:", "  - a: b: c", "source: Norwood News", "date: 2024-11-15")
    front = read_front_matter(text)
    assert (front.details.title, front.details.source) == (title, "Norwood News")
    assert front.details.date == _dated("2024-11-15")
    assert text[front.end :] == "The text.\n"


@pytest.mark.parametrize(
    "text",
    ["---\nNote: this: that\n---\nText.", "---\ntitle: A: B\nHe said so.\n---\nText.", "---\n: a: b\n---\nText."],
)
def test_what_is_nearly_a_block_is_text(text: str) -> None:
    """Between rules, too, stands text, unless every line has a name, and one of them is an article's."""
    assert read_front_matter(text) == NO_FRONT_MATTER


def test_toml_block_is_read() -> None:
    """Hugo's other kind of block says the same; its dates need no quotation marks."""
    lines = ['title = "Council: A Budget"', "date = 2024-11-15T08:00:00Z", 'source = "Reuters"', "[x]", "at = 08:00:00"]
    text = "\r\n".join(["+++", *lines, "+++", "The text."])
    front = read_front_matter(text)
    assert (front.details.title, front.details.source) == ("Council: A Budget", "Reuters")
    assert front.details.date == _dated("2024-11-15")
    assert text[front.end :] == "The text."


@pytest.mark.parametrize(
    "inside", ["title = A", "[" * 5_000, "a = " + "[" * 5_000, "title = " + "9" * 9_000, "a = 1\na = 2"]
)
def test_what_is_no_toml_says_nothing(inside: str) -> None:
    """A broken block of it is part of the text, and so is one that does not end."""
    assert read_front_matter(f"+++\n{inside}\n+++\nText.") == NO_FRONT_MATTER
    assert read_front_matter(f"+++\n{inside}\nText.") == NO_FRONT_MATTER


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("date: 2024-11-15", "2024-11-15"),
        ("published: 2024-11-15T23:30:00-05:00", "2024-11-15"),
        ('pubdate: "2024-11-15"', "2024-11-15"),
        ("created: 2024-11-15 08:00:00", "2024-11-15"),
        ("date: 11/15/2024", "2024-11-15"),
        ("date: 03/04/2024", "2024"),
        ("date: November 2024", "2024-11"),
        ("date: Fri, 15 Nov 2024 23:30:00 -0500", "2024-11-15"),
        ("date: last Friday", None),
        ("published: true", None),
    ],
)
def test_only_what_needs_no_guess_is_a_date(line: str, date: str | None) -> None:
    """A date is read in any form, as far as it is certain."""
    assert read_front_matter(block(line)).details.date == (_dated(date) if date else None)


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        (["author: Jane Doe"], "Jane Doe"),
        (["byline: By Jane Doe"], "Jane Doe"),
        (["authors: [Jane Doe, John Roe]"], "Jane Doe, John Roe"),
        (["author:", "  name: Jane Doe"], "Jane Doe"),
        (["author: [[[Jane]]]"], None),
        (["author: &a [*a, *a]"], None),
    ],
)
def test_author_is_read(lines: list[str], author: str | None) -> None:
    """One author, or several, are named on one line."""
    assert read_front_matter(block(*lines)).details.author == author


@pytest.mark.parametrize(
    ("value", "url"),
    [("https://example.org/a", "https://example.org/a"), ("/posts/a", None), ("javascript:alert(1)", None)],
)
def test_url_is_one_of_the_web(value: str, url: str | None) -> None:
    """A site's own path is no address to cite."""
    assert read_front_matter(block(f"url: {value}")).details.url == url


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["created: 2025-01-09"], "2025-01-09"),
        (["published:", "created: 2025-01-09"], None),
        (["published: true", "created_at: 2024-11-15"], "2024-11-15"),
        (["url: https://paper.org/a", "created: 2024-11-15"], "2024-11-15"),
        (["source: https://www.bbc.com/a", "created: 2025-01-09"], None),
        (["source: https://www.bbc.com/a", "published: 2024-11-15", "created: 2025-01-09"], "2024-11-15"),
    ],
)
def test_day_of_clipping_is_no_date(lines: list[str], date: str | None) -> None:
    """What came from the web was not published when its file was made."""
    found = read_front_matter(block(*lines)).details.date
    assert (found.value if found else None) == date


def test_names_are_read_in_any_case() -> None:
    """`Title` and `PUBLISHER` are title and source."""
    front = read_front_matter(block("Title: A", "PUBLISHER: B"))
    assert (front.details.title, front.details.source) == ("A", "B")


def test_first_name_that_says_something_counts() -> None:
    """An empty title gives way to a headline."""
    assert read_front_matter(block('title: ""', "headline: A")).details.title == "A"


def test_title_is_one_line() -> None:
    """A folded title keeps its words, one space apart."""
    assert (
        read_front_matter(block("title: >", "  Council", "  approves   budget")).details.title
        == "Council approves budget"
    )


@pytest.mark.parametrize("title", ["Yes", "12:30", "007"])
def test_title_is_kept_as_it_is_written(title: str) -> None:
    """A title that YAML would read as a truth value or a number is quoted as it stands."""
    assert read_front_matter(block(f"title: {title}")).details.title == title


@pytest.mark.parametrize(
    "line",
    ['date: !!timestamp "soon"', "title: !!bool maybe", 'title: !!int ""', "title: 0x" + "f" * 5_000, "[" * 5_000],
    ids=["timestamp", "bool", "int", "huge", "deep"],
)
def test_odd_yaml_does_not_stop_the_run(line: str) -> None:
    """Whatever YAML makes of a block, reading it ends with an answer."""
    assert read_front_matter(block(line)).details.date is None


def test_impossible_date_is_none() -> None:
    """A thirteenth month is no date, and no reason to leave the rest unread."""
    found = read_front_matter("---\ndate: 2024-13-45\ntitle: News\n---\nText.")
    assert (found.details.title, found.details.date) == ("News", None)


def test_end_is_found_without_reading_dates() -> None:
    """Where the body begins, which questions ask for, costs no import of what reads dates in words."""
    code = (
        "import sys; from index.front_matter import front_matter_end\n"
        f"assert front_matter_end({block('date: 15 November 2024')!r}) > 0\n"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "headers",
    [
        "Title: Council: A Budget\nDate: 15 November 2024\nSource: Reuters\nAuthor: Jane Doe\n\n",
        "HEADLINE: Council: A Budget\r\nPublished: 2024-11-15\r\nPublisher: Reuters\r\nByline: By Jane Doe\r\n\r\n",
        "\ufeff\n**Title:** Council: A Budget  \n**Date**: 2024-11-15\n**Paper:** Reuters\n**By:** Jane Doe\n \n",
        "Author: Jane Doe\nSection: News\nTags:\nDate: 2024-11-15\nSource: Reuters\nTitle: Council: A Budget\n\n\n",
    ],
)
def test_headers_without_rules(headers: str) -> None:
    """Lines of names that an article's fields have, and a blank one, say what a block between rules does."""
    text = headers + "The text: it goes on.\n\nDate: 1999-01-01\nTitle: Another\n"
    front = read_front_matter(text)
    said = front.details
    assert (said.title, said.date, said.source, said.author) == (
        "Council: A Budget",
        _dated("2024-11-15"),
        "Reuters",
        "Jane Doe",
    )
    assert text[front.end :].lstrip().startswith("The text")
    assert front_matter_end(text) == front.end


@pytest.mark.parametrize(
    "text",
    [
        "Title: A\n\nText.",
        "Title: A\nDate: 2024-11-15\nText that goes on at once.\n\nMore.",
        "Title: A\nMood: glad\n\nText.",
        "Title: A\nDate: 2024-11-15",
        "Title: A\nDate: 2024-11-15\n\n",
        "Location: Hull\nType: otter\n\nText.",
        "Council Approves Budget\nDate: 2024-11-15\nSource: Reuters\n\nText.",
        "Text: it begins.\nBody: it goes on.\n\nMore.",
        "Date:2024-11-15\nTitle:A\n\nText.",
        "Source: " + "x: " * 10_000 + "\n" + "Date: 2024-11-15",
    ],
)
def test_what_is_no_header(text: str) -> None:
    """One line, names that articles do not have, and headers that nothing follows are part of the text."""
    assert read_front_matter(text) == NO_FRONT_MATTER
    assert front_matter_end(text) == 0


def test_end_of_headers_is_found_without_reading_dates() -> None:
    """Where the body below headers begins costs no import of what reads YAML or dates in words."""
    code = (
        "import sys; from index.front_matter import front_matter_end\n"
        "assert front_matter_end('Title: A\\nDate: 15 November 2024\\n\\nText.')\n"
        "sys.exit('dateparser' in sys.modules or 'yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.sampled_from(["Title: A", "Date: 2024", "Mood: b", "", "\ufeff", "---", "Text."]), max_size=6))
def test_end_is_that_of_the_block_that_is_read(lines: list[str]) -> None:
    """Both ways to ask where the body begins give the same answer."""
    text = "\n".join(lines)
    assert front_matter_end(text) == read_front_matter(text).end <= len(text)
