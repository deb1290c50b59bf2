"""An index that an older version made is brought to the present format, and nothing is embedded again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import update_index
from index.errors import StoreVersionError
from index.inputs import BuildOptions
from index.model_folder import ModelFolder
from index.schema import SCHEMA_VERSION, create_catalog, open_catalog
from index.store import Store
from tests.conftest import HASHING, Index
from tests.fakes import HashingEmbedder, SilentProgress
from tests.index.old_formats import make_older, unread
from tests.index.stored import contents, passage_ids, put
from tests.index.test_build import settings_named
from tests.index.test_doctor import doctor_of, unsound

OLD = range(2, SCHEMA_VERSION)


@pytest.fixture
def folder(tmp_path: Path, fake_index: Index) -> Path:
    """Return a folder that is indexed, of articles with a date and of near copies."""
    folder = tmp_path / "articles"
    folder.mkdir()
    body = " ".join(f"The council met on day {day} and voted on road {day}." for day in range(12))
    for name in ("one", "two", "three"):
        put(folder / f"{name}.md", f"---\ntitle: Of {name}\ndate: 2024-11-15\n---\n\n{body} It was the {name}.\n")
    fake_index(folder)
    return folder


def everything(store: Store) -> list[tuple[object, ...]]:
    """Return all that is kept of texts, articles and files, but for ids."""
    with closing(sqlite3.connect(store.catalog)) as connection:
        return connection.execute(
            "SELECT path, size, file.sha256, reason, article.title, date, date_origin, landmarks, text.title, signature"
            " FROM article JOIN file ON file.id = file_id JOIN text ON text.id = text_id ORDER BY path"
        ).fetchall()


@pytest.mark.parametrize("version", OLD)
def test_older_index_is_brought_up_to_date(fake_store: Store, fake_index: Index, folder: Path, version: int) -> None:
    """A run over an index of an older format keeps every vector, and then knows all that it would know of a new one."""
    before, kept, ids = contents(fake_store), everything(fake_store), passage_ids(fake_store)
    make_older(fake_store, version)
    embedder = HashingEmbedder()
    fake_index(embedder=embedder)
    assert embedder.embedded == []
    assert (contents(fake_store), everything(fake_store), passage_ids(fake_store)) == (before, kept, ids)
    assert unsound(doctor_of(fake_store).examine()) == set()
    assert unread(fake_store) == 0


@pytest.mark.parametrize("version", OLD)
def test_questions_are_told_what_to_do(fake_store: Store, folder: Path, version: int) -> None:
    """An older index is not read as it is; its format and the remedy are said."""
    make_older(fake_store, version)
    with pytest.raises(StoreVersionError, match=f"format {version}, this qa reads {SCHEMA_VERSION}\nrun qa index: it"):
        open_catalog(fake_store.catalog)


@pytest.mark.parametrize(("version", "remedy"), [(1, "run qa index --full"), (99, "use the newer qa")])
def test_other_formats_are_left_alone(fake_store: Store, folder: Path, version: int, remedy: str) -> None:
    """An index of a format that cannot be brought to ours is not touched, by questions or runs."""
    with closing(sqlite3.connect(fake_store.catalog)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    for open_it in (open_catalog, create_catalog):
        with pytest.raises(StoreVersionError, match=remedy):
            open_it(fake_store.catalog)


@pytest.mark.parametrize("version", OLD)
def test_what_was_published_stays_so_until_the_run_ends(fake_store: Store, folder: Path, version: int) -> None:
    """Brought to the present format, an index answers at once, with the texts that it had."""
    before, ids = contents(fake_store), passage_ids(fake_store)
    make_older(fake_store, version)
    said: list[str] = []
    create_catalog(fake_store.catalog, notify=said.append).close()
    assert (contents(fake_store), passage_ids(fake_store)) == (before, ids)
    assert said == [f"the index has format {version}: bringing it to format {SCHEMA_VERSION}, once"]
    assert unread(fake_store) == (3 if version < 4 else 0)


def test_migration_is_whole_or_not_at_all(fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that breaks off leaves the older format as it was, and succeeds the next time."""
    make_older(fake_store, 2)

    def fail(_: str) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("index.signatures.sign", fail)
        with pytest.raises(KeyboardInterrupt):
            create_catalog(fake_store.catalog)
    with pytest.raises(StoreVersionError, match="format 2"):
        open_catalog(fake_store.catalog)
    create_catalog(fake_store.catalog).close()
    open_catalog(fake_store.catalog).close()


def test_model_of_an_older_layout_is_exported_again(
    fake_store: Store, fake_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model whose files had other names is exported again, and what it embedded stays."""
    monkeypatch.setattr("index.build.CUTTER_VERSION", 2)  # of then: under another one all is cut and embedded anew
    settings = replace(settings_named(HASHING), max_tokens=256)
    model = ModelFolder(fake_store.models / HASHING)
    model.write_settings(settings)
    fake_index(put(tmp_path / "one.txt", "The council met on Monday. It approved the budget."))
    ids = passage_ids(fake_store)
    make_older(fake_store, 3)
    model.graph.rename(model.path / "model.onnx")

    def export(_: str, models: Path) -> ModelFolder:
        folder = ModelFolder(models / "exported-again")
        folder.path.mkdir()
        folder.graph.write_bytes(b"the same weights in another layout")
        folder.tokenizer.write_bytes(b"{}")
        folder.write_settings(settings)
        return folder

    monkeypatch.setattr("index.export.export_embedder", export)
    said: list[str] = []
    update_index(
        fake_store,
        BuildOptions(),
        notify=said.append,
        progress=SilentProgress(),
        open_embedder=lambda _: HashingEmbedder(),
    )
    assert f"preparing the embedder {HASHING}, once" in said
    assert passage_ids(fake_store) == ids
    assert unsound(doctor_of(fake_store).examine()) == set()
