"""The folder of an exported reader knows whether it is the one that was written."""

import json
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.confidence import Calibration
from qa.reader_folder import ReaderFolder, ReaderSettings

_SETTINGS = ReaderSettings(
    name="small",
    max_tokens=384,
    weights="int8",
    calibration=Calibration(ranking=(0.5, 1.0), weights=(2.0, 3.0), bias=-1.5, threshold=0.25),
)
_REMEDY = "do this"


@pytest.fixture
def reader(tmp_path: Path) -> ReaderFolder:
    """Return a folder with two files and their settings."""
    folder = ReaderFolder(tmp_path)
    folder.graph.write_bytes(b"graph")
    folder.tokenizer.write_bytes(b"tokenizer")
    folder.write_settings(_SETTINGS)
    return folder


def _write(reader: ReaderFolder, **changes: object) -> None:
    kept = json.loads(reader.settings.read_text())
    reader.settings.write_text(json.dumps({**kept, **changes}))


def test_settings_come_back(reader: ReaderFolder) -> None:
    """What was written of a reader is read again, the calibration too."""
    assert reader.read_settings(remedy=_REMEDY) == _SETTINGS


def test_calibration_comes_back(reader: ReaderFolder) -> None:
    """The numbers of the calibration are those that were written."""
    kept = reader.read_settings(remedy=_REMEDY).calibration
    assert (list(kept.ranking), list(kept.weights), kept.bias, kept.threshold) == ([0.5, 1.0], [2.0, 3.0], -1.5, 0.25)


def test_whole_folder_passes(reader: ReaderFolder) -> None:
    """A folder as it was written is used as often as one likes."""
    reader.check(remedy=_REMEDY)
    reader.check(remedy=_REMEDY)


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json"])
def test_changed_byte_is_found_by_its_hash(reader: ReaderFolder, name: str) -> None:
    """A byte that changed while the size did not is found, the file named, and the caller's remedy given."""
    content = (reader.path / name).read_bytes()
    (reader.path / name).write_bytes(content[:-1] + b"!")
    with pytest.raises(ModelError, match=rf"{name} is not as it was written\n{_REMEDY}"):
        reader.check(remedy=_REMEDY)


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json"])
def test_cut_file_is_found_by_its_size(reader: ReaderFolder, name: str) -> None:
    """A truncated file is noticed without reading it."""
    (reader.path / name).write_bytes(b"")
    with pytest.raises(ModelError, match=f"is not as it was written\n{_REMEDY}"):
        reader.read_settings(remedy=_REMEDY)


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json", "reader.json"])
def test_missing_file_is_an_error_for_the_user(reader: ReaderFolder, name: str) -> None:
    """A folder that lacks a file says what to do."""
    (reader.path / name).unlink()
    with pytest.raises(ModelError, match=f"cannot be read.*\n{_REMEDY}"):
        reader.read_settings(remedy=_REMEDY)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "3", '"x"', '{"files": {}}', '{"files": 3, "name": "small"}'])
def test_damaged_settings_are_an_error_for_the_user(reader: ReaderFolder, text: str) -> None:
    """Settings that are not ours raise our error, whatever is wrong with them."""
    reader.settings.write_text(text)
    with pytest.raises(ModelError):
        reader.read_settings(remedy=_REMEDY)


def test_cut_settings_are_an_error_for_the_user(reader: ReaderFolder) -> None:
    """Settings that break off anywhere raise our error."""
    text = reader.settings.read_text().rstrip()
    for end in range(len(text)):
        reader.settings.write_text(text[:end])
        with pytest.raises(ModelError):
            reader.check(remedy=_REMEDY)


@pytest.mark.parametrize(
    "changes",
    [
        {"pooling": "mean"},
        {"calibration": None},
        {"calibration": 3},
        {"calibration": {}},
        {"calibration": {"ranking": [1], "weights": [1], "bias": 0, "threshold": 0, "more": 1}},
    ],
)
def test_settings_of_another_version_are_refused(reader: ReaderFolder, changes: dict[str, object]) -> None:
    """Settings with other names, or a calibration that is none, are not half understood."""
    _write(reader, **changes)
    with pytest.raises(ModelError, match=_REMEDY):
        reader.read_settings(remedy=_REMEDY)


def test_settings_without_a_calibration_are_refused(reader: ReaderFolder) -> None:
    """A reader that lacks its calibration cannot tell how sure it is."""
    kept = json.loads(reader.settings.read_text())
    del kept["calibration"]
    reader.settings.write_text(json.dumps(kept))
    with pytest.raises(ModelError, match="calibration"):
        reader.read_settings(remedy=_REMEDY)


def test_fingerprint_depends_on_every_file(reader: ReaderFolder) -> None:
    """Another graph of the same size is another reader, and writing the same again is not."""
    before = reader.fingerprint
    reader.write_settings(_SETTINGS)
    assert reader.fingerprint == before
    reader.graph.write_bytes(b"GRAPH")
    reader.write_settings(_SETTINGS)
    assert reader.fingerprint != before
