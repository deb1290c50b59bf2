"""A base for readers, taken from a graph: all of its weights, or a complaint."""

from pathlib import Path

import onnx
import pytest
import torch

from index.onnx_export import OPSET, quiet
from tests.measure.bert_from_onnx import main
from tests.qa.train.pieces import tiny_bert


@pytest.fixture
def as_graph(tmp_path: Path) -> Path:
    """Return a folder with a small BERT as a graph, as Optimum lays it out."""
    folder = tmp_path / "graph"
    model = tiny_bert(folder, positions=256).eval()  # type: ignore[no-untyped-call]
    model.config.save_pretrained(folder)
    (folder / "onnx").mkdir()
    model.set_attn_implementation("eager")
    for weight in model.parameters():  # no two alike, as after training: a graph keeps equal ones once
        torch.nn.init.normal_(weight, std=0.2)
    model.save_pretrained(tmp_path / "model")
    inputs = ["input_ids", "attention_mask", "token_type_ids"]
    forward = model.forward
    model.forward = lambda *given: forward(**dict(zip(inputs, given, strict=True))).last_hidden_state
    with quiet(), torch.no_grad():
        torch.onnx.export(
            model,
            tuple(torch.ones(1, 5, dtype=torch.long) for _ in inputs),
            str(folder / "onnx" / "model.onnx"),
            input_names=inputs,
            output_names=["last_hidden_state"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in inputs},
            opset_version=OPSET,
            dynamo=False,
        )
    return folder


def test_weights_are_those_of_the_graph(as_graph: Path, tmp_path: Path) -> None:
    """Every weight comes over, and what was written is loaded with its tokenizer."""
    from transformers import AutoModel, AutoTokenizer

    assert main([str(as_graph), str(tmp_path / "out")]) == 0
    found, wanted = (AutoModel.from_pretrained(tmp_path / name).state_dict() for name in ("out", "model"))
    assert found.keys() == wanted.keys()
    assert all(torch.equal(found[name], wanted[name]) for name in found if not name.startswith("pooler."))
    assert AutoTokenizer.from_pretrained(tmp_path / "out").tokenize("Who?") == ["who", "?"]


def test_graph_that_lacks_a_weight(as_graph: Path, tmp_path: Path) -> None:
    """A weight that has another name is asked for by its own."""
    path = as_graph / "onnx" / "model.onnx"
    model = onnx.load(path)
    (weight,) = (each for each in model.graph.initializer if each.name == "embeddings.LayerNorm.bias")
    for node in model.graph.node:
        for at, name in enumerate(node.input):
            if name == weight.name:
                node.input[at] = "other"
    weight.name = "other"
    onnx.save(model, path)
    with pytest.raises(ValueError, match=r"lacks embeddings\.LayerNorm\.bias$"):
        main([str(as_graph), str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


def test_graph_that_calculates_something_else(as_graph: Path, tmp_path: Path) -> None:
    """A model that gives something else than the graph is not written."""
    path = as_graph / "onnx" / "model.onnx"
    model = onnx.load(path)
    for node in model.graph.node:
        if node.op_type == "Softmax":
            node.op_type = "Sigmoid"
            del node.attribute[:]
    onnx.save(model, path)
    with pytest.raises(ValueError, match="outputs differ"):
        main([str(as_graph), str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()
