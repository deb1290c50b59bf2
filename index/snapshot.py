"""Read the catalog as it was at one moment."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from index.articles import ArticleDate, DateOrigin, read_landmarks
from index.errors import StoreDamagedError
from index.hashing import text_hash
from index.records import (
    FiledArticle,
    IndexedFile,
    Passage,
    Place,
    Recipe,
    RunReport,
    SampledPassage,
    Settings,
    StoredText,
    Totals,
    WordMatch,
)
from index.schema import PATH_ORDER
from index.spans import Span
from index.store import REPAIR, Store, store_errors
from index.transaction import undo
from index.vectors import Vector, unpack
from index.walk import is_unicode

_FILE = "path, size, mtime_ns, sha256, EXISTS (SELECT 1 FROM article WHERE file_id = file.id), reason"
_PUBLISHED = "text_id IN (SELECT text_id FROM article)"
_THESE = "IN (SELECT value FROM json_each(?))"
_CHOSEN = 4
_ROWS = 8_192


class Snapshot:
    """One read transaction on the catalog: all that is asked of it belongs together."""

    def __init__(self, connection: sqlite3.Connection, store: Store) -> None:
        self._db = connection
        self._store = store

    def settings(self) -> Settings | None:
        """Return what the index was made from, None before the first run was published."""
        kept = dict(self._db.execute("SELECT name, value FROM setting"))
        if "recipe" not in kept:
            return None
        with self._damage_told("settings"):
            return Settings(
                recipe_id=json.loads(kept["recipe"]),
                roots=tuple(json.loads(kept["roots"])),
                exclude=tuple(json.loads(kept["exclude"])),
                fields=json.loads(kept["fields"]),
                generation=int(json.loads(kept["generation"])),
                folded=int(json.loads(kept["folded"])),
                held=int(json.loads(kept.get("held", kept["folded"]))),  # of old it was not counted
                last_run=RunReport(**json.loads(kept["last_run"])),
            )

    def totals(self) -> Totals:
        """Return how much the last run published; nothing before the first."""
        row = self._db.execute("SELECT value FROM setting WHERE name = 'totals'").fetchone()
        with self._damage_told("totals"):
            return Totals(**json.loads(row[0])) if row else Totals(0, 0)

    def recipe(self, recipe_id: int) -> Recipe:
        """Return a recipe by its id."""
        row = self._db.execute(
            "SELECT id, fingerprint, model, embedder, dimensions, cutter, budget FROM recipe WHERE id = ?", (recipe_id,)
        ).fetchone()
        with self._damage_told("recipes"):
            return Recipe(*row)

    @contextmanager
    def _damage_told(self, what: str) -> Iterator[None]:
        """Turn the errors of reading what SQLite took for sound, but cannot have been written, into ours."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreDamagedError(f"the {what} in {self._store.path} are damaged", REPAIR) from error

    def files(self) -> Iterator[IndexedFile]:
        """Yield every file that was read, in the order of paths."""
        rows = self._db.execute(f"SELECT {_FILE} FROM file ORDER BY {PATH_ORDER}")
        return self._files(rows)

    def file(self, path: str) -> IndexedFile | None:
        """Return one file, by its path as the catalog keeps it; None where it was not read."""
        return next(self._files(self._db.execute(f"SELECT {_FILE} FROM file WHERE path = ?", (path,))), None)

    def _files(self, rows: sqlite3.Cursor) -> Iterator[IndexedFile]:
        expand = self._store.expander()
        for path, size, mtime_ns, sha256, has_articles, reason in rows:
            yield IndexedFile(expand(path), size, mtime_ns, sha256, bool(has_articles), reason)

    def file_states(self) -> Iterator[tuple[str, int, int]]:
        """Yield the absolute path, the size and the time of every file that was read, in no order."""
        expand = self._store.expander()
        for path, size, mtime_ns in self._db.execute("SELECT path, size, mtime_ns FROM file"):
            yield expand(path), size, mtime_ns

    def count(self, table: str) -> int:
        """Count the published rows of `article`, `text`, `passage` or `unfolded`."""
        counts = {
            "article": "SELECT count(*) FROM article",
            "text": "SELECT count(DISTINCT text_id) FROM article",
            "passage": f"SELECT count(*) FROM passage WHERE {_PUBLISHED}",
            "unfolded": "SELECT count(*) FROM unfolded",
        }
        number: int = self._db.execute(counts[table]).fetchone()[0]
        return number

    def count_totals(self) -> Totals:
        """Count what is published, which `totals` tells of the last run."""
        return Totals(self.count("article"), self.count("passage"))

    def text(self, text_id: int) -> StoredText:
        """Return a text with its sentences; one that is not what was read of an article is damaged."""
        row = self._db.execute("SELECT title, content, sha256, sentences FROM text WHERE id = ?", (text_id,)).fetchone()
        with self._damage_told("texts"):
            title, content, sha256, kept = row
            if text_hash(content) != sha256:
                raise ValueError(text_id)
            bounds = np.frombuffer(kept, dtype="<u4").reshape(-1, 2).tolist()
        return StoredText(text_id, title, content, tuple(Span(start, end) for start, end in bounds))

    def signatures(self, text_ids: Collection[int]) -> dict[int, bytes]:
        """Return the signatures of some texts, by which near copies are known."""
        rows = self._db.execute(f"SELECT id, signature FROM text WHERE id {_THESE}", (json.dumps(sorted(text_ids)),))
        return dict(rows.fetchall())

    def first_paths(self, text_ids: Collection[int]) -> dict[int, str]:
        """Return the path of the first article that has each text, as the catalog keeps it."""
        rows = self._db.execute(
            f"SELECT text_id, path, min({PATH_ORDER}) FROM article JOIN file ON file.id = file_id"
            f" WHERE text_id {_THESE} GROUP BY text_id",
            (json.dumps(sorted(text_ids)),),
        )
        return {text_id: path for text_id, path, _ in rows}

    def places(self, text_id: int) -> list[Place]:
        """Return the articles that have a text, in the order of paths and records."""
        return self._places("article.text_id = ?", text_id)

    def places_at(self, path: str) -> list[Place]:
        """Return the articles of one file, by its path as the catalog keeps it: none where UTF-8 cannot hold that."""
        return self._places("file.path = ?", path) if is_unicode(path) else []

    def place(self, article_id: int) -> Place:
        """Return one article by its id."""
        return self._places("article.id = ?", article_id)[0]

    def articles(self) -> Iterator[FiledArticle]:
        """Yield all articles, in the order of paths and records."""
        rows = self._db.execute(
            "SELECT article.id, text_id, path, record, title, date, source"
            f" FROM article JOIN file ON file.id = file_id ORDER BY {PATH_ORDER}, record"
        )
        return map(FiledArticle._make, rows)

    def _places(self, condition: str, value: int | str) -> list[Place]:
        rows = self._db.execute(
            "SELECT text_id, path, record, record_id, article.title, date, date_origin, source, author, url, landmarks,"
            " file.sha256, text.sha256 FROM article JOIN file ON file.id = file_id JOIN text ON text.id = text_id"
            f" WHERE {condition} ORDER BY {PATH_ORDER}, record",
            (value,),
        )
        with self._damage_told("articles"):
            return [
                Place(
                    text_id=text_id,
                    path=self._store.expand(path),
                    record=record,
                    record_id=id,
                    title=title,
                    date=ArticleDate(date, DateOrigin(origin)) if date else None,
                    source=source,
                    author=author,
                    url=url,
                    landmarks=read_landmarks(kept),
                    sha256=sha,
                    text_sha256=text_sha,
                )
                for text_id, path, record, id, title, date, origin, source, author, url, kept, sha, text_sha in rows
            ]

    def passages(self, ids: Sequence[int], dimensions: int) -> list[Passage]:
        """Return those of the passages that are published, in the order of ids."""
        rows = self._db.execute(
            f'SELECT id, text_id, start, "end", vector FROM passage WHERE id {_THESE} AND {_PUBLISHED} ORDER BY id',
            (json.dumps(list(ids)),),
        ).fetchall()
        with self._damage_told("vectors"):
            vectors = unpack([row[4] for row in rows], dimensions)
        return [
            Passage(id, text_id, Span(start, end), vector)
            for (id, text_id, start, end, _), vector in zip(rows, vectors, strict=True)
        ]

    def sample(self, count: int, dimensions: int) -> list[SampledPassage]:
        """Return about `count` of the published passages, at even distances; the same ones every time."""
        low, high = self._db.execute("SELECT coalesce(min(id), 0), coalesce(max(id), -1) FROM passage").fetchone()
        found: dict[int, SampledPassage] = {}
        for at in np.linspace(low, high, count, dtype=np.int64).tolist():
            row = self._db.execute(
                'SELECT passage.id, text_id, title, content, start, "end", vector'
                " FROM passage JOIN text ON text.id = text_id"
                f" WHERE passage.id >= ? AND {_PUBLISHED} ORDER BY passage.id LIMIT 1",
                (at,),
            ).fetchone()
            if row is not None:
                id, text_id, title, content, start, end, kept = row
                found[id] = SampledPassage(id, text_id, title, content[start:end], unpack([kept], dimensions)[0])
        return list(found.values())

    def nearest(self, vector: Vector, limit: int, *, only_unfolded: bool) -> list[int]:
        """Search exactly: the ids of the published passages nearest to `vector`, nearest first.

        With `only_unfolded`, among those that the generation of vectors lacks.
        """
        return self._nearest(vector, limit, "id IN (SELECT passage_id FROM unfolded)" if only_unfolded else _PUBLISHED)

    def nearest_within(self, vector: Vector, limit: int, text_ids: Collection[int]) -> list[int]:
        """Search exactly: the ids of the passages of some texts nearest to `vector`, nearest first."""
        return self._nearest(vector, limit, f"text_id {_THESE} AND {_PUBLISHED}", json.dumps(list(text_ids)))

    def nearest_of(self, vector: Vector, limit: int, ids: Collection[int]) -> list[int]:
        """Search exactly: the ids of the nearest to `vector` among some passages, if published; nearest first."""
        return self._nearest(vector, limit, f"id {_THESE} AND {_PUBLISHED}", json.dumps(list(ids)))

    def _nearest(self, vector: Vector, limit: int, condition: str, *values: str) -> list[int]:
        """Return the nearest of the passages that meet a condition."""
        rows = self._db.execute(f"SELECT id, vector FROM passage WHERE {condition}", values)
        best_ids = np.empty(0, dtype=np.int64)
        best_nearness = np.empty(0, dtype=np.float32)
        while part := rows.fetchmany(_ROWS):
            ids = np.concatenate((best_ids, [id for id, _ in part]))
            with self._damage_told("vectors"):
                vectors = unpack([kept for _, kept in part], len(vector))
            nearness = np.concatenate((best_nearness, vectors @ vector))
            order = np.lexsort((ids, -nearness))[:limit]
            best_ids, best_nearness = ids[order], nearness[order]
        return [int(id) for id in best_ids]

    def matching(self, match: str, limit: int, *, among: str | None = None) -> list[WordMatch]:
        """Return the passages that match an FTS5 query, by BM25, best first.

        Of those only that match the query `among`, too, where it is given: the best by that, weighed
        anew. None, where it is empty.
        """
        if among is None:
            return self._matching("word MATCH ?", match, limit)
        if not among:
            return []
        first = {found.passage_id: found.bm25 for found in self._matching("word MATCH ?", among, _CHOSEN * limit)}
        # FTS5 walks through a conjunction by its rarer side. It counts what is on both sides twice.
        both = self._matching(
            f"word MATCH ? AND +rowid {_THESE}", f"({among}) AND ({match})", json.dumps(list(first)), len(first)
        )
        scored = [WordMatch(found.passage_id, found.bm25 - first[found.passage_id]) for found in both]
        return sorted(scored, key=lambda found: (-found.bm25, found.passage_id))[:limit]

    def matching_within(self, match: str, limit: int, text_ids: Collection[int]) -> list[WordMatch]:
        """Return the passages of some texts that match, as `matching` does; a word weighs what it does in all."""
        passages = f"SELECT id FROM passage WHERE text_id {_THESE}"
        return self._matching(f"word MATCH ? AND +rowid IN ({passages})", match, json.dumps(list(text_ids)), limit)

    def _matching(self, condition: str, *values: str | int) -> list[WordMatch]:
        """Return the passages that meet a condition; a row's id has to have a plus in it.

        Without one, FTS5 would look up the match again for each of the rows.
        """
        rows = self._db.execute(
            f"SELECT rowid, -bm25(word) FROM word WHERE {condition} ORDER BY bm25(word), rowid LIMIT ?", values
        )
        return [WordMatch(id, score) for id, score in rows]

    def document_counts(self, stems: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each of the stems; those that none holds are left out."""
        rows = self._db.execute(f"SELECT term, doc FROM word_count WHERE term {_THESE}", (json.dumps(list(stems)),))
        return dict(rows.fetchall())


@contextmanager
def reading(connection: sqlite3.Connection, store: Store) -> Iterator[Snapshot]:
    """Hold one read transaction; what others publish meanwhile is not seen in it."""
    with store_errors(store.path):
        undo(connection)  # what an interrupt left of the last one
        connection.execute("BEGIN")
        try:
            yield Snapshot(connection, store)
        finally:
            undo(connection)
