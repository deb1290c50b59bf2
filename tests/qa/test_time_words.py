"""The same words for a time mean another time in an article of another date, unless they say all of it."""

import pytest

from qa.time_words import days_apart, may_be_of_one_time


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("today", 0),
        ("late last night", 0),
        ("two hours ago", 0),
        ("Friday", 6),
        ("on Friday", 6),
        ("Sunday at 8.30 p.m. local time", 6),
        ("between Monday and Wednesday", 6),
        ("three days later", 6),
        ("last week", 6),
        ("early next month", 27),
        ("3 March", 182),
        ("the end of May", None),
        ("MARCH", 182),
        ("in the summer", 182),
        ("last year", 182),
        ("Friday, 3 March", 6),
    ],
)
def test_words_for_a_time_hold_for_some_days(answer: str, days: int | None) -> None:
    """The word that holds for the shortest time counts; words that are not known make it another answer."""
    assert days_apart(answer) == days


@pytest.mark.parametrize(
    "answer",
    [
        "3 March 2024",
        "2024",
        "the summer of 2020",
        "6 p.m.",
        "five",
        "Black Friday",
        "The Man Who Was Thursday",
        "Theresa May",
        "today's leaders",
        "second",
        "",
        "—",
    ],
)
def test_other_answers_mean_the_same_whenever_they_are_said(answer: str) -> None:
    """A time with its year, a time of day, a name and anything else do not depend on an article's date."""
    assert days_apart(answer) is None


@pytest.mark.parametrize(
    ("answer", "one", "other", "same"),
    [
        ("Friday", "2024-03-05", "2024-03-05", True),
        ("Friday", "2024-03-05", "2024-03-11", True),
        ("Friday", "2024-03-11", "2024-03-05", True),
        ("Friday", "2024-03-05", "2024-03-12", False),
        ("Friday", "2024-03-05", "2024-03", True),
        ("Friday", "2024-03-05", "2024-04", False),
        ("Friday", "2024-04", "2024", True),
        ("Friday", "2023-04", "2025", False),
        ("Friday", "2024-03-05", None, True),
        ("Friday", None, None, True),
        ("Friday", "", "2024-03-05", True),
        ("today", "2024-03-05", "2024-03-06", False),
        ("in March", "2024-03-05", "2024-08-30", True),
        ("in March", "2024-03-05", "2025-03-05", False),
        ("March 2024", "2024-03-05", "2034-03-05", True),
        ("Scholz", "2024-03-05", "2034-03-05", True),
    ],
)
def test_one_time_in_two_articles(answer: str, one: str | None, other: str | None, *, same: bool) -> None:
    """Articles mean one time by the same words if their dates may be near enough; one without a date may."""
    assert may_be_of_one_time(answer, one, other) == same
