"""Find at which rank the right passage comes: by words, by vectors, and by both as they are fused."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from index.embedder import Embedder
from index.errors import QuestionError
from index.nearest import VectorSearch
from index.records import Passage
from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.spans import Span
from index.store import Store
from index.words import Stemmer
from qa.evaluate.corpus import Places
from qa.evaluate.dataset import GoldQuestion
from qa.question import Question, parse_question
from qa.retrieval import MATCHING, NEAREST, retrieve

DEPTH = 20
"""Ranks that are looked at."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank, from 1, of the first passage that covers a gold span at its place; None beyond the last."""

    words: int | None
    vectors: int | None
    fused: int | None


NOWHERE = Ranks(None, None, None)


def rank_all(
    store: Store,
    embedder: Embedder,
    questions: Iterable[GoldQuestion],
    places: Places,
    *,
    notify: Callable[[str], None],
) -> Iterator[Ranks]:
    """Yield the ranks for each question, found by the functions that an answer is found by."""
    with (
        closing(Stemmer()) as stemmer,
        closing(VectorSearch(store, notify=notify)) as search,
        closing(open_catalog(store.catalog)) as connection,
        reading(connection, store) as snapshot,
    ):
        lookup = _Lookup(snapshot, search, embedder, _text_ids(snapshot, store))
        for gold in questions:
            spans = lookup.gold_spans(gold, places)
            try:
                question = parse_question(gold.text, stemmer, snapshot)
            except QuestionError:
                yield NOWHERE
            else:
                yield lookup.ranks(question, spans) if spans else NOWHERE


def _text_ids(snapshot: Snapshot, store: Store) -> dict[tuple[str, int | None], int]:
    """Return the text of each article, by its path and record."""
    return {
        (str(place.path), place.record): place.text_id
        for file in snapshot.files()
        for place in snapshot.places_at(store.shorten(file.path))
    }


@dataclass(frozen=True, slots=True)
class _Lookup:
    """An index held open for one question after the other."""

    snapshot: Snapshot
    search: VectorSearch
    embedder: Embedder
    text_ids: dict[tuple[str, int | None], int]

    def gold_spans(self, gold: GoldQuestion, places: Places) -> set[tuple[int, Span]]:
        """Return the gold spans with the ids of their texts."""
        return {
            (self.text_ids[str(place.path), place.record], place.gold_span(span))
            for place in places.get(gold.context, ())
            for span in gold.spans
        }

    def ranks(self, question: Question, spans: set[tuple[int, Span]]) -> Ranks:
        """Look a question up in each of the three ways."""
        vector = self.embedder.embed_question(question.text)
        matching = [
            match.passage_id for match in self.snapshot.matching(question.match, MATCHING, among=question.among)
        ]
        nearest = self.search.nearest(self.snapshot, vector, NEAREST)
        found = {p.id: p for p in self.snapshot.passages(sorted({*matching, *nearest}), len(vector))}
        by_vector = sorted(
            (found[id] for id in set(nearest) if id in found), key=lambda p: (-float(p.vector @ vector), p.id)
        )
        hits = retrieve(question, vector, self.snapshot, self.search, limit=DEPTH)
        return Ranks(
            words=_rank([found[id] for id in matching if id in found], spans),
            vectors=_rank(by_vector, spans),
            fused=_rank([hit.passage for hit in hits], spans),
        )


def _rank(passages: Sequence[Passage], spans: set[tuple[int, Span]]) -> int | None:
    for rank, passage in enumerate(passages[:DEPTH], start=1):
        if any(text_id == passage.text_id and span in passage.span for text_id, span in spans):
            return rank
    return None
