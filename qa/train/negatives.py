"""Find contexts that look as if they answered a question and do not: what retrieval will hand a reader."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder
from index.vectors import Vectors
from qa.train.encode import Encoded, EncodedExample

LIKELY = 8
"""A question's negatives are drawn from so many of its nearest contexts."""

_LOOKED_AT = 2 * LIKELY
_AT_ONCE = 2_000


def find_negatives(encoded: Encoded, embedder: Embedder) -> list[tuple[int, ...]]:
    """Return for each example the positions of the contexts nearest to its question that do not answer it.

    A context that holds the words of one of the answers is taken to answer it. Only contexts of
    the same file are considered, so that a negative differs in what it says and not in its style;
    one that stands in several is of the first. An unanswerable question has none: nobody knows what answers it.
    """
    sources = np.zeros(len(encoded.contexts), dtype=np.int64)
    for example in reversed(encoded.examples):
        sources[example.context] = example.source
    folded = [context.text.casefold() for context in encoded.contexts]
    passages = embedder.embed_passages([context.text for context in encoded.contexts])
    found: list[tuple[int, ...]] = []
    for example, nearness in _nearness(encoded.examples, passages, embedder):
        if not example.answers:
            found.append(())
            continue
        nearness[sources != sources[example.context]] = -1.0
        nearness[example.context] = -1.0
        answers = {encoded.contexts[example.context].words(*answer).casefold() for answer in example.answers}
        silent = [at for at in _nearest(nearness) if not any(answer in folded[at] for answer in answers)]
        found.append(tuple(silent[:LIKELY]))
    return found


def _nearness(
    examples: Sequence[EncodedExample], passages: Vectors, embedder: Embedder
) -> Iterator[tuple[EncodedExample, npt.NDArray[np.float32]]]:
    """Yield each example with its question's inner products with all passages."""
    for at in range(0, len(examples), _AT_ONCE):
        part = examples[at : at + _AT_ONCE]
        # As passages, since that embeds many at once.
        questions = embedder.embed_passages([example.question for example in part])
        yield from zip(part, questions @ passages.T, strict=True)


def _nearest(nearness: npt.NDArray[np.float32]) -> list[int]:
    """Return the positions of the greatest values above 0, greatest first, ties by position."""
    likely = np.argpartition(-nearness, _LOOKED_AT)[:_LOOKED_AT] if len(nearness) > _LOOKED_AT else range(len(nearness))
    return sorted((int(at) for at in likely if nearness[at] > 0), key=lambda at: (-nearness[at], at))
