"""The mean of models: their weights, and a folder that can be loaded."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from tests.measure.average_models import WEIGHTS, main


def write_model(folder: Path, *weights: float) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(folder.name, encoding="utf-8")
    (folder / "training.json").write_text("{}", encoding="utf-8")
    save_file({"layer.weight": torch.tensor(weights)}, folder / WEIGHTS, metadata={"format": "pt"})
    return folder


def test_weights_are_the_means(tmp_path: Path) -> None:
    """Each weight is the mean; the other files are the last model's, without what says how that was trained."""
    models = [write_model(tmp_path / "one", 1.0, 2.0), write_model(tmp_path / "two", 2.0, -2.0)]
    assert main([*map(str, models), str(tmp_path / "out")]) == 0
    assert load_file(tmp_path / "out" / WEIGHTS)["layer.weight"].tolist() == [1.5, 0.0]
    assert (tmp_path / "out" / "config.json").read_text(encoding="utf-8") == "two"
    assert not (tmp_path / "out" / "training.json").exists()


def test_models_of_other_shapes_have_no_mean(tmp_path: Path) -> None:
    """Nothing is written for them."""
    models = [write_model(tmp_path / "one", 1.0, 2.0), write_model(tmp_path / "two", 2.0)]
    with pytest.raises(ValueError, match="not of the same shape"):
        main([*map(str, models), str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()
