"""Ranks, signs and the probability that are made of features."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.confidence import SIGNS, Array, Calibration, probability, rank, signs
from qa.evidence import FEATURES


def _rows(*rows: tuple[float, ...]) -> Array:
    """Return features that begin with what is given; the others are 0."""
    return np.array([row + (0.0,) * (len(FEATURES) - len(row)) for row in rows])


def _calibration(weights: tuple[float, ...], bias: float = 0.0) -> Calibration:
    return Calibration(ranking=(1.0,) * len(FEATURES), weights=weights, bias=bias, threshold=0.5)


def test_rank_is_the_weighed_sum() -> None:
    """Each feature counts by its weight."""
    ranking = (0.5, 2.0, 4.0, *(0.0,) * (len(FEATURES) - 3))
    assert rank(_rows((2.0, 0.5, 0.25), (0.0, 1.0, 0.0)), ranking).tolist() == pytest.approx([3.0, 2.0])


def test_margins_count_up_to_a_bound() -> None:
    """A margin that is out of all proportion counts no more than a large one, and the features stay as they are."""
    known = _rows((50.0,), (5_000.0,), (-50.0,), (-5_000.0,), (5.0,))
    before = known.copy()
    ranks = rank(known, (1.0, *(0.0,) * (len(FEATURES) - 1))).tolist()
    assert ranks[0] == ranks[1] == -ranks[2] == -ranks[3] < 50
    assert ranks[4] == 5.0
    assert np.array_equal(known, before)


def test_signs_are_of_the_first_sentence() -> None:
    """Margin, nearness and words are those of the sentence with the highest rank; words beside it count."""
    rows = _rows((1.0, 0.1, 0.2, 0.9), (3.0, 0.3, 0.4, 0.5, 0.1, 0.2))
    found = signs(rows, np.array([5.0, 7.0]), ("Bonn", "Berlin"))
    assert dict(zip(SIGNS, found.tolist(), strict=True)) == {
        "lead over other answers": 2.0,
        "margin": 3.0,
        "nearness of the passage": 0.3,
        "share of the question's words here or beside": 0.7,
    }


def test_lead_is_over_all_others_together() -> None:
    """Two sentences as good as each other take twice the odds of one from the first's lead."""
    lead = signs(_rows((0.0,), (0.0,), (0.0,)), np.array([3.0, 1.0, 1.0]), ("a", "b", "c"))[0]
    assert lead == pytest.approx(2 - math.log(2))


def test_sentences_that_say_the_same_take_nothing_from_the_lead() -> None:
    """A sentence with the same answer adds its odds to the first's."""
    found = signs(_rows((0.0,), (0.0,), (0.0,)), np.array([3.0, 3.0, 1.0]), ("a", "a", "b"))
    assert found[0] == pytest.approx(2 + math.log(2))


@pytest.mark.parametrize(("ranks", "answers"), [([1.0], "a"), ([40.0, 1.0], "ab"), ([1.0, 1.0], "aa")])
def test_lead_has_a_bound(ranks: list[float], answers: str) -> None:
    """A sentence without others, far before them, or with none but equal ones, leads by 8."""
    assert signs(_rows(*[(0.0,)] * len(ranks)), np.array(ranks), tuple(answers))[0] == 8.0


def test_margin_among_the_signs_has_a_bound() -> None:
    """The margin counts as in the rank."""
    known = _rows((99.0,))
    ranks = rank(known, (1.0, *(0.0,) * (len(FEATURES) - 1)))
    assert signs(known, np.array([1.0]), ("a",))[1] == ranks[0] < 99


def test_probability_is_the_logistic_function() -> None:
    """The signs count by their weights, and the bias is added."""
    chance = probability(np.array([1.0, 2.0, 0.0, 0.0]), _calibration((1.0, 0.5, 0.0, 0.0), bias=-1.0))
    assert chance == pytest.approx(1 / (1 + math.exp(-1)))


@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=len(SIGNS), max_size=len(SIGNS)),
    weights=st.lists(st.floats(-9, 9), min_size=len(SIGNS), max_size=len(SIGNS)),
)
def test_probability_lies_strictly_between_0_and_1(values: list[float], weights: list[float]) -> None:
    """However large the signs, nothing is certain and nothing overflows."""
    assert 0 < probability(np.array(values), _calibration(tuple(weights))) < 1
