"""What of an article is prose."""

import pytest

from qa.prose import is_heading


@pytest.mark.parametrize(
    ("sentence", "heading"),
    [
        ("The chancellor rang.", False),
        ("“Who rang?”", False),
        ("He rang (twice!)", False),
        ("The chancellor rings", True),
        ("." * 20_000 + "a", True),
        ("—", True),
    ],
    ids=["sentence", "quoted", "bracketed", "title", "dots", "dash"],
)
def test_title_is_told_by_its_end(sentence: str, heading: bool) -> None:
    """Among the first sentences one that no mark ends is a title, found in no time at all."""
    assert is_heading(sentence, 0) is heading
