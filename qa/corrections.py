"""Tell sentences that repeat what an article once had wrong: `An earlier version of this article said …`."""

import re

_TEXT = "(?:article|story|report|post|piece|interview|headline|column|review)"
_WRONGLY = r"(?:incorrectly|wrongly|erroneously|mistakenly)"
_SAID = rf"(?:said|stated|gave|named|called|reported|listed|identified|referred|described|mis\w+|{_WRONGLY})"
_REPEATS_ERROR = re.compile(
    rf"""
    \b(?:earlier|previous|original|first|prior)\ (?:versions?|editions?|headlines?)\ of\ (?:this|the|our)\ {_TEXT}
        \W(?:[\w’']+\W+){{0,6}}?{_SAID}\b
    |\bthis\ {_TEXT}\ (?:(?:originally|previously|initially|at\ first)\ {_SAID}\b|{_WRONGLY}\ \w+)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def repeats_error(sentence: str) -> bool:
    """Tell whether a sentence says what was wrong before a correction; what is right stands beside it."""
    return _REPEATS_ERROR.search(sentence) is not None
