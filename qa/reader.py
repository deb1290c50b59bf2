"""The seam for what finds the answer in the passages: candidates, in the article's coordinates."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What candidates were weighed by, for whoever asks why.

    `features` has a row a candidate, in their order, and a column for each of `names`; `ranks` is
    what each row comes to, less where it cannot be an answer and another can, and `shares` the softmax of these, None
    where the candidates do not share one. The `signs`, named by `sign_names`, are of the first candidate: with
    `weights` and `bias` they come to the logarithm of the odds that it answers.
    """

    names: tuple[str, ...]
    features: npt.NDArray[np.float64]
    ranks: npt.NDArray[np.float64]
    shares: npt.NDArray[np.float64] | None
    sign_names: tuple[str, ...]
    signs: npt.NDArray[np.float64]
    weights: tuple[float, ...]
    bias: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of the hits at the positions `read`: candidates, best first.

    `grounds` is None where there are no candidates, and for a reader that weighs nothing.
    """

    candidates: tuple[Candidate, ...]
    read: Collection[int]
    grounds: Grounds | None = field(default=None, compare=False)


class Reader(Protocol):
    """Read the passages found for a question."""

    @property
    def threshold(self) -> float:
        """The score below which the best candidate is not called an answer."""

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Return candidates, best first, ties in the order of hits, then by offset, and what they were weighed by.

        `texts` holds the texts of all hits by their ids.
        """


MakeReader: TypeAlias = Callable[[Embedder, Stemmer], Reader]
"""What makes a reader for an index: of the model that embeds, and of what makes stems."""
