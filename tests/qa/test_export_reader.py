"""The export of a reader: its logits are torch's, whatever the family; what is no reader is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from index.errors import ModelError
from qa.export_reader import MOST_TOKENS, agreement, export_reader, trace_reader
from qa.onnx_span_model import OnnxSpanModel
from tests.qa.conftest import SaveModel
from tests.qa.tiny_reader import CALIBRATION, letter_tokenizer, write_tiny_reader

_FAMILIES = ("Bert", "DistilBert", "Roberta", "MPNet", "Electra")
_TEXT = "the mayor opened a bridge"


def _only(models: Path) -> list[str]:
    return [path.name for path in models.iterdir()]


def _session(graph: Path) -> Any:  # onnxruntime ships no types
    return onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("family", _FAMILIES)
@pytest.mark.parametrize("tokens", [5, 3, 40])
def test_graph_gives_torch_s_logits(tiny_qa: SaveModel, tmp_path: Path, family: str, tokens: int) -> None:
    """The float graph's logits are those of the model, for inputs of any length, not of the traced one alone."""
    import torch
    from transformers import AutoModelForQuestionAnswering

    model = AutoModelForQuestionAnswering.from_pretrained(tiny_qa(family), attn_implementation="eager").eval()
    trace_reader(model, tmp_path / "float.onnx")
    session = _session(tmp_path / "float.onnx")
    ids = np.random.default_rng(tokens).integers(5, 30, size=(1, tokens))
    feeds = {"input_ids": ids, "token_type_ids": (np.arange(tokens) >= tokens // 2).astype(np.int64)[None]}
    given = {node.name: feeds[node.name] for node in session.get_inputs()}
    with torch.no_grad():
        wanted = model(**{name: torch.tensor(value) for name, value in given.items()})
    starts, ends = session.run(["start_logits", "end_logits"], given)
    assert np.allclose(starts, wanted.start_logits.numpy(), atol=1e-3)
    assert np.allclose(ends, wanted.end_logits.numpy(), atol=1e-3)


@pytest.mark.parametrize(("family", "inputs"), [("Bert", 2), ("DistilBert", 1), ("Roberta", 1), ("MPNet", 1)])
def test_type_ids_are_taken_where_the_model_has_types(
    tiny_qa: SaveModel, tmp_path: Path, family: str, inputs: int
) -> None:
    """Only a model that tells two halves apart is given type ids."""
    from transformers import AutoModelForQuestionAnswering

    model = AutoModelForQuestionAnswering.from_pretrained(tiny_qa(family), attn_implementation="eager").eval()
    trace_reader(model, tmp_path / "float.onnx")
    assert len(_session(tmp_path / "float.onnx").get_inputs()) == inputs


def test_exported_reader_is_whole(tiny_qa: SaveModel, tmp_path: Path) -> None:
    """The folder holds a reader that says what it is, and nothing is left beside it."""
    name = str(tiny_qa("Bert"))
    folder = export_reader(name, tmp_path / "readers", CALIBRATION)
    folder.check(remedy="")
    settings = folder.read_settings(remedy="")
    assert (settings.name, settings.calibration.threshold) == (name, CALIBRATION.threshold)
    assert _only(tmp_path / "readers") == [folder.path.name]
    assert sorted(path.name for path in folder.path.iterdir()) == ["graph.onnx", "reader.json", "tokenizer.json"]


@pytest.mark.parametrize(("least", "weights"), [(-1.0, "int8"), (1.1, "float32")])
def test_weights_are_int8_where_that_is_near_enough(
    tiny_qa: SaveModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: float, weights: str
) -> None:
    """The graph has small weights where margins stay near the original's, else the original ones, and says so."""
    monkeypatch.setattr("qa.export_reader.LEAST_AGREEMENT", least)
    folder = export_reader(str(tiny_qa("Bert")), tmp_path, CALIBRATION)
    folder.check(remedy="")
    assert folder.read_settings(remedy="").weights == weights
    assert (b"DynamicQuantizeLinear" in folder.graph.read_bytes()) == (weights == "int8")


def test_agreement_is_that_of_margins(tmp_path: Path) -> None:
    """A reader agrees wholly with itself, and less with one that reads otherwise."""
    one = write_tiny_reader(tmp_path / "one", letter_tokenizer())
    other = write_tiny_reader(tmp_path / "other", letter_tokenizer(), seed=8)
    assert agreement(one, one) == pytest.approx(1.0)
    assert agreement(one, other) < 0.99


@pytest.mark.parametrize("family", _FAMILIES)
def test_exported_reader_reads(tiny_qa: SaveModel, tmp_path: Path, family: str) -> None:
    """A reader of any family finds spans that are words of the passage."""
    model = OnnxSpanModel(export_reader(str(tiny_qa(family)), tmp_path, CALIBRATION))
    found = model.find_spans("who opened it", _TEXT)
    assert found
    assert all(f" {each.span.of(_TEXT)} " in f" {_TEXT} " for each in found)


@pytest.mark.parametrize("family", ["Bert", "Roberta"])
def test_passage_as_long_as_the_model_s_positions_is_read(tiny_qa: SaveModel, tmp_path: Path, family: str) -> None:
    """A window fills the model's positions and no more, also where these begin after the padding's."""
    folder = export_reader(str(tiny_qa(family, positions=50)), tmp_path, CALIBRATION)
    assert folder.read_settings(remedy="").max_tokens == 48
    assert OnnxSpanModel(folder).find_spans("who", "bridge " * 200)


def test_most_tokens_hold(tiny_qa: SaveModel, tmp_path: Path) -> None:
    """A model of many positions is read in windows of `MOST_TOKENS`."""
    folder = export_reader(str(tiny_qa("Bert", positions=600)), tmp_path, CALIBRATION)
    assert folder.read_settings(remedy="").max_tokens == MOST_TOKENS


def test_same_model_is_exported_into_the_same_folder(tiny_qa: SaveModel, tmp_path: Path) -> None:
    """A second export of a model replaces the first, whose files may be damaged."""
    name = str(tiny_qa("Bert"))
    first = export_reader(name, tmp_path, CALIBRATION)
    first.graph.write_bytes(b"damaged")
    second = export_reader(name, tmp_path, CALIBRATION)
    second.check(remedy="")
    assert second == first
    assert _only(tmp_path) == [first.path.name]


def test_encoder_that_was_not_trained_to_answer_is_refused(tiny_qa: SaveModel, tmp_path: Path) -> None:
    """A model without start and end weights would answer at random: it is no reader, and nothing is written."""
    with pytest.raises(ModelError, match="was not trained to answer questions"):
        export_reader(str(tiny_qa("Bert", head=False)), tmp_path / "readers", CALIBRATION)
    assert not (tmp_path / "readers").exists()


def test_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """A folder of anything else is an error that says what is wanted."""
    (tmp_path / "notes").mkdir()
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        export_reader(str(tmp_path / "notes"), tmp_path / "readers", CALIBRATION)
    assert "question-answering model" in caught.value.remedy


def test_failed_export_leaves_nothing(tiny_qa: SaveModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in a library becomes a `ModelError`, and no half-made folder stays."""

    def fail(*_: object) -> None:
        raise RuntimeError("no such operator")

    monkeypatch.setattr("qa.export_reader.trace_reader", fail)
    with pytest.raises(ModelError, match="no such operator"):
        export_reader(str(tiny_qa("Bert")), tmp_path, CALIBRATION)
    assert _only(tmp_path) == []
