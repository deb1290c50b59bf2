"""After a compaction nothing of deleted articles is left in any file of an index."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import Stopped, StoreFullError, UsageError
from index.generations import Generation, _held
from index.store import Store
from qa.engine import Engine
from tests.conftest import Index
from tests.fakes import HashingEmbedder
from tests.index.stored import contents, holders, looking, passage_ids, put

SECRETS = ("Quibblethorpe", "zanzibarium", "Xylophagous")


@pytest.fixture
def folder(tmp_path: Path, fake_index: Index) -> Path:
    """Return a folder of which the articles with secrets were deleted or changed since they were indexed."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        put(folder / f"{number:02d}.txt", f"Town {number}\n\nThe council of town {number} met. It voted.\n")
        secrets = " ".join(f"{secret} number {number} was seen." for secret in SECRETS)
        put(folder / f"secret-{number:02d}.txt", f"{SECRETS[0]} {number}\n\n{secrets}\n")
    fake_index(folder)
    for number in range(29):
        (folder / f"secret-{number:02d}.txt").unlink()
    put(folder / "secret-29.txt", "Nothing\n\nThere is nothing to be seen here.\n", tick=5)
    return folder


def test_an_ordinary_run_leaves_traces(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """Without a compaction the catalog's file still holds what was deleted: what the others look for can be found."""
    fake_index()
    assert holders(fake_store, *SECRETS)


def test_nothing_of_deleted_articles_is_left(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """After a compaction no file has a word of what was deleted, nor Chroma a passage; the rest is there."""
    result = fake_index(compact=True)
    assert holders(fake_store, *SECRETS) == []
    assert len(contents(fake_store)) == 31
    with closing(sqlite3.connect(fake_store.catalog)) as connection:
        words = {term for (term,) in connection.execute("SELECT term FROM word_count")}
    assert not any(word.startswith(secret.lower()[:8]) for word in words for secret in SECRETS)
    with looking(fake_store) as snapshot:
        settings = snapshot.settings()
    assert settings is not None
    with closing(Generation(fake_store, settings.generation)) as generation:
        assert sorted(_held(generation._collection)) == passage_ids(fake_store)
    assert result.compaction is not None
    assert not result.compaction.is_read
    assert result.compaction.after < result.compaction.before


def test_a_compaction_with_nothing_to_do_embeds_and_changes_nothing(
    fake_store: Store, fake_index: Index, folder: Path
) -> None:
    """A second compaction embeds nothing and keeps the generation of vectors."""
    fake_index(compact=True)
    before, ids = contents(fake_store), passage_ids(fake_store)
    generations = [path.name for path in fake_store.generations.iterdir()]
    embedder = HashingEmbedder()
    fake_index(embedder=embedder, compact=True)
    assert embedder.embedded == []
    assert (contents(fake_store), passage_ids(fake_store)) == (before, ids)
    assert [path.name for path in fake_store.generations.iterdir()] == generations


def test_a_reader_in_the_way_is_told_of(
    fake_store: Store, fake_index: Index, folder: Path, fake_engine: Callable[[], Engine]
) -> None:
    """Whoever has the old vectors open keeps them; that is said, and once closed the next compaction is whole."""
    with looking(fake_store) as snapshot:
        settings = snapshot.settings()
    assert settings is not None
    with closing(Generation(fake_store, settings.generation)):
        held = fake_index(compact=True)
    assert held.compaction is not None
    assert held.compaction.is_read
    after = fake_index(compact=True)
    assert after.compaction is not None
    assert not after.compaction.is_read
    assert holders(fake_store, *SECRETS) == []
    assert fake_engine().ask("Which council met?").quotes


@pytest.mark.parametrize("moment", ["index.run.fold", "index.build.compact_catalog"])
def test_interrupted_compaction_is_taken_up(
    fake_store: Store, fake_index: Index, folder: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run, of whatever kind, ends a compaction that was interrupted, and no other compacts again."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(moment, interrupt)
        with pytest.raises(Stopped):
            fake_index(compact=True)
    assert holders(fake_store, *SECRETS)
    assert fake_index().compaction is not None
    assert holders(fake_store, *SECRETS) == []
    assert fake_index().compaction is None


def test_compaction_that_cannot_end_stops_no_other_run(
    fake_store: Store, fake_index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no room to end it, whoever asked for it is told, and other runs publish all the same."""

    def no_room(*_: object) -> bool:
        raise StoreFullError("the disk is full", "free some space")

    with monkeypatch.context() as patched:
        patched.setattr("index.build.compact_catalog", no_room)
        with pytest.raises(StoreFullError):
            fake_index(compact=True)
        put(folder / "new.txt", "Nothing else\n\nIt is new here.\n")
        assert fake_index().report.added == 1
    assert fake_index().compaction is not None
    assert holders(fake_store, *SECRETS) == []


def test_compaction_that_never_began_is_not_remembered(fake_index: Index, folder: Path) -> None:
    """One that fails over its folders leaves the next run as it is asked for."""
    aside = folder.rename(folder.with_name("aside"))
    with pytest.raises(UsageError):
        fake_index(compact=True)
    aside.rename(folder)
    assert fake_index().compaction is None
