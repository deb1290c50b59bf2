"""Find what may answer a question: retrieve passages for it, and read them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.embedder import Embedder
from index.nearest import VectorSearch
from index.records import StoredText
from index.signatures import group_copies
from index.snapshot import Snapshot
from index.words import Stemmer
from qa.distinct import distinct
from qa.question import Question, parse_question
from qa.reader import Candidate, Reader, Reading
from qa.retrieval import MATCHING, NEAREST, Hit, retrieve

HITS = 20
"""Passages handed to the reader."""

_RETRIEVED = NEAREST + MATCHING
"""Passages among which those of near copies are looked for that say the same: all there are."""


@dataclass(frozen=True, slots=True)
class Models:
    """What makes vectors of texts, and what finds answers in passages."""

    embedder: Embedder
    reader: Reader


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for one way to put a question.

    `texts` holds those of all hits, and near copies of these that were found, by their ids; `copies`
    has the same id for each text of a group of near copies, by the texts' ids.
    """

    question: Question
    hits: Sequence[Hit]
    texts: Mapping[int, StoredText]
    copies: Mapping[int, int]
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
    found = retrieve(question, vector, snapshot, search, limit=_RETRIEVED, within=within, near=near, recalled=recalled)
    copies = group_copies(snapshot.signatures({hit.passage.text_id for hit in found}))
    text_of = cache(snapshot.text)
    hits = distinct(found, copies, text_of)[:HITS]
    groups = {copies[hit.passage.text_id] for hit in hits}
    ids = dict.fromkeys(hit.passage.text_id for hit in found)
    texts = {id: text_of(id) for id in ids if copies[id] in groups}
    return Findings(question, hits, texts, copies, models.reader.read(question, hits, texts))
