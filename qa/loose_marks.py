"""Leave off an answer's first or last mark where its partner lies outside: one of two quotation marks or brackets."""

from index.spans import Span, trimmed

_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_STRAIGHT = '"'


def without_loose_marks(text: str, span: Span) -> Span:
    """Return `span` without loose marks at its ends, or as it is where nothing else is in it.

    A straight mark after a digit stays: it may stand for inches.
    """
    left: Span | None = span
    while left:
        inside = left.of(text)
        if _opens_loosely(inside):
            left = trimmed(text, left.start + 1, left.end)
        elif _closes_loosely(inside):
            left = trimmed(text, left.start, left.end - 1)
        else:
            return left
    return span


def _opens_loosely(inside: str) -> bool:
    first = inside[0]
    if first == _STRAIGHT:
        return inside.count(_STRAIGHT) % 2 == 1
    return any(first == opening and inside.count(opening) > inside.count(closing) for opening, closing in _PAIRS)


def _closes_loosely(inside: str) -> bool:
    last = inside[-1]
    if last == _STRAIGHT:
        return inside.count(_STRAIGHT) % 2 == 1 and not inside[-2:-1].isdigit()
    return any(last == closing and inside.count(closing) > inside.count(opening) for opening, closing in _PAIRS)
