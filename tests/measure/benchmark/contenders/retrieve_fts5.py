"""Retrieve paragraphs with SQLite's FTS5 alone: Porter's stems, BM25, any word of the question."""

import re
import sqlite3
from collections.abc import Callable

from tests.measure.benchmark.contenders.retrieval import DEPTH, place
from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Index the paragraphs in memory; return what finds the best for the question on the line."""
    paragraphs = layout.read_paragraphs()
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61')")
    connection.executemany(
        "INSERT INTO words (rowid, text) VALUES (?, ?)",
        ((number, paragraph.text) for number, paragraph in enumerate(paragraphs)),
    )

    def find(question: str) -> list[tuple[str, int, int]]:
        match = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (match, DEPTH))
        return [place(paragraphs[number]) for (number,) in rows]

    return find


if __name__ == "__main__":
    serve_timed(prepare)
