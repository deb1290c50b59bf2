"""Half-open code-point spans into an article's text."""

import re
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\r|\n")
"""What ends a line, as an editor counts lines."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Name the code points `text[start:end]` of one article's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def joined(self, other: "Span") -> "Span":
        """Return the least span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def moved(self, by: int) -> "Span":
        """Return the span `by` code points further on, or back where that is negative."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """Return the code points of `text` that the span names."""
        return text[self.start : self.end]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Shrink `[start, end)` past white space and byte-order marks; None where nothing else is there."""
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return Span(start, end) if start < end else None


def _is_blank(character: str) -> bool:
    return character.isspace() or character == "\ufeff"
