"""Hold an index against one that was never disturbed, and look for what should not be in its store."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from index.errors import ModelError
from index.generations import Generation, GenerationError
from index.model_folder import ModelFolder
from index.schema import create_catalog, open_catalog
from index.sketches import read_sketches, sketch
from index.snapshot import reading
from index.store import Store
from index.vectors import Vector, unpack

LEAST_COSINE = 0.999
_PUBLISHED = "text_id IN (SELECT text_id FROM article)"
_PLACE = tuple[str, int, int]
"""A passage by its text's hash and its span."""


class BrokenPromiseError(AssertionError):
    """Something was lost, doubled, left over or wrong; the message says what, and after what."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that an index publishes, without what depends on how it got there: ids, times, numbers of generations.

    Each word of a passage stands with the passage's place and its position in it.
    """

    articles: tuple[tuple[Any, ...], ...]
    sentences: Mapping[str, bytes]
    vectors: Mapping[_PLACE, Vector]
    words: Counter[tuple[_PLACE | None, str, int]]

    @classmethod
    def none(cls) -> Self:
        """Return what is published before the first run."""
        return cls((), {}, {}, Counter())


def read_contents(store: Store) -> Contents:
    """Read what an index publishes; passages that are there twice are a broken promise."""
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        settings = snapshot.settings()
        if settings is None:
            return Contents.none()
        articles = connection.execute(
            "SELECT path, size, file.sha256, reason, record, record_id, article.title, date, date_origin, source,"
            " author, url, landmarks, text.sha256 FROM file LEFT JOIN article ON file_id = file.id"
            " LEFT JOIN text ON text.id = text_id ORDER BY path, record"
        ).fetchall()
        sentences = dict(
            connection.execute("SELECT sha256, sentences FROM text WHERE id IN (SELECT text_id FROM article)")
        )
        rows = connection.execute(
            'SELECT passage.id, sha256, start, "end", vector FROM passage JOIN text ON text.id = text_id'
            f" WHERE {_PUBLISHED}"
        ).fetchall()
        places = {id: (sha256, start, end) for id, sha256, start, end, _ in rows}
        if len(set(places.values())) < len(places):
            raise BrokenPromiseError("passages are there twice")
        dimensions = snapshot.recipe(settings.recipe_id).dimensions
        vectors = dict(zip(places.values(), unpack([row[4] for row in rows], dimensions), strict=True))
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("CREATE VIRTUAL TABLE temp.spelt USING fts5vocab(main, word, instance)")
        words = Counter(
            (places.get(doc), term, offset)
            for term, doc, offset in connection.execute("SELECT term, doc, offset FROM temp.spelt")
        )
    return Contents(tuple(articles), sentences, vectors, words)


def differences(got: Contents, wanted: Contents) -> Iterator[str]:
    """Yield how an index differs from the one that it should equal."""
    yield from _unequal("articles", got.articles, wanted.articles)
    yield from _unequal("texts", got.sentences.items(), wanted.sentences.items())
    yield from _unequal("passages", got.vectors.keys(), wanted.vectors.keys())
    yield from _unequal("words of passages", got.words.items(), wanted.words.items())
    for place in got.vectors.keys() & wanted.vectors.keys():
        if not _is_near(got.vectors[place], wanted.vectors[place]):
            yield f"the vector of {place} is another"


def _unequal(what: str, got: Iterable[Any], wanted: Iterable[Any]) -> Iterator[str]:
    lost, phantom = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    for kind, those in (("lost", lost), ("phantom or doubled", phantom)):
        if those:
            yield f"{those.total()} {kind} {what}, such as {next(iter(those))!r:.300}"


def _is_near(one: Vector, other: Vector) -> bool:
    return float(one @ other) >= LEAST_COSINE * float(np.linalg.norm(one) * np.linalg.norm(other))


def damages(store: Store) -> Iterator[str]:
    """Yield what is not sound: SQLite's own checks, and vectors that are not those of the catalog."""
    with closing(open_catalog(store.catalog)) as connection:
        yield from (f"integrity_check: {row}" for (row,) in connection.execute("PRAGMA integrity_check") if row != "ok")
        yield from (f"foreign_key_check: {row}" for row in connection.execute("PRAGMA foreign_key_check"))
        with reading(connection, store) as snapshot:
            settings = snapshot.settings()
            if settings is None or not settings.folded:
                return
            kept = dict(connection.execute(f"SELECT id, vector FROM passage WHERE {_PUBLISHED}"))
            unfolded = {id for (id,) in connection.execute("SELECT passage_id FROM unfolded")}
            totals = snapshot.totals()
            recipe = snapshot.recipe(settings.recipe_id)
    try:
        ModelFolder(store.models / recipe.model).check()
    except ModelError as error:
        yield f"the model cannot be used: {error}"
    if totals.passages != len(kept):
        yield f"{totals.passages} passages are said to be there, {len(kept)} are"
    if not unfolded <= kept.keys():
        yield "passages wait for a generation that are not published"
    vectors = dict(zip(kept, unpack(list(kept.values()), recipe.dimensions), strict=True))
    try:
        yield from _unlike(store, settings.generation, settings.folded, vectors, unfolded)
    except GenerationError as error:
        yield f"generation {settings.generation} cannot be opened: {error}"


def _unlike(store: Store, number: int, folded: int, vectors: Mapping[int, Vector], unfolded: set[int]) -> Iterator[str]:
    """Yield how Chroma's folder differs from the catalog; passages that went since it was written may be in it."""
    with closing(Generation(store, number)) as generation:
        found = generation._collection.get(include=["embeddings"])
        sketches = read_sketches(store.generations / f"{number:06d}")
    held = {int(id): vector for id, vector in zip(found["ids"], found["embeddings"], strict=True)}
    if len(held) != folded:
        yield f"Chroma holds {len(held)} passages, {folded} are said to be in it"
    if lacking := vectors.keys() - held.keys() - unfolded:
        yield f"Chroma lacks {len(lacking)} passages"
    if doubled := held.keys() & unfolded:
        yield f"{len(doubled)} passages are in Chroma and wait for it"
    if any(not _is_near(np.asarray(held[id]), vectors[id]) for id in held.keys() & vectors.keys()):
        yield "a vector in Chroma is another than the catalog's"
    if sketches is None or sketches.ids.tolist() != sorted(held):
        yield "the sketches are of other passages than Chroma's"
    else:
        ids = np.array(sorted(held.keys() & vectors.keys()), dtype=np.int64)
        if not np.array_equal(sketches.of(ids), sketch(np.array([vectors[id] for id in ids.tolist()]))):
            yield "the sketches are of other vectors than the catalog's"


def leftovers(store: Store) -> Iterator[str]:
    """Yield what a finished run should have cleared away; nobody reads the index meanwhile."""
    with closing(create_catalog(store.catalog)) as connection:
        try:
            connection.execute("INSERT INTO word (word) VALUES ('integrity-check')")
        except Exception as error:  # noqa: BLE001 - whatever is said about it
            yield f"the words do not fit together: {error}"
        for what, query in (
            ("staged texts", "SELECT count(*) FROM text WHERE id NOT IN (SELECT text_id FROM article)"),
            ("passages without a text", "SELECT count(*) FROM passage WHERE text_id NOT IN (SELECT id FROM text)"),
            ("recipes beyond the one", "SELECT count(*) - 1 FROM recipe"),
        ):
            (count,) = connection.execute(query).fetchone()
            if count:
                yield f"{count} {what}"
        (model,) = connection.execute("SELECT model FROM recipe").fetchone()
        with reading(connection, store) as snapshot:
            settings = snapshot.settings()
    if settings is None:
        yield "nothing was published"
        return
    current = f"{settings.generation:06d}"
    if generations := {path.name for path in store.generations.iterdir()} - {current, f"{current}.lock"}:
        yield f"leftover in generations/: {sorted(generations)}"
    if models := {path.name for path in store.models.iterdir()} - {model}:
        yield f"leftover in models/: {sorted(models)}"
    if store.writer_note.exists():
        yield "the note of who writes is still there"


def hold(promises: Iterator[str], after: str) -> None:
    """Raise `BrokenPromiseError` with the first of some broken promises, if there is one."""
    for broken in promises:
        raise BrokenPromiseError(f"after {after}: {broken}")
