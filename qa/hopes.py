"""Tell before a passage is read how good an answer it can hold at best."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.records import StoredText
from index.words import Stems
from qa.confidence import Array, rank
from qa.evidence import Evidence, features
from qa.question import Question
from qa.retrieval import Hit

LARGE_MARGIN = 10.0
"""A margin that a reader hardly ever exceeds.

Over questions of dev-a, reading 5.7 passages on average of articles that answer, and 9 of others,
gives as many right quotes and refusals as reading twelve; a margin of 6 or 8 saves little more.
"""


def hopes(
    question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText], stems: Stems, ranking: tuple[float, ...]
) -> Array:
    """Return the rank, as in `qa.confidence.rank`, that no sentence of a hit exceeds by much, shape `(hits,)`.

    All of a sentence's features are known beforehand, but for those of its spans: their margin, and their kind,
    which is taken for the one asked for where the sentence has words of it.
    """
    sentences: list[Evidence] = []
    numbers: list[int] = []
    for number, hit in enumerate(hits):
        text = texts[hit.passage.text_id]
        for at in text.sentences_in(hit.passage.span):
            sentence = text.sentences[at]
            sentences.append(Evidence(text.id, sentence, at, at, sentence, LARGE_MARGIN, hit))
            numbers.append(number)
    best = np.full(len(hits), -np.inf)
    np.maximum.at(best, numbers, rank(features(question, sentences, texts, stems), ranking))
    return best
