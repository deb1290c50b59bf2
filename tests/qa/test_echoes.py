"""Sentences that only ask what is asked."""

import pytest

from index.words import Stemmer
from qa.echoes import echoes
from qa.question import Question


def asked(text: str, stemmer: Stemmer) -> Question:
    return Question(text=text, stems=stemmer.stems([text])[0], weights={}, match="", ideal=0.0)


@pytest.mark.parametrize(
    ("sentence", "question", "expected"),
    [
        ("Who owns the Moon?", "who owns the moon", True),
        ("“Can the whales be saved?”", "Can the whale be saved?", True),
        ("Q: Why did you leave the party?", "Why did she leave the party?", True),
        ("**Why?**", "Why did she leave?", True),
        ("Who owns the Moon, and who owns Mars?", "Who owns the Moon?", False),
        ("The Moon is owned by nobody.", "Who owns the Moon?", False),
        ("Who asked, “Who owns the Moon?”, and why, was not said.", "Who owns the Moon?", False),
        ("Was it Anna who won?", "Who won?", False),
    ],
)
def test_question_without_a_word_of_its_own(sentence: str, question: str, expected: bool, stemmer: Stemmer) -> None:
    """It ends with a question mark, and all its words that matter are asked."""
    assert echoes(sentence, asked(question, stemmer), stemmer) is expected
