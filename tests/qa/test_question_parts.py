"""Questions taken apart."""

import pytest
from hypothesis import given

from qa.question_parts import QuestionParts, take_apart
from tests.qa.strategies import any_text


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What did Scholz press Moscow to do?",
            QuestionParts("What", "what", "did", "Scholz press Moscow to do"),
        ),
        ("Which parties accuse Scholz?", QuestionParts("Which parties", "which", "", "accuse Scholz")),
        ("Which country initiated the call?", QuestionParts("Which country", "which", "", "initiated the call")),
        ("In what year was Windows 10 released?", QuestionParts("In what year", "what", "was", "Windows 10 released")),
        ("Is Scholz under pressure?", QuestionParts("", "", "Is", "Scholz under pressure")),
        ("And how long did it last?", QuestionParts("how long", "how", "did", "it last")),
        ("What kind of peace does he want?", QuestionParts("What kind of peace", "what", "does", "he want")),
        ("the call", QuestionParts("", "", "", "the call")),
        ("?", QuestionParts("", "", "", "")),
    ],
)
def test_question_has_parts(question: str, parts: QuestionParts) -> None:
    """What is asked for, the auxiliary and the rest are told apart."""
    assert take_apart(question) == parts


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Which leaders decided to keep talking?", "leaders"),
        ("What kind of peace does he want?", "peace"),
        ("Who called?", ""),
        ("How many seats has it?", "seats"),
        ("How many sick people died?", "sick people"),
        ("How much does it cost?", ""),
    ],
)
def test_noun_is_the_thing_asked_for(question: str, noun: str) -> None:
    """A `which` or `what` may go with a noun."""
    assert take_apart(question).noun == noun


@given(any_text)
def test_any_text_can_be_taken_apart(text: str) -> None:
    """Parts are parts of the text, whatever that is."""
    parts = take_apart(text)
    assert parts.rest in text
    assert parts.asks in text
    assert isinstance(parts.noun, str)
