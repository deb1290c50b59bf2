"""Intervals: by article, the same every time, none where one article is all."""

import numpy as np
import pytest

from qa.evaluate.bootstrap import Positions, intervals


def test_questions_of_an_article_stay_together() -> None:
    """A resample is made of whole articles."""
    articles = [7, 7, 7, 2, 2]
    seen: list[Positions] = []

    def look(at: Positions) -> float:
        seen.append(at)
        return 0.0

    intervals({"look": look}, articles, resamples=50)
    assert len(seen) == 50
    for at in seen:
        counts = np.bincount(at, minlength=5)
        assert len(set(counts[:3])) == len(set(counts[3:])) == 1
        assert counts[0] + counts[3] == 2


def test_articles_that_differ_widen_the_interval() -> None:
    """Answers all right in half of the articles are less certain than as many spread over all."""
    articles = [number // 10 for number in range(200)]
    by_article = np.array([number // 10 % 2 for number in range(200)], dtype=float)
    spread = np.array([number % 2 for number in range(200)], dtype=float)
    found = intervals(
        {"apart": lambda at: float(by_article[at].mean()), "spread": lambda at: float(spread[at].mean())}, articles
    )
    assert found["apart"].low < 0.35 < 0.65 < found["apart"].high
    assert (found["spread"].low, found["spread"].high) == (0.5, 0.5)


def test_interval_holds_the_middle() -> None:
    """Of the means of two articles, 0 or 1, both bounds are reached; of the same values, none moves."""
    values = np.array([0.0, 1.0])
    found = intervals({"mean": lambda at: float(values[at].mean())}, [0, 1])
    assert (found["mean"].low, found["mean"].high) == (0.0, 1.0)


def test_same_input_has_the_same_intervals() -> None:
    """The draw is seeded."""
    values = np.random.default_rng(3).random(40)
    articles = [number // 4 for number in range(40)]
    first, second = (intervals({"mean": lambda at: float(values[at].mean())}, articles) for _ in range(2))
    assert first == second


def test_one_article_has_no_interval() -> None:
    """One article says nothing about others."""
    assert intervals({"mean": lambda _: 0.5}, [4, 4, 4]) == {}


@pytest.mark.parametrize("known", [True, False])
def test_resamples_without_the_figure_do_not_count(known: bool) -> None:
    """A figure that some resamples lack is taken over the others; one that all lack has no interval."""

    def positives_only(at: Positions) -> float:
        return 0.5 if known and 0 in at else float("nan")

    found = intervals({"figure": positives_only}, [0, 1, 2])
    assert ("figure" in found) is known
