"""An open index follows when another catalog comes into the place of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import NoIndexError
from index.salvage import salvage_catalog
from index.store import Store
from qa.engine import Engine
from tests.conftest import Index

OpenEngine = Callable[[], Engine]
_NEWS = "Harbour reopens\nHarbour Times\nThe harbour of Veldhaven reopened on Monday after a storm.\n"


def test_catalog_that_a_repair_made_is_followed(
    fake_store: Store, fake_index: Index, fake_engine: OpenEngine, articles: Path
) -> None:
    """What is indexed after a repair is quoted by an engine that was open before it, and what has gone is not."""
    fake_index(articles)
    engine = fake_engine()
    assert engine.ask("Putin").quotes
    for path in articles.iterdir():
        path.unlink()
    (articles / "new.txt").write_text(_NEWS, encoding="utf-8")
    salvage_catalog(fake_store)
    fake_index(articles)
    after = engine.ask("When did the harbour of Veldhaven reopen?")
    assert [quote.citation.path.name for quote in after.quotes] == ["new.txt"]
    assert (after.index.articles, len(engine.listing())) == (1, 1)


def test_index_that_is_gone_is_not_quoted(
    fake_store: Store, fake_index: Index, fake_engine: OpenEngine, articles: Path, tmp_path: Path
) -> None:
    """Where the catalog is taken away, an open engine says so; when it is back, it answers again."""
    fake_index(articles)
    engine = fake_engine()
    assert engine.ask("Putin").quotes
    away = fake_store.catalog.rename(tmp_path / "away.sqlite3")
    with pytest.raises(NoIndexError, match="there is no index"):
        engine.ask("Putin")
    away.rename(fake_store.catalog)
    assert engine.ask("Putin").quotes
