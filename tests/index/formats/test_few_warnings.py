"""Few warnings of one file."""

import pytest

from index.formats.few_warnings import MOST_WARNINGS, few_warnings


@pytest.mark.parametrize("count", [0, 1, MOST_WARNINGS])
def test_few_are_passed_on(count: int) -> None:
    """As many warnings as fit are told, and nothing more."""
    told: list[str] = []
    with few_warnings(told.append) as tell:
        for number in range(count):
            tell(f"warning {number}")
    assert told == [f"warning {number}" for number in range(count)]


def test_more_are_counted() -> None:
    """The rest are told by their number, at the end."""
    told: list[str] = []
    with few_warnings(told.append) as tell:
        for number in range(MOST_WARNINGS + 7):
            tell(f"warning {number}")
        assert len(told) == MOST_WARNINGS
    assert told[MOST_WARNINGS:] == ["… and 7 more"]
