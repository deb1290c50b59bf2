"""The reader with a trained model: spans of the passages that may hold the answer, weighed together."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from index.processors import processors
from index.records import StoredText
from index.spans import Span
from index.words import RememberedStems, Stems
from qa.answer_kind import Kind, kind_asked
from qa.clauses import clause_of
from qa.confidence import SIGNS, Array, Calibration, probability, rank, signs
from qa.corrections import repeats_error
from qa.echoes import only_asks
from qa.evidence import FEATURES, Evidence, features, gather
from qa.hopes import hopes
from qa.measures import with_unit
from qa.merging import answer_key
from qa.pairs import heading_of
from qa.prose import is_prose
from qa.question import Question
from qa.reader import Candidate, Grounds, Reading
from qa.retrieval import Hit
from qa.span_model import FoundSpan, SpanModel

READ_HITS = 10
"""Passages that are read at most. On dev-a the next two alone hold the answer to one question in eighty, and the
right sentence comes first as often without them."""

FIRST_READ = 4
"""Passages that are read in any case, if there are so many: the likeliest."""

NEXT_READ = 2
"""Passages that are read next, as long as one of those left may hold a better answer."""

IMPOSSIBLE = -6.0
"""The weight of a first answer that cannot be what is asked for, as `grave escalation` to a `when`.

A rule, and not fitted: none of 320 questions of dev-a has such a first answer.
"""

_CANNOT_BE = "cannot be of the kind asked for"


class SpanReader:
    """Read the passages with a model of spans; the answer is a span, its sentence the quote.

    The likeliest passages come first, and no more are read than may change the answer.
    """

    def __init__(self, model: SpanModel, calibration: Calibration, stemmer: Stems) -> None:
        self._model = model
        self._calibration = calibration
        self._stemmer = stemmer
        self._threads = ThreadPoolExecutor(processors(), thread_name_prefix="reading")

    @property
    def threshold(self) -> float:
        """The score below which the best span is not called an answer."""
        return self._calibration.threshold

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Return the best span of each sentence, likeliest first; ties in the order of hits.

        The first one's score is the probability that its sentence answers; the others' stand to it
        as their shares of the softmax over all sentences.
        """
        read, evidence, known = self._read_until_settled(question, hits[:READ_HITS], texts)
        if not evidence:
            return Reading((), read)
        plain = rank(known, self._calibration.ranking)
        said = [answer_key(piece.best.of(texts[piece.text_id].content)) for piece in evidence]
        ranks = _possible_first(plain, known)
        first = int(np.argmax(ranks))
        seen = signs(known, plain, said, first)
        names: tuple[str, ...] = SIGNS
        weighed = self._calibration
        if not _is_possible(known)[first]:
            seen = np.append(seen, 1.0)
            names, weighed = (*SIGNS, _CANNOT_BE), replace(weighed, weights=(*weighed.weights, IMPOSSIBLE))
        sure = probability(seen, weighed)
        to_first = np.exp(ranks - ranks.max())
        kind = kind_asked(question.text)
        order = np.argsort(-ranks, kind="stable")
        answers = [_answer(piece, kind, question.text, texts) for piece in evidence]
        candidates = tuple(Candidate(evidence[at].text_id, answers[at], sure * float(to_first[at])) for at in order)
        grounds = Grounds(
            names=FEATURES,
            features=known[order],
            ranks=ranks[order],
            shares=to_first[order] / to_first.sum(),
            sign_names=names,
            signs=seen,
            weights=weighed.weights,
            bias=weighed.bias,
        )
        return Reading(candidates, read, grounds)

    def find(
        self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]
    ) -> list[tuple[FoundSpan, ...]]:
        """Return the spans found in each hit, in the hit's own offsets; it is read under its article's title.

        A passage in the middle of an article seldom names what the article is about, as questions do.
        """

        def find(hit: Hit, silent: Sequence[Span]) -> tuple[FoundSpan, ...]:
            text = texts[hit.passage.text_id]
            passage = hit.passage.span.of(text.content)
            heading = heading_of(passage, text.title)
            before = len(heading)
            headings = [Span(0, before), *(span.moved(before) for span in silent)]
            found = self._model.find_spans(question.text, heading + passage, headings=headings)
            return tuple(
                FoundSpan(each.span.moved(-before), each.margin) for each in found if each.span.start >= before
            )

        silent = [self._silent(question, texts[hit.passage.text_id], hit.passage.span) for hit in hits]
        if len(hits) < 2:
            return list(map(find, hits, silent))
        return list(self._threads.map(find, hits, silent))

    def _silent(self, question: Question, text: StoredText, span: Span) -> list[Span]:
        """Return the sentences of a passage that answer nothing: headings, corrected errors, what only asks.

        They are in its own offsets.
        """
        found = []
        for at in text.sentences_in(span):
            sentence = text.sentences[at]
            words = sentence.of(text.content)
            if not is_prose(text, at) or repeats_error(words) or only_asks(words, question, self._stemmer):
                shared = Span(max(sentence.start, span.start), min(sentence.end, span.end))
                found.append(shared.moved(-span.start))
        return found

    def _read_until_settled(
        self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]
    ) -> tuple[Sequence[int], list[Evidence], Array]:
        """Read hits until none of those left can hold a better answer.

        Returns the positions of those that were read, in order, the evidence in them, and its features.
        """
        ranking, stemmer = self._calibration.ranking, RememberedStems(self._stemmer)
        hoped = hopes(question, hits, texts, stemmer, ranking)
        waiting = np.argsort(-hoped, kind="stable").tolist()
        found: dict[int, tuple[FoundSpan, ...]] = {}
        evidence: list[Evidence] = []
        known = np.zeros((0, len(FEATURES)))
        for some in _portions(waiting):
            possible = rank(known, ranking)[_is_possible(known)]
            if len(possible) and hoped[some[0]] < possible.max():
                break
            found |= zip(some, self.find(question, [hits[at] for at in some], texts), strict=True)
            read = sorted(found)
            evidence = gather([hits[at] for at in read], [found[at] for at in read], texts)
            known = features(question, evidence, texts, stemmer)
        return sorted(found), evidence, known


def _possible_first(ranks: Array, known: Array) -> Array:
    """Return the ranks, answers that cannot be behind those that can where one of them would come first."""
    possible = _is_possible(known)
    if possible[np.argmax(ranks)] or not possible.any():
        return ranks
    return ranks - np.where(possible, 0.0, ranks.max() - ranks[possible].max() + 1.0)


def _is_possible(known: Array) -> npt.NDArray[np.bool_]:
    return known[:, FEATURES.index("answer may be of the kind asked for")] > 0


def _portions(positions: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the positions in portions: those that are read in any case, then those that may be read."""
    if positions:
        yield positions[:FIRST_READ]
    for start in range(FIRST_READ, len(positions), NEXT_READ):
        yield positions[start : start + NEXT_READ]


def _answer(evidence: Evidence, kind: Kind, question: str, texts: Mapping[int, StoredText]) -> Span:
    """Return the span that answers: the clause, where no shorter words can; a number with its unit."""
    content = texts[evidence.text_id].content
    if kind is Kind.YES_OR_NO or (kind is Kind.REASON and evidence.margin < 0):
        return clause_of(content, evidence.sentences, evidence.best)
    return with_unit(content, evidence.best, evidence.sentences.end, question)
