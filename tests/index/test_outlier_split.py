"""Outliers are multiplied apart: the graph computes the same, and int8 has steps left for the other channels."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import helper, numpy_helper

from index.onnx_export import quantize
from index.onnx_session import open_session
from index.outlier_split import CHANNELS, Feeds, split_outliers

WORDS, WIDE, NARROW = 50, 96, 40
IDS: Feeds = {"ids": np.arange(WORDS, dtype=np.int64)[None]}
LARGE = (3, 17, 90)

Floats = npt.NDArray[np.float32]


def write_graph(path: Path, *, large: float = 60.0, bias: tuple[int, ...] = (NARROW,)) -> None:
    """Write a graph that looks words up and multiplies their vectors, some channels `large`, by one matrix twice."""
    random = np.random.default_rng(0)
    vectors = random.normal(size=(WORDS, WIDE)).astype(np.float32)
    vectors[:, LARGE] *= large
    weights = {
        "vectors": vectors,
        "matrix": random.normal(size=(WIDE, NARROW)).astype(np.float32),
        "bias": random.normal(size=bias).astype(np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["vectors", "ids"], ["value"], name="look-up"),
        helper.make_node("MatMul", ["value", "matrix"], ["product"], name="first"),
        helper.make_node("Add", ["bias", "product"], ["biased"], name="bias"),
        helper.make_node("MatMul", ["value", "matrix"], ["again"], name="second"),
        helper.make_node("Add", ["biased", "again"], ["logits"], name="sum"),
    ]
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["texts", "tokens", NARROW])],
        [numpy_helper.from_array(array, name) for name, array in weights.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))


def run(path: Path) -> Floats:
    found: Floats = open_session(path, exact=True).run(["logits"], dict(IDS))[0]
    return found


@pytest.mark.parametrize("bias", [(NARROW,), (1, WORDS, NARROW)])
def test_split_graph_computes_the_same(tmp_path: Path, bias: tuple[int, ...]) -> None:
    """Two parts and their sum are the product, with a bias between them or another sum."""
    write_graph(tmp_path / "whole.onnx", bias=bias)
    names = split_outliers(tmp_path / "whole.onnx", tmp_path / "split.onnx", [IDS])
    assert names == ["first/few", "second/few"]
    onnx.checker.check_model(str(tmp_path / "split.onnx"))
    assert np.allclose(run(tmp_path / "split.onnx"), run(tmp_path / "whole.onnx"), rtol=1e-4, atol=1e-3)


def test_largest_channels_are_kept_out(tmp_path: Path) -> None:
    """The few channels are those that were seen large, in the order of the matrix's rows."""
    write_graph(tmp_path / "whole.onnx")
    split_outliers(tmp_path / "whole.onnx", tmp_path / "split.onnx", [IDS])
    kept = {weight.name: weight for weight in onnx.load(str(tmp_path / "split.onnx")).graph.initializer}
    channels = numpy_helper.to_array(kept["value/few/channels"])
    assert len(channels) == CHANNELS
    assert list(channels) == sorted(channels)
    assert set(LARGE) <= set(channels.tolist())
    whole = numpy_helper.to_array(kept["matrix"])
    assert np.array_equal(numpy_helper.to_array(kept["first/few/matrix"]), whole[channels])


def test_int8_is_nearer_with_outliers_apart(tmp_path: Path) -> None:
    """What int8 loses falls by more than half."""
    write_graph(tmp_path / "whole.onnx")
    names = split_outliers(tmp_path / "whole.onnx", tmp_path / "split.onnx", [IDS])
    quantize(tmp_path / "whole.onnx", tmp_path / "plain8.onnx", asymmetric=True, keep=["look-up"])
    quantize(tmp_path / "split.onnx", tmp_path / "split8.onnx", asymmetric=True, keep=["look-up", *names])
    wanted = run(tmp_path / "whole.onnx")
    plain, split = (float(np.abs(run(tmp_path / f"{kind}8.onnx") - wanted).mean()) for kind in ("plain", "split"))
    assert split < plain / 2


def test_graph_without_outliers_stays_as_it_is(tmp_path: Path) -> None:
    """Where no channel stands out nothing is split off, and nothing takes time."""
    write_graph(tmp_path / "whole.onnx", large=1.0)
    assert split_outliers(tmp_path / "whole.onnx", tmp_path / "split.onnx", [IDS]) == []
    kinds = sorted(node.op_type for node in onnx.load(str(tmp_path / "split.onnx")).graph.node)
    assert kinds == ["Add", "Add", "Gather", "MatMul", "MatMul"]
