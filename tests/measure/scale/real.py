"""The real material that large indexes are made from: a dataset's articles, indexed with the real embedder."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.build import update_index
from index.catalog import Catalog
from index.inputs import BuildOptions
from index.records import Recipe
from index.schema import open_catalog
from index.snapshot import reading
from index.spans import Span
from index.store import STORE_NAME, Store
from index.vectors import Vectors
from qa.evaluate.corpus import lay_out
from qa.evaluate.dataset import Dataset
from tests.fakes import SilentProgress

NEIGHBOURS = 24
"""Nearest passages of each passage, among which what is made is mixed."""

_BLOCK = 1_024

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RealText:
    """A text as the index cut it; its passages' vectors are the rows from `first` of `Real.vectors`."""

    title: str
    content: str
    sentences: tuple[Span, ...]
    passages: tuple[Span, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Real:
    """Real texts in the order of paths, the vectors of their passages, and how these were made.

    `neighbours` holds, for each passage, the rows of the passages of other texts that are nearest to
    it, nearest first: shape `(n, NEIGHBOURS)`, or fewer where there are not so many.
    """

    texts: tuple[RealText, ...]
    vectors: Vectors
    neighbours: Rows
    recipe: Recipe
    models: Path


def index_datasets(datasets: Sequence[Dataset], work: Path) -> Store:
    """Write the articles of datasets below `work`, and index them; what is there already is kept."""
    store = Store(work / STORE_NAME)
    if not store.exists():
        lay_out((), datasets, work / "articles", leave_out=None)
    update_index(store, BuildOptions(roots=(work / "articles",)), notify=print, progress=SilentProgress())
    return store


def read_real(store: Store) -> Real:
    """Return the material in an index."""
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        settings = snapshot.settings()
        assert settings is not None
        recipe = snapshot.recipe(settings.recipe_id)
        ids = Catalog(connection, store).published_passages().tolist()
        spans: dict[int, list[Span]] = {}
        rows: dict[int, list[int]] = {}
        passages = snapshot.passages(ids, recipe.dimensions)
        for row, passage in enumerate(passages):
            spans.setdefault(passage.text_id, []).append(passage.span)
            rows.setdefault(passage.text_id, []).append(row)
        texts: list[RealText] = []
        order: list[int] = []
        titles = {article.text_id: article.title for article in snapshot.articles()}
        for id, title in titles.items():
            text = snapshot.text(id)
            texts.append(RealText(title, text.content, text.sentences, tuple(spans[id]), len(order)))
            order += rows[id]
    vectors = np.array([passage.vector for passage in passages], dtype=np.float32)[order]
    return Real(tuple(texts), vectors, _neighbours(texts, vectors), recipe, store.models)


def _neighbours(texts: Sequence[RealText], vectors: Vectors) -> Rows:
    """Return the rows of the passages nearest to each, without those of its own text where there are others."""
    own = np.repeat(np.arange(len(texts)), [len(text.passages) for text in texts])
    count = min(NEIGHBOURS, len(vectors))
    found = np.empty((len(vectors), count), dtype=np.int64)
    for start in range(0, len(vectors), _BLOCK):
        nearness = vectors[start : start + _BLOCK] @ vectors.T
        nearness[own[start : start + _BLOCK, None] == own[None, :]] -= 2.0
        best = np.argpartition(-nearness, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(nearness, best, axis=1), axis=1)
        found[start : start + _BLOCK] = np.take_along_axis(best, order, axis=1)
    return found
