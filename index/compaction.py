"""Leave nothing of deleted articles in a catalog's file, and give back the room that they took."""

import sqlite3
from dataclasses import dataclass

from index.store import Store, store_errors

_BEGUN = "compaction"
"""The setting that is there from the beginning of a compaction to its end."""


@dataclass(frozen=True, slots=True)
class Compaction:
    """What a compaction did: the bytes of the store before and after.

    With `is_read` another process was still reading what it was to be rid of: its files hold that until a
    compaction without such a reader.
    """

    before: int
    after: int
    is_read: bool


def begin_compaction(connection: sqlite3.Connection, *, wanted: bool) -> bool:
    """Tell whether to compact: where it is `wanted`, which is written down, or was begun and not ended."""
    if wanted:
        connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, 'true')", (_BEGUN,))
    return bool(connection.execute("SELECT count(*) FROM setting WHERE name = ?", (_BEGUN,)).fetchone()[0])


def compact_catalog(connection: sqlite3.Connection, store: Store) -> bool:
    """Write the catalog anew without what was deleted; tell whether a reader kept the old one from going.

    FTS5 marks words as deleted and leaves them: merging all it has into one takes them out. The caller
    holds the writer's lock; it takes room for a second catalog meanwhile.
    """
    with store_errors(store.path):
        connection.execute("INSERT INTO word (word) VALUES ('optimize')")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute("DELETE FROM setting WHERE name = ?", (_BEGUN,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return bool(busy)
