"""Find contexts that look as if they answered a question and do not: what retrieval will hand a reader."""

from collections.abc import Sequence

import numpy as np

from index.embedder import Embedder
from qa.train.encode import Encoded

LIKELY = 8
"""A question's negatives are drawn from so many of its nearest contexts."""

_AT_ONCE = 2_000


def find_negatives(encoded: Encoded, embedder: Embedder) -> list[tuple[int, ...]]:
    """Return for each example the positions of the contexts nearest to its question that do not answer it.

    A context that holds the words of one of the answers is taken to answer it. Only contexts of
    the same file are considered, so that a negative differs in what it says and not in its style.
    """
    sources = np.zeros(len(encoded.contexts), dtype=np.int64)
    for example in encoded.examples:
        sources[example.context] = example.source
    folded = [context.text.casefold() for context in encoded.contexts]
    passages = embedder.embed_passages([context.text for context in encoded.contexts])
    found: list[tuple[int, ...]] = []
    for at in range(0, len(encoded.examples), _AT_ONCE):
        part = encoded.examples[at : at + _AT_ONCE]
        nearness = embedder.embed_passages([example.question for example in part]) @ passages.T
        for example, row in zip(part, nearness, strict=True):
            row[sources != example.source] = -1.0
            row[example.context] = -1.0
            nearest = np.argsort(-row)[: 2 * LIKELY]
            answers = _answer_texts(encoded, example.context, example.answers)
            silent = [
                int(n) for n in nearest if row[n] > 0 and not any(answer in folded[n] for answer in answers)
            ]
            found.append(tuple(silent[:LIKELY]))
    return found


def _answer_texts(encoded: Encoded, context: int, answers: Sequence[tuple[int, int]]) -> set[str]:
    return {encoded.contexts[context].words(first, last).casefold() for first, last in answers}
