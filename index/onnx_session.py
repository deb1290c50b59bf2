"""Open ONNX graphs to run them, and settle beforehand what onnxruntime would work out at every opening."""

from pathlib import Path

import onnxruntime


def open_session(graph: Path) -> onnxruntime.InferenceSession:
    """Open a graph that `settle` has written, to run one text at a time on the caller's thread.

    onnxruntime's errors, which share no public base, come through.
    """
    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def settle(graph: Path) -> None:
    """Write a graph as onnxruntime runs it, in its place: opening it takes half the time then.

    What depends on the processor is left for the opening. onnxruntime's errors come through.
    """
    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(graph.with_suffix(".settled"))
    onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    graph.with_suffix(".settled").replace(graph)


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
