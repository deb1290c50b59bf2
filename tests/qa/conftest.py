"""Fixtures over an index that was made with the fakes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Protocol

import pytest

from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.store import Store
from index.words import Stemmer
from tests.qa.tiny_qa import save_tiny_qa


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


class SaveModel(Protocol):
    """Save a tiny model and its tokenizer as Hugging Face does; return the folder."""

    def __call__(self, family: str, *, positions: int = 64, head: bool = True) -> Path:
        """Save a model of a family, such as `Bert`; without `head` it is a plain encoder."""


@pytest.fixture(scope="session")
def tiny_qa(tmp_path_factory: pytest.TempPathFactory) -> SaveModel:
    """Return a function that saves a question-answering model of random weights, each one once."""
    saved: dict[tuple[str, int, bool], Path] = {}

    def save(family: str, *, positions: int = 64, head: bool = True) -> Path:
        key = (family, positions, head)
        if key not in saved:
            saved[key] = tmp_path_factory.mktemp(family)
            save_tiny_qa(saved[key], family, positions=positions, head=head)
        return saved[key]

    return save
