"""Leave nothing of deleted articles in a catalog's file, and give back the room that they took."""

import sqlite3
from dataclasses import dataclass

from index.store import Store, store_errors


@dataclass(frozen=True, slots=True)
class Compaction:
    """What a compaction did: the bytes of the store before and after.

    With `is_read` another process was still reading what it was to be rid of: its files hold that until a
    compaction without such a reader.
    """

    before: int
    after: int
    is_read: bool


def compact_catalog(connection: sqlite3.Connection, store: Store) -> bool:
    """Write the catalog anew without what was deleted; tell whether a reader kept the old one from going.

    FTS5 marks words as deleted and leaves them: merging all it has into one takes them out. The caller
    holds the writer's lock; it takes room for a second catalog meanwhile.
    """
    with store_errors(store.path):
        connection.execute("INSERT INTO word (word) VALUES ('optimize')")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy)
