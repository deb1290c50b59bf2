"""Open ONNX graphs to run them, and settle beforehand what onnxruntime would work out at every opening."""

import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnxruntime

from index.saturation import adds_exactly

_LOCATION = b"location"

_SLOW_FUSION = "SkipLayerNormFusion"
"""onnxruntime 1.32 normalises layers with all of a processor's lanes, but not where the sum before is part of it.

Without it all-MiniLM-L6-v2 takes 12% less time over texts of 140 tokens.
"""

_EXACT_PRODUCTS = "session.x64quantprecision"
"""Has onnxruntime make its int8 weights unsigned, whose products it adds up in 32 bits on every processor."""

_CHECKED_FROM = (1, 32)
"""From this version on onnxruntime is known to refuse by itself what lies outside of a graph's folder."""


def open_session(graph: Path, *, exact: bool = False) -> onnxruntime.InferenceSession:
    """Open a graph that `settle` has written, to run one text at a time on the caller's thread.

    `exact` is for int8 weights whose products may overflow on no processor: where the fast way lets them,
    opening takes about twice as long, and running, too.
    Raises `ValueError` for one that would have other files read; onnxruntime's errors, which share no public base,
    come through.
    """
    if _version() < _CHECKED_FROM and _may_name_files(graph):
        _check_self_contained(graph)
    options = _options()
    if exact and not adds_exactly():
        options.add_session_config_entry(_EXACT_PRODUCTS, "1")
        return _optimised(graph, options)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def settle(graph: Path) -> None:
    """Write a graph as onnxruntime runs it, in its place: opening it takes half the time then.

    What depends on the processor is left for the opening. onnxruntime's errors come through.
    """
    options = _options()
    options.optimized_model_filepath = str(graph.with_suffix(".settled"))
    _optimised(graph, options)
    graph.with_suffix(".settled").replace(graph)


def _optimised(graph: Path, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    return onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOW_FUSION]
    )


def _version() -> tuple[int, ...]:
    return tuple(int(part) for part in onnxruntime.__version__.split(".")[:2])


def _may_name_files(graph: Path) -> bool:
    """Tell whether the word is in a graph that every tensor has which lies in another file."""
    with graph.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(_LOCATION) >= 0


def _check_self_contained(graph: Path) -> None:
    """Raise `ValueError` where a tensor lies in another file."""
    import onnx

    waiting: list[Any] = [onnx.load(str(graph), load_external_data=False)]
    while waiting:
        message = waiting.pop()
        if isinstance(message, onnx.TensorProto) and message.data_location == onnx.TensorProto.EXTERNAL:
            raise ValueError("its weights are in other files")
        for _, value in message.ListFields():  # graphs are within graphs, and tensors in many places
            parts = value if isinstance(value, Sequence) else [value]
            if not isinstance(value, bytes | str):  # numbers of a tensor, names
                waiting += [part for part in parts if hasattr(part, "ListFields")]


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    onnxruntime.disable_telemetry_events()  # of Windows, and nowhere else
    return options
