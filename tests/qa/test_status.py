"""The state of an index in figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.nearest import Way
from index.schema import create_catalog
from index.snapshot import Snapshot
from index.store import Store
from qa.status import Status, read_status
from tests.conftest import HASHING, Index
from tests.fakes import HashingEmbedder

Look = Callable[[], Status]


@pytest.fixture
def look(fake_store: Store, read: Callable[[], Snapshot]) -> Look:
    """Return a function that reads the state of `fake_store`."""

    def run() -> Status:
        status = read_status(fake_store, read())
        assert status is not None
        return status

    return run


def test_fresh_index(fake_index: Index, fake_store: Store, articles: Path, look: Look) -> None:
    """After a first run: what was indexed, from where, how, and that it is up to date."""
    fake_index(articles, exclude=("*.bak",))
    status = look()
    assert (status.store, status.folders, status.exclude) == (fake_store.path, (articles,), ("*.bak",))
    assert (status.articles, status.texts, status.loose, status.generation) == (2, 2, 0, 1)
    assert (status.embedder, status.dimensions, status.weights) == (HASHING, HashingEmbedder.dimensions, "none")
    assert status.last_run.added == 2
    assert not status.staleness
    assert status.passages > 2


def test_sizes_are_of_files(fake_index: Index, fake_store: Store, articles: Path, look: Look) -> None:
    """Sizes are bytes on disk: of the catalog with its log, of the vectors, of the model."""
    fake_index(articles)
    status = look()
    assert status.catalog_bytes >= fake_store.catalog.stat().st_size > 0
    assert status.model_bytes == sum(path.stat().st_size for path in (fake_store.models / HASHING).iterdir())
    assert status.vectors_bytes > 0


def test_copies_share_a_text(fake_index: Index, articles: Path, look: Look) -> None:
    """A copy counts as an article and not as a text."""
    (articles / "copy.txt").write_bytes(min(articles.iterdir()).read_bytes())
    fake_index(articles)
    assert (look().articles, look().texts) == (3, 2)


def test_way_of_searching_is_told(
    fake_index: Index, articles: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few passages are compared one by one for a single question; many by their sketches first."""
    fake_index(articles)
    assert (look().search_once, look().search) == (Way.EXACTLY, Way.CHROMA)
    monkeypatch.setattr("index.nearest.MOST_EXACT", 1)
    assert (look().search_once, look().search) == (Way.SKETCHES, Way.CHROMA)


def test_added_passages_lie_beside_the_generation(fake_index: Index, articles: Path, look: Look) -> None:
    """A small second run makes no new generation; its passages are loose."""
    fake_index(articles)
    (articles / "new.txt").write_text("One sentence is here.\n", encoding="utf-8")
    fake_index(articles)
    assert (look().generation, look().loose, look().articles) == (1, 1, 3)


def test_changed_folder_is_stale(fake_index: Index, articles: Path, look: Look) -> None:
    """New, changed and gone files are counted."""
    fake_index(articles)
    first, second = sorted(articles.iterdir())
    first.unlink()
    second.write_text("Changed.\n", encoding="utf-8")
    (articles / "new.txt").write_text("One sentence is here.\n", encoding="utf-8")
    assert str(look().staleness) == "1 new, 1 changed, 1 gone"


def test_index_that_was_never_finished_has_no_state(fake_store: Store, read: Callable[[], Snapshot]) -> None:
    """Before the first run is published there is nothing to say."""
    create_catalog(fake_store.catalog).close()
    assert read_status(fake_store, read()) is None
