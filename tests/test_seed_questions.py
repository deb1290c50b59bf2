"""The seeds' questions: a sound table, and how many the product gets right with the real model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import update_index
from index.inputs import BuildOptions
from index.store import Store
from qa.answer import Answer
from qa.engine import Engine
from tests.conftest import SEEDS
from tests.fakes import SilentProgress
from tests.seed_questions import ANSWERED, NOT_ANSWERED, SeedQuestion

RIGHT = 0.85
"""The share of all questions that is to come out right."""

RIGHT_SO_FAR = 0.68
"""The share that came out right with the reader that is shipped was 77.4%: it may not fall far behind that."""


@pytest.fixture
def engine(articles: Path, real_store: Store) -> Iterator[Engine]:
    """Return an engine over an index of the seeds, with the real models."""
    update_index(real_store, BuildOptions(roots=(articles,)), notify=lambda _: None, progress=SilentProgress())
    with Engine(real_store, notify=pytest.fail) as opened:
        yield opened


@pytest.mark.parametrize("asked", ANSWERED, ids=lambda asked: asked.question)
def test_answers_are_words_of_the_seeds(asked: SeedQuestion) -> None:
    """Each answer stands in a seed, to the letter."""
    texts = [_read(path) for path in SEEDS.iterdir()]
    assert asked.answers
    for words in asked.answers:
        assert any(words in text for text in texts), words


def test_no_question_stands_twice() -> None:
    """Each question is asked once, whatever its case."""
    questions = [question.casefold() for question in (*(asked.question for asked in ANSWERED), *NOT_ANSWERED)]
    assert len(set(questions)) == len(questions)


def test_there_are_enough_questions_of_both_kinds() -> None:
    """The table is large enough for a share to mean something."""
    assert len(ANSWERED) >= 30
    assert len(NOT_ANSWERED) >= 12


@pytest.mark.real_model
def test_most_seed_questions_come_out_right(engine: Engine) -> None:
    """Most questions get a first quote that answers, or are refused where the seeds have no answer."""
    wrong = []
    for asked in ANSWERED:
        answer = engine.ask(asked.question)
        if not answer.answered or not any(words in answer.quotes[0].text for words in asked.answers):
            wrong.append(_describe(answer))
    misses = len(wrong)
    for question in NOT_ANSWERED:
        answer = engine.ask(question)
        if answer.answered:
            wrong.append(_describe(answer))
    asked_in_all = len(ANSWERED) + len(NOT_ANSWERED)
    share = 1 - len(wrong) / asked_in_all
    print(
        f"right: {share:.1%} of {asked_in_all}; wrong: {misses} of {len(ANSWERED)} to answer,"
        f" {len(wrong) - misses} of {len(NOT_ANSWERED)} to refuse"
    )
    print("\n".join(wrong))
    assert share >= RIGHT_SO_FAR
    if share < RIGHT:
        pytest.xfail(f"the reader is not good enough yet: {share:.1%} of the seeds' questions, {RIGHT:.0%} wanted")


def _describe(answer: Answer) -> str:
    quote = answer.quotes[0].text if answer.quotes else "no quote"
    return f"{answer.question}\n  {'answered' if answer.answered else 'refused'}, {answer.confidence:.0%}: {quote}"


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
