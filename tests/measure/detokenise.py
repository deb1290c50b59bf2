"""Set tokens of the Penn Treebank together as people write, and say where each then stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.spans import Span

_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_OPENING_QUOTES = {"``": '"', "`": "'"}
_CLOSING_QUOTES = {"''": '"', "'": "'"}
_CLOSES = re.compile(r"[.,;:!?%)\]}°]|\.\.\.|'(?:s|re|ve|ll|d|m)|n't", re.IGNORECASE)
"""Tokens that nothing stands before."""

_OPENS = re.compile(r"[(\[{#£€¥°]|[A-Z]{0,2}\$")
"""Tokens that nothing stands after."""

_DASH = "--"
_ONE_WORD = {("can", "not"), ("gon", "na"), ("got", "ta"), ("wan", "na"), ("gim", "me"), ("lem", "me")}


@dataclass(frozen=True, slots=True)
class Detokenised:
    """A text, and where in it each token stands, in order."""

    text: str
    tokens: tuple[Span, ...]


def detokenise(tokens: Sequence[str]) -> Detokenised:
    """Return the text of `tokens`: brackets and quotes as written, with spaces where they belong."""
    text = ""
    spans = []
    for at in range(len(tokens)):
        if at and not _joins(tokens, at):
            text += " "
        written = _written(tokens, at)
        spans.append(Span(len(text), len(text) + len(written)))
        text += written
    return Detokenised(text, tuple(spans))


def _written(tokens: Sequence[str], at: int) -> str:
    if tokens[at] == _DASH:
        return "–"
    if tokens[at] == "#" and _begins_with_digit(tokens, at + 1):
        return "£"  # as the Treebank writes pounds
    return {**_BRACKETS, **_OPENING_QUOTES, **_CLOSING_QUOTES}.get(tokens[at], tokens[at])


def _joins(tokens: Sequence[str], at: int) -> bool:
    """Tell whether nothing stands between a token and the one before it."""
    before, token = tokens[at - 1], tokens[at]
    written, written_before = _BRACKETS.get(token, token), _BRACKETS.get(before, before)
    return (
        token in _CLOSING_QUOTES
        or before in _OPENING_QUOTES
        or bool(_CLOSES.fullmatch(written))
        or bool(_OPENS.fullmatch(written_before))
        or (before.lower(), token) in _ONE_WORD
        or _in_number_range(tokens, at)
        or _after_replaced_letter(tokens, at)
    )


def _in_number_range(tokens: Sequence[str], at: int) -> bool:
    """Tell whether a dash between two numbers is the token or the one before it, as in `2007 -- 08`."""
    dash = at if tokens[at] == _DASH else at - 1
    return (
        tokens[dash] == _DASH
        and dash > 0
        and tokens[dash - 1][-1:].isdecimal()
        and _begins_with_digit(tokens, dash + 1)
    )


def _begins_with_digit(tokens: Sequence[str], at: int) -> bool:
    return at < len(tokens) and tokens[at][:1].isdecimal()


def _after_replaced_letter(tokens: Sequence[str], at: int) -> bool:
    """Tell whether the token goes on a word whose first letter an editor put, as in `[h]e`."""
    if at < 3 or tokens[at - 1] != "-RSB-" or tokens[at - 3] != "-LSB-":
        return False
    return len(tokens[at - 2]) == 1 and tokens[at - 2].isalpha() and tokens[at].islower()
