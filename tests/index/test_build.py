"""Bringing an index up to date: what is remembered, what is made anew, what is refused."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import update_index
from index.errors import ModelError, NoArticlesError, NoIndexError, StoreBusyError, StoreDamagedError, UsageError
from index.inputs import BuildOptions
from index.lock import writing
from index.model_folder import ModelFolder, ModelSettings
from index.store import Store
from index.vectors import Vectors
from tests.conftest import HASHING, Index
from tests.fakes import HashingEmbedder, SilentProgress
from tests.index.stored import contents, looking, passage_ids, put, texts

ONE = "The council met on Monday. It approved the budget."
TWO = "The flood closed two bridges. Nobody was hurt."


class NarrowEmbedder(HashingEmbedder):
    """An embedder that sees few tokens."""

    most_tokens = 5


class BrokenOff(HashingEmbedder):
    """An embedder during which the user breaks off."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Break off."""
        raise KeyboardInterrupt


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of models that are exported; each is a small folder that the fakes can use."""
    names: list[str] = []

    def export(name: str, models: Path) -> ModelFolder:
        names.append(name)
        folder = ModelFolder(models / f"export-{len(names)}")
        folder.path.mkdir()
        folder.graph.write_bytes(b"graph")
        folder.tokenizer.write_bytes(b"{}")
        folder.write_settings(settings_named(name))
        return folder

    monkeypatch.setattr("index.export.export_embedder", export)
    return names


def settings_named(name: str) -> ModelSettings:
    return ModelSettings(
        name=name,
        dimensions=HashingEmbedder.dimensions,
        max_tokens=52,
        question_prompt="",
        passage_prompt="",
        weights="none",
        cosine=1.0,
    )


def models(store: Store) -> list[str]:
    return sorted(path.name for path in store.models.iterdir())


def build(store: Store, options: BuildOptions, *, notify: Callable[[str], None] = lambda _: None) -> HashingEmbedder:
    """Run with whatever model the store has or exports; return the embedder."""
    embedder = HashingEmbedder()
    update_index(store, options, notify=notify, progress=SilentProgress(), open_embedder=lambda _: embedder)
    return embedder


def test_folders_and_patterns_are_remembered(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A run without folders takes those of the last one, with its patterns."""
    put(folder / "one.txt", ONE)
    fake_index(folder, exclude=("draft*",))
    put(folder / "two.txt", TWO)
    put(folder / "draft.txt", "It may meet.")
    fake_index()
    assert texts(fake_store) == {"one.txt": ONE, "two.txt": TWO}


def test_named_folder_forgets_patterns(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A run that names its folders begins with no patterns."""
    put(folder / "one.txt", ONE)
    put(folder / "draft.txt", TWO)
    fake_index(folder, exclude=("draft*",))
    fake_index(folder)
    assert texts(fake_store) == {"one.txt": ONE, "draft.txt": TWO}


def test_folders_move_with_their_store(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A parent folder that is moved with articles and index stays indexed; nothing is embedded."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    parent = folder.parent / "moved"
    parent.mkdir()
    shutil.move(folder, parent / folder.name)
    shutil.move(fake_store.path, parent / fake_store.path.name)
    moved = Store(parent / fake_store.path.name)
    assert build(moved, BuildOptions()).embedded == []
    with looking(moved) as snapshot:
        assert [file.path for file in snapshot.files()] == [parent / folder.name / "one.txt"]


def test_missing_folder_is_refused(fake_index: Index, folder: Path) -> None:
    """A folder that is not there is a mistake in the command."""
    with pytest.raises(UsageError, match=r"there is no .*gone"):
        fake_index(folder / "gone")


def test_run_without_folders_needs_an_index(fake_index: Index, fake_store: Store) -> None:
    """The first run has to name a folder."""
    with pytest.raises(NoIndexError, match="run qa index FOLDER"):
        fake_index()
    assert not fake_store.exists()


def test_folders_of_a_broken_off_first_run_are_not_known(fake_index: Index, folder: Path) -> None:
    """A first run that was never published left no folders behind, and the user is told so."""
    put(folder / "one.txt", ONE)
    with pytest.raises(KeyboardInterrupt):
        fake_index(folder, embedder=BrokenOff())
    with pytest.raises(UsageError, match="which folders to index is not known"):
        fake_index()


def test_first_run_that_finds_nothing_makes_no_store(tmp_path: Path, folder: Path) -> None:
    """A folder without articles is refused before anything is written."""
    store = Store(tmp_path / "new")
    with pytest.raises(NoArticlesError):
        build(store, BuildOptions(roots=(folder,)))
    assert not store.path.exists()


def test_second_writer_is_refused(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """While one process writes, another gives up after its wait."""
    put(folder / "one.txt", ONE)
    with writing(fake_store, wait=0, notify=pytest.fail), pytest.raises(StoreBusyError):
        fake_index(folder, wait=0.0)


def test_other_cut_is_made_anew(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """With another budget every text is cut and embedded again, though no file changed."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    narrow = NarrowEmbedder()
    report = fake_index(embedder=narrow).report
    assert (report.unchanged, report.changed, report.added) == (2, 0, 0)
    assert texts(fake_store) == {"one.txt": ONE, "two.txt": TWO}
    with looking(fake_store) as snapshot:
        passages = snapshot.passages(passage_ids(fake_store), HashingEmbedder.dimensions)
        cut = [passage.span.of(snapshot.text(passage.text_id).content) for passage in passages]
    assert all(len(narrow.token_spans(passage)) <= 5 for passage in cut)
    assert len(cut) == len(narrow.embedded) > 2


def test_raised_cutter_version_is_made_anew(
    fake_index: Index, fake_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new version of the cutter embeds every text again, once."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    monkeypatch.setattr("index.build.CUTTER_VERSION", 99)
    first, second = HashingEmbedder(), HashingEmbedder()
    fake_index(embedder=first)
    fake_index(embedder=second)
    assert (first.embedded, second.embedded) == ([ONE], [])


def test_other_embedder_is_exported_and_used(
    fake_index: Index, fake_store: Store, folder: Path, exports: list[str]
) -> None:
    """Another embedder embeds every text again, is remembered, and the old one goes with the next run."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    said: list[str] = []
    embedder = build(fake_store, BuildOptions(embedder="other"), notify=said.append)
    assert embedder.embedded == [ONE]
    assert said == ["preparing the embedder other, once"]
    assert build(fake_store, BuildOptions()).embedded == []
    assert exports == ["other"]
    assert models(fake_store) == ["export-1"]


def test_folder_that_bears_the_embedder_s_name_is_not_taken_for_it(
    fake_index: Index, fake_store: Store, folder: Path, exports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that came with the articles is an embedder for whoever asks for it."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    (folder / HASHING).mkdir()
    put(folder / HASHING / "two.txt", ONE)
    monkeypatch.chdir(folder)
    build(fake_store, BuildOptions())
    assert exports == []
    build(fake_store, BuildOptions(embedder=HASHING))
    assert exports == [str(folder / HASHING)]


def test_model_of_an_interrupted_run_is_used(store: Store, folder: Path, exports: list[str]) -> None:
    """A model that was exported before the first run broke off is not exported again."""
    put(folder / "one.txt", ONE)
    left = ModelFolder(store.models / "left")
    left.path.mkdir()
    left.graph.write_bytes(b"graph")
    left.tokenizer.write_bytes(b"{}")
    left.write_settings(settings_named(HASHING))
    build(store, BuildOptions(roots=(folder,), embedder=HASHING))
    assert exports == []


def test_half_exported_model_is_not_used(store: Store, folder: Path, exports: list[str]) -> None:
    """A model whose export was killed before it was measured is exported again, and what was there of it goes."""
    put(folder / "one.txt", ONE)
    work = ModelFolder(store.models / ".export-killed")
    work.path.mkdir()
    work.graph.write_bytes(b"graph")
    work.tokenizer.write_bytes(b"{}")
    work.write_settings(settings_named(HASHING))
    build(store, BuildOptions(roots=(folder,), embedder=HASHING))
    assert exports == [HASHING]
    assert models(store) == ["export-1"]


def test_damaged_model_is_refused(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """An index whose model is not as it was written says how to mend it."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    ModelFolder(fake_store.models / HASHING).graph.write_bytes(b"damaged!")
    with pytest.raises(ModelError, match="run qa doctor --repair"):
        fake_index()


def test_model_is_opened_and_checked_when_it_is_needed(fake_store: Store, folder: Path) -> None:
    """A run that embeds nothing opens no model; a damaged one is told of as soon as it is to embed."""
    ModelFolder(fake_store.models / HASHING).write_settings(replace(settings_named(HASHING), max_tokens=256))
    opened: list[HashingEmbedder] = []

    def open_embedder(_: ModelFolder) -> HashingEmbedder:
        opened.append(HashingEmbedder())
        return opened[-1]

    def index() -> None:
        update_index(
            fake_store,
            BuildOptions(roots=(folder,), embedder=HASHING),
            notify=lambda _: None,
            progress=SilentProgress(),
            open_embedder=open_embedder,
        )

    put(folder / "one.txt", ONE)
    index()
    assert len(opened) == 1
    ModelFolder(fake_store.models / HASHING).graph.write_bytes(b"damaged!")
    index()
    assert len(opened) == 1
    put(folder / "two.txt", TWO)
    with pytest.raises(ModelError, match="run qa doctor --repair"):
        index()
    assert texts(fake_store) == {"one.txt": ONE}


def test_full_run_embeds_everything_again(
    fake_index: Index, fake_store: Store, folder: Path, exports: list[str]
) -> None:
    """A full run embeds every text with the model it has, and holds the same articles as before."""
    put(folder / "one.txt", ONE)
    put(folder / "two.txt", TWO)
    fake_index(folder)
    before = contents(fake_store)
    assert build(fake_store, BuildOptions(full=True)).embedded == [ONE, TWO]
    assert exports == []
    assert contents(fake_store) == before


def test_full_run_exports_a_named_model_again(
    fake_index: Index, fake_store: Store, folder: Path, exports: list[str]
) -> None:
    """A model that is named may have changed since: a full run exports it again."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    build(fake_store, BuildOptions(full=True, embedder=HASHING))
    assert exports == [HASHING]


def test_full_run_mends_a_damaged_model(fake_index: Index, fake_store: Store, folder: Path, exports: list[str]) -> None:
    """What refuses to run is mended by the remedy it names."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    ModelFolder(fake_store.models / HASHING).graph.write_bytes(b"damaged!")
    build(fake_store, BuildOptions(full=True))
    assert build(fake_store, BuildOptions()).embedded == []
    assert texts(fake_store) == {"one.txt": ONE}


def test_damaged_catalog_is_refused(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """A catalog that is no database is not written over by an ordinary run."""
    put(folder / "one.txt", ONE)
    fake_store.catalog.write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreDamagedError, match="run qa doctor --repair"):
        fake_index(folder)


def test_full_run_mends_a_damaged_catalog(
    fake_store: Store, fake_index: Index, folder: Path, exports: list[str]
) -> None:
    """A full run with its folders named makes way for a new catalog."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    fake_store.catalog.write_bytes(b"not a database at all" * 500)
    build(fake_store, BuildOptions(roots=(folder,), full=True, embedder=HASHING))
    assert texts(fake_store) == {"one.txt": ONE}


def test_rebuilt_vectors_embed_nothing(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Chroma's folder is made anew from the catalog, and no passage changes."""
    put(folder / "one.txt", ONE)
    fake_index(folder)
    before = passage_ids(fake_store)
    shutil.rmtree(fake_store.generations / "000001")
    embedder = HashingEmbedder()
    fake_index(embedder=embedder, rebuild_vectors=True)
    assert embedder.embedded == []
    assert passage_ids(fake_store) == before
    assert [path.name for path in sorted(fake_store.generations.iterdir())] == ["000002", "000002.lock"]


def test_budget_is_the_model_s_where_it_sees_less(fake_index: Index, folder: Path) -> None:
    """No passage is longer than what the embedder reads of it."""
    put(folder / "one.txt", " ".join(["The council met and voted on it."] * 30))
    embedder = HashingEmbedder()
    fake_index(folder, embedder=embedder)
    counts = [len(embedder.token_spans(passage)) for passage in embedder.embedded]
    assert max(counts) <= HashingEmbedder.most_tokens
    assert len(counts) > 1
