"""Sentences that only ask."""

import pytest

from index.words import Stemmer
from qa.echoes import only_asks
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
        ("Who owns the Moon, and who owns Mars?", "Who owns the Moon?", True),
        ("“Who owns the Moon, and who owns Mars?”", "Who owns the Moon?", False),
        ("The Moon is owned by nobody.", "Who owns the Moon?", False),
        ("Who asked, “Who owns the Moon?”, and why, was not said.", "Who owns the Moon?", False),
        ("Was it Anna who won?", "Who won?", True),
        ("**How did you train?**", "How did Nakamura train?", True),
        ("But why does so much aid fail?", "What fails?", True),
        ("Why does so much aid fail?", "What did he ask?", False),
        ("In what year did 45 people die?", "Who died?", True),
        ("When did 45 people die?", "Who died?", True),
        ("When the siege ended, 45 had died, but who was to blame?", "Who died?", False),
        ("“Was it Anna who won?”", "Who won?", False),
        ("Hart wonders how it was done, and who is to pay?", "Who pays?", False),
    ],
)
def test_question(sentence: str, question: str, expected: bool, stemmer: Stemmer) -> None:
    """It ends with a question mark, and is put by the article, or all its words that matter are asked."""
    assert only_asks(sentence, asked(question, stemmer), stemmer) is expected
