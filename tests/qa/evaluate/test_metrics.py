"""Metrics: against the official script's cases, by hand, and against what counting every pair gives."""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate import metrics

# Few distinct values, so that ties are common.
SCORES = st.integers(0, 8).map(lambda eighths: eighths / 8)
JUDGED = st.lists(st.tuples(SCORES, st.booleans()), min_size=1, max_size=30)


def _columns(judged: Sequence[tuple[float, bool]]) -> tuple[metrics.Floats, metrics.Flags]:
    return np.array([score for score, _ in judged]), np.array([right for _, right in judged])


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("The  Eiffel Tower!", "eiffel tower"),
        ("a an the", ""),
        ("theatre and anthem", "theatre and anthem"),
        ("U.S.A.", "usa"),
        ("$3.5 million", "35 million"),
        ("the-end", "theend"),
        ("“quoted”", "“quoted”"),
        ("Beyoncé\n\tKnowles", "beyoncé knowles"),
    ],
)
def test_normalised_answer(text: str, normalised: str) -> None:
    """Case, ASCII punctuation, articles and extra spaces go, in the official order; nothing else does."""
    assert metrics.normalise_answer(text) == normalised


@pytest.mark.parametrize(
    ("answer", "gold", "exact", "overlap"),
    [
        ("the mayor", ["Mayor"], 1.0, 1.0),
        ("mayor of London", ["the Mayor"], 0.0, 0.5),
        ("red red fox", ["red fox"], 0.0, 0.8),
        ("dog", ["cat", "a dog"], 1.0, 1.0),
        ("dog", ["cat"], 0.0, 0.0),
        ("", [], 1.0, 1.0),
        ("dog", [], 0.0, 0.0),
        ("", ["dog"], 0.0, 0.0),
        ("the", ["dog"], 0.0, 0.0),
        ("", ["the"], 1.0, 1.0),
        ("", ["the", "dog"], 0.0, 0.0),
    ],
)
def test_exact_match_and_f1(answer: str, gold: list[str], exact: float, overlap: float) -> None:
    """The best gold answer counts; where there is none with words, the empty answer alone is right."""
    assert metrics.exact_match(answer, gold) == exact
    assert metrics.f1(answer, gold) == pytest.approx(overlap)


@given(st.lists(SCORES, min_size=1, max_size=20), st.lists(SCORES, min_size=1, max_size=20))
def test_auroc_counts_pairs(positive: list[float], negative: list[float]) -> None:
    """It is the share of pairs in the right order, with half of each tie."""
    pairs = [(p > n) + 0.5 * (p == n) for p, n in product(positive, negative)]
    assert metrics.auroc(np.array(positive), np.array(negative)) == pytest.approx(sum(pairs) / len(pairs))


@pytest.mark.parametrize(("positive", "negative"), [([], [0.5]), ([0.5], [])])
def test_auroc_of_one_kind(positive: list[float], negative: list[float]) -> None:
    """Without both kinds there is none."""
    assert math.isnan(metrics.auroc(np.array(positive), np.array(negative)))


@given(JUDGED)
def test_risk_coverage_counts_those_kept(judged: list[tuple[float, bool]]) -> None:
    """Each point tells how many reach its threshold, and how many of those are wrong."""
    curve = metrics.risk_coverage(*_columns(judged))
    assert list(curve.threshold) == sorted({score for score, _ in judged}, reverse=True)
    for threshold, coverage, risk in zip(curve.threshold, curve.coverage, curve.risk, strict=True):
        kept = [right for score, right in judged if score >= threshold]
        assert coverage == pytest.approx(len(kept) / len(judged))
        assert risk == pytest.approx(kept.count(False) / len(kept))


@given(JUDGED, st.randoms())
def test_risk_coverage_does_not_depend_on_order(judged: list[tuple[float, bool]], draw: st.DrawFn) -> None:
    """Ties are no luck: the same questions in another order have the same area."""
    before = metrics.risk_coverage(*_columns(judged)).area
    draw.shuffle(judged)  # type: ignore[attr-defined]
    assert metrics.risk_coverage(*_columns(judged)).area == pytest.approx(before)


def test_area_is_the_mean_risk() -> None:
    """By hand: right, wrong, right gives risks 0, 1/2, 1/3; all tied, 1/3 everywhere."""
    right = np.array([True, False, True])
    assert metrics.risk_coverage(np.array([0.9, 0.5, 0.1]), right).area == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert metrics.risk_coverage(np.full(3, 0.5), right).area == pytest.approx(1 / 3)


def test_risk_at_a_coverage() -> None:
    """The first threshold that keeps the share counts."""
    confidence, right = np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, False, True, False])
    assert metrics.risk_at(confidence, right, 0.25) == 0.0
    assert metrics.risk_at(confidence, right, 0.5) == pytest.approx(1 / 3)
    assert metrics.risk_at(confidence, right, 1.0) == 0.5


def test_brier_by_hand() -> None:
    """The mean square of what is missing to the outcome; a constant's is the variance."""
    right = np.array([True, False])
    assert metrics.brier(np.array([0.8, 0.4]), right) == pytest.approx((0.04 + 0.16) / 2)
    assert metrics.constant_brier(right) == 0.25


@given(JUDGED)
def test_constant_is_the_best_constant(judged: list[tuple[float, bool]]) -> None:
    """No constant confidence has a lower Brier score than the share that is right."""
    _, right = _columns(judged)
    for constant in (0.0, 0.3, 0.5, 1.0):
        assert metrics.constant_brier(right) <= metrics.brier(np.full(len(right), constant), right) + 1e-12


def test_calibration_error_by_hand() -> None:
    """Two bins: 0.2 and 0.4 with one of two right, 0.9 and right: 2/3 · 0.2 + 1/3 · 0.1."""
    confidence, right = np.array([0.2, 0.4, 0.9]), np.array([True, False, True])
    assert metrics.expected_calibration_error(confidence, right, bins=2) == pytest.approx(2 / 3 * 0.2 + 1 / 3 * 0.1)
    low, high = metrics.reliability(confidence, right, bins=2)
    assert (low.questions, low.right) == (2, 0.5)
    assert low.confidence == pytest.approx(0.3)
    assert (high.low, high.high, high.questions) == (0.5, 1.0, 1)


def test_edges_fall_into_the_lower_bin() -> None:
    """A confidence of 0 is in the first bin, one of 1 in the last, one between two bins in the lower."""
    bins = metrics.reliability(np.array([0.0, 0.5, 1.0]), np.array([True, True, True]), bins=2)
    assert [(bin.low, bin.questions) for bin in bins] == [(0.0, 2), (0.5, 1)]


@given(JUDGED)
def test_bins_hold_every_question(judged: list[tuple[float, bool]]) -> None:
    """Every question is in one bin; the error lies between 0 and 1."""
    confidence, right = _columns(judged)
    assert sum(bin.questions for bin in metrics.reliability(confidence, right)) == len(judged)
    assert 0 <= metrics.expected_calibration_error(confidence, right) <= 1
