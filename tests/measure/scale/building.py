"""Build an index of so many passages, with its folder of articles, by the project's own writing code."""

import shutil
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from index.catalog import Catalog, Changes, CutText
from index.folding import fold
from index.generations import sweep_generations
from index.hashing import text_hash
from index.listing import FileEntry, ListedArticle
from index.processors import processors
from index.records import Recipe, RunReport, Settings
from index.schema import create_catalog
from index.signatures import sign
from index.store import STORE_NAME, Store
from tests.measure.scale.made import Material, make_text

BATCH = 500
"""Articles that are published together; an interrupted build goes on after the last ones."""

REAL_PASSAGES = 5_000
"""Passages of real articles that every index begins with, so that the questions have answers in all of them."""

_ARTICLES = "articles"
_FOLDER_SIZE = 1_000
_CHUNK = 20
_WIDTH = 7

_material: Material | None = None


def store_in(work: Path) -> Store:
    """Return the store of an index that is made in a folder."""
    return Store(work / STORE_NAME)


def build_texts(material: Material, work: Path, passages: int, *, tell: Callable[[str], None]) -> Store:
    """Publish articles in the store below `work` until there are so many passages, none of them in Chroma yet.

    What is there already is gone on from.
    """
    store = store_in(work)
    store.create()
    shutil.copytree(material.real.models, store.models, dirs_exist_ok=True)
    with closing(create_catalog(store.catalog)) as connection:
        catalog = Catalog(connection, store)
        if catalog.snapshot().settings() is None:
            recipe = catalog.begin_recipe(material.real.recipe, after=0)
            _publish(catalog, recipe, _nothing(recipe))
        settings = catalog.snapshot().settings()
        assert settings is not None
        recipe = catalog.snapshot().recipe(settings.recipe_id)
        catalog.drop_staged()
        totals = catalog.snapshot().totals()
        texts = _texts(material, first=totals.articles, passages=passages)
        number, there, began = totals.articles, totals.passages, time.monotonic()
        while there < passages and (batch := list(islice(texts, BATCH))):
            kept = _enough(batch, passages - there)
            catalog.stage(recipe, kept)
            for offset, text in enumerate(kept):
                _write(work, catalog, store, number + offset, text)
            _publish(catalog, recipe, settings)
            number, there = number + len(kept), there + sum(len(text.passages) for text in kept)
            tell(f"{there:,} passages in {number:,} articles after {time.monotonic() - began:.0f} s")
        texts.close()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store


def build_generation(store: Store) -> None:
    """Put all passages of an index into a new generation, as the last step of a first run does."""
    with closing(create_catalog(store.catalog)) as connection:
        catalog = Catalog(connection, store)
        settings = catalog.snapshot().settings()
        assert settings is not None
        recipe = catalog.snapshot().recipe(settings.recipe_id)
        with catalog.publishing(Changes(recipe.id, (), ())):
            after = fold(catalog, store, settings, recipe, rebuild=True)
            catalog.finish(after, folded=True)
        sweep_generations(store, keep=after.generation)


def _nothing(recipe: Recipe) -> Settings:
    """Return the settings of an index of the folder of articles before anything is in it."""
    return Settings(recipe.id, (_ARTICLES,), (), {}, 0, 0, 0, RunReport(time.time(), 0.0, 0, 0, 0, 0, 0, 0, 0))


def _publish(catalog: Catalog, recipe: Recipe, settings: Settings) -> None:
    """Publish what was listed."""
    with catalog.publishing(Changes(recipe.id, (), ())):
        catalog.finish(replace(settings, last_run=replace(settings.last_run, began=time.time())), folded=False)


def _texts(material: Material, *, first: int, passages: int) -> Generator[CutText, None, None]:
    """Yield the texts from number `first` on: real ones to begin with, then made ones without end."""
    yield from islice(_real_texts(material, passages), first, None)
    begun = sum(1 for _ in _real_texts(material, passages))
    workers = processors()
    numbers = count(max(0, first - begun))
    with ProcessPoolExecutor(workers, initializer=_take, initargs=(material,)) as pool:
        while True:
            # A few at a time: a pool takes all that it is given at once.
            yield from pool.map(_make, islice(numbers, workers * _CHUNK), chunksize=_CHUNK)


def _take(material: Material) -> None:
    """Keep in a process of the pool what all its articles are made of."""
    global _material
    _material = material


def _make(number: int) -> CutText:
    assert _material is not None
    return make_text(_material, number)


def _real_texts(material: Material, passages: int) -> Iterator[CutText]:
    """Yield real texts up to their share of an index of so many passages."""
    there = 0
    for text in material.real.texts:
        there += len(text.passages)
        if there > min(REAL_PASSAGES, passages // 2):
            return
        vectors = material.real.vectors[text.first : text.first + len(text.passages)]
        yield CutText(text.title, text.content, sign(text.content), text.sentences, text.passages, vectors)


def _enough(texts: Sequence[CutText], passages: int) -> list[CutText]:
    """Return the first of the texts that have so many passages together."""
    kept: list[CutText] = []
    for text in texts:
        if passages <= 0:
            break
        kept.append(text)
        passages -= len(text.passages)
    return kept


def _write(work: Path, catalog: Catalog, store: Store, number: int, text: CutText) -> None:
    """Write an article's file, and list it as a run would."""
    folder = work / _ARTICLES / f"{number // _FOLDER_SIZE:04d}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number:0{_WIDTH}d}.txt"
    path.write_bytes(text.content.encode())
    status = path.stat()
    sha256 = text_hash(text.content)
    catalog.listing.add_article(ListedArticle(text_sha256=sha256, title=text.title))
    catalog.listing.add_file(FileEntry(store.shorten(path), status.st_size, status.st_mtime_ns, sha256, is_read=True))
