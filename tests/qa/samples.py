"""Records to start from: a test takes one of them and replaces what it is about."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from index.articles import DateOrigin
from index.records import Passage, Place, StoredText
from index.sentences import split_sentences
from index.spans import Span
from qa.answer import Answer, Citation, IndexState, Quote
from qa.conversation import Turn
from qa.explanation import Explanation, Fate, RetrievedPassage, Sign, WeighedSentence
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
    record_id=None,
    start=12,
    end=12 + len(SENTENCE),
    line=2,
    page=None,
    heading=None,
    date="2024-11-15",
    date_origin=DateOrigin.METADATA,
    source="ICARO",
    author=None,
    url=None,
    sha256="0" * 64,
    text_sha256="1" * 64,
)

PLACE = Place(
    text_id=1,
    path=CITATION.path,
    record=None,
    record_id=None,
    title=CITATION.title,
    date=None,
    source=None,
    author=None,
    url=None,
    landmarks=(),
    sha256="0" * 64,
    text_sha256="1" * 64,
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
    voice=1,
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

_PASSAGE = RetrievedPassage(
    title=CITATION.title,
    path=CITATION.path,
    record=None,
    line=2,
    page=None,
    heading=None,
    nearness=0.5,
    wording=0.25,
    score=0.875,
    read=True,
)
_WEIGHED = WeighedSentence(
    text=SENTENCE,
    answer="Germany",
    title=CITATION.title,
    path=CITATION.path,
    record=None,
    line=2,
    page=None,
    heading=None,
    score=0.8,
    features={"margin": 3.0, "nearness of the passage": 0.5},
    rank=2.5,
    share=0.75,
    fate=Fate.QUOTED,
    quote=1,
)
EXPLANATION = Explanation(
    confidence=0.8,
    threshold=0.26,
    answered=True,
    retrieved=(_PASSAGE, replace(_PASSAGE, line=9, nearness=0.25, wording=0.0, score=0.25, read=False)),
    sentences=(
        _WEIGHED,
        replace(_WEIGHED, answer="the call", fate=Fate.OVERLAPS, share=0.125, rank=0.5),
        replace(_WEIGHED, text="Germany  initiated the call on Friday.", fate=Fate.REPEATS, share=0.0625, rank=-0.5),
        replace(_WEIGHED, text="Nobody.", answer="Nobody.", fate=Fate.BELOW, quote=None, share=0.01, rank=-2.0),
    ),
    signs=(Sign("lead over other answers", 2.0, 0.5), Sign("margin", 3.0, 0.25)),
    bias=-0.36,
)
"""An explanation of a passage that was read and one that was not, and of a sentence of each fate."""


def stored(content: str, *, id: int = 1) -> StoredText:
    """Return a text as the catalog hands it out."""
    return StoredText(id, "", content, split_sentences(content))


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
