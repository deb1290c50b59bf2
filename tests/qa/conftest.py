"""Fixtures over an index that was made with the fakes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.store import Store
from index.words import Stemmer


@pytest.fixture
def stemmer() -> Iterator[Stemmer]:
    """Return a stemmer, closed after the test."""
    with closing(Stemmer()) as stemmer:
        yield stemmer


@pytest.fixture
def read(fake_store: Store) -> Iterator[Callable[[], Snapshot]]:
    """Return a function that looks at what `fake_index` published last."""
    with ExitStack() as stack:

        def look() -> Snapshot:
            connection = stack.enter_context(closing(open_catalog(fake_store.catalog)))
            return stack.enter_context(reading(connection, fake_store))

        yield look
