"""Choosing articles by position, and questions evenly."""

from pathlib import Path

import pytest

from index.errors import UsageError
from qa.evaluate.dataset import gold_questions, read_dataset, sample
from qa.squad import DataError
from tests.qa.evaluate.samples import SUBJECTS, write_dataset


def test_whole_file(tmp_path: Path) -> None:
    """Without positions, every article is there, and every question with its paragraph."""
    dataset = read_dataset(str(write_dataset(tmp_path / "news.json")))
    questions = gold_questions(dataset)
    assert dataset.name == "news.json"
    assert [question.article for question in questions] == [number // 2 for number in range(2 * len(SUBJECTS))]
    assert all(span.of(q.context) in q.answers for q in questions for span in q.spans)


def test_positions(tmp_path: Path) -> None:
    """Positions count from 0, and keep the file's order; the name tells the choice."""
    dataset = read_dataset(f"{write_dataset(tmp_path / 'news.json')}:4,0,4")
    assert dataset.name == "news.json:0,4"
    assert [article.title for article in dataset.articles] == ["The glacier", "The satellite"]


def test_position_beyond_the_last(tmp_path: Path) -> None:
    """A position that is not there is told with those that are."""
    with pytest.raises(UsageError) as raised:
        read_dataset(f"{write_dataset(tmp_path / 'news.json')}:1,6")
    assert raised.value.remedy == "name positions from 0 to 5"


def test_name_with_a_colon(tmp_path: Path) -> None:
    """A file that is really named so is taken whole."""
    assert len(read_dataset(str(write_dataset(tmp_path / "news:0,1"))).articles) == len(SUBJECTS)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is told, with positions or without."""
    for argument in ("nosuch.json", "nosuch.json:0"):
        with pytest.raises(DataError, match="cannot be read"):
            read_dataset(str(tmp_path / argument))


@pytest.mark.parametrize(("limit", "taken"), [(None, 12), (99, 12), (3, 3), (1, 1)])
def test_sample(tmp_path: Path, limit: int | None, taken: int) -> None:
    """So many questions are taken, spread evenly, each once, in order."""
    questions = gold_questions(read_dataset(str(write_dataset(tmp_path / "news.json"))))
    chosen = sample(questions, limit)
    assert len(chosen) == taken
    assert chosen == sorted(chosen, key=questions.index)
    if limit == 3:
        assert [questions.index(question) for question in chosen] == [0, 4, 8]
