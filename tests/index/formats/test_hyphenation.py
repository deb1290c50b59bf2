"""Lines of print joined: which hyphens are the words' own."""

import time

import pytest

from index.formats.hyphenation import find_seam, words_of


def joined(above: str, below: str, *elsewhere: str) -> str:
    seam = find_seam(above, below, words_of([above, below, *elsewhere]))
    return above[: len(above) - seam.drop] + seam.glue + below


def test_lines_are_joined_by_a_space() -> None:
    """A line's end is a space where no hyphen is."""
    assert joined("the council", "met") == "the council met"


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad"])
def test_word_broken_at_the_margin_is_whole_again(hyphen: str) -> None:
    """The hyphen of a broken word goes."""
    assert joined(f"an agree{hyphen}", "ment was") == "an agreement was"


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("the Franco-", "German talks", "the Franco-German talks"),
        ("with Covid-", "19 cases", "with Covid-19 cases"),
        ("the UN-", "backed force", "the UN-backed force"),
        ("the U.S.-", "led force", "the U.S.-led force"),
        ("in 2010-", "11 it", "in 2010-11 it"),
        ("a state-of-the-", "art plant", "a state-of-the-art plant"),
    ],
)
def test_hyphen_beside_a_capital_a_digit_or_another_hyphen_stays(above: str, below: str, expected: str) -> None:
    """Only a hyphen between lower-case letters of a plain word is taken for that of a broken word."""
    assert joined(above, below) == expected


def test_hyphen_that_the_document_has_elsewhere_stays() -> None:
    """A compound that is written with its hyphen in the middle of a line keeps it at the end of one."""
    assert joined("a well-", "known man", "She is well-known there.") == "a well-known man"


def test_word_that_the_document_has_whole_is_whole() -> None:
    """A word written without a hyphen elsewhere loses it, even where it is also written with one."""
    assert joined("by e-", "mail", "an email", "an e-mail") == "by email"
    assert joined("of self-govern-", "ment", "the government") == "of self-government"


def test_hanging_hyphen_stands_apart() -> None:
    """A hyphen that stands for the rest of a word stays, and so does the space after it."""
    assert joined("both pre-", "and post-war houses") == "both pre- and post-war houses"
    assert joined("a thous-", "and times", "two thousand") == "a thousand times"


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("the vote —", "held late", "the vote — held late"),
        ("the vote—", "held late", "the vote—held late"),
        ("the vote", "—held late", "the vote—held late"),
        ("the vote", "— held late", "the vote — held late"),
        ("either and/", "or", "either and/or"),
        ("it said -", "and left", "it said - and left"),
        ("-", "and left", "- and left"),
        ("pre-", "“war” days", "pre- “war” days"),
    ],
)
def test_dashes_keep_the_space_they_have(above: str, below: str, expected: str) -> None:
    """A dash at a line's edge is closed up where it is on its other side."""
    assert joined(above, below) == expected


def test_long_line_of_hyphens_is_read_at_once() -> None:
    """A line that is one word of thousands of hyphens takes no time."""
    began = time.perf_counter()
    assert joined("a-" * 50_000, "b")
    assert time.perf_counter() - began < 1
