"""Stand-ins for what is slow or has a screen."""

import hashlib
import re
from collections.abc import Mapping, Sequence

import numpy as np

from index.records import StoredText
from index.spans import Span
from index.vectors import Vector, Vectors
from qa.confidence import SIGNS, Calibration
from qa.evidence import FEATURES
from qa.question import Question
from qa.reader import Candidate, MakeReader, Reading
from qa.retrieval import Hit
from qa.span_model import FoundSpan
from qa.span_reader import SpanReader


class SilentProgress:
    """A progress bar that shows nothing."""

    def begin(self, total: int) -> None:
        """Show nothing."""

    def advance(self, size: int) -> None:
        """Show nothing."""

    def end(self) -> None:
        """Show nothing."""


class HashingEmbedder:
    """An embedder that hashes words: texts are near where they share words, in no time at all."""

    dimensions = 64
    most_tokens = 50

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def token_spans(self, text: str) -> Sequence[Span]:
        """Take words and marks for tokens."""
        return [Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", text)]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return a vector a text, and remember the texts."""
        self.embedded += texts
        return np.array([self.embed_question(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def embed_question(self, text: str) -> Vector:
        """Return the sum of the words' hashed places, unit length."""
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dimensions] += 1
        return vector / np.linalg.norm(vector)


class KeywordReader:
    """A reader whose candidates are the first words of the question that a passage has."""

    threshold = 0.5

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Return the first word of the question in each hit; earlier hits score higher."""
        found = []
        for rank, hit in enumerate(hits):
            content = texts[hit.passage.text_id].content
            for word in re.findall(r"\w+", question.text):
                at = content.find(word, hit.passage.span.start, hit.passage.span.end)
                if at >= 0:
                    found.append(Candidate(hit.passage.text_id, Span(at, at + len(word)), 1 / (1 + rank)))
                    break
        return Reading(tuple(found), range(len(hits)))


class WordSpanModel:
    """A model that finds single words, with a margin for each, and others with a low one."""

    def __init__(self, margins: Mapping[str, float], *, otherwise: float = -9.0) -> None:
        self._margins = margins
        self._otherwise = otherwise

    def find_spans(self, question: str, passage: str, *, headings: Sequence[Span] = ()) -> tuple[FoundSpan, ...]:
        """Return the words of the passage, but for those of headings, best first, ties by offset."""
        found = [
            FoundSpan(Span(*word.span()), self._margins.get(word.group(), self._otherwise))
            for word in re.finditer(r"\w+", passage)
            if not any(Span(*word.span()) in heading for heading in headings)
        ]
        return tuple(sorted(found, key=lambda each: (-each.margin, each.span)))


def finding(**margins: float) -> MakeReader:
    """Return what makes a reader that finds words by their margins alone, and is sure of the first."""
    ranking = (1.0, *(0.0,) * (len(FEATURES) - 1))
    sure = Calibration(ranking=ranking, weights=(0.0, 1.0, *(0.0,) * (len(SIGNS) - 2)), bias=0.0, threshold=0.5)
    return lambda _embedder, stemmer: SpanReader(WordSpanModel(margins), sure, stemmer)
