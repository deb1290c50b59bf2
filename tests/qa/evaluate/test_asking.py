"""Outcomes: what counts as a hit, and what is to be refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.spans import Span
from qa.engine import Engine
from qa.evaluate.asking import Outcome, ask_all, word_overlap
from qa.evaluate.corpus import LeaveOut, Places, lay_out
from qa.evaluate.dataset import Dataset, GoldQuestion, gold_questions, read_dataset
from tests.conftest import Index
from tests.qa.evaluate.samples import GOLD, write_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Return the dataset of six articles."""
    return read_dataset(str(write_dataset(tmp_path / "news.json")))


@pytest.fixture
def places(dataset: Dataset, tmp_path: Path, fake_index: Index) -> Places:
    """Return the places of its paragraphs, with every second article left out, all indexed."""
    made = tmp_path / "made"
    places = lay_out([dataset], [], made, leave_out=LeaveOut.ARTICLES)
    fake_index(made)
    return places


@pytest.fixture
def questions(dataset: Dataset) -> list[GoldQuestion]:
    """Return its questions."""
    return gold_questions(dataset)


def _ask(engine: Engine, question: GoldQuestion, places: Places) -> Outcome:
    (outcome,) = ask_all(engine, [question], places)
    return outcome


def test_quote_at_the_gold_place_hits(
    fake_engine: Callable[[], Engine], questions: list[GoldQuestion], places: Places
) -> None:
    """The sentence that holds the answer, in its own article, is a hit."""
    outcome = _ask(fake_engine(), questions[0], places)
    assert (outcome.present, outcome.hit, outcome.hit_in_five, outcome.right_article) == (True, True, True, True)
    assert (outcome.answered, outcome.confidence, outcome.sentences) == (True, 1.0, 1)
    assert outcome.milliseconds > 0


def test_same_words_elsewhere_do_not_hit(
    fake_engine: Callable[[], Engine], questions: list[GoldQuestion], places: Places
) -> None:
    """Where the gold answer stands in the next sentence, a quote of the same article is no hit."""
    context = questions[0].context
    at = context.index("Nothing")
    outcome = _ask(fake_engine(), replace(questions[0], spans=(Span(at, at + 7),)), places)
    assert (outcome.hit, outcome.right_article) == (False, True)


def test_left_out_question_is_to_be_refused(
    fake_engine: Callable[[], Engine], questions: list[GoldQuestion], places: Places
) -> None:
    """A question whose article is not indexed is not present, and no quote of another hits."""
    outcome = _ask(fake_engine(), questions[2], places)
    assert (outcome.present, outcome.hit, outcome.hit_in_five, outcome.right_article) == (False,) * 4


def test_unanswerable_question_is_to_be_refused(
    fake_engine: Callable[[], Engine], questions: list[GoldQuestion], places: Places
) -> None:
    """A question that its paragraph does not answer is not present, though the paragraph is."""
    outcome = _ask(fake_engine(), replace(questions[0], answers=(), spans=()), places)
    assert (outcome.present, outcome.hit) == (False, False)


def test_question_without_words_is_refused(
    fake_engine: Callable[[], Engine], questions: list[GoldQuestion], places: Places
) -> None:
    """What cannot be asked is an outcome too: refused, with no quote."""
    outcome = _ask(fake_engine(), replace(questions[0], text="?"), places)
    assert (outcome.present, outcome.answered, outcome.confidence) == (True, False, 0.0)
    assert (outcome.answer, outcome.sentences) == ("", None)


@pytest.mark.parametrize(
    ("text", "share"), [("Who spoke?", 1.0), ("Did the mayor laugh?", 0.5), ("Who?", 0.0), ("Whence came rain?", 0.0)]
)
def test_word_overlap(text: str, share: float) -> None:
    """The share of the longer words that the paragraph has."""
    assert word_overlap(replace(GOLD, text=text)) == share
