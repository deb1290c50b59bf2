"""Kinds of answers: what questions ask for, and which sentences have it."""

import pytest

from qa.answer_kind import Kind, kind_asked, shows_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who initiated the call?", Kind.NAME),
        ("To whom did he speak?", Kind.NAME),
        ("Whose call was it?", Kind.NAME),
        ("Where did they meet?", Kind.NAME),
        ("In which country was it?", Kind.NAME),
        ("How many troops were sent?", Kind.NUMBER),
        ("how long did the call last?", Kind.NUMBER),
        ("What percentage of voters agreed?", Kind.NUMBER),
        ("When did they last speak?", Kind.TIME),
        ("In what year was that?", Kind.TIME),
        ("Since WHICH MONTH?", Kind.TIME),
        ("Why did Zelensky object?", Kind.REASON),
        ("What was the reason for the call?", Kind.REASON),
        ("What did Scholz say?", Kind.ANYTHING),
        ("", Kind.ANYTHING),
        ("The whole wherewithal", Kind.ANYTHING),
    ],
)
def test_kind_asked(question: str, kind: Kind) -> None:
    """The question's words tell what would answer it; parts of other words do not."""
    assert kind_asked(question) is kind


def test_number_goes_before_the_rest() -> None:
    """`how many … when` asks for a number."""
    assert kind_asked("How many were there when it ended?") is Kind.NUMBER


@pytest.mark.parametrize(
    ("sentence", "kind", "shows"),
    [
        ("About 11,000 troops came.", Kind.NUMBER, True),
        ("Dozens came.", Kind.NUMBER, True),
        ("A third of them left.", Kind.NUMBER, True),
        ("Nobody came.", Kind.NUMBER, False),
        ("Someone often tends to.", Kind.NUMBER, False),
        ("It was in 1998.", Kind.TIME, True),
        ("They spoke on Friday.", Kind.TIME, True),
        ("It was two weeks ago.", Kind.TIME, True),
        ("They spoke at length.", Kind.TIME, False),
        ("It cost 500 euros.", Kind.TIME, False),
        ("He left because of it.", Kind.REASON, True),
        ("That caused a row.", Kind.REASON, True),
        ("He left.", Kind.REASON, False),
        ("The chancellor spoke to Putin.", Kind.NAME, True),
        ("Olaf Scholz spoke.", Kind.NAME, True),
        ("Nobody spoke.", Kind.NAME, False),
        ("Nobody spoke.", Kind.ANYTHING, True),
    ],
)
def test_shows_kind(sentence: str, kind: Kind, *, shows: bool) -> None:
    """A sentence has words of a kind or not."""
    assert shows_kind(sentence, kind, "A question?") is shows


def test_name_that_the_question_gave_does_not_count() -> None:
    """Who called Putin is not answered by the name of Putin, whatever its case in the question."""
    assert not shows_kind("Then he called Putin again.", Kind.NAME, "Who called putin?")


@pytest.mark.parametrize("sentence", ["Then he called Putin.", "They heard Putin’s voice."])
def test_name_that_the_question_gave_does_not_count_with_its_marks(sentence: str) -> None:
    """Nor is it where a full stop or a genitive follows the name."""
    assert not shows_kind(sentence, Kind.NAME, "Who called Putin?")


def test_another_name_counts() -> None:
    """A name beside the one that the question gave may be the answer."""
    assert shows_kind("On Friday, Scholz called Putin.", Kind.NAME, "Who called Putin?")
