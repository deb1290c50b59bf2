"""Narrowings: what is given, how it is said, and what is no date."""

import pytest

from index.errors import UsageError
from qa.narrowing import EVERYTHING, Narrowing, nothing_left, parse_date, read_filter_date, undated_line


@pytest.mark.parametrize(
    ("narrowing", "given", "said"),
    [
        (EVERYTHING, {}, ""),
        (Narrowing(only="a*"), {"only": "a*"}, "only a*"),
        (
            Narrowing(source="AP", before="2024", since="2023-05", only="a"),
            {"only": "a", "since": "2023-05", "before": "2024", "source": "AP"},
            "only a, since 2023-05, before 2024, source AP",
        ),
    ],
)
def test_what_is_given(narrowing: Narrowing, given: dict[str, str], said: str) -> None:
    """A narrowing is true where anything is given, and names that in a fixed order."""
    assert (bool(narrowing), dict(narrowing.as_mapping()), str(narrowing)) == (bool(given), given, said)
    assert list(narrowing.as_mapping()) == list(given)


@pytest.mark.parametrize("text", ["2024", "2024-11", "2024-11-15", "2024-02-29", "0001"])
def test_dates(text: str) -> None:
    """A year, a month and a day are dates and stay as they are."""
    assert parse_date(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "24", "2024-13", "2024-00", "2023-02-29", "2024-1", "2024-11-15T10:00", "20241115", "0000", "-2024",
        "last week", "2024 ", "２０２４", "15.11.2024",
    ],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    """What is no date is refused with examples of what is, in a narrowing too."""
    with pytest.raises(UsageError, match="as in 2024, 2024-11 or 2024-11-15"):
        parse_date(text)
    with pytest.raises(UsageError):
        Narrowing(since=text)
    with pytest.raises(UsageError):
        Narrowing(before=text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"),
        ("2024-11", "2024-11"),
        ("March 2024", "2024-03"),
        ("5 July 2023", "2023-07-05"),
        ("Nov. 5, 2024", "2024-11-05"),
        ("15.11.2024", "2024-11-15"),
        ("04/2024", "2024-04"),
    ],
)
def test_dates_as_people_write_them(text: str, date: str) -> None:
    """A filter takes a date as articles have it."""
    assert read_filter_date(text) == date


@pytest.mark.parametrize("text", ["03/04/2024", "last week", "", "2024-13", "July"])
def test_dates_that_may_be_another_are_refused(text: str) -> None:
    """Not even the year is taken of what may be in March or April."""
    with pytest.raises(UsageError, match="is not a date"):
        read_filter_date(text)


@pytest.mark.parametrize("empty", [{"only": ""}, {"source": " "}])
def test_empty_filter_is_refused(empty: dict[str, str]) -> None:
    """A filter of nothing is told from no filter."""
    with pytest.raises(UsageError, match="is empty"):
        Narrowing(**empty)


def test_undated_articles_are_said() -> None:
    """One article or several."""
    assert undated_line(1) == "1 article without an exact date left out"
    assert undated_line(2) == "2 articles without an exact date left out"


@pytest.mark.parametrize(("undated", "said"), [(0, ""), (2, " (2 articles without an exact date left out)")])
def test_nothing_left(undated: int, said: str) -> None:
    """The error names the filters, and the undated articles where there are any."""
    assert nothing_left(Narrowing(only="a"), undated).problem == f"no article matches: only a{said}"
