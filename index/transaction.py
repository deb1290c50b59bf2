"""Change a database all at once or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold one write transaction: committed when the block ends well, else undone, whatever ended it.

    `sqlite3.Error` comes through.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:  # Ctrl-C, too, leaves nothing half done
        undo(connection)
        raise


def undo(connection: sqlite3.Connection) -> None:
    """End a transaction without a trace; none where a full disk made SQLite end it by itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
