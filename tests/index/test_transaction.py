"""All of a change or nothing of it, and the error that stopped it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import StoreFullError
from index.store import store_errors
from index.transaction import all_at_once

_FEW_PAGES = 20
_ROWS = [(number, "x" * 2_000) for number in range(200)]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a database with one row, which has room for few more, and no memory to keep them in."""
    with closing(sqlite3.connect(tmp_path / "some.db", isolation_level=None)) as opened:
        opened.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT)")
        opened.execute("INSERT INTO kept VALUES (-1, 'first')")
        opened.execute(f"PRAGMA max_page_count = {_FEW_PAGES}")
        opened.execute("PRAGMA cache_size = 2")
        yield opened


def _kept(connection: sqlite3.Connection) -> list[int]:
    return [id for (id,) in connection.execute("SELECT id FROM kept ORDER BY id")]


def test_change_is_committed(connection: sqlite3.Connection) -> None:
    """A block that ends well has changed the database."""
    with all_at_once(connection):
        connection.executemany("INSERT INTO kept VALUES (?, ?)", _ROWS[:2])
    assert not connection.in_transaction
    assert _kept(connection) == [-1, 0, 1]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_stops_half_way_has_changed_nothing(connection: sqlite3.Connection, error: type[BaseException]) -> None:
    """An error comes through, and the rows before it are gone."""

    def stop() -> None:
        with all_at_once(connection):
            connection.executemany("INSERT INTO kept VALUES (?, ?)", _ROWS[:2])
            raise error

    with pytest.raises(error):
        stop()
    assert not connection.in_transaction
    assert _kept(connection) == [-1]


def test_full_disk_is_told_as_one(connection: sqlite3.Connection, tmp_path: Path) -> None:
    """Where SQLite ends the transaction by itself, its error stays the one that is told."""
    with pytest.raises(StoreFullError, match="is full"), store_errors(tmp_path), all_at_once(connection):
        connection.executemany("INSERT INTO kept VALUES (?, ?)", _ROWS)
    assert not connection.in_transaction
    assert _kept(connection) == [-1]
