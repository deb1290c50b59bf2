"""Reading SQuAD-format files: places that hold, unanswerable questions, and what is no such file."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.spans import Span
from qa.squad import DataError, read_squad

CONTEXT = "The mayor spoke. The mayor left."


def _write(folder: Path, data: object) -> Path:
    path = folder / "data.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def _dataset(**question: Any) -> dict[str, Any]:
    fields = {"question": " Who spoke? ", "answers": [], **question}
    return {"data": [{"title": "City_\nhall", "paragraphs": [{"context": CONTEXT, "qas": [fields]}]}]}


def test_answers_and_their_places(tmp_path: Path) -> None:
    """Every answer given is kept, each place once; the title loses its underlines and line ends."""
    given = [{"text": "The mayor", "answer_start": start} for start in (17, 0, 0)]
    (article,) = read_squad(_write(tmp_path, _dataset(answers=given)))
    (question,) = article.paragraphs[0].questions
    assert (article.title, article.paragraphs[0].context) == ("City hall", CONTEXT)
    assert (question.text, question.answers) == ("Who spoke?", ("The mayor",) * 3)
    assert question.spans == (Span(0, 9), Span(17, 26))


@pytest.mark.parametrize("start", [1, -9, 99])
def test_place_that_does_not_hold_is_left_out(tmp_path: Path, start: int) -> None:
    """An answer that does not stand where the file says keeps its words and loses its place."""
    (article,) = read_squad(_write(tmp_path, _dataset(answers=[{"text": "The mayor", "answer_start": start}])))
    (question,) = article.paragraphs[0].questions
    assert (question.answers, question.spans) == (("The mayor",), ())


def test_impossible_question_has_no_answers(tmp_path: Path) -> None:
    """The plausible answers of SQuAD 2.0 are none."""
    given = [{"text": "The mayor", "answer_start": 0}]
    data = _dataset(is_impossible=True, answers=[], plausible_answers=given)
    (article,) = read_squad(_write(tmp_path, data))
    assert article.paragraphs[0].questions[0].answers == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "[] where an object belongs"),
        ({}, "no 'data' where one belongs"),
        ({"data": 3}, "3 where a list belongs"),
        ({"data": [{"title": "x"}]}, "no 'paragraphs' where one belongs"),
        (_dataset(question=None), "null where a text belongs"),
        (_dataset(answers=[{"text": "The mayor", "answer_start": "0"}]), '"0" where a whole number belongs'),
        ({"data": []}, "there are no questions in"),
    ],
)
def test_other_data(tmp_path: Path, data: object, said: str) -> None:
    """A file of another shape is told with what is wrong."""
    with pytest.raises(DataError) as raised:
        read_squad(_write(tmp_path, data))
    assert said in raised.value.problem


@pytest.mark.parametrize("content", [b"no json", b"\xff\xfe{", b""])
def test_not_json(tmp_path: Path, content: bytes) -> None:
    """A file that is no JSON, or no text at all, is told in one line."""
    path = tmp_path / "data.json"
    path.write_bytes(content)
    with pytest.raises(DataError) as raised:
        read_squad(path)
    assert "is not SQuAD-format data" in raised.value.problem
    assert "\n" not in raised.value.problem


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is told."""
    with pytest.raises(DataError, match="cannot be read"):
        read_squad(tmp_path / "nosuch.json")
