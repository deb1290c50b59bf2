"""Turn the reader of `qa` back into a float32 Hugging Face model, for torch and for the peers to read with.

Its weights are those of the shipped graph, int8 ones multiplied by their scales: the same function but
for the rounding of what flows between the matrices. So whoever reads with it reads the same.
"""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

from index.export import default_folder
from index.outlier_split import FEW
from qa.reader_folder import ReaderFolder

Floats = npt.NDArray[np.float32]

_QUANTIZED = "_quantized"
_EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings")
_MULTIPLICATION = re.compile(r"/model/(?P<layer>(?:bert/.+|qa_outputs))/MatMul(?:_quant)?")
_LAYER = re.compile(r"bert\.encoder\.layer\.(\d+)\.")
_MULTIPLYING = {"MatMul", "MatMulInteger", "MatMulIntegerToFloat", "DynamicQuantizeMatMul"}
_TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")


def write_torch_reader(reader: ReaderFolder, folder: Path) -> None:
    """Write the reader as a folder that transformers loads.

    Configuration and tokenizer are those of the embedder, which is of the same kind, but for the number of layers.
    """
    source = default_folder()
    weights = dict(float_weights(reader.graph))
    layers = {found[1] for name in weights if (found := _LAYER.match(name))}
    folder.mkdir(parents=True)
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    config |= {"architectures": ["BertForQuestionAnswering"], "dtype": "float32", "num_hidden_layers": len(layers)}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    for name in _TOKENIZER_FILES:
        shutil.copyfile(source / name, folder / name)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def float_weights(graph: Path) -> Mapping[str, Floats]:
    """Return the weights of an exported BERT reader under their names in torch, in float32.

    The graph is as `qa.export_reader` writes it, where biases, norms and vectors keep their names, and
    matrices are known by the multiplication that uses them; the rows of large channels stand apart, in float32.
    """
    model = onnx.load(str(graph))
    kept = {weight.name: numpy_helper.to_array(weight) for weight in model.graph.initializer}
    weights: dict[str, Floats] = {}
    for name, value in kept.items():
        if name.startswith("model.") and value.dtype == np.float32 and value.ndim:
            weights[name.removeprefix("model.")] = value
    for table in _EMBEDDINGS:
        name = f"bert.embeddings.{table}.weight"
        if name not in weights:
            weights[name] = _dequantized(kept, f"model.{name}")
    made = {node.output[0]: node for node in model.graph.node}
    few = {node.name.removesuffix(FEW): node for node in model.graph.node if node.name.endswith(f"MatMul{FEW}")}
    for node in model.graph.node:
        named = _MULTIPLICATION.fullmatch(node.name)
        if named is not None and node.op_type in _MULTIPLYING and node.input[1] in kept:
            matrix = _matrix(kept, node.input[1])
            if apart := few.get(node.name.removesuffix("_quant")):
                matrix[kept[made[apart.input[0]].input[1]]] = kept[apart.input[1]]
            weights[f"{named['layer'].replace('/', '.')}.weight"] = np.ascontiguousarray(matrix.T)
    return weights


def _matrix(kept: Mapping[str, npt.NDArray[np.generic]], name: str) -> Floats:
    if name.endswith(_QUANTIZED):
        return _dequantized(kept, name.removesuffix(_QUANTIZED))
    return np.array(kept[name], dtype=np.float32)


def _dequantized(kept: Mapping[str, npt.NDArray[np.generic]], base: str) -> Floats:
    """Return whole numbers less their zero point, times their scale: one in all, or one a column."""
    whole = np.asarray(kept[base + _QUANTIZED], dtype=np.float32)
    zero = np.asarray(kept[f"{base}_zero_point"], dtype=np.float32)
    return (whole - zero) * np.asarray(kept[f"{base}_scale"], dtype=np.float32)
