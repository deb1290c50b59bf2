"""Which reader a name stands for, and what is exported for it, once."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ModelError
from index.store import Store
from index.words import Stemmer
from qa.confidence import Calibration
from qa.onnx_span_model import OnnxSpanModel
from qa.reader_folder import ReaderFolder
from qa.readers import (
    NONE,
    SHIPPED,
    SHIPPED_FOLDER,
    SMALL,
    SMALL_FOLDER,
    kept_reader,
    open_span_model,
    reader_maker,
    shipped_reader,
    small_reader,
)
from qa.sentence_picker import SentencePicker
from qa.span_reader import SpanReader
from tests.fakes import HashingEmbedder
from tests.qa.conftest import SaveModel
from tests.qa.samples import asking, hit_on, stored
from tests.qa.tiny_reader import CALIBRATION, letter_tokenizer, write_tiny_reader


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    store = Store(tmp_path / ".qa")
    store.create()
    return store


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReaderFolder:
    """Return a tiny reader that stands for the one in the package."""
    folder = write_tiny_reader(tmp_path / "shipped", letter_tokenizer())
    monkeypatch.setattr("qa.readers.SHIPPED_FOLDER", folder)
    return folder


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Calibration]]:
    """Return what is exported: each time a reader with known logits, under its name."""
    made: list[tuple[str, Calibration]] = []

    def export(name: str, models: Path, calibration: Calibration, *, origin: str) -> ReaderFolder:
        models.mkdir(exist_ok=True)
        made.append((name, calibration))
        return write_tiny_reader(models / f"export-{len(made)}", letter_tokenizer(), name=name, origin=origin)

    monkeypatch.setattr("qa.export_reader.export_reader", export)
    return made


def _names(exports: list[tuple[str, Calibration]]) -> list[str]:
    return [name for name, _ in exports]


def _silent(_: str) -> None:
    """Hear nothing."""


def test_readers_of_the_package(store: Store) -> None:
    """Their names need neither a store's reader nor an export."""
    assert reader_maker(SHIPPED, store, notify=pytest.fail) is shipped_reader
    assert reader_maker(SMALL, store, notify=pytest.fail) is small_reader


def test_small_reader_is_the_smaller(store: Store, stemmer: Stemmer) -> None:
    """The small reader is another model than the default, of fewer bytes, with a calibration of its own."""
    sizes = [folder.graph.stat().st_size for folder in (SMALL_FOLDER, SHIPPED_FOLDER)]
    assert sizes == sorted(set(sizes))
    settings = SMALL_FOLDER.read_settings(remedy="")
    assert settings.calibration != SHIPPED_FOLDER.read_settings(remedy="").calibration
    assert small_reader(HashingEmbedder(), stemmer).threshold == settings.calibration.threshold
    model = open_span_model(SMALL, store, notify=pytest.fail)
    (found, *_) = model.find_spans("Who opened the bridge?", "Mayor Anna Reyes opened the bridge.")
    assert found.span.of("Mayor Anna Reyes opened the bridge.") in ("Anna Reyes", "Mayor Anna Reyes")


def test_none_is_the_sentence_picker(store: Store, stemmer: Stemmer) -> None:
    """`none` picks sentences without a trained reader."""
    reader = reader_maker(NONE, store, notify=pytest.fail)(HashingEmbedder(), stemmer)
    assert isinstance(reader, SentencePicker)


def test_shipped_reader_reads(shipped: ReaderFolder, stemmer: Stemmer) -> None:
    """The shipped reader has its folder's threshold."""
    assert shipped_reader(HashingEmbedder(), stemmer).threshold == CALIBRATION.threshold


def test_missing_shipped_reader_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stemmer: Stemmer
) -> None:
    """Where the package lacks its reader, the remedy names the way without one."""
    monkeypatch.setattr("qa.readers.SHIPPED_FOLDER", ReaderFolder(tmp_path / "gone"))
    with pytest.raises(ModelError) as caught:
        shipped_reader(HashingEmbedder(), stemmer)
    assert caught.value.remedy == "reinstall qa, or give --reader none"


@pytest.mark.usefixtures("shipped")
def test_reader_is_exported_once(store: Store, exports: list[tuple[str, Calibration]]) -> None:
    """The second use finds the reader in the store; only the first is told of."""
    said: list[str] = []
    first = kept_reader("some/reader", store, notify=said.append)
    second = kept_reader("some/reader", store, notify=said.append)
    assert first == second
    assert first.path.parent == store.readers
    assert _names(exports) == ["some/reader"]
    assert said == ["preparing the reader some/reader, once"]


@pytest.mark.usefixtures("shipped")
def test_another_reader_is_exported_beside_it(store: Store, exports: list[tuple[str, Calibration]]) -> None:
    """Readers are kept by name."""
    for name in ("some/reader", "other/reader", "some/reader", "other/reader"):
        assert kept_reader(name, store, notify=_silent).read_settings(remedy="").name == name
    assert _names(exports) == ["some/reader", "other/reader"]


@pytest.mark.usefixtures("shipped")
def test_folder_is_known_from_anywhere(
    store: Store, exports: list[tuple[str, Calibration]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is kept under its absolute path, so that a relative one means the same folder only."""
    (tmp_path / "here" / "model").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    kept_reader("model", store, notify=_silent)
    kept_reader(str(tmp_path / "here" / "model"), store, notify=_silent)
    assert _names(exports) == [str(tmp_path / "here" / "model")]


@pytest.mark.usefixtures("shipped")
def test_folder_that_changed_is_exported_again(
    store: Store, exports: list[tuple[str, Calibration]], tmp_path: Path
) -> None:
    """A model that was trained again in its old folder is not taken for the one that was kept."""
    weights = tmp_path / "model" / "model.safetensors"
    weights.parent.mkdir()
    weights.write_bytes(b"first")
    kept_reader(str(weights.parent), store, notify=_silent)
    weights.write_bytes(b"second")
    kept_reader(str(weights.parent), store, notify=_silent)
    assert _names(exports) == [str(weights.parent)] * 2


def test_reader_of_another_version_is_refused(shipped: ReaderFolder, stemmer: Stemmer) -> None:
    """A calibration for other features than ours is an error that says what to do."""
    settings = shipped.read_settings(remedy="")
    shipped.write_settings(replace(settings, calibration=replace(settings.calibration, ranking=(1.0,))))
    with pytest.raises(ModelError, match="another version"):
        shipped_reader(HashingEmbedder(), stemmer)


@pytest.mark.usefixtures("shipped")
def test_cut_reader_is_exported_again(store: Store, exports: list[tuple[str, Calibration]]) -> None:
    """A kept reader with a file cut short is not used."""
    kept_reader("some/reader", store, notify=_silent).graph.write_bytes(b"")
    kept_reader("some/reader", store, notify=_silent)
    assert _names(exports) == ["some/reader"] * 2


@pytest.mark.usefixtures("shipped", "exports")
def test_half_exported_reader_is_not_used(store: Store) -> None:
    """What a killed export left is no reader, though its files are whole."""
    store.readers.mkdir()
    left = write_tiny_reader(store.readers / ".export-killed", letter_tokenizer(), name="some/reader")
    assert kept_reader("some/reader", store, notify=_silent) != left


@pytest.mark.usefixtures("shipped", "exports")
def test_changed_reader_says_what_to_delete(store: Store, stemmer: Stemmer) -> None:
    """A kept reader of the right size with other bytes is refused, with the folder that is to go."""
    folder = kept_reader("some/reader", store, notify=_silent)
    folder.graph.write_bytes(folder.graph.read_bytes()[::-1])
    with pytest.raises(ModelError) as caught:
        reader_maker("some/reader", store, notify=_silent)(HashingEmbedder(), stemmer)
    assert caught.value.remedy == f"delete {folder.path}, and it is exported again"


def test_user_s_reader_takes_the_shipped_calibration(
    store: Store, shipped: ReaderFolder, exports: list[tuple[str, Calibration]]
) -> None:
    """What was fitted for the shipped reader stands for another one's too."""
    kept_reader("some/reader", store, notify=_silent)
    assert exports[0][1] == shipped.read_settings(remedy="").calibration


@pytest.mark.usefixtures("shipped")
def test_reader_of_the_user_s_answers(tiny_qa: SaveModel, store: Store, stemmer: Stemmer) -> None:
    """A folder of a Hugging Face model is exported, kept, and reads."""
    said: list[str] = []
    maker = reader_maker(str(tiny_qa("Bert")), store, notify=said.append)
    reader = maker(HashingEmbedder(), stemmer)
    text = stored("The mayor opened a bridge.")
    assert isinstance(reader, SpanReader)
    assert len(reader.read(asking("Who opened it?", open=1.0), [hit_on(text)], {1: text}).candidates) == 1
    assert len(said) == len(list(store.readers.iterdir())) == 1


@pytest.mark.usefixtures("shipped", "exports")
@pytest.mark.parametrize("name", [SHIPPED, "some/reader"])
def test_model_of_spans_can_be_had_alone(store: Store, name: str) -> None:
    """The model behind a reader is there for measurements."""
    assert isinstance(open_span_model(name, store, notify=_silent), OnnxSpanModel)


def test_none_has_no_model_of_spans(store: Store) -> None:
    """The sentence picker reads no spans."""
    with pytest.raises(ModelError, match="reads no spans"):
        open_span_model(NONE, store, notify=_silent)
