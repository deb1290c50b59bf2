"""An empty catalog for the tests of what is kept in it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog import Catalog
from index.records import Recipe
from index.schema import create_catalog
from index.store import Store
from tests.fakes import HashingEmbedder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store without a model."""
    store = Store(tmp_path / ".qa")
    store.create()
    return store


@pytest.fixture
def catalog(store: Store) -> Iterator[Catalog]:
    """Return the open, empty catalog of `store`."""
    with closing(create_catalog(store.catalog)) as connection:
        yield Catalog(connection, store)


@pytest.fixture
def recipe(catalog: Catalog) -> Recipe:
    """Return a recipe that `catalog` knows."""
    return catalog.begin_recipe(
        Recipe(0, "fingerprint", "folder", "hashing", HashingEmbedder.dimensions, 2, 120), after=0
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for articles, beside the store."""
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder
