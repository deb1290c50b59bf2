"""Mend a catalog that is sound as a database: take out damaged texts, make the table of words anew."""

import json
import sqlite3
from dataclasses import asdict

from index.catalog import Catalog
from index.checkup.catalog import damaged_articles
from index.checkup.texts import damaged_texts
from index.plan import UNREAD
from index.store import Store, store_errors
from index.transaction import all_at_once


def mend_catalog(connection: sqlite3.Connection, store: Store) -> int:
    """Take out damaged texts, so that the next run reads their files again, and make the words anew; all at once.

    Returns the number of texts that were taken out. The caller holds the writer's lock.
    """
    catalog = Catalog(connection, store)
    with store_errors(store.path), all_at_once(connection):
        of_articles = [text_id for text_id, _ in damaged_articles(connection)]
        damaged = {*damaged_texts(connection), *of_articles}
        for text_id in damaged:
            _take_out(connection, text_id)
        catalog.rewrite_words()
        totals = json.dumps(asdict(catalog.snapshot().count_totals()))
        connection.execute("UPDATE setting SET value = ? WHERE name = 'totals'", (totals,))
    return len(damaged)


def _take_out(connection: sqlite3.Connection, text_id: int) -> None:
    connection.execute(
        "UPDATE file SET sha256 = ? WHERE id IN (SELECT file_id FROM article WHERE text_id = ?)", (UNREAD, text_id)
    )
    connection.execute("DELETE FROM article WHERE text_id = ?", (text_id,))
    connection.execute(
        "DELETE FROM unfolded WHERE passage_id IN (SELECT id FROM passage WHERE text_id = ?)", (text_id,)
    )
    connection.execute("DELETE FROM text WHERE id = ?", (text_id,))
