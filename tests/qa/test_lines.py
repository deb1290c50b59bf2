"""One JSON object a line, in order, whatever the lines hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import NoIndexError
from index.schema import create_catalog
from index.store import Store
from qa.engine import Engine
from qa.lines import answer_lines
from tests.conftest import Index

Answers = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def answers(
    fake_index: Index, fake_engine: Callable[[], Engine], articles: Path, capsys: pytest.CaptureFixture[str]
) -> Answers:
    """Return a function that answers lines over the seed articles and loads what was printed."""
    fake_index(articles)

    def run(*lines: str, limit: int = 3) -> list[dict[str, Any]]:
        assert answer_lines(fake_engine(), lines, limit=limit, here=articles.parent) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_one_object_a_line_in_order(answers: Answers) -> None:
    """Each question is answered on its own line, answered or not, without its line end."""
    found = answers("Pandora\n", "xylophone\r\n", "Kyiv")
    assert [(one["question"], one["answered"]) for one in found] == [
        ("Pandora", True),
        ("xylophone", False),
        ("Kyiv", True),
    ]


def test_conversation_of_lines_has_no_commands(
    fake_index: Index, fake_engine: Callable[[], Engine], articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that would be a command in the chat is told of, not asked; one that stands alone is a question."""
    fake_index(articles)
    answer_lines(fake_engine(), ["/only news\n", "Pandora\n"], limit=3, here=articles.parent, remember=True)
    answer_lines(fake_engine(), ["/only Pandora\n"], limit=3, here=articles.parent)
    command, answered, alone = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (command["question"], command["error"]) == ("/only news", "commands are for the chat without --json")
    assert answered["answered"]
    assert alone["answered"]


def test_unusable_line_gives_an_error_and_the_next_is_answered(answers: Answers) -> None:
    """An empty or unusable line costs nothing but itself."""
    empty, marks, last = answers("\n", "?!\n", "Pandora\n")
    assert (empty["question"], marks["question"]) == ("", "?!")
    assert empty["error"] == marks["error"] == "there are no words in the question"
    assert last["answered"]


def test_no_lines_print_nothing(answers: Answers) -> None:
    """The end of input at once is no error."""
    assert answers() == []


def test_limit_and_paths_are_handed_on(answers: Answers) -> None:
    """No more quotes than asked for, and paths from the current folder."""
    (found,) = answers("Putin", limit=2)
    assert len(found["quotes"]) == 2
    assert all(quote["citation"]["path"].startswith("articles/") for quote in found["quotes"])


def test_other_errors_end_it(fake_store: Store, fake_engine: Callable[[], Engine], tmp_path: Path) -> None:
    """What is wrong with the index is wrong for every line, and is raised."""
    create_catalog(fake_store.catalog).close()
    with pytest.raises(NoIndexError):
        answer_lines(fake_engine(), ["Pandora"], limit=3, here=tmp_path)
