"""Sanitised text moves no cursor, hides nothing and stays on one line."""

import unicodedata

import pytest
from hypothesis import given

from qa.sanitise import sanitise
from tests.qa.strategies import any_text, hostile_text

_JOINERS = "\u200c\u200d\u00ad"


@given(text=any_text | hostile_text)
def test_nothing_that_controls_survives(text: str) -> None:
    """No control, escape, bidi override, surrogate or line break is left in any text."""
    safe = sanitise(text)
    left = {character for character in safe if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert left <= set(_JOINERS)
    assert len(safe.splitlines()) <= 1
    assert safe.replace(" ", "").isprintable() or left


@given(text=any_text | hostile_text)
def test_sanitised_text_stays_as_it_is(text: str) -> None:
    """What was made safe once is not changed again."""
    assert sanitise(sanitise(text)) == sanitise(text)


@given(text=any_text | hostile_text)
def test_sanitised_text_can_be_encoded(text: str) -> None:
    """Lone surrogates are shown, so any text can be written as UTF-8."""
    sanitise(text).encode("utf-8", "strict")


def test_sanitised_text_of_nothing_is_nothing() -> None:
    """Nothing is added to an empty text."""
    assert sanitise("") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "<U+001B>[31mred<U+001B>[0m"),
        ("\x9b2J", "<U+009B>2J"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\u2066b", "a<U+2066>b"),
        ("a\0b\x07", "a<U+0000>b<U+0007>"),
        ("\ufeffa", "<U+FEFF>a"),
        ("a\u200bb", "a<U+200B>b"),
        ("\ud800", "<U+D800>"),
        ("\U000e0041", "<U+E0041>"),
        ("\ue000", "\ufffd"),
    ],
)
def test_hidden_characters_are_shown_by_number(text: str, shown: str) -> None:
    """What could move a cursor or hide is shown as what it is."""
    assert sanitise(text) == shown


@pytest.mark.parametrize("space", ["\n", "\r\n", "\r", "\t", "\u2028", "\u2029", "\x85", "\x0b", "\u3000", "  \n "])
def test_white_space_becomes_one_space(space: str) -> None:
    """Line breaks, tabs and runs of spaces become single spaces."""
    assert sanitise(f"a{space}b") == "a b"


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "e\u0301a\u0308",
        "می‌خواهم",
        "क्‍ष",
        "co\u00adoperate",
        "日本語",
        "“Pandora’s box” — 50 €",
    ],
)
def test_text_of_any_script_stays(text: str) -> None:
    """Emoji with joiners, combining marks and letters of all scripts stay as they are."""
    assert sanitise(text) == text
