"""Keep what a run is going to publish of files and articles, in temporary tables rather than in memory."""

import json
import sqlite3
from dataclasses import astuple, dataclass

from index.articles import ArticleDate, Landmark

_TABLES = (
    """CREATE TEMP TABLE listed_file (
        number INTEGER PRIMARY KEY,
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        is_read INTEGER NOT NULL,
        reason TEXT
    )""",
    """CREATE TEMP TABLE listed_article (
        number INTEGER NOT NULL,    -- of its file
        position INTEGER NOT NULL,
        record INTEGER,
        record_id TEXT,
        title TEXT NOT NULL,
        date TEXT,
        date_origin TEXT,
        source TEXT,
        author TEXT,
        url TEXT,
        landmarks TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        PRIMARY KEY (number, position)
    ) WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """An article as a run publishes it: what it says of itself, and its text by its hash."""

    text_sha256: str
    title: str
    date: ArticleDate | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    record: int | None = None
    record_id: str | None = None
    landmarks: tuple[Landmark, ...] = ()


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as a run publishes it.

    Where it `is_read`, its articles, or the `reason` for none, take the place of those it had.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str
    is_read: bool
    reason: str | None = None


class Listing:
    """The files of a run, each with the articles that were added since the one before it.

    However many articles a file holds, no more than one of them is in memory.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._number = 0
        self._position = 0
        self._is_open = False

    def add_article(self, article: ListedArticle) -> None:
        """List an article of the file that is going to be added."""
        self.open()
        date, origin = (article.date.value, article.date.origin) if article.date else (None, None)
        landmarks = json.dumps([astuple(landmark) for landmark in article.landmarks], ensure_ascii=False)
        where = (self._number, self._position, article.record, article.record_id)
        said = (article.title, date, origin, article.source, article.author, article.url)
        self._db.execute(
            f"INSERT INTO listed_article VALUES ({', '.join('?' * 12)})",
            (*where, *said, landmarks, article.text_sha256),
        )
        self._position += 1

    def add_file(self, entry: FileEntry) -> None:
        """List a file, with the articles that were added for it."""
        self.open()
        self._db.execute(
            f"INSERT INTO listed_file VALUES ({', '.join('?' * 7)})",
            (self._number, entry.path, entry.size, entry.mtime_ns, entry.sha256, entry.is_read, entry.reason),
        )
        self._number += 1
        self._position = 0

    def forget_articles(self) -> None:
        """Forget the articles of a file that could not be read to its end."""
        if self._position:
            self._db.execute("DELETE FROM listed_article WHERE number = ?", (self._number,))
            self._position = 0

    def open(self) -> None:
        """Make the tables, where they are not there yet."""
        if not self._is_open:
            for table in _TABLES:
                self._db.execute(table)
            self._is_open = True

    def clear(self) -> None:
        """Forget everything."""
        if self._is_open:
            self._db.execute("DROP TABLE listed_file")
            self._db.execute("DROP TABLE listed_article")
        self._number = self._position = 0
        self._is_open = False
