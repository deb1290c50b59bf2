"""Bring a catalog that an older version made to the present format, without embedding anything again."""

import json
import sqlite3

from index.plan import UNREAD
from index.transaction import all_at_once

_READ_ALIKE = 4
"""From this format on files say of themselves what they say now; those of an older one are read again."""

_ADDED = (
    ("file", "reason", "TEXT"),
    ("article", "record_id", "TEXT"),
    ("article", "date_origin", "TEXT"),
    ("article", "author", "TEXT"),
    ("article", "url", "TEXT"),
    ("article", "landmarks", "TEXT NOT NULL DEFAULT '[]'"),
    ("text", "signature", "BLOB NOT NULL DEFAULT x''"),
    ("recipe", "cutter", "INTEGER NOT NULL DEFAULT 2"),
    ("recipe", "budget", "INTEGER NOT NULL DEFAULT 120"),
)
"""Columns that came after format 2, with what older rows have in them."""


def migrate(connection: sqlite3.Connection, version: int, *, to: int) -> None:
    """Bring a catalog of format `version`, 2 or later, to the format `to`, all at once or not at all.

    What was published stays so. The files of a format that knew less of them count as unread: the next run
    reads them again, and finds their texts embedded.
    """
    with all_at_once(connection):
        for table, column, kind in _ADDED:
            if column not in _columns(connection, table):
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
        _sign(connection)
        if version < _READ_ALIKE:
            connection.execute("UPDATE file SET sha256 = ?", (UNREAD,))
            connection.execute("UPDATE article SET date = NULL WHERE date_origin IS NULL")
        _settle(connection)
        connection.execute(f"PRAGMA user_version = {to:d}")


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}


def _sign(connection: sqlite3.Connection) -> None:
    """Sign the texts that have no signature; those of a few words keep an empty one."""
    from index.signatures import sign

    unsigned = connection.execute("SELECT id FROM text WHERE signature = x''").fetchall()
    for (text_id,) in unsigned:
        (content,) = connection.execute("SELECT content FROM text WHERE id = ?", (text_id,)).fetchone()
        connection.execute("UPDATE text SET signature = ? WHERE id = ?", (sign(content), text_id))


def _settle(connection: sqlite3.Connection) -> None:
    """Add the settings that came later to those of an index that was published."""
    kept = {name for (name,) in connection.execute("SELECT name FROM setting")}
    if "recipe" not in kept:
        return
    published = "SELECT count(*) FROM passage WHERE text_id IN (SELECT text_id FROM article)"
    (articles,) = connection.execute("SELECT count(*) FROM article").fetchone()
    (passages,) = connection.execute(published).fetchone()
    later = {"fields": {}, "totals": {"articles": articles, "passages": passages}}
    for name in later.keys() - kept:
        connection.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, json.dumps(later[name])))
