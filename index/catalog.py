"""Write the catalog: stage texts as they are embedded, then publish a run at once."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import numpy as np

from index.hashing import text_hash
from index.listing import Listing
from index.passages import in_context
from index.records import Recipe, Settings
from index.schema import WORD_TABLES
from index.snapshot import Snapshot
from index.spans import Span
from index.store import Store, store_errors
from index.titles import Titles
from index.transaction import all_at_once, undo
from index.vectors import Ids, VectorBatch, Vectors, pack, unpack

_STATE = "size = excluded.size, mtime_ns = excluded.mtime_ns, sha256 = excluded.sha256"
_SAID = "record, record_id, title, date, date_origin, source, author, url, landmarks"
_SETTLED = "settled_text"
"""The setting that holds an id: every text up to it is published, or gone."""
_STAGED = (
    "id > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?), 0)"
    " AND NOT EXISTS (SELECT 1 FROM article WHERE text_id = text.id)"
)


@dataclass(frozen=True, slots=True)
class CutText:
    """A text to be staged: its title, its signature, its sentences, its passages, and a vector a passage."""

    title: str
    content: str
    signature: bytes
    sentences: tuple[Span, ...]
    passages: tuple[Span, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changes, beside what it listed. `moved` holds old paths and new ones; the texts are of `recipe_id`.

    No file has one of the new paths yet.
    """

    recipe_id: int
    gone: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """How many passages a publication added and removed."""

    added: int
    removed: int


class Catalog:
    """The catalog in the hands of the one process that holds the writer's lock."""

    def __init__(self, connection: sqlite3.Connection, store: Store) -> None:
        self._db = connection
        self._store = store
        self.listing = Listing(connection)
        self.titles = Titles(connection)

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
            "INSERT INTO recipe (fingerprint, model, embedder, dimensions, cutter, budget)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (recipe.fingerprint, recipe.model, recipe.embedder, recipe.dimensions, recipe.cutter, recipe.budget),
        ).fetchone()
        return int(recipe_id)

    def adopt_model(self, recipe: Recipe, other: Recipe) -> Recipe:
        """Make `recipe` one of the model of `other`, which embeds alike; return it as it is then."""
        with self._writing():
            self._db.execute(
                "UPDATE recipe SET fingerprint = ?, model = ? WHERE id = ?", (other.fingerprint, other.model, recipe.id)
            )
        return self.snapshot().recipe(recipe.id)

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
        with store_errors(self._store.path), all_at_once(self._db):
            yield

    @contextmanager
    def publishing(self, changes: Changes) -> Iterator[Growth]:
        """Apply a run's changes and what it listed in one transaction, visible to others when the block ends well.

        Within the block `snapshot` shows the index as it will be, titles may be corrected, and `finish` has to be
        called. All but counting takes time in proportion to what changes, not to what there is.
        """
        self.listing.open()
        try:
            with self._writing():
                self._db.execute("CREATE TEMP TABLE lost (text_id INTEGER PRIMARY KEY)")
                self._db.execute("CREATE TEMP TABLE fresh (text_id INTEGER PRIMARY KEY)")
                self._db.execute("CREATE TEMP TABLE touched (text_id INTEGER PRIMARY KEY)")
                self._apply(changes)
                growth = self._sync_words()
                self._db.execute("DROP TABLE lost")
                self._db.execute("DROP TABLE fresh")
                yield growth
                self._db.execute("DROP TABLE touched")
        finally:
            self.listing.clear()

    def finish(self, settings: Settings, *, folded: bool) -> None:
        """Write the settings that go with the changes, and count what is there.

        With `folded`, the generation that they name holds every passage there now is.
        """
        if folded:
            self._db.execute("DELETE FROM unfolded")
        kept = asdict(settings)
        kept["recipe"] = kept.pop("recipe_id")
        kept["totals"] = asdict(self.snapshot().count_totals())
        self._db.executemany(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
            [(name, json.dumps(value)) for name, value in kept.items()],
        )

    def _apply(self, changes: Changes) -> None:
        """Make files and articles those of the run; note the texts that lost an article, and those that are new."""
        for path in changes.gone:
            self._db.execute(
                "INSERT OR IGNORE INTO lost SELECT text_id FROM file JOIN article ON file_id = file.id WHERE path = ?",
                (path,),
            )
            self._db.execute("DELETE FROM file WHERE path = ?", (path,))
        self._db.executemany("UPDATE file SET path = ? WHERE path = ?", [(new, old) for old, new in changes.moved])
        read = "SELECT file.id FROM listed_file CROSS JOIN file USING (path) WHERE is_read"
        text = f"(SELECT id FROM text WHERE recipe_id = {changes.recipe_id:d} AND sha256 = text_sha256)"
        self._db.execute(f"INSERT OR IGNORE INTO lost SELECT text_id FROM article WHERE file_id IN ({read})")
        self._db.execute(
            f"INSERT OR IGNORE INTO fresh SELECT {text} AS found FROM listed_article WHERE found NOT IN lost"
            " AND NOT EXISTS (SELECT 1 FROM article WHERE text_id = found)"
        )
        self._db.execute(
            "INSERT INTO file (path, size, mtime_ns, sha256, reason)"
            " SELECT path, size, mtime_ns, sha256, reason FROM listed_file WHERE is_read ORDER BY number"
            f" ON CONFLICT (path) DO UPDATE SET {_STATE}, reason = excluded.reason"
        )
        self._db.execute(
            "INSERT INTO file (path, size, mtime_ns, sha256)"
            " SELECT path, size, mtime_ns, sha256 FROM listed_file WHERE NOT is_read ORDER BY number"
            f" ON CONFLICT (path) DO UPDATE SET {_STATE}"
        )
        self._db.execute(f"DELETE FROM article WHERE file_id IN ({read})")
        self._db.execute(
            f"INSERT INTO article (file_id, {_SAID}, text_id) SELECT file.id, {_SAID}, {text}"
            " FROM listed_article CROSS JOIN listed_file USING (number) CROSS JOIN file USING (path)"
            " ORDER BY number, position"
        )
        self._db.execute("INSERT INTO touched SELECT text_id FROM lost")
        self._db.execute(f"INSERT OR IGNORE INTO touched SELECT text_id FROM article WHERE file_id IN ({read})")
        of_file = "SELECT text_id FROM article JOIN file ON file.id = file_id WHERE path = ?"
        self._db.executemany(f"INSERT OR IGNORE INTO touched {of_file}", [(new,) for _, new in changes.moved])

    def _sync_words(self) -> Growth:
        """Make the words those of the published texts, and delete texts that lost their last article."""
        self._db.execute("DELETE FROM lost WHERE EXISTS (SELECT 1 FROM article WHERE article.text_id = lost.text_id)")
        self._db.executemany("INSERT INTO word (rowid, text) VALUES (?, ?)", self._passage_texts("fresh"))
        of_fresh, of_lost = (
            f"SELECT passage.id FROM {table} CROSS JOIN passage USING (text_id)" for table in ("fresh", "lost")
        )
        added = self._db.execute(f"INSERT INTO unfolded {of_fresh}").rowcount
        self._db.executemany(
            "INSERT INTO word (word, rowid, text) VALUES ('delete', ?, ?)", self._passage_texts("lost")
        )
        self._db.execute(f"DELETE FROM unfolded WHERE passage_id IN ({of_lost})")
        (removed,) = self._db.execute(f"SELECT count(*) FROM ({of_lost})").fetchone()
        self._db.execute("DELETE FROM text WHERE id IN lost")
        return Growth(added, removed)

    def rewrite_words(self) -> None:
        """Make the table of words anew from the published texts, in the transaction that is open."""
        for table in ("word_count", "word"):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in WORD_TABLES:
            self._db.execute(statement)
        published = self._passage_texts("(SELECT DISTINCT text_id FROM article)")
        self._db.executemany("INSERT INTO word (rowid, text) VALUES (?, ?)", published)

    def _passage_texts(self, table: str) -> Iterable[tuple[int, str]]:
        """Yield the passages of the texts that a table names, as they are found."""
        found = self._db.execute(f"SELECT id, title, content FROM {table} CROSS JOIN text ON id = text_id")
        for text_id, title, content in found:
            for id, start, end in self._db.execute(
                'SELECT id, start, "end" FROM passage WHERE text_id = ?', (text_id,)
            ):
                yield id, in_context(content[start:end], title)

    def drop_staged(self) -> None:
        """Forget the texts that were embedded for no article, and recipes that no text is of."""
        with self._writing():
            self._db.execute(f"DELETE FROM text WHERE {_STAGED}", (_SETTLED,))
            self._db.execute(
                "INSERT OR REPLACE INTO setting (name, value) SELECT ?, coalesce(max(id), 0) FROM text", (_SETTLED,)
            )
            self._db.execute(
                "DELETE FROM recipe WHERE NOT EXISTS (SELECT 1 FROM text WHERE recipe_id = recipe.id)"
                " AND id NOT IN (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'recipe')"
            )

    def roll_back(self) -> None:
        """Undo what is not committed, if there is anything."""
        undo(self._db)

    def count_staged(self) -> int:
        """Return the number of texts that were embedded and not published yet."""
        (count,) = self._db.execute(f"SELECT count(*) FROM text WHERE {_STAGED}", (_SETTLED,)).fetchone()
        return int(count)

    def published_passages(self) -> Ids:
        """Return the ids of all published passages, in order."""
        rows = self._db.execute(
            "SELECT id FROM passage WHERE EXISTS (SELECT 1 FROM article WHERE article.text_id = passage.text_id)"
            " ORDER BY id"
        )
        return np.fromiter((id for (id,) in rows), dtype=np.int64)

    def unfolded_passages(self) -> Ids:
        """Return the ids of the published passages that the generation lacks, in order."""
        rows = self._db.execute("SELECT passage_id FROM unfolded ORDER BY passage_id")
        return np.fromiter((id for (id,) in rows), dtype=np.int64)

    def vectors(self, ids: Sequence[int], dimensions: int) -> VectorBatch:
        """Return the vectors of some passages, staged ones too."""
        rows = self._db.execute(
            "SELECT id, vector FROM passage WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(list(ids)),),
        ).fetchall()
        return VectorBatch([id for id, _ in rows], unpack([kept for _, kept in rows], dimensions))
