"""Whether products of bytes are added up exactly is found out by adding some up."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from index.saturation import PRODUCT, adds_exactly

Bytes = npt.NDArray[np.uint8] | npt.NDArray[np.int8]


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """Forget what another test found, and what was found here."""
    adds_exactly.cache_clear()
    yield
    adds_exactly.cache_clear()


def test_graph_is_one_multiplication() -> None:
    """The bytes are those of a graph that multiplies unsigned by signed ones."""
    given = [("a", TensorProto.UINT8, ["m", "k"]), ("b", TensorProto.INT8, ["k", "n"])]
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])],
        "g",
        [helper.make_tensor_value_info(*each) for each in given],
        [helper.make_tensor_value_info("c", TensorProto.INT32, ["m", "n"])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 10)], ir_version=8)
    model.ClearField("producer_name")
    onnx.checker.check_model(model)
    assert model.SerializeToString() == PRODUCT


@pytest.mark.parametrize("cut_off", [False, True])
def test_sums_that_are_cut_off_are_noticed(monkeypatch: pytest.MonkeyPatch, *, cut_off: bool) -> None:
    """A processor that cuts two neighbours' sum off at 16 bits does not add up exactly, one that does not does."""

    class Session:
        """Multiplies as a processor does."""

        def __init__(self, *_given: object, **_named: object) -> None:
            pass

        def run(self, _names: None, inputs: Mapping[str, Bytes]) -> Sequence[npt.NDArray[np.int64]]:
            left, right = inputs["a"].astype(np.int64), inputs["b"].astype(np.int64)
            pairs = left[:, 0::2, None] * right[0::2] + left[:, 1::2, None] * right[1::2]
            return [(np.clip(pairs, -(2**15), 2**15 - 1) if cut_off else pairs).sum(axis=1)]

    monkeypatch.setattr(onnxruntime, "InferenceSession", Session)
    assert adds_exactly() is not cut_off


def test_answer_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process tries once."""
    found = adds_exactly()
    monkeypatch.setattr(onnxruntime, "InferenceSession", None)
    assert adds_exactly() is found
