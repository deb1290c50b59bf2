"""Names that were typed in lower case."""

import pytest
from hypothesis import given

from qa.capitals import with_capitals
from tests.qa.strategies import any_text

_TEXTS = (
    "Helen Prentiss, 59, stood as Judge Miriam Castellane passed sentence.",
    "The caretaker, Tomasz Wójcik, said the union's gift was a rod. Fishing he does. Rod Lee was there.",
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what did helen prentiss do", "what did Helen Prentiss do"),
        ("who is tomasz wojcik's wife", "who is tomasz wojcik's wife".replace("tomasz wojcik", "Tomasz Wójcik")),
        ("what did the judge say", "what did the Judge say"),
        ("what was the rod", "what was the rod"),
        ("who goes fishing", "who goes fishing"),
        ("What did Helen prentiss do", "What did Helen prentiss do"),
        ("who called", "who called"),
    ],
)
def test_words_are_written_as_in_the_texts(question: str, wanted: str) -> None:
    """What is small elsewhere, or large only where a sentence opens, stays; so does who types capitals."""
    assert with_capitals(question, _TEXTS) == wanted


@given(any_text)
def test_without_texts_nothing_changes(question: str) -> None:
    """Capitals come from texts alone."""
    assert with_capitals(question, ()) == question
