"""Examine the table of words: that it has the published passages, and finds them."""

import re
import sqlite3
from contextlib import closing

from index.checkup.findings import Cure, Finding, Section
from index.passages import in_context
from index.snapshot import Snapshot
from index.store import Store
from index.transaction import undo
from index.words import Stemmer

_SAMPLE = 200
_WORD = re.compile(r"\w+")
_PUBLISHED = "SELECT id FROM passage WHERE text_id IN (SELECT text_id FROM article)"
_HELD = "SELECT id FROM word_docsize"


def examine_words(store: Store, connection: sqlite3.Connection, snapshot: Snapshot, *, dimensions: int) -> Section:
    """Examine the words: FTS5's own check, the passages that it knows, and a sample that has to find itself."""
    problems = []
    (lacking,) = connection.execute(f"SELECT count(*) FROM ({_PUBLISHED} EXCEPT {_HELD})").fetchone()
    (gone,) = connection.execute(f"SELECT count(*) FROM ({_HELD} EXCEPT {_PUBLISHED})").fetchone()
    if lacking:
        problems.append(f"{lacking:,} passages cannot be found by their words")
    if gone:
        problems.append(f"{gone:,} passages are still there that no article has")
    try:
        lost, asked = _not_found(connection, snapshot, dimensions)
        if lost:
            problems.append(f"{lost:,} of {asked:,} passages are not found by their own words")
        _check(store)
    except sqlite3.DatabaseError as error:
        problems.append(str(error))
    (held,) = connection.execute("SELECT count(*) FROM word_docsize").fetchone()
    return Section("words", f"of {held:,} passages", tuple(Finding(problem, Cure.WORDS) for problem in problems))


def _not_found(connection: sqlite3.Connection, snapshot: Snapshot, dimensions: int) -> tuple[int, int]:
    """Count the passages of a sample that their own longest word does not find, and all that were looked for."""
    longest: dict[int, str] = {}
    for passage in snapshot.sample(_SAMPLE, dimensions):
        words = _WORD.findall(in_context(passage.words, passage.title))
        longest[passage.id] = max(words, key=lambda word: (len(word), word), default="")
    with closing(Stemmer()) as stemmer:
        known = [id for id, stems in zip(longest, stemmer.stems(list(longest.values())), strict=True) if stems]
    found = [
        connection.execute(
            "SELECT count(*) FROM word WHERE word MATCH ? AND rowid = ?", (f'"{longest[id]}"', id)
        ).fetchone()[0]
        for id in known
    ]
    return found.count(0), len(found)


def _check(store: Store) -> None:
    """Let FTS5 examine its table, which it does only where it may write; nothing is written. Raises `DatabaseError`."""
    with closing(sqlite3.connect(store.catalog, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return  # read-only
        try:
            connection.execute("INSERT INTO word (word) VALUES ('integrity-check')")
        finally:
            undo(connection)
