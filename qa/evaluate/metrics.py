"""Compute the figures of question answering: pure functions of answers, confidences and outcomes."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

BINS = 15
"""Bins of equal width for the expected calibration error, as in Guo et al. (2017)."""

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """What keeping only confident answers does: a point for each distinct confidence, highest first.

    Of the share `coverage` of questions, those with at least the `threshold`, the share `risk` is
    wrong. `area` is the mean risk over all coverages, ties in their expected order.
    """

    threshold: Floats
    coverage: Floats
    risk: Floats
    area: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Questions whose confidence lies above `low` and up to `high`: the mean of it, and the share right."""

    low: float
    high: float
    questions: int
    confidence: float
    right: float


def normalise_answer(text: str) -> str:
    """Return an answer as SQuAD's official script compares it: no case, punctuation, articles, extra spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split())


def exact_match(answer: str, gold: Sequence[str]) -> float:
    """Return 1 where an answer is one of the gold ones, else 0; without gold, the empty answer is right."""
    return float(normalise_answer(answer) in _normalised(gold))


def f1(answer: str, gold: Sequence[str]) -> float:
    """Return the best overlap of words with a gold answer; without gold, the empty answer is right."""
    words = normalise_answer(answer).split()
    return max(_f1(words, normalised.split()) for normalised in _normalised(gold))


def _normalised(gold: Sequence[str]) -> list[str]:
    """Return the gold answers that have words; the empty answer where none has."""
    return [normalised for text in gold if (normalised := normalise_answer(text))] or [""]


def _f1(words: Sequence[str], gold: Sequence[str]) -> float:
    if not words or not gold:
        return float(words == gold)
    shared = (Counter(words) & Counter(gold)).total()
    return 2 * shared / (len(words) + len(gold))


def auroc(positive: Floats, negative: Floats) -> float:
    """Return the chance that a positive's score exceeds a negative's, ties half; nan where one kind is missing."""
    if not positive.size or not negative.size:
        return float("nan")
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left")
    not_above = np.searchsorted(ordered, positive, side="right")
    return float((below + not_above).mean() / 2 / negative.size)


def risk_coverage(confidence: Floats, right: Flags) -> RiskCoverage:
    """Return the risk at each coverage as the threshold falls; there is at least one question."""
    order = np.argsort(-confidence, kind="stable")
    scores, wrong = confidence[order], np.cumsum(~right[order])
    last = np.append(np.flatnonzero(scores[1:] != scores[:-1]), len(scores) - 1)
    kept = last + 1
    # Within ties, errors are spread evenly: the order in which the questions came must not matter.
    counts = np.arange(1, len(scores) + 1)
    expected = np.interp(counts, np.append(0, kept), np.append(0, wrong[last]))
    return RiskCoverage(
        threshold=scores[last],
        coverage=kept / len(scores),
        risk=wrong[last] / kept,
        area=float((expected / counts).mean()),
    )


def risk_at(confidence: Floats, right: Flags, coverage: float) -> float:
    """Return the risk when the most confident share `coverage` of questions is kept, and those tied with the last."""
    curve = risk_coverage(confidence, right)
    return float(curve.risk[np.searchsorted(curve.coverage, coverage - 1e-9)])


def brier(confidence: Floats, right: Flags) -> float:
    """Return the mean squared difference of confidence and outcome (Brier 1950)."""
    return float(((confidence - right) ** 2).mean())


def constant_brier(right: Flags) -> float:
    """Return the Brier score of always saying the share that is right."""
    share = float(right.mean())
    return share * (1 - share)


def reliability(confidence: Floats, right: Flags, *, bins: int = BINS) -> tuple[ReliabilityBin, ...]:
    """Return the bins of equal width that hold questions; a confidence on an edge falls into the lower one."""
    edges = np.linspace(0, 1, bins + 1)
    numbers = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
    found = []
    for number in np.unique(numbers):
        inside = numbers == number
        means = float(confidence[inside].mean()), float(right[inside].mean())
        found.append(ReliabilityBin(float(edges[number]), float(edges[number + 1]), int(inside.sum()), *means))
    return tuple(found)


def expected_calibration_error(confidence: Floats, right: Flags, *, bins: int = BINS) -> float:
    """Return the mean distance of confidence and share right over bins of equal width, by their questions."""
    found = reliability(confidence, right, bins=bins)
    return sum(b.questions * abs(b.confidence - b.right) for b in found) / len(confidence)
