"""Find what may answer a question: retrieve passages for it, and read them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.embedder import Embedder
from index.nearest import VectorSearch
from index.records import StoredText
from index.snapshot import Snapshot
from index.words import Stemmer
from qa.question import Question, parse_question
from qa.reader import Candidate, Reader, Reading
from qa.retrieval import Hit, retrieve

HITS = 20
"""Passages handed to the reader."""


@dataclass(frozen=True, slots=True)
class Models:
    """What makes vectors of texts, and what finds answers in passages."""

    embedder: Embedder
    reader: Reader


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for one way to put a question; `texts` holds those of all hits by their ids."""

    question: Question
    hits: Sequence[Hit]
    texts: Mapping[int, StoredText]
    reading: Reading

    @property
    def candidates(self) -> Sequence[Candidate]:
        """The candidates that were read, best first."""
        return self.reading.candidates

    @property
    def confidence(self) -> float:
        """The probability that the first candidate answers."""
        return self.candidates[0].score if self.candidates else 0.0


def find_answers(
    text: str,
    models: Models,
    snapshot: Snapshot,
    search: VectorSearch,
    stemmer: Stemmer,
    *,
    within: Collection[int] | None,
    near: Collection[str],
    recalled: Question | None,
) -> Findings:
    """Return what the passages say to a question; `within`, `near` and `recalled` as in `qa.retrieval.retrieve`.

    Raises `QuestionError` where there is no question in `text`.
    """
    question = parse_question(text, stemmer, snapshot)
    vector = models.embedder.embed_question(question.text)
    hits = retrieve(question, vector, snapshot, search, limit=HITS, within=within, near=near, recalled=recalled)
    texts = {id: snapshot.text(id) for id in dict.fromkeys(hit.passage.text_id for hit in hits)}
    return Findings(question, hits, texts, models.reader.read(question, hits, texts))
