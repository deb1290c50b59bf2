"""Ask questions of an engine, and hold what it says against the gold answers."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.errors import QuestionError
from index.sentences import split_sentences
from qa.answer import Answer, Citation
from qa.engine import Engine
from qa.evaluate.corpus import Places
from qa.evaluate.dataset import GoldQuestion

QUOTES = 5
"""Quotes asked for."""

_LONG_WORD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question.

    `present` says that its paragraph is indexed and answers it: any other question is to be
    refused. `answer` is the first quote's, whether or not the engine held it to be one, `answered`
    whether it did. A hit is a quote that covers a gold span at its place; `sentences` counts those
    of the first quote, None where there is no quote. `overlap` is the share of the question's
    longer words that stand in its paragraph.
    """

    question: GoldQuestion
    present: bool
    answer: str
    answered: bool
    confidence: float
    hit: bool
    hit_in_five: bool
    right_article: bool
    sentences: int | None
    overlap: float
    milliseconds: float


def ask_all(engine: Engine, questions: Iterable[GoldQuestion], places: Places) -> Iterator[Outcome]:
    """Yield the outcome of each question; the time it took is that of `Engine.ask` without verifying."""
    for question in questions:
        began = time.perf_counter()
        answer = _ask(engine, question.text)
        milliseconds = (time.perf_counter() - began) * 1000
        yield _outcome(question, answer, places, milliseconds)


def is_present(question: GoldQuestion, places: Places) -> bool:
    """Tell whether the articles that are indexed hold the question's answer."""
    return bool(question.spans) and question.context in places


def _ask(engine: Engine, text: str) -> Answer | None:
    try:
        return engine.ask(text, limit=QUOTES, verify=False)
    except QuestionError:
        return None  # without words, or overlong: refused in its own way


def _outcome(question: GoldQuestion, answer: Answer | None, places: Places, milliseconds: float) -> Outcome:
    quotes = answer.quotes if answer else ()
    hits = [_covers(quote.citation, question, places) for quote in quotes]
    first = quotes[0] if quotes else None
    return Outcome(
        question=question,
        present=is_present(question, places),
        answer=(first.answer or "") if first else "",
        answered=answer is not None and answer.answered,
        confidence=answer.confidence if answer else 0.0,
        hit=bool(hits) and hits[0],
        hit_in_five=any(hits),
        right_article=first is not None and _is_right_article(first.citation, question, places),
        sentences=len(split_sentences(first.text)) if first else None,
        overlap=word_overlap(question),
        milliseconds=milliseconds,
    )


def _covers(citation: Citation, question: GoldQuestion, places: Places) -> bool:
    """Tell whether a quote covers a gold span at a place of the question's own paragraph."""
    return any(
        citation.start <= gold.start and gold.end <= citation.end
        for place in places.get(question.context, ())
        if (place.path, place.record) == (citation.path, citation.record)
        for gold in map(place.gold_span, question.spans)
    )


def _is_right_article(citation: Citation, question: GoldQuestion, places: Places) -> bool:
    right = {(place.path, place.record) for place in places.get(question.context, ())}
    return (citation.path, citation.record) in right


def word_overlap(question: GoldQuestion) -> float:
    """Return the share of the question's words of four letters and more that stand in its paragraph."""
    paragraph = question.context.lower()
    words = [word.strip("?.,'\"").lower() for word in question.text.split() if len(word) >= _LONG_WORD]
    return sum(word in paragraph for word in words) / len(words) if words else 0.0
