"""The seam for a model that finds answers: spans of one passage, with how sure it is of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.spans import Span


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A span of a passage that may answer.

    `margin` is the logarithm of how many times likelier the model holds the span to be the answer
    than the passage to hold none: above 0 it would answer. Margins compare across passages.
    """

    span: Span
    margin: float


class SpanModel(Protocol):
    """Find the answer to a question in one passage."""

    def find_spans(self, question: str, passage: str, *, headings: Sequence[Span] = ()) -> tuple[FoundSpan, ...]:
        """Return the likeliest spans of `passage`, best first, no two the same, ties by offset.

        None begins or ends in `headings`, which are read all the same, unless nothing else is
        there. Empty only where the passage has no words.
        """
