"""Tell before a passage is read how good an answer it can hold at best."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.records import StoredText
from index.words import Stems
from qa.confidence import Array, rank
from qa.evidence import FEATURES, Evidence, features
from qa.question import Question
from qa.retrieval import Hit

LARGE_MARGIN = 10.0
"""A margin that a reader hardly ever exceeds."""

HOPED_WORDS = 0.3
"""The words that are hoped for of an answer, as that feature: a long one hardly ever has so large a margin.

480 questions of dev-a and about news were asked in a large folder and in a small one: 5.0 passages are then read on
average where an article answers, and three of the 960 have another first answer than after reading all ten. With hope
for ten words, 5.7 are read, and it is one.
"""

_WORDS, _MAY_BE, _SHOWS = (
    FEATURES.index(name)
    for name in ("words of the answer", "answer may be of the kind asked for", "kind of words asked for")
)


def hopes(
    question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText], stems: Stems, ranking: tuple[float, ...]
) -> Array:
    """Return the rank, as in `qa.confidence.rank`, that no sentence of a hit exceeds by much, shape `(hits,)`.

    All of a sentence's features are known beforehand, but for those of its spans: their margin, their number of words,
    and their kind, which is taken for the one asked for where the sentence has words of it.
    """
    sentences: list[Evidence] = []
    numbers: list[int] = []
    for number, hit in enumerate(hits):
        text = texts[hit.passage.text_id]
        for at in text.sentences_in(hit.passage.span):
            sentence = text.sentences[at]
            sentences.append(Evidence(text.id, sentence, at, at, sentence, LARGE_MARGIN, hit))
            numbers.append(number)
    known = features(question, sentences, texts, stems)
    known[:, _WORDS] = HOPED_WORDS
    known[:, _MAY_BE] = np.maximum(known[:, _MAY_BE], known[:, _SHOWS])
    best = np.full(len(hits), -np.inf)
    np.maximum.at(best, numbers, rank(known, ranking))
    return best
