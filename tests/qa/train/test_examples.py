"""Reading what to train on: only answers that stand where their file says."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.spans import Span
from qa.squad import DataError
from qa.train.examples import Example, read_examples
from tests.qa.train.toy import asked, write_squad

CONTEXT = "The mayor is Anna. Anna opened the harbour."


def read(tmp_path: Path, *questions: dict[str, Any], context: str = CONTEXT) -> list[Example]:
    return read_examples([write_squad(tmp_path / "data.json", [{"context": context, "qas": list(questions)}])])


def test_answers_become_spans(tmp_path: Path) -> None:
    """An answer is the span of its words in the context."""
    (example,) = read(tmp_path, asked(" Who is mayor? ", CONTEXT, "Anna"))
    assert example == Example("Who is mayor?", CONTEXT, (Span(13, 17),), 0, "Towns")


def test_repeated_answers_stay_repeated(tmp_path: Path) -> None:
    """What two of three people answered counts twice."""
    (example,) = read(tmp_path, asked("Who is mayor?", CONTEXT, "Anna", "mayor is Anna", "Anna"))
    assert sorted(example.answers) == [Span(4, 17), Span(13, 17), Span(13, 17)]


def test_same_words_in_two_places(tmp_path: Path) -> None:
    """An answer of the same words elsewhere is an answer of its own."""
    question = asked("Who is mayor?", CONTEXT, "Anna", "Anna")
    question["answers"][1]["answer_start"] = 19
    (example,) = read(tmp_path, question)
    assert example.answers == (Span(13, 17), Span(19, 23))


@pytest.mark.parametrize("start", [0, 12, 14, -4, 40, 10_000])
def test_answer_that_does_not_stand_there_is_left_out(tmp_path: Path, start: int) -> None:
    """A wrong offset costs the answer, and with the last answer the question."""
    wrong = asked("Who is mayor?", CONTEXT, "Anna")
    wrong["answers"][0]["answer_start"] = start
    partly = asked("Who opened it?", CONTEXT, "Anna", "Anna opened")
    partly["answers"][1]["answer_start"] = start
    (kept,) = read(tmp_path, wrong, partly)
    assert (kept.question, kept.answers) == ("Who opened it?", (Span(13, 17),))


def test_unanswerable_questions_stay(tmp_path: Path) -> None:
    """A question of SQuAD 2.0 that is impossible has no answers, not even those that are plausible."""
    plausible = asked("Who is king?", CONTEXT, "Anna") | {"is_impossible": True}
    examples = read(tmp_path, asked("Who is queen?", CONTEXT), plausible)
    assert [(example.question, example.answers) for example in examples] == [
        ("Who is queen?", ()),
        ("Who is king?", ()),
    ]


def test_files_are_numbered(tmp_path: Path) -> None:
    """Examples come in the order of their files and say which one they came from."""
    paths = [
        write_squad(tmp_path / f"{name}.json", [{"context": CONTEXT, "qas": [asked(name, CONTEXT, "Anna")]}])
        for name in ("b", "a")
    ]
    assert [(example.question, example.source) for example in read_examples(paths)] == [("b", 0), ("a", 1)]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"data": [{}]}', '{"data": [{"paragraphs": [{"context": 1}]}]}'])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    """What is not SQuAD-format data is said so, with its name."""
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"other\.json"):
        read_examples([path])


def test_answer_without_a_place_is_refused(tmp_path: Path) -> None:
    """An answer needs its offset."""
    data = {"data": [{"paragraphs": [{"context": CONTEXT, "qas": [{"question": "Who?", "answers": [{"text": "A"}]}]}]}]}
    path = tmp_path / "data.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(DataError, match="answer_start"):
        read_examples([path])
