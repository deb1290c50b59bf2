"""Find the passages that may answer: nearest by meaning and best by words, fused."""

from collections.abc import Collection
from dataclasses import dataclass

from index.nearest import VectorSearch
from index.records import Passage
from index.snapshot import Snapshot
from index.vectors import Vector
from qa.question import Question

NEAREST = 50
"""Passages looked up by their vectors."""

MATCHING = 100
"""Passages looked up by their words."""

WORD_WEIGHT = 1.5
"""How much a full match of words counts against a cosine of 1.

BM25 is taken as a share of the best score that the question's words could have. So a question
that reuses the passage's words is decided by words, and one that paraphrases it, where even the
best match is a small share, by meaning. Reciprocal ranks cannot tell the two apart.
"""

NEAR_BONUS = 0.15
"""What a passage gains, in cosine, by standing in an article that was just spoken of."""

RECALLED_WEIGHT = 0.3
"""How much a full match of the words of the question before counts, where a question leans on it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    `nearness` is the cosine to the question, `wording` its BM25 score as a share of the ideal one,
    `score` the two fused.
    """

    passage: Passage
    nearness: float
    wording: float
    score: float


def retrieve(
    question: Question,
    vector: Vector,
    snapshot: Snapshot,
    search: VectorSearch,
    *,
    limit: int,
    within: Collection[int] | None = None,
    near: Collection[str] = (),
    recalled: Question | None = None,
) -> tuple[Hit, ...]:
    """Return the `limit` best passages for a question, best first; ties by path and offset.

    With `within`, those of these texts, by their ids, as if there were no others. Those of the articles
    `near`, by their paths as the catalog keeps them, are preferred a little, and so are those with the
    words of the question `recalled`.
    """
    nearest = search.begin(snapshot, vector, NEAREST, within=within)
    wording = _wording(question, snapshot, within)
    before = _wording(recalled, snapshot, within) if recalled else {}
    ids = set(wording) | set(before) | set(nearest())
    hits = []
    passages = snapshot.passages(sorted(ids), len(vector))
    paths = snapshot.first_paths({passage.text_id for passage in passages})
    for passage in passages:
        nearness = float(passage.vector @ vector)
        words = wording.get(passage.id, 0.0)
        bonus = RECALLED_WEIGHT * before.get(passage.id, 0.0) + NEAR_BONUS * (paths[passage.text_id] in near)
        hits.append(Hit(passage, nearness, words, nearness + WORD_WEIGHT * words + bonus))
    return tuple(sorted(hits, key=lambda hit: (-hit.score, paths[hit.passage.text_id], hit.passage.span))[:limit])


def _wording(question: Question, snapshot: Snapshot, within: Collection[int] | None) -> dict[int, float]:
    """Return the BM25 scores of the best passages by words, as shares of the ideal one, by passage."""
    matches = (
        snapshot.matching(question.match, MATCHING, among=question.among)
        if within is None
        else snapshot.matching_within(question.match, MATCHING, within)
    )
    return {match.passage_id: min(match.bm25 / question.ideal, 1.0) if question.ideal else 0.0 for match in matches}
