"""Which way to put a question is taken."""

import pytest

from qa.wordings import LEAD, choose


@pytest.mark.parametrize(
    ("confidences", "taken"),
    [((0.5,), 0), ((0.5, 0.5), 0), ((0.5, 0.5 + LEAD / 2), 0), ((0.1, 0.2 + LEAD), 1), ((0.1, 0.9, 0.95), 1)],
)
def test_first_way_that_no_later_one_clearly_beats_is_taken(confidences: tuple[float, ...], taken: int) -> None:
    """Ties, and near ties, go to the earlier way."""
    assert choose(confidences) == taken
