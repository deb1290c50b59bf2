"""Records to start from: a test takes one of them and replaces what it is about."""

from pathlib import Path

from index.records import StoredText
from index.sentences import split_sentences
from qa.answer import Answer, Citation, IndexState, Quote
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
)


def stored(content: str, *, id: int = 1) -> StoredText:
    """Return a text as the catalog hands it out."""
    return StoredText(id, content, split_sentences(content))
