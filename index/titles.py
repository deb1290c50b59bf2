"""Have each text bear the title of its first article, in the order of paths and records.

A title is searched with a text's passages and embedded with them. It must not outlive its article where others have
the same text, nor may it depend on which of them was read first.
"""

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from index.passages import in_context
from index.schema import PATH_ORDER
from index.vectors import Vectors, pack

_PUBLISHED = "(SELECT DISTINCT text_id FROM article)"
_FIRST = (
    "SELECT article.title FROM article JOIN file ON file.id = file_id WHERE article.text_id = text.id"
    f" ORDER BY {PATH_ORDER}, record LIMIT 1"
)


class WrongTitle(NamedTuple):
    """A text of `length` characters that bears the title `old`, and is to bear another."""

    text_id: int
    length: int
    old: str
    new: str


class Titles:
    """The titles of a catalog's texts, in the transaction that publishes a run.

    The table `touched` holds the texts of which an article came, went, moved or was read again.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def wrong(self, *, all_texts: bool) -> list[WrongTitle]:
        """Return the texts, of those that were touched or of all, that have another title than their first article."""
        rows = self._db.execute(
            f"SELECT text.id, length(content), text.title, ({_FIRST}) AS first"
            f" FROM {_PUBLISHED if all_texts else 'touched'} CROSS JOIN text ON text.id = text_id"
            " WHERE first <> text.title"
        )
        return [WrongTitle(*row) for row in rows]

    def correct(self, wrong: WrongTitle, embed: Callable[[list[str]], Vectors]) -> None:
        """Write a text's passages anew, under its new title; `embed` returns a vector for each of them.

        They get new ids, since what the generation of vectors holds of the old ones is not theirs any more.
        """
        (content,) = self._db.execute("SELECT content FROM text WHERE id = ?", (wrong.text_id,)).fetchone()
        passages = self._db.execute(
            'SELECT id, start, "end" FROM passage WHERE text_id = ? ORDER BY start', (wrong.text_id,)
        ).fetchall()
        before = [(id, in_context(content[start:end], wrong.old)) for id, start, end in passages]
        after = [in_context(content[start:end], wrong.new) for _, start, end in passages]
        self._db.executemany("INSERT INTO word (word, rowid, text) VALUES ('delete', ?, ?)", before)
        self._db.executemany("DELETE FROM unfolded WHERE passage_id = ?", [(id,) for id, _ in before])
        self._db.execute("DELETE FROM passage WHERE text_id = ?", (wrong.text_id,))
        self._db.execute("UPDATE text SET title = ? WHERE id = ?", (wrong.new, wrong.text_id))
        for (_, start, end), words, vector in zip(passages, after, embed(after), strict=True):
            (id,) = self._db.execute(
                'INSERT INTO passage (text_id, start, "end", vector) VALUES (?, ?, ?, ?) RETURNING id',
                (wrong.text_id, start, end, pack(vector)),
            ).fetchone()
            self._db.execute("INSERT INTO word (rowid, text) VALUES (?, ?)", (id, words))
            self._db.execute("INSERT INTO unfolded VALUES (?)", (id,))
