"""Keep a few large channels out of int8, so that what flows into a matrix has steps left for the others.

Transformers have channels whose values are many times those of the others. Dynamic int8 takes one
scale over all of them, which leaves the others hardly a step. They are multiplied in float32 here,
beside the rest: the decomposition of LLM.int8() (Dettmers et al. 2022, arXiv 2208.07339), with
channels that are chosen once, when the model is exported.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import onnxruntime

if TYPE_CHECKING:
    from onnx import NodeProto
    from onnxruntime.quantization.onnx_model import ONNXModel

CHANNELS = 8
"""That are kept out of each matrix whose input has outliers."""

OUTLIER = 1.5
"""An input has outliers where its largest channel is so many times the largest of those that would be left."""

FEW = "/few"
"""Ends the names of what belongs to the channels that are kept out."""

_REST = "/rest"

Feeds = Mapping[str, npt.NDArray[np.int64]]
"""Inputs of a graph by name."""

_Maxima = npt.NDArray[np.float32]


def split_outliers(source: Path, target: Path, runs: Iterable[Feeds]) -> list[str]:
    """Write the graph `source` with outliers multiplied apart; return the names of those multiplications.

    Outliers are what shows as such when the graph is run over `runs`. The new graph computes the same.
    """
    import onnx
    from onnxruntime.quantization.onnx_model import ONNXModel

    model = ONNXModel(onnx.load(str(source)))
    matrices = {weight.name for weight in model.initializer() if len(weight.dims) == 2}
    multiplications = [node for node in model.nodes() if node.op_type == "MatMul" and node.input[1] in matrices]
    maxima = _channel_maxima(model, sorted({node.input[0] for node in multiplications}), runs)
    chosen = {name: np.sort(np.argsort(-of)[:CHANNELS]) for name, of in maxima.items() if _has_outliers(of)}
    for name, channels in chosen.items():
        _part(model, name, channels, len(maxima[name]))
    split = [node for node in multiplications if node.input[0] in chosen]
    for node in split:
        _multiply_apart(model, node, chosen[node.input[0]])
    model.topological_sort()
    onnx.save(model.model, str(target))
    return [f"{node.name}{FEW}" for node in split]


def _channel_maxima(model: "ONNXModel", names: Sequence[str], runs: Iterable[Feeds]) -> dict[str, _Maxima]:
    """Return the largest magnitude of each channel of some values, over all runs; shape `(channels,)` each."""
    from onnx import ModelProto, helper

    opened = ModelProto()
    opened.CopyFrom(model.model)
    opened.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    session = onnxruntime.InferenceSession(opened.SerializeToString(), providers=["CPUExecutionProvider"])
    largest: dict[str, _Maxima] = {}
    for feeds in runs:
        for name, value in zip(names, session.run(names, dict(feeds)), strict=True):
            maxima = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            largest[name] = np.maximum(largest.get(name, maxima), maxima)
    return largest


def _has_outliers(maxima: _Maxima) -> bool:
    """Tell whether what is left would be much smaller; of few channels none can be kept out."""
    ordered = np.sort(maxima)[::-1]
    return len(ordered) > 4 * CHANNELS and bool(ordered[0] >= OUTLIER * ordered[CHANNELS])


def _part(model: "ONNXModel", value: str, channels: npt.NDArray[np.int64], of: int) -> None:
    """Make two values of one: its `channels` alone, and all with those set to zero."""
    from onnx import helper, numpy_helper

    mask = np.ones(of, dtype=np.float32)
    mask[channels] = 0
    for name, array in ((f"{value}{FEW}/channels", channels), (f"{value}{_REST}/mask", mask)):
        model.add_initializer(numpy_helper.from_array(array, name))
    taken = [value, f"{value}{FEW}/channels"]
    model.add_node(helper.make_node("Gather", taken, [f"{value}{FEW}"], name=f"{value}{FEW}", axis=-1))
    masked = [value, f"{value}{_REST}/mask"]
    model.add_node(helper.make_node("Mul", masked, [f"{value}{_REST}"], name=f"{value}{_REST}"))


def _multiply_apart(model: "ONNXModel", node: "NodeProto", channels: npt.NDArray[np.int64]) -> None:
    """Multiply the two parts of the node's input each, and add them once the bias is added to the rest."""
    from onnx import helper, numpy_helper

    value, matrix = node.input
    rows = numpy_helper.to_array(model.get_initializer(matrix))[channels]
    few = f"{node.name}{FEW}"
    last = _bias(model, node) or node
    whole = last.output[0]
    model.add_initializer(numpy_helper.from_array(np.ascontiguousarray(rows), f"{few}/matrix"))
    model.add_node(helper.make_node("MatMul", [f"{value}{FEW}", f"{few}/matrix"], [f"{few}/product"], name=few))
    model.add_node(helper.make_node("Add", [f"{whole}{_REST}", f"{few}/product"], [whole], name=f"{few}/sum"))
    node.input[0] = f"{value}{_REST}"
    last.output[0] = f"{whole}{_REST}"


def _bias(model: "ONNXModel", node: "NodeProto") -> "NodeProto | None":
    """Return what adds a vector of the model to the product, if that is all that uses it."""
    users = model.input_name_to_nodes().get(node.output[0], [])
    if len(users) != 1 or users[0].op_type != "Add":
        return None
    vectors = [weight for name in users[0].input if (weight := model.get_initializer(name)) is not None]
    return users[0] if [len(vector.dims) for vector in vectors] == [1] else None
