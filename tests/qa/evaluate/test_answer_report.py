"""Figures of answers: over which questions each is taken, and what it is, by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.evaluate.answer_report import Asked, report_answers
from qa.evaluate.asking import Outcome
from qa.evaluate.figures import Figure, Report
from qa.evaluate.recall import NOWHERE, Ranks
from tests.qa.evaluate.samples import OUTCOME

RIGHT = OUTCOME
WRONG = replace(OUTCOME, answer="Nobody", confidence=0.6, hit=False, right_article=False, overlap=0.9, sentences=3)
SHY = replace(OUTCOME, answered=False, confidence=0.1, overlap=0.0)
REFUSED = replace(OUTCOME, present=False, answered=False, confidence=0.1, hit=False, hit_in_five=False, sentences=None)
FOOLED = replace(OUTCOME, present=False, confidence=0.6, hit=False, hit_in_five=False)
ALL = (RIGHT, WRONG, SHY, REFUSED, FOOLED)


def _report(outcomes: Sequence[Outcome] = ALL, ranks: Sequence[Ranks] | None = None) -> Report:
    found = ranks or [NOWHERE] * len(outcomes)
    asked = [Asked(outcome, rank, n % 2) for n, (outcome, rank) in enumerate(zip(outcomes, found, strict=True))]
    return report_answers("made", asked, articles=2)


@pytest.fixture(scope="module")
def report() -> Report:
    """Return the report over one question of each kind."""
    return _report()


def _figure(report: Report, key: str) -> Figure:
    (figure,) = (figure for figure in report.figures if figure.key == key)
    return figure


@pytest.mark.parametrize(
    ("key", "value", "questions"),
    [
        ("exact_match", 2 / 5, 5),  # RIGHT, and REFUSED as it should be
        ("f1", 2 / 5, 5),
        ("exact_match_best_guess", 2 / 3, 3),  # RIGHT and SHY
        ("f1_best_guess", 2 / 3, 3),
        ("top_quote_hit", 2 / 3, 3),
        ("top_5_quote_hit", 1.0, 3),
        ("right_article_first", 2 / 3, 3),
        ("quote_sentences", (1 + 3 + 1 + 1) / 4, 4),
        ("answered", 2 / 3, 3),
        ("answered_and_right", 1 / 3, 3),
        ("refused", 1 / 2, 2),
        ("refusal_auroc", (2 + 1.5 + 0.5) / 6, 5),
        ("brier", (0.04 + 0.36 + 0.81 + 0.01 + 0.36) / 5, 5),
        ("brier_constant", 0.4 * 0.6, 5),
        ("risk_at_coverage_50", 2 / 3, 5),
        ("milliseconds_median", 3.0, 5),
    ],
)
def test_figures_by_hand(report: Report, key: str, value: float, questions: int) -> None:
    """Each figure is taken over its own questions."""
    figure = _figure(report, key)
    assert figure.value == pytest.approx(value)
    assert figure.questions == questions


def test_quarters_by_words() -> None:
    """The quarter of the questions with fewest shared words is apart from that with most."""
    outcomes = [replace(RIGHT if n < 2 else WRONG, overlap=n / 8) for n in range(8)]
    report = _report([*outcomes, FOOLED])
    own, articles = (_figure(report, f"top_quote_hit_{which}_words") for which in ("own", "articles"))
    assert (own.value, own.questions, articles.value, articles.questions) == (1.0, 2, 0.0, 2)


def test_recall_counts_ranks() -> None:
    """Recall at a depth counts the present questions whose passage comes that soon."""
    report = _report([RIGHT, RIGHT, RIGHT, FOOLED], [Ranks(1, 5, 2), Ranks(6, 1, 1), Ranks(None, None, 20), NOWHERE])
    shares = {
        f"{way}@{depth}": round(3 * (_figure(report, f"recall_at_{depth}_{way}").value or 0))
        for way in ("words", "vectors", "fused")
        for depth in (1, 5, 20)
    }
    assert shares == {
        "words@1": 1,
        "words@5": 1,
        "words@20": 2,
        "vectors@1": 1,
        "vectors@5": 2,
        "vectors@20": 2,
        "fused@1": 1,
        "fused@5": 2,
        "fused@20": 3,
    }


def test_figures_of_one_kind_alone() -> None:
    """Without questions to refuse there is no share of them refused, and nothing to tell apart."""
    report = _report([RIGHT, WRONG])
    assert _figure(report, "refused").value is None
    assert _figure(report, "refused").interval is None
    assert _figure(report, "refusal_auroc").value is None
    assert report.to_refuse == 0


def test_intervals_hold_the_figures() -> None:
    """Every figure but the times has an interval, and lies in it here."""
    for figure in _report(ALL * 20).figures:
        if figure.key.startswith("milliseconds"):
            assert figure.interval is None
        elif figure.value is not None:
            assert figure.interval is not None
            assert figure.interval.low - 1e-9 <= figure.value <= figure.interval.high + 1e-9
