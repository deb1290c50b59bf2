"""The folder of an exported model knows whether it is the one that was written."""

import json
from pathlib import Path

import pytest

from index.errors import ModelError
from index.model_folder import ModelFolder, ModelSettings

SETTINGS = ModelSettings(
    name="small", dimensions=4, max_tokens=52, question_prompt="query: ", passage_prompt="", weights="int8", cosine=0.99
)


@pytest.fixture
def model(tmp_path: Path) -> ModelFolder:
    """Return a folder with two files and their settings."""
    folder = ModelFolder(tmp_path)
    folder.graph.write_bytes(b"graph")
    folder.tokenizer.write_bytes(b"tokenizer")
    folder.write_settings(SETTINGS)
    return folder


def test_settings_come_back(model: ModelFolder) -> None:
    """What was written of a model is read again."""
    assert model.read_settings() == SETTINGS


def test_whole_folder_passes(model: ModelFolder) -> None:
    """A folder as it was written is used as often as one likes."""
    model.check()
    model.check()


def test_fingerprint_depends_on_every_file(model: ModelFolder) -> None:
    """Another graph of the same size is another model, and writing the same again is not."""
    before = model.fingerprint
    model.write_settings(SETTINGS)
    assert model.fingerprint == before
    model.graph.write_bytes(b"GRAPH")
    model.write_settings(SETTINGS)
    assert model.fingerprint != before


def test_changed_file_is_found_by_its_hash(model: ModelFolder) -> None:
    """A byte that changed while the size did not is found, and the file named."""
    model.graph.write_bytes(b"grapH")
    with pytest.raises(ModelError, match=r"graph\.onnx is not as it was written\nrun qa doctor --repair"):
        model.check()


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json"])
def test_cut_file_is_found_by_its_size(model: ModelFolder, name: str) -> None:
    """A truncated file is noticed without reading it."""
    (model.path / name).write_bytes(b"")
    with pytest.raises(ModelError, match="is not as it was written"):
        model.read_settings()


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json", "settings.json"])
def test_missing_file_is_an_error_for_the_user(model: ModelFolder, name: str) -> None:
    """A folder that lacks a file says how to get it back."""
    (model.path / name).unlink()
    with pytest.raises(ModelError, match="run qa doctor --repair"):
        model.read_settings()


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"files": {}}', '{"files": 3, "name": "small"}'])
def test_damaged_settings_are_an_error_for_the_user(model: ModelFolder, text: str) -> None:
    """Settings that are not ours raise our error, whatever is wrong with them."""
    model.settings.write_text(text)
    with pytest.raises(ModelError):
        model.read_settings()


def test_unknown_setting_is_refused(model: ModelFolder) -> None:
    """Settings of another version are not half understood."""
    kept = json.loads(model.settings.read_text())
    model.settings.write_text(json.dumps({**kept, "pooling": "mean"}))
    with pytest.raises(ModelError, match="pooling"):
        model.read_settings()
