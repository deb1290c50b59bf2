"""Marks that are left off an answer's ends, because their partners lie outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spans import Span
from qa.loose_marks import without_loose_marks


def shorten(text: str) -> str:
    """Return what is left of a text that is an answer as a whole."""
    return without_loose_marks(text, Span(0, len(text))).of(text)


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("\"Pandora's box", "Pandora's box"),
        ("Pandora's box\"", "Pandora's box"),
        ('"Pandora\'s box"', '"Pandora\'s box"'),
        ("“a grave escalation", "a grave escalation"),
        ("a grave escalation”", "a grave escalation"),
        ("“a grave” escalation", "“a grave” escalation"),
        ("(27", "27"),
        ("27)", "27"),
        ("f(x)", "f(x)"),
        ("Scholz (SPD)", "Scholz (SPD)"),
        ("([ both", "both"),
        ('5 feet 10"', '5 feet 10"'),
        ("« oui", "oui"),
        ("“", "“"),
        ('he said "no', 'he said "no'),
    ],
)
def test_marks_without_a_partner_are_left_off(answer: str, left: str) -> None:
    """A mark at an end goes where its partner is outside; in the middle, or with its partner, it stays."""
    assert shorten(answer) == left


@given(st.text(alphabet='ab 1"“”«»()[]', min_size=1))
def test_what_is_left_is_within_and_stays(text: str) -> None:
    """What is left lies within the answer, is not empty, and has no more to be left off."""
    left = without_loose_marks(text, Span(0, len(text)))
    assert 0 <= left.start < left.end <= len(text)
    if left != Span(0, len(text)):
        assert without_loose_marks(text, left) == left
