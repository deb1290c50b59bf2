"""Weigh the spans that were found against each other: what each sentence has to say for itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.records import StoredText
from index.spans import Span
from index.words import Stems
from qa.answer_kind import kind_asked, may_be_of_kind, shows_kind
from qa.merging import answer_key
from qa.prose import is_prose
from qa.question import Question
from qa.retrieval import Hit
from qa.span_model import FoundSpan

FEATURES = (
    "margin",
    "nearness of the passage",
    "wording of the passage",
    "share of the question's words",
    "share in the sentence before",
    "share in the sentence after",
    "kind of words asked for",
    "crosses a sentence's end",
    "answer may be of the kind asked for",
    "words of the answer",
)
"""What is known of a sentence that may answer. The margin is a logarithm of odds; the others lie
between 0 and 1, but for nearness, a cosine. What a long answer has of odds is shared among its many
boundaries, for which its words make up."""

LONG_ANSWER = 10
"""Words of an answer above which it counts as no longer."""

CROSSING_LEAD = 2.0
"""How much likelier, as a logarithm of odds, an answer of two sentences has to be than one within either.

Answers seldom cross a sentence's end, and readers are often a word too long.
"""


_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence or sentences around spans that a reader found, with all that they say together.

    `best` is the likeliest span; `margin` the logarithm of the summed odds of all spans here.
    """

    text_id: int
    sentences: Span
    first: int
    last: int
    best: Span
    margin: float
    hit: Hit


def gather(
    hits: Sequence[Hit], found: Sequence[Sequence[FoundSpan]], texts: Mapping[int, StoredText]
) -> list[Evidence]:
    """Return the evidence of each sentence, in the order in which hits bring it up.

    `found` holds the spans of each hit, in the hit's own offsets. Passages overlap: a span that was
    found in two keeps the better margin. Marks alone answer nothing, and titles and headings only where nothing else
    does.
    """
    margins: dict[tuple[int, int, int], dict[Span, tuple[float, Hit]]] = {}
    for hit, spans in zip(hits, found, strict=True):
        text = texts[hit.passage.text_id]
        for each in spans:
            span = Span(hit.passage.span.start + each.span.start, hit.passage.span.start + each.span.end)
            inside = text.sentences_in(span)
            if not inside or not _LETTER_OR_DIGIT.search(text.content, span.start, span.end):
                continue
            here = margins.setdefault((text.id, inside[0], inside[-1]), {})
            if span not in here or here[span][0] < each.margin:
                here[span] = (each.margin, hit)
    _settle_crossings(margins)
    prose = [key for key in margins if any(is_prose(texts[key[0]], at) for at in range(key[1], key[2] + 1))]
    evidence = []
    for text_id, first, last in prose or margins:
        spans_here = margins[text_id, first, last]
        sentences = texts[text_id].sentences
        best = max(spans_here, key=lambda span: (spans_here[span][0], -span.start, -span.end))
        margin = float(np.logaddexp.reduce([margin for margin, _ in spans_here.values()]))
        whole = sentences[first].joined(sentences[last]).joined(best)
        evidence.append(Evidence(text_id, whole, first, last, best, margin, spans_here[best][1]))
    return evidence


def _settle_crossings(margins: dict[tuple[int, int, int], dict[Span, tuple[float, Hit]]]) -> None:
    """Drop spans that cross a sentence's end, unless they are far likelier than all within one of the sentences."""
    for text_id, first, last in [key for key in margins if key[1] < key[2]]:
        within = [margins[text_id, at, at] for at in range(first, last + 1) if (text_id, at, at) in margins]
        best_within = max((margin for spans in within for margin, _ in spans.values()), default=-np.inf)
        if max(margin for margin, _ in margins[text_id, first, last].values()) < best_within + CROSSING_LEAD:
            del margins[text_id, first, last]


def features(
    question: Question, evidence: Sequence[Evidence], texts: Mapping[int, StoredText], stemmer: Stems
) -> npt.NDArray[np.float64]:
    """Return the features of each piece of evidence, shape `(len(evidence), len(FEATURES))`."""
    parts = []
    for piece in evidence:
        text = texts[piece.text_id]
        parts += [piece.sentences.of(text.content), *text.beside(piece.first, piece.last)]
    stems = [set(found) for found in stemmer.stems(parts)]
    kind = kind_asked(question.text)
    rows = []
    for number, piece in enumerate(evidence):
        here, before_here, after_here = stems[3 * number : 3 * number + 3]
        answer = piece.best.of(texts[piece.text_id].content)
        rows.append(
            (
                piece.margin,
                piece.hit.nearness,
                piece.hit.wording,
                question.share(here),
                question.share(before_here - here),
                question.share(after_here - here),
                float(shows_kind(parts[3 * number], kind, question.text)),
                float(piece.first < piece.last),
                float(may_be_of_kind(answer, kind, question.text)),
                min(len(answer_key(answer).split()), LONG_ANSWER) / LONG_ANSWER,
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))
