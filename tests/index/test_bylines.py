"""Lines around a title that say who wrote the article, and in which paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bylines import Byline, find_bylines, is_paper, read_byline
from tests.strategies import article_text


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Dow", "Ann Dow"),
        ("by Ann Dow", "Ann Dow"),
        ("BY ANN DOW", "ANN DOW"),
        ("By: Ann Dow", "Ann Dow"),
        ("Written by Ann Dow", "Ann Dow"),
        ("Author: Ann Dow", "Ann Dow"),
        ("Reporters: Ann Dow and Wim Tak", "Ann Dow and Wim Tak"),
        ("**By Ann Dow**", "Ann Dow"),
        ("By Wim Tak, 3 March 2024", "Wim Tak"),
        ("By Wim Tak, March 3, 2024 10:00", "Wim Tak"),
        ("*By Jan Smit — 2024-10-11*", "Jan Smit"),
        ("By Jan Smit | 11 October 2024 | 5 min read", "Jan Smit"),
        ("11 October 2024 | By Jan Smit", "Jan Smit"),
        ("Published: Friday, 11 October 2024 by Élodie Marchand", "Élodie Marchand"),
        ("By Staff and Agencies", "Staff and Agencies"),
        ("By Reuters", "Reuters"),
        ("By The Associated Press", "The Associated Press"),
        ("By our political correspondent", "our political correspondent"),
        ("By the Editorial Board", "the Editorial Board"),
        ("by Ann Dow in Hull", "Ann Dow"),
        ("By Ann Dow, Political Correspondent", "Ann Dow"),
        ("By Ann Dow, political editor", "Ann Dow"),
        ("By Ann Dow, Jan Smit and Wim Tak", "Ann Dow, Jan Smit and Wim Tak"),
        ("By Vincent van der Berg and Tomás d'Arcy", "Vincent van der Berg and Tomás d'Arcy"),
        ("By J. R. O'Neil Jr.", "J. R. O'Neil Jr."),
    ],
)
def test_author_of_a_line(line: str, author: str) -> None:
    """An author is named without `By`, the date, the place and the role."""
    assert read_byline(line) == Byline(author)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Leo Castellan, Evening Star, Sunday 7 January 2024", Byline("Leo Castellan", "Evening Star")),
        ("By Ann Dow, Reuters", Byline("Ann Dow", "Reuters")),
        ("By Ann Dow (Reuters)", Byline("Ann Dow", "Reuters")),
        ("By Ann Dow for The Gazette", Byline("Ann Dow", "The Gazette")),
        ("By Ann Dow | Harbour Times | 5 May 2024", Byline("Ann Dow", "Harbour Times")),
        ("The Gazette, 2024-03-05", Byline(None, "The Gazette")),
        ("Country Herald, Thursday, July 18, 2024", Byline(None, "Country Herald")),
        ("De Courant (English edition), 5 May 2024", Byline(None, "De Courant")),
        ("The Echo — 5 May 2024", Byline(None, "The Echo")),
        ("The Fenlander, 5 May 2024", Byline(None, "The Fenlander")),
        ("5 May 2024 | Harbour Times", Byline(None, "Harbour Times")),
        ("Source: Nordpress", Byline(None, "Nordpress")),
        ("**Publisher:** The Velden Echo", Byline(None, "The Velden Echo")),
        ("Author: Ann Dow | Source: Nordpress", Byline("Ann Dow", "Nordpress")),
        ("Source: Nordpress | 5 May 2024", Byline(None, "Nordpress")),
        ("Port Hallam, 5 May 2024", Byline()),
        ("Wednesday, 17 July 2024", Byline()),
        ("Published: 17 July 2024", Byline()),
    ],
)
def test_paper_of_a_line(line: str, byline: Byline) -> None:
    """A paper beside an author or a date is a source; a place or a person there is none."""
    assert read_byline(line) == byline


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By",
        "By Monday",
        "Source: what we were told on Friday",
        "Source:",
        "By Monday Evening",
        "By Land and Sea",
        "By Hook or Crook",
        "By Popular Demand",
        "By the Numbers",
        "By Homer",
        "By the river",
        "By Ann Dow's account",
        "By Ann Dow, who lives in Hull",
        "By Ann Dow, the otters came back.",
        "By Ann Dow - the otters came back",
        "By Ann Dow: a life",
        "By 2030 Half of Cars",
        "Bypass Opens in York",
        "Step by Step",
        "The Gazette",
        "The Gazette, 2024",
        "YORK (Reuters) - The mayor said so on Monday, 6 May 2024",
        "The council met on Friday, 3 May 2024",
        "Reuters.",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    """Titles, sentences and names of papers alone say nothing of an author."""
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Port Hallam Courier", True),
        ("The Voice of the North", True),
        ("BBC News", True),
        ("Port Hallam", False),
        ("the evening news", False),
        ("Overview", False),
    ],
)
def test_name_of_a_paper(name: str, expected: bool) -> None:
    """Names of papers have words that those of places have not."""
    assert is_paper(name) is expected


def authors(*lines: str) -> list[str | None]:
    text = "\n".join(lines)
    return [each.byline.author for each in find_bylines(text, 0)]


def test_first_line_is_a_title_where_another_is_a_byline() -> None:
    """A first line that might be a byline is one, unless there is another below."""
    assert authors("By Ann Dow", "", "The otters came back.") == ["Ann Dow"]
    assert authors("By Royal Decree of Spain", "By Ann Dow", "The otters came back.") == ["Ann Dow"]
    assert authors("By Grand Design Alone", "By Ann Dow", "The otters came back.") == ["Ann Dow"]
    assert authors("The Gazette, 2024-03-05", "The otters came back.") == []


def test_wrapped_prose_has_no_byline() -> None:
    """A line of a paragraph that happens to begin with `by` and a name goes on."""
    assert authors("A study of the otters was led", "by Ann Dow in Hull", "and printed in May.") == []
    assert authors("Otters Return", "by Ann Dow in Hull", "", "and printed in May.") == ["Ann Dow"]


def test_byline_far_below_is_another_article_s() -> None:
    """After the first lines, and below a paragraph, nothing is read."""
    assert authors("Title", *["Line"] * 5, "By Ann Dow") == []
    assert authors("x" * 201, "By Ann Dow") == []


@given(article_text() | st.text())
def test_any_text_has_bylines_or_not(text: str) -> None:
    """Whatever a text is, its bylines are lines of it."""
    for each in find_bylines(text, 0):
        assert read_byline(each.span.of(text)) == each.byline
