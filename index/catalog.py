"""Write the catalog: stage texts as they are embedded, then publish a run at once."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass

import numpy as np

from index.articles import ArticleDate, Landmark
from index.generations import VectorBatch
from index.passages import in_context
from index.records import Recipe, Settings, Totals
from index.snapshot import Snapshot
from index.spans import Span
from index.store import Store, store_errors
from index.vectors import Vectors, pack, unpack

_STAGED = "id NOT IN (SELECT text_id FROM article)"


@dataclass(frozen=True, slots=True)
class CutText:
    """A text to be staged: its title, its signature, its sentences, its passages, and a vector a passage."""

    title: str
    content: str
    signature: bytes
    sentences: tuple[Span, ...]
    passages: tuple[Span, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """An article as a run publishes it: what it says of itself, and its text by its hash."""

    text_sha256: str
    title: str
    date: ArticleDate | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    record: int | None = None
    record_id: str | None = None
    landmarks: tuple[Landmark, ...] = ()


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as a run publishes it. `articles` is None where those it has, or the `reason` for none, stay."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    articles: tuple[ListedArticle, ...] | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changes. `moved` holds old paths and new ones; the texts are of `recipe_id`.

    No file has one of the new paths yet.
    """

    recipe_id: int
    gone: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    entries: tuple[FileEntry, ...]


class Catalog:
    """The catalog in the hands of the one process that holds the writer's lock."""

    def __init__(self, connection: sqlite3.Connection, store: Store) -> None:
        self._db = connection
        self._store = store

    def snapshot(self) -> Snapshot:
        """Return a view of the catalog, in the transaction that is open or none."""
        return Snapshot(self._db, self._store)

    def begin_recipe(self, wanted: Recipe, *, after: int) -> Recipe:
        """Return the newest recipe of the same fingerprint with an id above `after`, or make it."""
        row = self._db.execute(
            "SELECT id FROM recipe WHERE fingerprint = ? AND id > ? ORDER BY id DESC", (wanted.fingerprint, after)
        ).fetchone()
        recipe_id = row[0] if row else self._insert_recipe(wanted)
        return self.snapshot().recipe(recipe_id)

    def _insert_recipe(self, recipe: Recipe) -> int:
        (recipe_id,) = self._db.execute(
            "INSERT INTO recipe (fingerprint, model, embedder, dimensions) VALUES (?, ?, ?, ?) RETURNING id",
            (recipe.fingerprint, recipe.model, recipe.embedder, recipe.dimensions),
        ).fetchone()
        return int(recipe_id)

    def models(self) -> set[str]:
        """Return the folders of the models that recipes name."""
        return {model for (model,) in self._db.execute("SELECT model FROM recipe")}

    def known_text(self, recipe: Recipe, sha256: str) -> int | None:
        """Return the id of a text, by its hash, that is published or staged under a recipe."""
        row = self._db.execute("SELECT id FROM text WHERE recipe_id = ? AND sha256 = ?", (recipe.id, sha256)).fetchone()
        return row[0] if row else None

    def stage(self, recipe: Recipe, texts: Sequence[CutText]) -> None:
        """Commit texts with their passages and vectors; no question sees them yet."""
        with self._writing():
            for text in texts:
                bounds = np.array([(s.start, s.end) for s in text.sentences], dtype="<u4").tobytes()
                text_id = self._db.execute(
                    "INSERT INTO text (recipe_id, sha256, title, content, sentences, signature)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (recipe.id, text_hash(text.content), text.title, text.content, bounds, text.signature),
                ).lastrowid
                self._db.executemany(
                    'INSERT INTO passage (text_id, start, "end", vector) VALUES (?, ?, ?, ?)',
                    [
                        (text_id, span.start, span.end, pack(vector))
                        for span, vector in zip(text.passages, text.vectors, strict=True)
                    ],
                )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold one write transaction, committed when the block ends well."""
        with store_errors(self._store.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def publishing(self, changes: Changes) -> Iterator[None]:
        """Apply a run's changes in one transaction, visible to others when the block ends well.

        Within the block `snapshot` shows the index as it will be, and `finish` has to be called.
        """
        with self._writing():
            self._db.execute("CREATE TEMP TABLE before AS SELECT DISTINCT text_id FROM article")
            self._apply(changes)
            self._sync_words()
            self._db.execute("DROP TABLE before")
            yield

    def finish(self, settings: Settings, *, folded: bool) -> None:
        """Write the settings that go with the changes, and count what is there.

        With `folded`, the generation that they name holds every passage there now is.
        """
        if folded:
            self._db.execute("DELETE FROM unfolded")
        kept = asdict(settings)
        kept["recipe"] = kept.pop("recipe_id")
        snapshot = self.snapshot()
        kept["totals"] = asdict(Totals(snapshot.count("article"), snapshot.count("passage")))
        self._db.executemany(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
            [(name, json.dumps(value)) for name, value in kept.items()],
        )

    def _apply(self, changes: Changes) -> None:
        self._db.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in changes.gone])
        self._db.executemany("UPDATE file SET path = ? WHERE path = ?", [(new, old) for old, new in changes.moved])
        for entry in changes.entries:
            (file_id,) = self._db.execute(
                "INSERT INTO file (path, size, mtime_ns, sha256) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE"
                " SET size = excluded.size, mtime_ns = excluded.mtime_ns, sha256 = excluded.sha256 RETURNING id",
                (entry.path, entry.size, entry.mtime_ns, entry.sha256),
            ).fetchone()
            if entry.articles is not None:
                self._db.execute("UPDATE file SET reason = ? WHERE id = ?", (entry.reason, file_id))
                self._db.execute("DELETE FROM article WHERE file_id = ?", (file_id,))
                self._db.executemany(
                    "INSERT INTO article (file_id, record, record_id, title, date, date_origin, source, author, url,"
                    " landmarks, text_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    " (SELECT id FROM text WHERE recipe_id = ? AND sha256 = ?))",
                    [(file_id, *_row(article), changes.recipe_id, article.text_sha256) for article in entry.articles],
                )

    def _sync_words(self) -> None:
        """Make the words those of the published texts, and delete texts that lost their last article."""
        after = "SELECT text_id FROM article"
        new = "SELECT DISTINCT text_id FROM article WHERE text_id NOT IN (SELECT text_id FROM before)"
        old = f"SELECT text_id FROM before WHERE text_id NOT IN ({after})"
        self._db.executemany("INSERT INTO word (rowid, text) VALUES (?, ?)", self._passage_texts(new))
        self._db.execute(f"INSERT INTO unfolded SELECT id FROM passage WHERE text_id IN ({new})")
        self._db.executemany("INSERT INTO word (word, rowid, text) VALUES ('delete', ?, ?)", self._passage_texts(old))
        self._db.execute(f"DELETE FROM unfolded WHERE passage_id IN (SELECT id FROM passage WHERE text_id IN ({old}))")
        self._db.execute(f"DELETE FROM text WHERE id IN ({old})")

    def _passage_texts(self, text_ids: str) -> Iterable[tuple[int, str]]:
        found = self._db.execute(f"SELECT id, title, content FROM text WHERE id IN ({text_ids})")
        for text_id, title, content in found:
            for id, start, end in self._db.execute(
                'SELECT id, start, "end" FROM passage WHERE text_id = ?', (text_id,)
            ):
                yield id, in_context(content[start:end], title)

    def drop_staged(self) -> None:
        """Forget the texts that were embedded for no article, and recipes that no text is of."""
        with self._writing():
            self._db.execute(f"DELETE FROM text WHERE {_STAGED}")
            self._db.execute(
                "DELETE FROM recipe WHERE id NOT IN (SELECT recipe_id FROM text)"
                " AND id NOT IN (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'recipe')"
            )

    def published_passages(self) -> list[int]:
        """Return the ids of all published passages, in order."""
        rows = self._db.execute("SELECT id FROM passage WHERE text_id IN (SELECT text_id FROM article) ORDER BY id")
        return [id for (id,) in rows]

    def vectors(self, ids: Sequence[int], dimensions: int) -> VectorBatch:
        """Return the vectors of some passages, staged ones too."""
        rows = self._db.execute(
            "SELECT id, vector FROM passage WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(list(ids)),),
        ).fetchall()
        return VectorBatch([id for id, _ in rows], unpack([kept for _, kept in rows], dimensions))


def _row(article: ListedArticle) -> tuple[int | str | None, ...]:
    date, origin = (article.date.value, article.date.origin) if article.date else (None, None)
    landmarks = json.dumps([astuple(landmark) for landmark in article.landmarks], ensure_ascii=False)
    said = (article.title, date, origin, article.source, article.author, article.url)
    return article.record, article.record_id, *said, landmarks


def text_hash(content: str) -> str:
    """Return the SHA-256 of a text as UTF-8."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
