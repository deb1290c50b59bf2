"""The same words for a time mean another time in an article of another date, unless they say all of it."""

import pytest

from qa.time_words import day_of, days_apart, may_be_of_one_time


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
        "last night " * 1_000 + "they left",
        "12.34.56.78.90." * 5 + " x",
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


@pytest.mark.parametrize(
    ("answer", "question", "day"),
    [
        ("Monday", "When did it happen?", "2024-11-11"),
        ("on Monday", "When was it?", "2024-11-11"),
        ("Friday", "When did it happen?", "2024-11-15"),
        ("late on Thursday evening", "When did it happen?", "2024-11-14"),
        ("Sunday at about 8.30 p.m.", "When did it happen?", "2024-11-10"),
        ("Monday", "When will it happen?", "2024-11-18"),
        ("Thursday.", "When is it?", "2024-11-21"),
        ("Friday", "When will it happen?", None),
        ("Monday", "When does it happen?", None),
        ("yesterday", "When does it happen?", "2024-11-14"),
        ("tonight", "When will it happen?", "2024-11-15"),
        ("tomorrow", "When will it happen?", "2024-11-16"),
        ("next Monday", "When will it happen?", None),
        ("every Monday", "When was it?", None),
        ("Monday and Tuesday", "When was it?", None),
        ("Black Monday", "When was it?", None),
        ("before Monday", "When was it?", None),
        ("Monday", "When will the man who was arrested appear?", None),
        ("Monday", "When was the vote due to be held?", None),
        ("Sunday", "On which day of the week are they closed?", None),
        ("11 November", "When was it?", None),
    ],
)
def test_day_of_an_answer(answer: str, question: str, day: str | None) -> None:
    """A weekday is the last one or the next, as the question says; a Friday is the article's own day."""
    found = day_of(answer, question, "2024-11-15")
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("said_on", [None, "2024", "2024-11"])
def test_day_of_an_answer_needs_the_article_s(said_on: str | None) -> None:
    """Where the article's date is not known to the day, no day is told."""
    assert day_of("yesterday", "When was it?", said_on) is None
