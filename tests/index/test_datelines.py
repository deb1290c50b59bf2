"""Dates in an article's first lines, and in the names of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article, ArticleDate, DateOrigin
from index.datelines import FIRST_LINES, LONGEST_LINE, date_of, file_name_date, find_dateline_date
from tests.conftest import SEEDS
from tests.strategies import article_text

DAY = "2024-11-15"
BODY = "The council met on Monday and approved the budget that it had first seen on 1 October 2024."


def dateline(*lines: str) -> str | None:
    found = find_dateline_date(lines)
    assert found is None or found.origin == DateOrigin.DATELINE
    return found.value if found else None


def in_name(name: str) -> str | None:
    found = file_name_date(name)
    assert found is None or found.origin == DateOrigin.FILE_NAME
    return found.value if found else None


@pytest.mark.parametrize(
    "line",
    [
        "November 15, 2024",
        "  15 Nov 2024  ",
        "Friday, 15 November 2024",
        "2024-11-15",
        "2024-11-15 10:00",
        "15.11.2024",
        "11/15/2024 10:00 AM",
        "Published: 15 Nov 2024, 10:00",
        "PUBLISHED ON NOVEMBER 15, 2024 AT 10:00 A.M. EST",
        "Updated 2024-11-15",
        "Date: 2024-11-15",
        "Published 10:22 AM EST, Fri November 15, 2024",
        "First published on Fri 15 Nov 2024 10.00 GMT",
        "*November 15, 2024*",
        "**Published:** November 15, 2024",
        "(November 15, 2024)",
        "## 15 November 2024",
        "By Jane Doe, November 15, 2024",
        "By JANE DOE November 15, 2024 10:00 am",
        "By Jane Doe | November 15, 2024",
        "November 15, 2024 | By Jane Doe",
        "November 15, 2024 / 10:00 AM EST / CBS News",
        "Nov 15, 2024 · 5 min read",
        "Published: November 15, 2024 | Updated: November 16, 2024",
        "Updated: November 16, 2024 | Published: November 15, 2024",
        "Published 15 November 2024 Updated 16 November 2024",
        "Nov 15, 2024, 10:00 AM, updated Nov 16, 2024",
        "15 novembre 2024",
        "2024年11月15日",
    ],
)
def test_line_of_its_own(line: str) -> None:
    """A line that is a date and what goes with one is the article's date."""
    assert dateline("Council Approves Budget", line, BODY) == DAY


@pytest.mark.parametrize(
    ("line", "date"), [("November 2024", "2024-11"), ("03/04/2024", "2024"), ("Published: 3.4.2024, 10:00", "2024")]
)
def test_line_with_less_than_a_day(line: str, date: str) -> None:
    """A month is a date, and of an ambiguous day the year is one."""
    assert dateline(line, BODY) == date


@pytest.mark.parametrize(
    "line",
    [
        "PARIS, Nov 15, 2024 (Reuters) — The council met.",
        "PARIS, Nov. 15, 2024 (Reuters) - The council met.",
        "NEW YORK, November 15, 2024 /PRNewswire/ -- The council met.",
        "WASHINGTON, D.C., Nov. 15, 2024 — The council met.",
        "SAN FRANCISCO--(BUSINESS WIRE)--Nov 15, 2024-- The council met.",
        "LONDON (15 November 2024) – The council met.",
        "LONDON, Friday, 15 November 2024 – The council met.",
        "**PARIS, Nov 15, 2024 (AFP)** — The council met.",
        "Austin, Texas – November 15, 2024 – The council met.",
        "Paris, 15 November 2024 (AFP) – The council met.",
        "BERLIN, 2024-11-15 (DPA) – The council met.",
        "2024-11-15 - Nordpress - The council met.",
        "November 15, 2024 — Health Wire — “It is done,” said the council.",
    ],
)
@pytest.mark.parametrize("more", ["", BODY * 10])
def test_dateline_of_a_paragraph(line: str, more: str) -> None:
    """A date between the place and the dash that open a paragraph is the article's."""
    assert dateline("Council Approves Budget", f"{line} {more}") == DAY


@pytest.mark.parametrize("line", ["LONDON, 15 Nov 2024 (Health Wire)", "THE HAGUE, Nov. 15, 2024"])
def test_dateline_on_a_line_of_its_own(line: str) -> None:
    """It needs no dash; what goes on behind the date does."""
    assert dateline("Council Approves Budget", line, BODY) == DAY
    assert dateline("Council Approves Budget", f"{line} was a day to remember for the council.", BODY) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        BODY,
        "On November 15, 2024 the council met.",
        "On Friday, November 15, 2024 — the council met.",
        "The council met on November 15, 2024",
        "November 15, 2024 – a day to remember – the council met.",
        "November 15, 2024 – Apollo – and other songs.",
        "Apollo 11 – July 20, 1969",
        "Neil Armstrong, July 20, 1969 — a man on the moon",
        "Budget 2024",
        "Euro 2024: the best eleven",
        "Top 10 films of 2024",
        "2024",
        "in 2024",
        "November 15",
        "10:00",
        "yesterday",
        "PARIS (Reuters) — The council met.",
        "PARIS, Nov. 15 (Reuters) — The council met on November 15, 2024.",
        "Release date: November 15, 2024",
        "3.1999",
        "2024-11",
        "1731664800",
        "20241115",
        "31 February 2024",
        "November 15, 2024 – the day on which the council met",
        "By Jane Doe",
        "Updated",
        "|",
    ],
)
def test_what_is_no_dateline(line: str) -> None:
    """A date in running text or in a title, a year alone and other numbers are not when an article appeared."""
    assert dateline(line, BODY) is None


@pytest.mark.parametrize(
    "line",
    [
        "The Gazette, 2024-11-15",
        "Port Hallam Courier, 15 November 2024",
        "Country Herald, Friday, November 15, 2024",
        "Country Herald, Fri 15 Nov 2024, 10:00",
        "The Echo — 15 November 2024",
        "The Echo - 15 November 2024",
        "The Echo | 15 November 2024",
        "The Echo (English edition), 15 November 2024",
        "*The Echo, 15 November 2024*",
        "The Voice of the North, Nov. 15, 2024",
        "Port Hallam, 15 November 2024",
        "Reuters, published 15 November 2024",
        "Reuters | By Jane Doe | 15 November 2024",
        "By Leo Castellan, Evening Star, Friday 15 November 2024",
        "By Leo Castellan, Evening Star — Friday 15 November 2024",
        "The Echo, November 15, 2024 | Updated: November 16, 2024",
    ],
)
def test_line_of_a_paper(line: str) -> None:
    """A date after a paper's name, on a line under the title, is the article's; the first line is a title."""
    assert dateline("Council Approves Budget", line, BODY) == DAY
    if not line.startswith("By"):
        assert dateline(line, BODY) is None


@pytest.mark.parametrize(
    "line",
    [
        "YORK (Reuters) - The mayor said so on Monday, 6 May 2024",
        "YORK (Reuters) - Mayor Said So on Monday, 6 May 2024, and left",
        "The council met on Friday, November 15, 2024",
        "November 15, 2024 – a day to remember – the council met.",
        "November 15, 2024 – Apollo – and other songs.",
        "Apollo 11 – July 20, 1969",
        "Moon landing – July 20, 1969",
        "Born: London, 5 May 1924",
        "Died, 5 May 1924",
        "Next Meeting: 5 May 2025",
        "Deadline, 5 May 2025",
        "One Two Three Four Five Six Seven, 5 May 2025",
        "The Gazette, 2024",
        "The Gazette, Volume 3",
        "The Gazette, 5 May",
        "The Echo, 15 November 2024, said so.",
        "She read the Echo, 15 November 2024",
    ],
)
def test_what_is_no_line_of_a_paper(line: str) -> None:
    """A date that other words lead to, an event's date and a year alone are none of the article's under its title."""
    assert dateline("Council Approves Budget", line, BODY) is None


def test_published_goes_before_updated() -> None:
    """Of two lines, the one that does not speak of a later version counts, and else the first."""
    assert dateline("Updated: November 16, 2024", "Published: November 15, 2024") == DAY
    assert dateline("Updated: November 15, 2024", "Last updated: November 16, 2024") == DAY


def test_lines_below_are_not_read() -> None:
    """A date after the first lines, or on a line of its own below a paragraph, belongs to something else."""
    assert dateline(*["Title"] * (FIRST_LINES - 1), " ", "November 15, 2024") == DAY
    assert dateline(*["Title"] * FIRST_LINES, "November 15, 2024") is None
    assert dateline("x" * LONGEST_LINE, "November 15, 2024") == DAY
    assert dateline("x" * (LONGEST_LINE + 1), "November 15, 2024") is None


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2024-11-15-title.txt", DAY),
        ("2024-11-15.txt", DAY),
        ("title_20241115.html", DAY),
        ("20241115T101500.txt", DAY),
        ("2024_11_15", DAY),
        ("2024.11.15.title.md", DAY),
        ("reuters-2024-11-15T10-00-00Z.json", DAY),
        ("report2024-11-15b.txt", DAY),
        ("15-11-2024 title.txt", DAY),
        ("2024-11-15 and 2024_11_15.txt", DAY),
        ("2024-11-title.txt", "2024-11"),
        ("title 2024_11.txt", "2024-11"),
        ("2024-11", "2024-11"),
        ("03.04.2024.txt", "2024"),
        ("2024.txt", None),
        ("title-2024.txt", None),
        ("202411.txt", None),
        ("001_2fcf8e468ea0dd33.txt", None),
        ("000_73104af2ca29bc90.txt", None),
        ("a20241115f.txt", None),
        ("120241115.txt", None),
        ("202411150.txt", None),
        ("20241115101500.txt", None),
        ("2024-11-151.txt", None),
        ("12024-11-15.txt", None),
        ("2024-11_15.txt", None),
        ("2024-11-5.txt", None),
        ("2024-13-01.txt", None),
        ("2024-02-30.txt", None),
        ("2024-13.txt", None),
        ("20241345.txt", None),
        ("1066-10-14.txt", None),
        ("2024-11-15_2024-11-16.txt", None),
        ("550e8400-2024-1115-a716-446655440000.txt", None),
        ("yesterday.txt", None),
        ("", None),
    ],
)
def test_name_of_a_file(name: str, date: str | None) -> None:
    """A day or month in a name is read where it stands for itself; a year alone and parts of numbers are not."""
    assert in_name(name) == date


@given(st.dates())
def test_name_with_any_day(day: object) -> None:
    """Every day that can be an article's is read in a name."""
    expected = str(day) if "1500" <= str(day)[:4] <= "2100" else None
    assert in_name(f"title-{day}.txt") == expected


ARTICLE = Article(text=f"Council Approves Budget\n15 November 2024\n{BODY}", title="")
PLAIN = Article(text=f"Council Approves Budget\n{BODY}", title="")


def test_order_of_origins() -> None:
    """An article's own date goes before its dateline, and that before its file's name."""
    known = ArticleDate("2023", DateOrigin.METADATA)
    assert date_of(Article(text=ARTICLE.text, title="", date=known), "2022-01-01.txt") == known
    assert date_of(ARTICLE, "2022-01-01.txt") == ArticleDate(DAY, DateOrigin.DATELINE)
    assert date_of(PLAIN, "2022-01-01.txt") == ArticleDate("2022-01-01", DateOrigin.FILE_NAME)
    assert date_of(PLAIN, "title.txt") is None


def test_name_of_a_dump_dates_no_record() -> None:
    """When a dump was made says nothing of its records."""
    assert date_of(Article(text=PLAIN.text, title="", record=1), "2022-01-01.jsonl") is None
    assert date_of(Article(text=ARTICLE.text, title="", record=1), "2022-01-01.jsonl") is not None


def test_dateline_below_front_matter() -> None:
    """The lines of front matter are not an article's first ones."""
    block = "\n".join(["---", *(f"key{number}: value" for number in range(10)), "created: 1 May", "---", ""])
    found = date_of(Article(text=block + ARTICLE.text, title=""), "title.md")
    assert found == ArticleDate(DAY, DateOrigin.DATELINE)


def test_seeds_have_no_date() -> None:
    """Neither seed article says when it appeared."""
    for seed in SEEDS.iterdir():
        assert date_of(Article(text=seed.read_text(encoding="utf-8"), title=""), seed.name) is None


@given(article_text(), st.text())
def test_any_article_is_dated_or_not(text: str, name: str) -> None:
    """Whatever a text and a name, looking for a date ends with an answer."""
    date_of(Article(text=text, title=""), name)


@pytest.mark.parametrize(
    "text",
    ["A" * 10**6, "AB " * 10**5, "A. " * 10**5, "\n" * 10**6, "2024-" * 10**5, "By " + "a " * 10**5, "(A" * 10**5],
)
def test_hostile_text_is_dated_in_the_end(text: str) -> None:
    """Long lines have no date, and do not take for ever."""
    assert date_of(Article(text=text, title=""), text) is None
