"""Dates as people and metadata write them."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.dates import FIRST_YEAR, LAST_YEAR, read_date

DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
DAY = "2024-11-15"


def read(text: str) -> str | None:
    found = read_date(text, DateOrigin.METADATA)
    return found.value if found else None


@pytest.mark.parametrize("origin", DateOrigin)
def test_origin_is_kept(origin: DateOrigin) -> None:
    """A date says where it was found."""
    assert read_date(DAY, origin) == ArticleDate(DAY, origin)


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-15",
        "2024-11-15T23:30:00-05:00",
        "2024-11-15T00:30+14:00",
        "2024-11-15T10:00:00.123456Z",
        "2024-11-15 10:00:00 UTC",
        "2024-11-15Z",
        "2024-11-15+01:00",
        "2024/11/15",
        "2024.11.15",
        "20241115",
        "20241115T101500Z",
        "20241115101500",
        "D:20241115101500+01'00'",
        "15.11.2024",
        "15. 11. 2024",
        "15/11/2024",
        "11/15/2024",
        "11-15-2024, 10:00 PM",
        "Fri, 15 Nov 2024 23:30:00 -0500",
        "15 Nov 2024",
        "15-Nov-2024",
        "15 November 2024",
        "15th of November 2024",
        "15. November 2024",
        "Nov. 15, 2024",
        "NOVEMBER 15, 2024",
        "November 15th, 2024",
        "Friday, November 15, 2024 at 10:00 AM EST",
        "November 15, 2024 10am",
        "10:22 AM EST, Fri November 15, 2024",
        "Fri Nov 15 10:00:00 CET 2024",
        "2024-Nov-15",
        " 15\u00a0November\n2024 ",
        "15 de noviembre de 2024",
        "le 15 novembre 2024",
        "15 ноября 2024 г.",
        "2024年11月15日",
        "1731664800",
        "1731664800.25",
        "1731664800000",
    ],
)
def test_day(text: str) -> None:
    """A day is read in any usual form, as it is written, whatever its time and zone."""
    assert read(text) == DAY


@pytest.mark.parametrize(
    "text", ["2024-11", "2024/11", "11/2024", "11.2024", "November 2024", "Nov. 2024", "Nov, 2024", "Novembre 2024"]
)
def test_month(text: str) -> None:
    """A date without a day is a month."""
    assert read(text) == "2024-11"


@pytest.mark.parametrize(
    "text", ["2024", " 2024 ", "in 2024", "03/04/2024", "3.4.2024", "12-11-2024", "Fri 03/04/2024", "03/04/2024 10:00"]
)
def test_year(text: str) -> None:
    """A year alone, and a date whose month and day might be each other, is a year."""
    assert read(text) == "2024"


def test_same_day_in_either_reading() -> None:
    """A day with the number of its month needs no guess."""
    assert read("04/04/2024") == "2024-04-04"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "yesterday",
        "today",
        "now",
        "3 days ago",
        "in 2 weeks",
        "last Friday",
        "Friday",
        "10:00",
        "10:00 AM",
        "November",
        "15 November",
        "Nov 15",
        "11/15",
        "15 Nov 24",
        "15/11/24",
        "24-11-15",
        "MMXXIV",
        "0",
        "7",
        "202411",
        "173166480",
        "9999999999",
        "2024111510",
        "17316648000",
        "2024-W46-5",
        "2023-24",
        "03 04 2024",
        "2024 2025",
        "2024-11-15/2024-11-20",
        "Budget 2024",
        "the vote of 15 November 2024 in the council",
        "version 2.3.2024",
        "nan",
        "None",
        "\u0662\u0660\u0662\u0664",
    ],
)
def test_no_date(text: str) -> None:
    """What is relative, has no year or is something else is no date."""
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2024-13",
        "2024-00",
        "2024-00-00",
        "2024-02-30",
        "2023-02-29",
        "20241345",
        "30/02/2024",
        "31.04.2024",
        "99/99/2024",
        "31 February 2024",
        "Feb 29, 2023",
        "31 November 2024 10:00",
        "1499",
        "2101",
        "0001-01-01",
        "1499-12-31",
        "2101-01-01",
        "15 Nov 1499",
        "15 Nov 2101",
    ],
)
def test_impossible_date(text: str) -> None:
    """A day or month that there is not, or a year that no article is of, is no date."""
    assert read(text) is None


@given(DAYS)
@settings(max_examples=300)
def test_forms_of_a_day(day: date) -> None:
    """Every day is read in each form that is not ambiguous."""
    for form in ("%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%A, %d %B %Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%b-%Y"):
        text = day.strftime(form)
        assert (text, read(text)) == (text, day.isoformat())
    assert read(day.isoformat().replace("-", "")) == day.isoformat()
    assert read(day.strftime("%B %Y")) == day.isoformat()[:7]


@given(DAYS)
@settings(max_examples=300)
def test_order_of_day_and_month(day: date) -> None:
    """A numeric day is read in either order, or kept as its year where the two orders differ."""
    expected = day.isoformat() if day.day > 12 or day.day == day.month else day.isoformat()[:4]
    for form in ("%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "Friday %d/%m/%Y", "Friday %m/%d/%Y"):
        assert read(day.strftime(form)) == expected


@given(
    DAYS,
    st.times(),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
@settings(max_examples=300)
def test_moment_is_of_its_own_day(day: date, at: time, zone: timezone) -> None:
    """A moment with a zone is of the day that it is written with."""
    moment = datetime.combine(day, at, zone)
    assert read(moment.isoformat()) == day.isoformat()
    assert read(format_datetime(moment)) == day.isoformat()
    assert read(moment.ctime()) == day.isoformat()


@given(st.integers(1_000_000_000, 1_899_999_999))
def test_epoch(seconds: int) -> None:
    """Seconds and milliseconds since 1970 are of their day in UTC."""
    day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
    assert (read(str(seconds)), read(f"{seconds}999")) == (day, day)


PIECES = (
    *("2024", "1999", "15", "11", "03", "3", "0", "00", "31", "1e9", "1731664800", "½", "²", "٣"),
    *("Nov", "November", "May", "Fri", "Mon", "noviembre", "年", "月", "日", "г.", "IX", "MMXXIV", "Q3", "yesterday"),
    *(
        "10:00",
        "25:99",
        "AM",
        "pm",
        "EST",
        "+0100",
        "Z",
        "T",
        "D:",
        "ago",
        "in",
        "days",
        "week",
        "st",
        "th",
        "of",
        "de",
    ),
    *("at", ":", ".", ",", "/", "-", "–", "(", ")", "[", "'", "%Y", "\ud800", "\x00", "\u202e", " ", " ", " "),
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
@settings(max_examples=2000)
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, it is a possible date of a year it has in it, or none."""
    value = read(text)
    if value is not None:
        assert FIRST_YEAR <= int(value[:4]) <= LAST_YEAR
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "2024" * 25, "2024 " * 20, "Nov " * 24 + "2024", "(" * 95 + "2024", "9" * 10**6]
)
def test_hostile_text_is_no_date(text: str) -> None:
    """Long text and many numbers are no date, and do not take for ever."""
    assert read(text) is None


def test_dateparser_is_imported_for_words_alone() -> None:
    """Dates in numbers, as nearly all metadata has them, cost no import."""
    code = (
        "import sys; from index.dates import read_date; from index.articles import DateOrigin as D\n"
        "for text in ('2024-11-15T10:00:00Z', '2024', '15.11.2024', '1731664800', 'yesterday', 'news'):\n"
        "    read_date(text, D.METADATA)\n"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
