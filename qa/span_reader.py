"""The reader with a trained model: spans from every passage, weighed together."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from index.processors import processors
from index.records import StoredText
from index.spans import Span
from index.words import Stemmer
from qa.answer_kind import Kind, kind_asked
from qa.clauses import clause_of
from qa.confidence import SIGNS, Calibration, probability, rank, signs
from qa.evidence import FEATURES, Evidence, features, gather
from qa.merging import answer_key
from qa.prose import is_prose
from qa.question import Question
from qa.reader import Candidate, Grounds, Reading
from qa.retrieval import Hit
from qa.span_model import FoundSpan, SpanModel

READ_HITS = 12
"""Passages that are read; those behind them hold the answer to one question in forty."""


class SpanReader:
    """Read the passages with a model of spans; the answer is a span, its sentence the quote."""

    def __init__(self, model: SpanModel, calibration: Calibration, stemmer: Stemmer) -> None:
        self._model = model
        self._calibration = calibration
        self._stemmer = stemmer

    @property
    def threshold(self) -> float:
        """The score below which the best span is not called an answer."""
        return self._calibration.threshold

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Return the best span of each sentence, likeliest first; ties in the order of hits.

        The first one's score is the probability that its sentence answers; the others' stand to it
        as their shares of the softmax over all sentences.
        """
        read = hits[:READ_HITS]
        evidence = gather(read, self.find(question, read, texts), texts)
        if not evidence:
            return Reading((), len(read))
        known = features(question, evidence, texts, self._stemmer)
        ranks = rank(known, self._calibration.ranking)
        said = [answer_key(piece.best.of(texts[piece.text_id].content)) for piece in evidence]
        seen = signs(known, ranks, said)
        sure = probability(seen, self._calibration)
        to_first = np.exp(ranks - ranks.max())
        kind = kind_asked(question.text)
        order = np.argsort(-ranks, kind="stable")
        candidates = tuple(
            Candidate(evidence[at].text_id, _answer(evidence[at], kind, texts), sure * float(to_first[at]))
            for at in order
        )
        grounds = Grounds(
            names=FEATURES,
            features=known[order],
            ranks=ranks[order],
            shares=to_first[order] / to_first.sum(),
            sign_names=SIGNS,
            signs=seen,
            weights=self._calibration.weights,
            bias=self._calibration.bias,
        )
        return Reading(candidates, len(read), grounds)

    def find(
        self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]
    ) -> list[tuple[FoundSpan, ...]]:
        """Return the spans found in each hit, in the hit's own offsets."""

        def find(hit: Hit) -> tuple[FoundSpan, ...]:
            text, span = texts[hit.passage.text_id], hit.passage.span
            headings = [text.sentences[at] for at in text.sentences_in(span) if not is_prose(text, at)]
            inside = [Span(max(each.start - span.start, 0), min(each.end, span.end) - span.start) for each in headings]
            return self._model.find_spans(question.text, span.of(text.content), headings=inside)

        if len(hits) < 2:
            return [find(hit) for hit in hits]
        with ThreadPoolExecutor(processors()) as pool:
            return list(pool.map(find, hits))


def _answer(evidence: Evidence, kind: Kind, texts: Mapping[int, StoredText]) -> Span:
    """Return the span that answers: the clause, where no shorter words can."""
    if kind is Kind.YES_OR_NO or (kind is Kind.REASON and evidence.margin < 0):
        return clause_of(texts[evidence.text_id].content, evidence.sentences, evidence.best)
    return evidence.best
