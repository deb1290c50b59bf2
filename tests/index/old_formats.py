"""Catalogs as older versions wrote them, made of one of the present format."""

import sqlite3
from contextlib import closing

from index.plan import UNREAD
from index.store import Store

_FORMAT_2 = """
CREATE TABLE new_text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipe_id INTEGER NOT NULL REFERENCES recipe(id),
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    sentences BLOB NOT NULL,
    UNIQUE (recipe_id, sha256)
);
INSERT INTO new_text SELECT id, recipe_id, sha256, title, content, sentences FROM text;
CREATE TABLE new_article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file_id INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
    record INTEGER,
    text_id INTEGER NOT NULL REFERENCES text(id),
    title TEXT NOT NULL,
    date TEXT,
    source TEXT
);
INSERT INTO new_article SELECT id, file_id, record, text_id, title, date, source FROM article;
CREATE TABLE new_file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL
);
INSERT INTO new_file SELECT id, path, size, mtime_ns, sha256 FROM file;
DROP TABLE article;
DROP TABLE text;
DROP TABLE file;
ALTER TABLE new_file RENAME TO file;
ALTER TABLE new_text RENAME TO text;
ALTER TABLE new_article RENAME TO article;
CREATE INDEX article_of_file ON article(file_id);
CREATE INDEX article_of_text ON article(text_id);
DELETE FROM setting WHERE name IN ('fields', 'totals', 'settled_text');
"""

_FORMAT_4 = """
CREATE TABLE new_recipe (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL,
    model TEXT NOT NULL,
    embedder TEXT NOT NULL,
    dimensions INTEGER NOT NULL
);
INSERT INTO new_recipe SELECT id, fingerprint, model, embedder, dimensions FROM recipe;
DROP TABLE recipe;
ALTER TABLE new_recipe RENAME TO recipe;
"""


def make_older(store: Store, version: int) -> None:
    """Make a catalog one of format 2, 3 or 4, with all that a version of then would have in it."""
    with closing(sqlite3.connect(store.catalog, isolation_level=None)) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.executescript(_FORMAT_4)
        if version < 4:
            connection.execute("DELETE FROM setting WHERE name = 'totals'")
        if version < 3:
            connection.executescript(_FORMAT_2)
        connection.execute(f"PRAGMA user_version = {version}")


def unread(store: Store) -> int:
    """Return how many files the next run has to read again, whatever their times."""
    with closing(sqlite3.connect(store.catalog)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM file WHERE sha256 = ?", (UNREAD,)).fetchone()
        return int(count)
