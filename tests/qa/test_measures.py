"""Measures: what can be no age, no length of time, no count and no price."""

import pytest

from index.spans import Span
from qa.measures import may_be_measure, with_unit


@pytest.mark.parametrize(
    ("answer", "may_be"),
    [
        ("810", False),
        ("1,204", False),
        ("810 votes", False),
        ("24 young people", False),
        ("£34", False),
        ("67, retired", True),
        ("born in 1956", True),
        ("17-year-old", True),
        ("3 to 5 years", True),
        ("14 was", True),
        ("more than 5000 years old", True),
        ("newly built", True),
    ],
)
def test_ages(answer: str, *, may_be: bool) -> None:
    """Nobody is 810, nor as old as a number of votes or an amount of money."""
    assert may_be_measure(answer, "How old is Sorensen?") is may_be
    assert may_be_measure(answer, "At what age did he leave?") is may_be


def test_age_in_a_unit_that_the_question_names() -> None:
    """Where the question says of what it wants the number, the number alone is enough."""
    assert may_be_measure("130,000", "How old in years is the bone?")


@pytest.mark.parametrize(
    ("answer", "may_be"),
    [
        ("1955", False),
        ("71 per cent", False),
        ("€90", False),
        ("since 1955", True),
        ("ten years", True),
        ("12 km", True),
    ],
)
def test_lengths_of_time(answer: str, *, may_be: bool) -> None:
    """A year alone, a share or an amount of money lasts for no time; a road is long, too."""
    assert may_be_measure(answer, "How long does the frog live?") is may_be


@pytest.mark.parametrize(
    ("answer", "may_be"),
    [
        ("1955", False),
        ("6:42 a.m.", False),
        ("3 p.m", False),
        ("March 11", False),
        ("11 March 2024", False),
        ("2000", True),
        ("1,955", True),
        ("5.82 million", True),
        ("43", True),
        ("March", True),
    ],
)
def test_counts(answer: str, *, may_be: bool) -> None:
    """Nothing is counted by the clock, by a date, or by what is written as a year."""
    assert may_be_measure(answer, "How many frogs did they count?") is may_be


@pytest.mark.parametrize(
    ("answer", "may_be"),
    [
        ("48,000 tonnes", False),
        ("4,000 acres", False),
        ("two francs a kilo", True),
        ("£6.50", True),
        ("3.4 billion", True),
        ("90 euros for 4 days", True),
        ("nothing", True),
    ],
)
def test_prices(answer: str, *, may_be: bool) -> None:
    """What is weighed or surveyed is no price, unless money is named with it."""
    assert may_be_measure(answer, "How much do farmers get paid for a kilo?") is may_be


@pytest.mark.parametrize(
    ("question", "answer"),
    [("How much time must they pay within?", "30 days"), ("Who was counted?", "1955"), ("When was it?", "6:42 a.m.")],
)
def test_what_asks_for_no_such_measure(question: str, answer: str) -> None:
    """Other questions are left alone."""
    assert may_be_measure(answer, question)


@pytest.mark.parametrize(
    ("answer", "behind", "question", "whole"),
    [
        ("2 million", " zloty on fans.", "How much did it cost?", "2 million zloty"),
        ("32,000", " soles.", "How much does each family get?", "32,000 soles"),
        ("80", " pence", "How much do motorcyclists pay?", "80 pence"),
        ("1.2 billion", " Hong Kong dollars were paid.", "What was paid?", "1.2 billion Hong Kong dollars"),
        ("9", " US dollars", "What does it cost?", "9 US dollars"),
        ("70", " per cent were for it.", "How many were for it?", "70 per cent"),
        ("70", " percent were for it.", "What percentage was for it?", "70"),
        ("70", " euros.", "How many euros did it cost?", "70"),
        ("70", " people.", "How many came?", "70"),
        ("5", " per cent", "How much did the central bank raise it in recent years?", "5 per cent"),
        ("20", " euros", "How much did Europe pay?", "20 euros"),
        ("20", " rand", "How much did the brand cost?", "20 rand"),
        ("20", " percentage points", "How far did it fall at this point?", "20 percentage points"),
        ("3 million", " won the lottery", "How many?", "3 million"),
        ("£2,900", " pounds", "How much?", "£2,900"),
        ("2016", " won the cup", "Which team?", "2016"),
        ("70", " poundage", "How much?", "70"),
        ("seventy", " pounds", "How much?", "seventy"),
        ("Ana Lee", " won 70", "Who won?", "Ana Lee"),
        ("70", ".\nEuros are dear.", "How much?", "70"),
    ],
)
def test_unit_of_a_number(answer: str, behind: str, question: str, whole: str) -> None:
    """A currency or a percentage behind a number belongs to it, unless it is what the question counts."""
    text = f"It was {answer}{behind}"
    span = Span(len("It was "), len("It was ") + len(answer))
    assert with_unit(text, span, len(text), question).of(text) == whole
    assert with_unit(text, span, span.end, question) == span
