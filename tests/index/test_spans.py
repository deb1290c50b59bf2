"""Spans: half-open, of code points."""

import pytest
from hypothesis import given, settings

from index.spans import Span, trimmed
from tests.strategies import article_text


def test_span_names_code_points() -> None:
    """A character outside the basic plane counts as one."""
    assert Span(1, 3).of("a😀bc") == "😀b"


def test_length_is_the_number_of_code_points() -> None:
    """The end is not in the span."""
    assert len(Span(2, 5)) == 3


@pytest.mark.parametrize(
    ("other", "within"), [(Span(2, 5), True), (Span(3, 4), True), (Span(1, 4), False), (Span(4, 6), False)]
)
def test_span_contains_what_lies_in_it(other: Span, within: bool) -> None:
    """A span contains itself and each span within its bounds."""
    assert (other in Span(2, 5)) is within


def test_span_contains_nothing_but_spans() -> None:
    """A number is in no span."""
    assert 3 not in Span(2, 5)


@pytest.mark.parametrize(("other", "shared"), [(Span(4, 6), True), (Span(5, 6), False), (Span(0, 2), False)])
def test_spans_that_touch_do_not_overlap(other: Span, shared: bool) -> None:
    """Spans overlap where they share a code point, whichever is asked."""
    assert Span(2, 5).overlaps(other) is shared
    assert other.overlaps(Span(2, 5)) is shared


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  word\r\n", Span(2, 6)),
        ("\ufeffword", Span(1, 5)),
        ("\u00a0\u2028word\x85", Span(2, 6)),
        ("a b", Span(0, 3)),
        ("\u200bword", Span(0, 5)),
        (" \ufeff\n", None),
        ("", None),
    ],
)
def test_trimmed_takes_off_white_space_and_marks(text: str, kept: Span | None) -> None:
    """White space of any kind and byte-order marks go, at the ends alone; a zero-width space stays."""
    assert trimmed(text, 0, len(text)) == kept


@settings(max_examples=200, deadline=None, database=None)
@given(article_text())
def test_trimmed_loses_white_space_only(text: str) -> None:
    """Trimming agrees with `str.strip` of the same characters."""
    blank = "".join({character for character in text if character.isspace()} | {"\ufeff"})
    span = trimmed(text, 0, len(text))
    assert (span.of(text) if span else "") == text.strip(blank)


def test_joined_spans_hold_both() -> None:
    """Two spans are joined with what lies between them, in either order; one within the other adds nothing."""
    assert Span(2, 4).joined(Span(7, 9)) == Span(7, 9).joined(Span(2, 4)) == Span(2, 9)
    assert Span(2, 9).joined(Span(3, 5)) == Span(2, 9)
