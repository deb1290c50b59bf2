"""Take the figures of answers over an index: from outcomes and ranks to a report."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from qa.evaluate import metrics
from qa.evaluate.asking import Outcome
from qa.evaluate.bootstrap import Positions, Statistic
from qa.evaluate.figures import Measure, Report, Unit, mean, take, times
from qa.evaluate.metrics import Flags, Floats
from qa.evaluate.recall import Ranks

_DEPTHS = (1, 5, 20)
_COVERAGES = (0.5, 0.8)
_QUARTER = 4
_Score: TypeAlias = Callable[[Floats, Flags], float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's outcome and ranks, and the number of its article among those of all datasets."""

    outcome: Outcome
    ranks: Ranks
    article: int


def report_answers(name: str, asked: Sequence[Asked], *, articles: int) -> Report:
    """Return the report over some questions, at least one, about so many articles."""
    outcomes = [a.outcome for a in asked]
    present, hit = _flags(o.present for o in outcomes), _flags(o.hit for o in outcomes)
    confidence = np.array([o.confidence for o in outcomes])
    measures = [
        *_answers(outcomes, present),
        *_quotes(outcomes, present, hit),
        *_recall([a.ranks for a in asked], present),
        *_refusal(outcomes, present, confidence),
        *_calibration(confidence, hit),
        *times([o.milliseconds for o in outcomes]),
    ]
    return Report(
        name=name,
        articles=articles,
        questions=len(asked),
        to_refuse=int((~present).sum()),
        figures=take(measures, [a.article for a in asked]),
        curve=metrics.risk_coverage(confidence, hit),
        reliability=metrics.reliability(confidence, hit),
    )


def _answers(outcomes: Sequence[Outcome], present: Flags) -> list[Measure]:
    """Score answers as SQuAD does: as given, where a refusal is empty, and the best guess regardless."""
    gold = [o.question.answers if o.present else () for o in outcomes]
    given = [o.answer if o.answered else "" for o in outcomes]
    guessed = [o.answer for o in outcomes]
    every = np.ones_like(present)
    rows = (
        ("exact_match", "exact match", metrics.exact_match, given, every),
        ("f1", "F1", metrics.f1, given, every),
        ("exact_match_best_guess", "exact match, best guess", metrics.exact_match, guessed, present),
        ("f1_best_guess", "F1, best guess", metrics.f1, guessed, present),
    )
    return [
        Measure("answers", key, name, Unit.PERCENT, among, mean(np.array(list(map(score, answers, gold)))))
        for key, name, score, answers, among in rows
    ]


def _quotes(outcomes: Sequence[Outcome], present: Flags, hit: Flags) -> list[Measure]:
    own, articles = _quarters([o.overlap for o in outcomes], present)
    in_five = _flags(o.hit_in_five for o in outcomes)
    right_article = _flags(o.right_article for o in outcomes)
    rows = (
        ("top_quote_hit", "top-quote hit", hit, present),
        ("top_quote_hit_own_words", "  questions in own words", hit, own),
        ("top_quote_hit_articles_words", "  questions in the article's words", hit, articles),
        ("top_5_quote_hit", "top-5-quote hit", in_five, present),
        ("right_article_first", "right article first", right_article, present),
    )
    sentences = np.array([float(o.sentences or 0) for o in outcomes])
    quoted = _flags(o.sentences is not None for o in outcomes)
    return [
        *(_share("quotes", key, name, values, among) for key, name, values, among in rows),
        Measure("quotes", "quote_sentences", "sentences in the top quote", Unit.NUMBER, quoted, mean(sentences)),
    ]


def _quarters(overlap: Sequence[float], present: Flags) -> tuple[Flags, Flags]:
    """Mark the quarter of the present questions that share fewest words with their paragraph, and most."""
    ordered = sorted(np.flatnonzero(present).tolist(), key=lambda at: overlap[at])
    size = len(ordered) // _QUARTER
    fewest, most = np.zeros_like(present), np.zeros_like(present)
    fewest[ordered[:size]] = True
    most[ordered[len(ordered) - size :]] = True
    return fewest, most


def _recall(ranks: Sequence[Ranks], present: Flags) -> list[Measure]:
    ways = (
        ("words", "by words", [r.words for r in ranks]),
        ("vectors", "by vectors", [r.vectors for r in ranks]),
        ("fused", "fused", [r.fused for r in ranks]),
    )
    return [
        _share(
            "retrieval",
            f"recall_at_{depth}_{key}",
            f"recall at {depth}, {name}",
            _flags(rank is not None and rank <= depth for rank in found),
            present,
        )
        for key, name, found in ways
        for depth in _DEPTHS
    ]


def _refusal(outcomes: Sequence[Outcome], present: Flags, confidence: Floats) -> list[Measure]:
    answered = _flags(o.answered for o in outcomes)
    right = _flags(o.answered and o.hit for o in outcomes)

    def auroc(at: Positions) -> float:
        return metrics.auroc(confidence[at[present[at]]], confidence[at[~present[at]]])

    every = np.ones_like(present)
    return [
        _share("refusal", "answered", "answered", answered, present),
        _share("refusal", "answered_and_right", "answered and right", right, present),
        _share("refusal", "refused", "refused, of those to be refused", ~answered, ~present),
        Measure("refusal", "refusal_auroc", "refusal AUROC", Unit.NUMBER, every, auroc),
    ]


def _calibration(confidence: Floats, hit: Flags) -> list[Measure]:
    """Hold the confidence against whether the top quote is a hit, over all questions."""

    def statistic(score: _Score) -> Statistic:
        return lambda at: score(confidence[at], hit[at])

    def risk_at(coverage: float) -> _Score:
        return lambda scores, right: metrics.risk_at(scores, right, coverage)

    risks = [
        (f"risk_at_coverage_{share:.0%}".rstrip("%"), f"risk at {share:.0%} coverage", Unit.PERCENT, risk_at(share))
        for share in _COVERAGES
    ]
    rows: list[tuple[str, str, Unit, _Score]] = [
        *risks,
        ("risk_coverage_area", "area under risk–coverage", Unit.NUMBER, lambda c, r: metrics.risk_coverage(c, r).area),
        ("brier", "Brier score", Unit.NUMBER, metrics.brier),
        ("brier_constant", "  of a constant", Unit.NUMBER, lambda _, right: metrics.constant_brier(right)),
        (
            "expected_calibration_error",
            f"expected calibration error, {metrics.BINS} bins",
            Unit.NUMBER,
            metrics.expected_calibration_error,
        ),
    ]
    every = np.ones_like(hit)
    return [Measure("confidence", key, name, unit, every, statistic(score)) for key, name, unit, score in rows]


def _share(group: str, key: str, name: str, values: Flags, among: Flags) -> Measure:
    return Measure(group, key, name, Unit.PERCENT, among, mean(values))


def _flags(values: Iterable[bool]) -> Flags:
    return np.array(list(values), dtype=np.bool_)
