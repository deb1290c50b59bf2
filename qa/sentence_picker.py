"""The reader without a trained model: pick the sentence that says most of what was asked."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder
from index.records import StoredText
from index.spans import Span
from index.words import Stemmer
from qa.answer_kind import kind_asked, shows_kind
from qa.prose import is_prose
from qa.question import Question
from qa.reader import Candidate, Grounds, Reading
from qa.retrieval import Hit

FEATURES = (
    "nearness of the sentence",
    "nearness of its passage",
    "share of the question's words",
    "share in the sentence before",
    "share in the sentence after",
    "share of the question's word pairs",
    "kind of words asked for",
    "words of its own",
)
"""What is known of a sentence; each lies between 0 and 1, but for nearness, a cosine."""

WEIGHTS = (3.04, 2.52, 4.28, 2.73, 0.91, 2.01, 0.84, 0.27)
"""One for each feature: fitted, as `BIAS` is, by tests/measure/fit_sentence_picker.py."""

BIAS = -6.87

THRESHOLD = 0.2
"""Chosen on dev-a by the same script."""

READ_HITS = 8
"""Passages whose sentences are considered."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A sentence of a hit, or as much of an overlong one as the passage holds."""

    text_id: int
    span: Span
    position: int
    nearness: float


class SentencePicker:
    """Score sentences by embedding similarity and by words; the answer is a whole sentence.

    A score is the logistic function of the weighted features: the chance that the sentence
    answers, as fitted on questions of which half had had their articles taken away.
    """

    def __init__(self, embedder: Embedder, stemmer: Stemmer) -> None:
        self._embedder = embedder
        self._stemmer = stemmer

    @property
    def threshold(self) -> float:
        """The score below which the best sentence is not called an answer."""
        return THRESHOLD

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Return the sentences of the best hits, most likely first; ties in the order of hits."""
        read = hits[:READ_HITS]
        considered = consider(read, texts)
        if not considered:
            return Reading((), range(len(read)))
        known = self.features(question, considered, texts)
        logits = known @ np.array(WEIGHTS) + BIAS
        order = np.argsort(-logits, kind="stable")
        candidates = tuple(
            Candidate(considered[at].text_id, considered[at].span, _logistic(float(logits[at]))) for at in order
        )
        grounds = Grounds(
            names=FEATURES,
            features=known[order],
            ranks=logits[order],
            shares=None,
            sign_names=FEATURES,
            signs=known[order[0]],
            weights=WEIGHTS,
            bias=BIAS,
        )
        return Reading(candidates, range(len(read)), grounds)

    def features(
        self, question: Question, considered: Sequence[Considered], texts: Mapping[int, StoredText]
    ) -> npt.NDArray[np.float64]:
        """Return the features of each sentence, shape `(len(considered), len(FEATURES))`."""
        own = [sentence.span.of(texts[sentence.text_id].content) for sentence in considered]
        vectors = self._embedder.embed_passages(own)
        nearness = vectors @ self._embedder.embed_question(question.text)
        around = [texts[sentence.text_id].beside(sentence.position, sentence.position) for sentence in considered]
        stems = self._stemmer.stems([*own, *(text for pair in around for text in pair)])
        pairs = set(pairwise(question.stems))
        asked = set(question.stems)
        kind = kind_asked(question.text)
        rows = []
        for number, sentence in enumerate(considered):
            words = stems[number]
            before, after = (set(found) for found in stems[len(own) + 2 * number : len(own) + 2 * number + 2])
            here = set(words)
            rows.append(
                (
                    float(nearness[number]),
                    sentence.nearness,
                    question.share(here),
                    question.share(before - here),
                    question.share(after - here),
                    len(pairs & set(pairwise(words))) / max(len(pairs), 1),
                    float(shows_kind(own[number], kind, question.text)),
                    min(len(here - asked), 4) / 4,
                )
            )
        return np.array(rows, dtype=np.float64)


def consider(hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> list[Considered]:
    """Return the sentences of hits, each once, with the best nearness of its passages.

    Front matter, titles, headings and rules are read with their neighbours, but answer nothing,
    unless the hits hold nothing else.
    """
    found: dict[tuple[int, Span], Considered] = {}
    prose: set[tuple[int, Span]] = set()
    for hit in hits:
        text = texts[hit.passage.text_id]
        for position in text.sentences_in(hit.passage.span):
            sentence = text.sentences[position]
            span = sentence if sentence in hit.passage.span else hit.passage.span
            key = (text.id, span)
            if key not in found or found[key].nearness < hit.nearness:
                found[key] = Considered(text.id, span, position, hit.nearness)
            if is_prose(text, position):
                prose.add(key)
    return [considered for key, considered in found.items() if key in prose or not prose]


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
