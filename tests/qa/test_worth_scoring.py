"""Which passages are scored by their words, where there are very many."""

import pytest

from qa.worth_scoring import MOST_SCORED, worth_scoring

_MANY = 20 * MOST_SCORED


@pytest.mark.parametrize(
    ("counts", "passages", "among"),
    [
        ({"call": 3, "people": 100}, 1_000, None),
        ({}, 0, None),
        ({"call": 1}, _MANY, None),
        ({"people": 5 * MOST_SCORED, "call": 3, "treasury": 40}, _MANY, "call OR treasury"),
        ({"people": 5 * MOST_SCORED, "zebra": 0}, _MANY, ""),
        ({"people": 4 * MOST_SCORED, "state": 2 * MOST_SCORED}, _MANY, "state AND people"),
        ({"a": 15 * MOST_SCORED, "b": 15 * MOST_SCORED}, _MANY, ""),
        ({"people": MOST_SCORED + 1}, _MANY, ""),
    ],
)
def test_rare_terms_choose_or_several_together(counts: dict[str, int], passages: int, among: str | None) -> None:
    """Few matches are all scored; of many, those with a rare word, else those with several words at once."""
    assert worth_scoring(counts, passages) == among
