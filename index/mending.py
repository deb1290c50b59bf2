"""Mend a catalog that is sound as a database: take out damaged texts, make the table of words anew."""

import json
import sqlite3
from dataclasses import asdict

from index.checkup.texts import damaged_texts
from index.passages import in_context
from index.plan import UNREAD
from index.records import Totals
from index.schema import WORD_TABLES
from index.snapshot import Snapshot
from index.store import Store, store_errors


def mend_catalog(connection: sqlite3.Connection, store: Store) -> int:
    """Take out damaged texts, so that the next run reads their files again, and make the words anew; all at once.

    Returns the number of texts that were taken out. The caller holds the writer's lock.
    """
    with store_errors(store.path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            damaged = [*damaged_texts(connection), *_of_damaged_articles(connection)]
            for text_id in damaged:
                _take_out(connection, text_id)
            _write_words(connection)
            snapshot = Snapshot(connection, store)
            totals = Totals(snapshot.count("article"), snapshot.count("passage"))
            connection.execute("UPDATE setting SET value = ? WHERE name = 'totals'", (json.dumps(asdict(totals)),))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return len(damaged)


def _of_damaged_articles(connection: sqlite3.Connection) -> list[int]:
    """Return the texts of articles whose landmarks cannot be read."""
    rows = connection.execute("SELECT DISTINCT text_id FROM article WHERE NOT json_valid(landmarks)")
    return [text_id for (text_id,) in rows]


def _take_out(connection: sqlite3.Connection, text_id: int) -> None:
    connection.execute(
        "UPDATE file SET sha256 = ? WHERE id IN (SELECT file_id FROM article WHERE text_id = ?)", (UNREAD, text_id)
    )
    connection.execute("DELETE FROM article WHERE text_id = ?", (text_id,))
    connection.execute(
        "DELETE FROM unfolded WHERE passage_id IN (SELECT id FROM passage WHERE text_id = ?)", (text_id,)
    )
    connection.execute("DELETE FROM text WHERE id = ?", (text_id,))


def _write_words(connection: sqlite3.Connection) -> None:
    """Make the table of words anew from the published texts."""
    connection.execute("DROP TABLE IF EXISTS word_count")
    connection.execute("DROP TABLE IF EXISTS word")
    for statement in WORD_TABLES:
        connection.execute(statement)
    texts = connection.execute("SELECT id FROM text WHERE id IN (SELECT text_id FROM article)").fetchall()
    for (text_id,) in texts:
        title, content = connection.execute("SELECT title, content FROM text WHERE id = ?", (text_id,)).fetchone()
        passages = connection.execute('SELECT id, start, "end" FROM passage WHERE text_id = ?', (text_id,)).fetchall()
        connection.executemany(
            "INSERT INTO word (rowid, text) VALUES (?, ?)",
            [(id, in_context(content[start:end], title)) for id, start, end in passages],
        )
