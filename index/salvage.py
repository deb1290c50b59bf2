"""Make a new catalog of what a damaged one still holds: texts that are as they were written, with their vectors."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from index.articles import NO_FIELDS, Fields
from index.checkup.texts import is_whole
from index.schema import SCHEMA_VERSION, create_catalog
from index.store import Store, store_errors

_LEAST_IDS = 1_000_000
"""So many are looked up in a second; a small catalog that changed for years may have used as many."""

_RECIPE = "id, fingerprint, model, embedder, dimensions, cutter, budget"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was found: how many texts, and what the index was made from; no `roots` where that cannot be read."""

    texts: int
    embedder: str | None
    roots: tuple[Path, ...]
    exclude: tuple[str, ...]
    fields: Fields


def salvage_catalog(store: Store) -> Salvaged:
    """Put a new catalog in the place of a damaged one, with every text that is whole: embedded, but not published.

    The next run over the same folders publishes them again, and embeds only what was lost. The caller
    holds the writer's lock.
    """
    new = store.catalog.with_name(f"{store.catalog.name}.salvaged")
    for left in store.path.glob(f"{new.name}*"):
        left.unlink()
    with store_errors(store.path):
        with closing(create_catalog(new)) as target:
            found = _copy(store, target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            target.execute("PRAGMA journal_mode = DELETE")  # so that it is one file, which may be moved
        # The old log goes first: beside the new catalog it would be written into that.
        for name in ("-wal", "-shm", "-journal"):
            store.catalog.with_name(store.catalog.name + name).unlink(missing_ok=True)
        new.replace(store.catalog)
    return found


def _copy(store: Store, target: sqlite3.Connection) -> Salvaged:
    """Copy what can be read into an empty catalog."""
    nothing = Salvaged(0, None, (), (), NO_FIELDS)
    try:
        source = sqlite3.connect(f"{store.catalog.as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error:
        return nothing
    with closing(source):
        try:
            if source.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
                return nothing
            recipes = source.execute(f"SELECT {_RECIPE} FROM recipe").fetchall()
        except sqlite3.Error:
            return nothing
        target.execute("BEGIN IMMEDIATE")
        target.executemany(f"INSERT INTO recipe ({_RECIPE}) VALUES (?, ?, ?, ?, ?, ?, ?)", recipes)
        dimensions = {recipe[0]: recipe[4] for recipe in recipes}
        texts = sum(
            1
            for text_id in _ids(source, store.catalog.stat().st_size)
            if _copy_text(source, target, text_id, dimensions)
        )
        target.execute("COMMIT")
        return _settings(source, store, texts, {recipe[0]: recipe[3] for recipe in recipes})


def _ids(source: sqlite3.Connection, size: int) -> Iterator[int]:
    """Yield the ids that texts may have: at most as many as there are bytes, for the numbers may be damaged, too."""
    last, most = 0, max(_LEAST_IDS, size)
    for query in ("SELECT max(id) FROM text", "SELECT seq FROM sqlite_sequence WHERE name = 'text'"):
        with suppress(sqlite3.Error):
            row = source.execute(query).fetchone()
            if row and isinstance(row[0], int):
                last = max(last, row[0])
    yield from range(1, min(last, most) + 1)


def _copy_text(
    source: sqlite3.Connection, target: sqlite3.Connection, text_id: int, dimensions: Mapping[int, int]
) -> bool:
    """Copy one text with its passages, if all of it can be read and is as it was written; tell whether."""
    try:
        row = source.execute(
            "SELECT recipe_id, sha256, CAST(title AS BLOB), signature, CAST(content AS BLOB), sentences"
            " FROM text WHERE id = ?",
            (text_id,),
        ).fetchone()
        passages = source.execute(
            'SELECT start, "end", vector FROM passage WHERE text_id = ? ORDER BY id', (text_id,)
        ).fetchall()
    except sqlite3.Error:
        return False
    if row is None:
        return False
    recipe_id, sha256, title, signature, content, sentences = row
    try:
        whole = recipe_id in dimensions and is_whole(
            sha256, title, content, sentences, sorted(passages), dimensions[recipe_id]
        )
    except (TypeError, ValueError):  # a column of another kind than was written
        return False
    if not whole:
        return False
    new_id = target.execute(
        "INSERT OR IGNORE INTO text (recipe_id, sha256, title, signature, content, sentences)"
        " VALUES (?, ?, CAST(? AS TEXT), ?, CAST(? AS TEXT), ?) RETURNING id",
        (recipe_id, sha256, title, signature, content, sentences),
    ).fetchone()
    if new_id is None:
        return False
    target.executemany(
        'INSERT INTO passage (text_id, start, "end", vector) VALUES (?, ?, ?, ?)',
        [(new_id[0], *passage) for passage in passages],
    )
    return True


def _settings(source: sqlite3.Connection, store: Store, texts: int, embedders: Mapping[int, str]) -> Salvaged:
    """Return what the index was made from, as far as it can be read."""
    embedder = embedders[max(embedders)] if embedders else None
    try:
        kept = {
            name: json.loads(value)
            for name, value in source.execute(
                "SELECT name, value FROM setting WHERE name IN ('recipe', 'roots', 'exclude', 'fields')"
            )
        }
        roots = tuple(store.expand(root) for root in kept["roots"])
        named = embedders.get(kept["recipe"], embedder)
        return Salvaged(texts, named, roots, tuple(kept["exclude"]), dict(kept["fields"]))
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        return Salvaged(texts, embedder, (), (), NO_FIELDS)
