"""A folder of an exported model appears whole, stays whole, and nothing else stays beside it."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.onnx_export import export_folder

FILES = ("graph.onnx", "settings.json", "tokenizer.json")


def write(work: Path) -> str:
    for name in FILES:
        (work / name).write_text("whole", encoding="utf-8")
    return "model"


def export(models: Path, fill: Callable[[Path], str] = write) -> Path:
    return export_folder(models, fill, what="the model", remedy="none")


def test_model_that_is_exported_again_is_there_all_the_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At no moment is one of its files away: a question may need it, or the run be killed."""
    model = export(tmp_path)

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            done = function(*args, **options)
            assert all((model / name).read_text(encoding="utf-8") == "whole" for name in FILES)
            return done

        return call

    for name in ("rename", "replace", "rmdir", "unlink"):
        monkeypatch.setattr(os, name, watched(getattr(os, name)))
    assert export(tmp_path) == model
    assert list(tmp_path.iterdir()) == [model]


def test_damaged_files_are_replaced(tmp_path: Path) -> None:
    """A model that is exported again has the files of now."""
    model = export(tmp_path)
    (model / "graph.onnx").write_text("damaged", encoding="utf-8")
    assert (export(tmp_path) / "graph.onnx").read_text(encoding="utf-8") == "whole"


def test_two_exports_of_a_model_at_once_both_succeed(tmp_path: Path) -> None:
    """Of two processes that export the same model, the later one finds it there, which is no error."""

    def write_late(work: Path) -> str:
        export(tmp_path)
        return write(work)

    model = export(tmp_path, write_late)
    assert list(tmp_path.iterdir()) == [model]
    assert sorted(path.name for path in model.iterdir()) == list(FILES)


def test_what_a_killed_export_left_goes_after_a_day(tmp_path: Path) -> None:
    """A folder that nobody can be writing any more is deleted by the next export; one of now is somebody's."""
    old, new = tmp_path / ".export-old", tmp_path / ".export-new"
    for path in (old, new):
        path.mkdir()
    os.utime(old, (time.time() - 100_000,) * 2)
    model = export(tmp_path)
    assert sorted(tmp_path.iterdir()) == [new, model]
