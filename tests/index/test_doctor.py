"""Whatever is damaged in an index is found, and mended without embedding again what is known."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.checkup.findings import Cure, Section
from index.doctor import Doctor
from index.errors import NoIndexError, StoreDamagedError
from index.generations import _folder, _open_client
from index.model_folder import ModelFolder
from index.salvage import salvage_catalog
from index.store import Store
from index.vectors import pack
from tests.conftest import HASHING, Index, store_with_fakes
from tests.fakes import HashingEmbedder, SilentProgress
from tests.index.stored import contents, index_folder, looking, passage_ids, put
from tests.index.test_build import exports

__all__ = ["exports"]

ARTICLES = 30


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place with a folder of articles and its index, to copy."""
    place = tmp_path_factory.mktemp("indexed")
    folder = place / "articles"
    folder.mkdir()
    for number in range(ARTICLES):
        body = " ".join(f"The council of town {number} met on day {day} and voted on road {day}." for day in range(8))
        put(folder / f"{number:02d}.txt", f"Town {number}\n\n{body}\n")
    index_folder(store_with_fakes(place / ".qa"), folder)
    return place


@pytest.fixture
def folder(tmp_path: Path, indexed: Path) -> Path:
    """Return a folder of articles that is indexed in `fake_store`."""
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "articles"


def doctor_of(store: Store, embedder: HashingEmbedder | None = None) -> Doctor:
    return Doctor(
        store=store,
        notify=lambda _: None,
        progress=SilentProgress(),
        wait=0.0,
        open_embedder=lambda _: embedder or HashingEmbedder(),
    )


def unsound(sections: list[Section]) -> set[str]:
    return {section.part for section in sections if not section.is_sound}


def change(store: Store, *statements: str) -> None:
    """Change the catalog behind everybody's back."""
    with closing(sqlite3.connect(store.catalog)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def generation(store: Store) -> Path:
    with looking(store) as snapshot:
        settings = snapshot.settings()
        assert settings is not None
        return _folder(store, settings.generation)


def longer_text(store: Store) -> None:
    change(store, "UPDATE text SET content = content || ' Never written.' WHERE id = 7")


def no_utf8(store: Store) -> None:
    change(store, "UPDATE text SET content = CAST(x'ff41' AS TEXT) WHERE id = 7")


def sentences_of_another(store: Store) -> None:
    change(store, "UPDATE text SET sentences = x'0500000002000000' WHERE id = 7")


def passage_gone(store: Store) -> None:
    change(store, "DELETE FROM passage WHERE id = (SELECT min(id) FROM passage WHERE text_id = 7)")


def short_vector(store: Store) -> None:
    change(store, "UPDATE passage SET vector = x'0000' WHERE text_id = 7")


def no_number(store: Store) -> None:
    nan = pack(np.full(HashingEmbedder.dimensions, np.nan, dtype=np.float32)).hex()
    change(store, f"UPDATE passage SET vector = x'{nan}' WHERE text_id = 7")


def no_landmarks(store: Store) -> None:
    change(store, "UPDATE article SET landmarks = '[[3,' WHERE text_id = 7")


def landmarks_of_another_shape(store: Store) -> None:
    change(store, """UPDATE article SET landmarks = '[["three", 1, 2]]' WHERE text_id = 7""")


def landmarks_of_another_kind(store: Store) -> None:
    change(store, """UPDATE article SET landmarks = '[[1, "pagf", "2"]]' WHERE text_id = 7""")


def date_from_nowhere(store: Store) -> None:
    change(store, "UPDATE article SET date = '2024-01-01', date_origin = 'datelinf' WHERE text_id = 7")


def words_lost(store: Store) -> None:
    change(store, "DELETE FROM word_docsize WHERE id % 5 = 0")


def words_emptied(store: Store) -> None:
    change(store, "DELETE FROM word_data WHERE id > 10")


def words_of_nobody(store: Store) -> None:
    change(store, "INSERT INTO word (rowid, text) VALUES (99999, 'nobody wrote this')")


def wrong_count(store: Store) -> None:
    change(store, """UPDATE setting SET value = '{"articles": 3, "passages": 5}' WHERE name = 'totals'""")


def no_generation(store: Store) -> None:
    (generation(store) / "chroma.sqlite3").unlink()


def no_generations(store: Store) -> None:
    shutil.rmtree(store.generations)


def cut_generation(store: Store) -> None:
    path = generation(store) / "chroma.sqlite3"
    path.write_bytes(path.read_bytes()[:20_000])


def cut_graph_of_vectors(store: Store) -> None:
    sketches = generation(store) / "sketches.npy"
    sketches.write_bytes(sketches.read_bytes()[:-100])


def other_sketches(store: Store) -> None:
    sketches = generation(store) / "sketches.npy"
    data = bytearray(sketches.read_bytes())
    data[-8:] = bytes(255 - byte for byte in data[-8:])
    sketches.write_bytes(data)


def other_vectors(store: Store) -> None:
    client = _open_client(generation(store))
    ids = passage_ids(store)
    vectors = np.eye(HashingEmbedder.dimensions, dtype=np.float32)[[id % 7 for id in ids]]
    client.get_collection("passages", embedding_function=None).update(ids=[str(id) for id in ids], embeddings=vectors)
    client.close()


def vector_lost(store: Store) -> None:
    client = _open_client(generation(store))
    client.get_collection("passages", embedding_function=None).delete(ids=[str(passage_ids(store)[3])])
    client.close()


def other_model(store: Store) -> None:
    ModelFolder(store.models / HASHING).graph.write_bytes(b"damaged!")


def shorter_model(store: Store) -> None:
    ModelFolder(store.models / HASHING).tokenizer.write_bytes(b"{")


def no_model(store: Store) -> None:
    for path in (store.models / HASHING).iterdir():
        path.unlink()


def left_over(store: Store) -> None:
    (store.models / ".export-killed").mkdir()
    (store.generations / "000077").mkdir()
    (store.generations / "000077" / "chroma.sqlite3").write_bytes(b"")


def lock_left_over(store: Store) -> None:
    (store.generations / "000077.lock").touch()


def one_other_vector(store: Store) -> None:
    """Change a single vector in Chroma, so little that a sketch of it is the same."""
    client = _open_client(generation(store))
    collection = client.get_collection("passages", embedding_function=None)
    found = collection.get(limit=1, offset=7, include=["embeddings"])
    assert found["embeddings"] is not None
    vector = np.array(found["embeddings"][0])
    vector[np.abs(vector).argmax()] *= 3
    collection.update(ids=found["ids"], embeddings=[vector / np.linalg.norm(vector)])
    client.close()


def damaged_database(store: Store) -> None:
    """Write over a page in the middle of Chroma's database."""
    path = generation(store) / "chroma.sqlite3"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 4096)


def open_to_all(store: Store) -> None:
    store.catalog.chmod(0o644)
    store.path.chmod(0o755)


Damage = Callable[[Store], None]

OF_ONE_TEXT: list[Damage] = [
    longer_text,
    no_utf8,
    sentences_of_another,
    passage_gone,
    short_vector,
    no_number,
    no_landmarks,
    landmarks_of_another_shape,
    landmarks_of_another_kind,
    date_from_nowhere,
]
OF_NO_TEXT: list[tuple[str, Damage]] = [
    ("words", words_lost),
    ("words", words_emptied),
    ("words", words_of_nobody),
    ("catalog", wrong_count),
    ("vectors", no_generation),
    ("vectors", no_generations),
    ("vectors", cut_generation),
    ("vectors", cut_graph_of_vectors),
    ("vectors", other_sketches),
    ("vectors", other_vectors),
    ("vectors", vector_lost),
    ("vectors", one_other_vector),
    ("vectors", damaged_database),
    ("leftovers", left_over),
    ("leftovers", lock_left_over),
]


def named(value: object) -> str | None:
    return getattr(value, "__name__", None)


def test_sound_index_is_sound(fake_store: Store, folder: Path) -> None:
    """Of an index as a run leaves it every part is sound, and an examination changes no byte of the catalog."""
    before = fake_store.catalog.read_bytes()
    sections = doctor_of(fake_store).examine()
    assert unsound(sections) == set()
    assert [section.part for section in sections] == [
        "catalog",
        "texts",
        "articles",
        "words",
        "vectors",
        "embedder",
        "leftovers",
        "access",
    ]
    assert fake_store.catalog.read_bytes() == before


@pytest.mark.parametrize("damage", OF_ONE_TEXT, ids=named)
def test_damaged_text_is_read_and_embedded_again(fake_store: Store, folder: Path, damage: Damage) -> None:
    """One text that is not as it was written is found, and it alone is embedded again."""
    before = contents(fake_store)
    of_one = len(passage_ids(fake_store)) // ARTICLES
    damage(fake_store)
    embedder = HashingEmbedder()
    doctor = doctor_of(fake_store, embedder)
    sections = doctor.examine()
    assert unsound(sections) & {"texts", "articles"}
    embedder.embedded.clear()
    doctor.repair(sections)
    assert len(embedder.embedded) == of_one
    assert unsound(doctor.examine()) == set()
    assert contents(fake_store) == before


@pytest.mark.parametrize(("part", "damage"), OF_NO_TEXT, ids=named)
def test_what_the_catalog_knows_is_made_anew(fake_store: Store, folder: Path, part: str, damage: Damage) -> None:
    """Damage beside texts and their vectors is found where it is, and mended; nothing is embedded, no id changes."""
    before, ids = contents(fake_store), passage_ids(fake_store)
    damage(fake_store)
    embedder = HashingEmbedder()
    doctor = doctor_of(fake_store, embedder)
    sections = doctor.examine()
    assert unsound(sections) == {part}
    embedder.embedded.clear()
    doctor.repair(sections)
    assert embedder.embedded == []
    assert unsound(doctor.examine()) == set()
    assert (contents(fake_store), passage_ids(fake_store)) == (before, ids)


@pytest.mark.skipif(os.name != "posix", reason="no permissions of others")
def test_store_is_closed_to_others(fake_store: Store, folder: Path) -> None:
    """A file that others may read is told of, and closed."""
    open_to_all(fake_store)
    doctor = doctor_of(fake_store)
    sections = doctor.examine()
    assert unsound(sections) == {"access"}
    doctor.repair(sections)
    assert stat.S_IMODE(fake_store.catalog.stat().st_mode) == 0o600
    assert stat.S_IMODE(fake_store.path.stat().st_mode) == 0o700
    assert unsound(doctor.examine()) == set()


@pytest.mark.parametrize("damage", [other_model, shorter_model, no_model], ids=named)
def test_damaged_model_is_exported_again(fake_store: Store, folder: Path, exports: list[str], damage: Damage) -> None:
    """A damaged model is exported again; where the new one embeds as it did, all vectors stay."""
    before, ids = contents(fake_store), passage_ids(fake_store)
    damage(fake_store)
    doctor = doctor_of(fake_store)
    sections = doctor.examine()
    assert unsound(sections) == {"embedder"}
    doctor.repair(sections)
    assert exports == [HASHING]
    assert unsound(doctor.examine()) == set()
    assert (contents(fake_store), passage_ids(fake_store)) == (before, ids)


class OtherEmbedder(HashingEmbedder):
    """Another model by the same name."""

    def embed_question(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        """Return the vector of the text backwards."""
        return super().embed_question(" ".join(word[::-1] + "x" for word in text.split()))


def test_model_that_embeds_otherwise_is_another(fake_store: Store, folder: Path, exports: list[str]) -> None:
    """Where the model that is exported again gives other vectors, everything is embedded with it."""
    no_model(fake_store)
    embedder = OtherEmbedder()
    doctor = doctor_of(fake_store, embedder)
    sections = doctor.examine()
    ids = set(passage_ids(fake_store))
    doctor.repair(sections)
    assert ids.isdisjoint(passage_ids(fake_store))
    assert unsound(doctor.examine()) == set()


def test_vectors_of_another_model_are_found(fake_store: Store, folder: Path) -> None:
    """Vectors that are not the model's are found by embedding a few passages again, and all are made anew."""
    doctor = doctor_of(fake_store, OtherEmbedder())
    sections = doctor.examine()
    assert unsound(sections) == {"embedder"}
    assert {f.cure for section in sections for f in section.findings} == {Cure.EMBED}
    doctor.repair(sections)
    assert unsound(doctor.examine()) == set()


def table_pages(store: Store, table: str) -> list[int]:
    """Return the pages of a table in the catalog's file, in order."""
    with closing(sqlite3.connect(store.catalog)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            rows = connection.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno", (table,)).fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot tell pages")
    return [page for (page,) in rows]


def overwrite_page(store: Store, page: int) -> None:
    """Write rubbish over one page of the catalog."""
    with closing(sqlite3.connect(store.catalog)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with store.catalog.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def test_model_that_is_not_used_is_told_of(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """A model that no recipe names is no damage: the next run deletes it."""
    other = fake_store.models / "0123456789abcdef"
    other.mkdir()
    sections = doctor_of(fake_store).examine()
    assert unsound(sections) == set()
    (said,) = [finding.problem for each in sections if each.part == "leftovers" for finding in each.findings]
    assert said == "models/0123456789abcdef wait for the next run to delete them"
    fake_index(folder)
    assert not other.exists()


@pytest.mark.parametrize("table", ["text", "passage", "article", "file", "word_data", "sqlite_autoindex_text_1"])
def test_overwritten_page_costs_no_more_than_its_texts(
    fake_store: Store, fake_index: Index, folder: Path, table: str
) -> None:
    """With a page of the catalog overwritten, what can still be read is saved, and the rest is embedded again."""
    before = contents(fake_store)
    passages = len(passage_ids(fake_store))
    pages = table_pages(fake_store, table)
    overwrite_page(fake_store, pages[len(pages) // 2])
    embedder = HashingEmbedder()
    doctor = doctor_of(fake_store, embedder)
    sections = doctor.examine()
    assert "catalog" in unsound(sections)
    embedder.embedded.clear()
    doctor.repair(sections)
    assert len(embedder.embedded) <= passages // 3
    assert contents(fake_store) == before
    assert unsound(doctor.examine()) == set()


@pytest.mark.parametrize("number", [1 << 60, -1, "'many'", "x'00'", "1e300"])
def test_damaged_number_of_texts_is_not_counted_to(
    fake_store: Store, fake_index: Index, folder: Path, number: object
) -> None:
    """Whatever a damaged catalog says of how many texts there were, what is there is saved, in the time that takes."""
    before = contents(fake_store)
    change(fake_store, f"UPDATE sqlite_sequence SET seq = {number} WHERE name = 'text'")
    salvaged = salvage_catalog(fake_store)
    assert salvaged.texts == len({held.text for held in before})
    embedder = HashingEmbedder()
    fake_index(folder, embedder=embedder)
    assert (contents(fake_store), embedder.embedded) == (before, [])


def test_catalog_that_is_none_has_to_be_told_its_folders(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """Where nothing can be read of a catalog, that is said with what to do, which then works."""
    before = contents(fake_store)
    fake_store.catalog.write_bytes(b"rubbish" * 10_000)
    doctor = doctor_of(fake_store)
    sections = doctor.examine()
    assert unsound(sections) == {"catalog"}
    with pytest.raises(StoreDamagedError, match="run qa index FOLDER"):
        doctor.repair(sections)
    fake_index(folder)
    assert contents(fake_store) == before
    assert unsound(doctor.examine()) == set()


def test_without_an_index_there_is_nothing_to_examine(tmp_path: Path) -> None:
    """Without an index that is said."""
    with pytest.raises(NoIndexError, match="there is no index"):
        doctor_of(Store(tmp_path / "none")).examine()


def test_index_that_was_never_published_is_told(fake_store: Store, folder: Path) -> None:
    """Of an index whose first run broke off it is said what to do."""
    change(fake_store, "DELETE FROM setting")
    (finding,) = [
        finding
        for section in doctor_of(fake_store).examine()
        for finding in section.findings
        if finding.cure is Cure.USER
    ]
    assert "run qa index FOLDER" in finding.problem
