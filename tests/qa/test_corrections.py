"""Corrections at the end of articles."""

import pytest

from qa.corrections import repeats_error


@pytest.mark.parametrize(
    ("sentence", "repeats"),
    [
        ("An earlier version of this article said that Prentiss was 57.", True),
        ("> **Correction, 29 April:** An earlier version of this story misstated her age as 57.", True),
        ("A previous version of this report incorrectly gave the toll as five.", True),
        ("The headline of the original version of this article wrongly named the mayor.", True),
        ("This article originally said that two had died.", True),
        ("This story was originally published in March.", False),
        ("She is 59.", False),
        ("This earlier version of the story follows an adult Scout Finch.", False),
        ("An earlier version of the software said hello.", False),
        ("Earlier versions of Windows were slower.", False),
    ],
)
def test_what_was_wrong_is_told(sentence: str, repeats: bool) -> None:
    """Only what says of an article's earlier version what it had said."""
    assert repeats_error(sentence) is repeats
