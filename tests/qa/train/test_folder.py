"""The folder of a training run: begun, taken up by the same run, never overwritten."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import UsageError
from qa.train.folder import DataFile, Recipe, TrainingFolder, claimed, describe_base, describe_data

RECIPE = Recipe(
    data=(DataFile("towns.json", "0" * 64),),
    base="tiny",
    base_sha256=None,
    epochs=2,
    learning_rate=1e-4,
    batch_tokens=512,
    max_tokens=64,
    negatives=0.3,
    seed=1,
)


@pytest.fixture
def folder(tmp_path: Path) -> TrainingFolder:
    """Return a folder that is not there yet."""
    return TrainingFolder(tmp_path / "models" / "reader")


def interrupt(folder: TrainingFolder) -> None:
    with claimed(folder, RECIPE):
        folder.checkpoint.write_bytes(b"weights")


def test_new_folder_is_begun(folder: TrainingFolder) -> None:
    """A folder that is not there is made, and knows its recipe."""
    with claimed(folder, RECIPE):
        assert json.loads(folder.recipe.read_text(encoding="utf-8")) == RECIPE.as_json()


def test_empty_folder_is_begun(folder: TrainingFolder) -> None:
    """A folder that holds nothing may be used."""
    folder.path.mkdir(parents=True)
    with claimed(folder, RECIPE):
        assert folder.recipe.exists()


def test_same_run_is_taken_up(folder: TrainingFolder) -> None:
    """What an interrupted run kept is there for the next of the same recipe."""
    interrupt(folder)
    with claimed(folder, RECIPE):
        assert folder.checkpoint.read_bytes() == b"weights"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (replace(RECIPE, epochs=3), "other epochs"),
        (replace(RECIPE, seed=2, learning_rate=1e-3), "other learning rate, seed"),
        (replace(RECIPE, data=(DataFile("towns.json", "1" * 64),)), "other data"),
        (replace(RECIPE, qa_version="0.0"), "other qa version"),
    ],
)
def test_other_run_is_refused(folder: TrainingFolder, other: Recipe, said: str) -> None:
    """A run of another recipe is told what differs, and the checkpoint stays."""
    interrupt(folder)
    with pytest.raises(UsageError, match=rf"an unfinished run with {said}\n"), claimed(folder, other):
        pass
    assert folder.checkpoint.read_bytes() == b"weights"


def test_foreign_files_are_refused(folder: TrainingFolder) -> None:
    """A folder that holds anything else is not touched."""
    folder.path.mkdir(parents=True)
    (folder.path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty"), claimed(folder, RECIPE):
        pass
    assert [path.name for path in folder.path.iterdir()] == ["thesis.txt"]


def test_finished_model_is_refused(folder: TrainingFolder) -> None:
    """A model whose training is finished stays as it is."""
    folder.path.mkdir(parents=True)
    folder.report.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="is finished"), claimed(folder, RECIPE):
        pass


def test_file_is_refused(folder: TrainingFolder) -> None:
    """A file in the folder's place is said to be no folder."""
    folder.path.parent.mkdir()
    folder.path.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is not a folder"), claimed(folder, RECIPE):
        pass


def test_one_process_at_a_time(folder: TrainingFolder) -> None:
    """While one trains, another is refused."""
    with claimed(folder, RECIPE), pytest.raises(UsageError, match="another process"), claimed(folder, RECIPE):
        pass


def test_run_that_came_to_nothing_leaves_room_for_another(folder: TrainingFolder) -> None:
    """Where nothing was kept, a next try may have other options."""
    with pytest.raises(MemoryError), claimed(folder, RECIPE):
        raise MemoryError
    with claimed(folder, replace(RECIPE, epochs=3)):
        assert folder.recipe.exists()


def test_work_is_removed(folder: TrainingFolder) -> None:
    """At the end nothing but the model and its report is left."""
    interrupt(folder)
    folder.models.mkdir()
    (folder.models / "model.onnx").write_bytes(b"graph")
    folder.report.write_text("{}", encoding="utf-8")
    folder.remove_work()
    assert list(folder.path.iterdir()) == [folder.report]


def test_data_is_known_by_name_and_hash(tmp_path: Path) -> None:
    """A file is told by what is in it."""
    path = tmp_path / "data.json"
    path.write_bytes(b"{}")
    assert describe_data([path]) == (
        DataFile("data.json", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
    )


def test_base_is_known_by_name_and_weights(tmp_path: Path) -> None:
    """A folder's name is its last part, with the hash of its weights; the hub's name is its own."""
    (tmp_path / "tiny").mkdir()
    assert describe_base(str(tmp_path / "tiny")) == ("tiny", None)
    (tmp_path / "tiny" / "model.safetensors").write_bytes(b"")
    assert describe_base(str(tmp_path / "tiny"))[1] is not None
    assert describe_base("who/bert-base") == ("who/bert-base", None)
