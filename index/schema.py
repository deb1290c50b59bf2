"""The catalog's tables, and the connections to it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import NoIndexError, StoreAccessError, StoreFullError, StoreOutdatedError, StoreVersionError
from index.store import store_errors
from index.words import TOKENIZER

SCHEMA_VERSION = 5
"""Raised whenever a table changes; kept in the database as `PRAGMA user_version`."""

PATH_ORDER = "replace(path, '/', char(0))"
"""Sorts files as `index.walk.path_order` does: names apart, so that a folder's come before those of longer names."""

_OLDEST = 2
"""The oldest format that can be brought to ours: before it, passages were embedded without their article's title."""

_TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- How texts were cut and embedded: a text is used again only under the same recipe.
CREATE TABLE recipe (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL,      -- of the splitter, the budget and the model
    model TEXT NOT NULL,            -- folder below models/
    embedder TEXT NOT NULL,         -- the name it was asked for by
    dimensions INTEGER NOT NULL,
    cutter INTEGER NOT NULL,        -- the cutter's version
    budget INTEGER NOT NULL         -- tokens of a passage
);

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,      -- from the store's parent folder, or absolute
    size INTEGER NOT NULL,          -- bytes
    mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,           -- of the bytes
    reason TEXT                     -- why no article is in it, where none is
);

-- A text exists once, however many articles have it. One that no article has is staged: embedded,
-- but not published yet, and seen by no question.
CREATE TABLE text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipe_id INTEGER NOT NULL REFERENCES recipe(id),
    sha256 TEXT NOT NULL,           -- of the text as UTF-8
    title TEXT NOT NULL,            -- of its first article by path; its passages are found by it, too
    signature BLOB NOT NULL,        -- by which near copies are known; stands before the long columns, to be read alone
    content TEXT NOT NULL,
    sentences BLOB NOT NULL,        -- pairs of little-endian uint32: half-open code-point spans
    UNIQUE (recipe_id, sha256)
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file_id INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
    record INTEGER,                 -- its position in a file of several, from 1
    record_id TEXT,                 -- what that calls it
    text_id INTEGER NOT NULL REFERENCES text(id),
    title TEXT NOT NULL,
    date TEXT,                      -- ISO 8601, of a year, a month or a day
    date_origin TEXT,               -- where it was found
    source TEXT,
    author TEXT,
    url TEXT,
    landmarks TEXT NOT NULL         -- JSON: [start, kind, label] each
);
CREATE INDEX article_of_file ON article(file_id);
CREATE INDEX article_of_text ON article(text_id);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text_id INTEGER NOT NULL REFERENCES text(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,         -- code points
    "end" INTEGER NOT NULL,
    vector BLOB NOT NULL            -- float16, unit length
);
CREATE INDEX passage_of_text ON passage(text_id);

-- Published passages that the current generation of vectors lacks.
CREATE TABLE unfolded (passage_id INTEGER PRIMARY KEY);
"""

WORD_TABLES = (
    f"CREATE VIRTUAL TABLE word USING fts5(text, content='', tokenize='{TOKENIZER}')",
    "CREATE VIRTUAL TABLE word_count USING fts5vocab(word, row)",
)
"""The words of published passages, after their titles; rowid is passage.id."""

_BUSY_SECONDS = 30.0


def create_catalog(path: Path, *, notify: Callable[[str], None] = lambda _: None) -> sqlite3.Connection:
    """Open the catalog for writing, and make its tables where it is new; one of an older format is brought to ours.

    `notify` is told of that. The caller holds the writer's lock.
    """
    with _connecting(path, str(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            tables = f"{_TABLES}{'; '.join(WORD_TABLES)};"
            connection.executescript(f"BEGIN IMMEDIATE; {tables} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        if _OLDEST <= version < SCHEMA_VERSION:
            from index.migration import migrate  # no question needs it

            notify(f"the index has format {version}: bringing it to format {SCHEMA_VERSION}, once")
            migrate(connection, version, to=SCHEMA_VERSION)
        _check_version(connection, path)
    return connection


def open_catalog(path: Path) -> sqlite3.Connection:
    """Open a catalog for reading; raise `NoIndexError` where there is none."""
    if not path.is_file():
        raise NoIndexError(f"there is no index in {path.parent}", "run qa index FOLDER")
    try:
        return _open_for_reading(path, str(path))
    except StoreAccessError:
        if os.access(path.parent, os.W_OK):
            raise
    except StoreFullError:
        if _has_log(path):
            raise
    # Where nobody may write, or there is no room to, SQLite need not, and cannot, keep its own notes beside it.
    return _open_for_reading(path, f"{path.as_uri()}?mode=ro&immutable=1")


def _has_log(path: Path) -> bool:
    """Tell whether what was written last may be in the log beside a catalog, and not in it yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _open_for_reading(path: Path, name: str) -> sqlite3.Connection:
    with _connecting(path, name) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        _check_version(connection, path)
    return connection


@contextmanager
def _connecting(path: Path, name: str) -> Iterator[sqlite3.Connection]:
    """Connect by a file's name or URI, and let go again of a catalog that turns out to be of no use."""
    with store_errors(path.parent):
        # One thread at a time uses a connection, but the chat may ask from another than it opens in.
        connection = sqlite3.connect(
            name, isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False, uri=name.startswith("file:")
        )
        try:
            connection.execute("PRAGMA mmap_size = 268435456")
            yield connection
        except BaseException:
            connection.close()
            raise


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        raise NoIndexError(f"the index in {path.parent} was never finished", "run qa index FOLDER")
    if version == SCHEMA_VERSION:
        return
    problem = f"the index in {path.parent} has format {version}, this qa reads {SCHEMA_VERSION}"
    if _OLDEST <= version < SCHEMA_VERSION:
        raise StoreOutdatedError(problem, "run qa index: it brings the index to this format, and embeds nothing again")
    newer = "use the newer qa that made it, or " if version > SCHEMA_VERSION else ""
    raise StoreVersionError(problem, f"{newer}run qa index --full FOLDER to build it anew")
