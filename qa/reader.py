"""The seam for what finds the answer in the passages: candidates, in the article's coordinates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from index.embedder import Embedder
from index.records import StoredText
from index.spans import Span
from index.words import Stemmer
from qa.question import Question
from qa.retrieval import Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a text that may be the answer; `score` is how likely it is, 0 to 1."""

    text_id: int
    span: Span
    score: float


class Reader(Protocol):
    """Read the passages found for a question."""

    @property
    def threshold(self) -> float:
        """The score below which the best candidate is not called an answer."""

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> tuple[Candidate, ...]:
        """Return candidates, best first, ties in the order of hits, then by offset.

        `texts` holds the texts of all hits by their ids.
        """


MakeReader: TypeAlias = Callable[[Embedder, Stemmer], Reader]
"""What makes a reader for an index: of the model that embeds, and of what makes stems."""
