"""Ranks of the right passage, by words, by vectors and fused."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.store import Store
from qa.evaluate.corpus import LeaveOut, Places, lay_out
from qa.evaluate.dataset import GoldQuestion, gold_questions, read_dataset
from qa.evaluate.recall import NOWHERE, Ranks, rank_all
from tests.conftest import Index
from tests.fakes import HashingEmbedder
from tests.qa.evaluate.samples import write_dataset


@pytest.fixture
def questions(tmp_path: Path) -> list[GoldQuestion]:
    """Return the questions about the six articles."""
    return gold_questions(read_dataset(str(write_dataset(tmp_path / "news.json"))))


@pytest.fixture
def places(tmp_path: Path, fake_index: Index, questions: list[GoldQuestion]) -> Places:
    """Return the places of the articles' paragraphs, indexed without every second article."""
    made = tmp_path / "made"
    places = lay_out([read_dataset(str(tmp_path / "news.json"))], [], made, leave_out=LeaveOut.ARTICLES)
    fake_index(made)
    return places


def _rank(store: Store, places: Places, *questions: GoldQuestion) -> list[Ranks]:
    return list(rank_all(store, HashingEmbedder(), questions, places, notify=lambda _: None))


def test_own_words_find_the_passage_first(fake_store: Store, places: Places, questions: list[GoldQuestion]) -> None:
    """A question in the passage's words is found first in all three ways."""
    (ranks,) = _rank(fake_store, places, replace(questions[0], text=questions[0].context))
    assert ranks == Ranks(1, 1, 1)


def test_words_that_no_passage_has(fake_store: Store, places: Places, questions: list[GoldQuestion]) -> None:
    """Where no word is found, vectors rank all the same."""
    (ranks,) = _rank(fake_store, places, replace(questions[0], text="zebra"))
    assert ranks.words is None
    assert ranks.vectors is not None
    assert ranks.fused is not None


def test_left_out_and_unaskable_questions(fake_store: Store, places: Places, questions: list[GoldQuestion]) -> None:
    """A passage that is not there has no rank, nor has a question without words."""
    assert _rank(fake_store, places, questions[2], replace(questions[0], text="?")) == [NOWHERE, NOWHERE]
