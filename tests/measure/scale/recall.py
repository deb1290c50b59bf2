"""Hold the searches by vectors against exact search."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.embedder import OnnxEmbedder
from index.generations import Generation
from index.model_folder import ModelFolder
from index.nearest import VectorSearch
from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.store import Store
from index.vectors import Vector

DEPTH = 50
"""Passages that are looked for."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of the exactly nearest passages: those that Chroma finds, and that the search for one question does."""

    chroma: float
    once: float


def recall_of(store: Store, questions: Sequence[str], kept: Path) -> Recall:
    """Return what the searches find of the passages nearest to questions.

    The exact ones take seconds a question where there are many passages: they are kept in a file.
    """
    with (
        closing(open_catalog(store.catalog)) as connection,
        closing(VectorSearch(store, notify=print, once=True)) as search,
        reading(connection, store) as snapshot,
    ):
        settings = snapshot.settings()
        assert settings is not None
        embedder = OnnxEmbedder(ModelFolder(store.models / snapshot.recipe(settings.recipe_id).model))
        vectors = [embedder.embed_question(text) for text in questions]
        exact = _exact(snapshot, questions, vectors, kept)
        with closing(Generation(store, settings.generation)) as generation:
            chroma = [generation.nearest(vector, DEPTH) for vector in vectors]
        once = [search.nearest(snapshot, vector, DEPTH) for vector in vectors]
    return Recall(_share(chroma, exact), _share(once, exact))


def _share(found: Sequence[Sequence[int]], exact: Sequence[Sequence[int]]) -> float:
    """Return the mean share of the exact ids that were found."""
    shares = [len(set(near).intersection(true)) / len(true) for near, true in zip(found, exact, strict=True)]
    return sum(shares) / len(shares)


def _exact(
    snapshot: Snapshot, questions: Sequence[str], vectors: Sequence[Vector], kept: Path
) -> Sequence[Sequence[int]]:
    known: dict[str, list[int]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for text, vector in zip(questions, vectors, strict=True):
        if text not in known:
            known[text] = snapshot.nearest(vector, DEPTH, only_unfolded=False)
    kept.write_text(json.dumps(known), encoding="utf-8")
    return [known[text] for text in questions]
