"""Records to start from: a test takes one of them and replaces what it is about."""

from pathlib import Path

import numpy as np

from index.records import Passage, StoredText
from index.sentences import split_sentences
from index.spans import Span
from qa.answer import Answer, Citation, IndexState, Quote
from qa.conversation import Turn
from qa.question import Question
from qa.retrieval import Hit
from qa.style import Style

HERE = Path("/home/reader")
"""The folder that a command is run in. Nothing is read from it."""

PLAIN = Style(width=80, colour=False, links=False)
"""A screen of eighty columns that shows nothing but text."""

SENTENCE = "Germany initiated the call on Friday."

CITATION = Citation(
    number=1,
    title="A rare call",
    path=HERE / "articles" / "call.txt",
    record=None,
    start=12,
    end=12 + len(SENTENCE),
    line=2,
    page=None,
    date="2024-11-15",
    source="ICARO",
    sha256="0" * 64,
)

QUOTE = Quote(
    text=SENTENCE,
    answer=SENTENCE,
    answer_start=0,
    answer_end=len(SENTENCE),
    score=0.87654,
    agrees=True,
    verified=True,
    citation=CITATION,
)
"""A quote that is the answer as a whole."""

ANSWER = Answer(
    question="Who initiated the call?",
    rewritten=None,
    filters={},
    answered=True,
    answer=SENTENCE,
    confidence=0.87654,
    quotes=(QUOTE,),
    index=IndexState(articles=2, generation=1, stale=False),
    elapsed_ms=7,
    answers=(SENTENCE,),
)


def stored(content: str, *, id: int = 1) -> StoredText:
    """Return a text as the catalog hands it out."""
    return StoredText(id, content, split_sentences(content))


def hit_on(text: StoredText, span: Span | None = None, *, nearness: float = 0.5, wording: float = 0.25) -> Hit:
    """Return a hit on a text, as a whole or on a span of it."""
    passage = Passage(1, text.id, span or Span(0, len(text.content)), np.zeros(4, dtype=np.float32))
    return Hit(passage, nearness, wording, nearness)


def asking(text: str, **weights: float) -> Question:
    """Return a question whose words weigh what is given, by their stems."""
    return Question(text=text, stems=tuple(weights), weights=weights, match="", ideal=1.0)


def turn_of(
    question: str, *, answer: str | None = None, quotes: tuple[str, ...] = (), title: str = CITATION.title
) -> Turn:
    """Return a turn that ended with an answer out of an article."""
    return Turn(
        question=question,
        understood=question,
        answer=answer,
        quotes=quotes,
        titles=(title,),
        paths=(CITATION.path,),
    )
