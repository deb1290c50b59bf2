"""Words as the index sees them: SQLite's own tokenizer, for the index, a question and a sentence."""

import sqlite3
from collections.abc import Sequence
from typing import Protocol

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""The FTS5 tokenizer of the catalog's word table: case and accents folded, English endings off."""


class Stems(Protocol):
    """Turn texts into the stems of their words."""

    def stems(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the stems of each text, in the order of its words."""


class Stemmer:
    """Turn texts into the stems under which the catalog's word table knows their words.

    FTS5 keeps its tokenizer to itself, so the texts go through a word table in memory and are
    read back through its vocabulary: what matches here matches there, by construction.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute(f"CREATE VIRTUAL TABLE word USING fts5(text, tokenize='{TOKENIZER}')")
        self._db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(word, instance)")

    def close(self) -> None:
        """Let go of the tables in memory."""
        self._db.close()

    def stems(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the stems of each text, in the order of its words."""
        rows = [(number, text) for number, text in enumerate(texts)]
        self._db.execute("DELETE FROM word")
        self._db.executemany("INSERT INTO word(rowid, text) VALUES (?, ?)", rows)
        found: list[list[tuple[int, str]]] = [[] for _ in texts]
        for number, offset, stem in self._db.execute("SELECT doc, offset, term FROM vocabulary"):
            found[number].append((offset, stem))
        self._db.rollback()
        return [tuple(stem for _, stem in sorted(words)) for words in found]


class RememberedStems:
    """The stems of texts that come up again and again, as those of a question's sentences do."""

    def __init__(self, stemmer: Stems) -> None:
        self._stemmer = stemmer
        self._known: dict[str, tuple[str, ...]] = {}

    def stems(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the stems of each text, in the order of its words."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= zip(new, self._stemmer.stems(new) if new else (), strict=True)
        return [self._known[text] for text in texts]
