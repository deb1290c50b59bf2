"""Make a Hugging Face folder of a BERT encoder that is to be had as an ONNX graph: what our reader began with.

    python -m tests.measure.bert_from_onnx FOLDER OUT

FOLDER holds `config.json`, a tokenizer's files and `onnx/model.onnx` in float32, as Optimum writes them.
OUT gets the same weights as `model.safetensors`, for `qa train reader --base OUT`; that both give the
same is checked on whole sentences.
"""

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime as ort
import torch
from onnx import numpy_helper

from index.probes import PROBES

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedTokenizerBase

MOST_DIFFERENCE = 1e-4
"""Between the outputs of the graph and of the model, which float32 sums in another order."""

_POOLER = "pooler."
"""The start of the names of what readers do not use; a graph may lack it."""


def named_weights(graph: onnx.GraphProto) -> Mapping[str, npt.NDArray[np.float32]]:
    """Return the graph's weights by the names that PyTorch gives them.

    Those that are multiplied with have lost theirs: the node that multiplies has kept it, and they are turned.
    """
    weights = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    multiplied = {
        f"{node.name.strip('/').replace('/', '.').removesuffix('.MatMul')}.weight": weights[node.input[1]].T
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in weights
    }
    return weights | multiplied


def convert(folder: Path, out: Path) -> None:
    """Write the model; raise `ValueError` where the graph lacks a weight, or the outputs differ."""
    from transformers import AutoTokenizer, BertConfig, BertModel

    path = folder / "onnx" / "model.onnx"
    model = BertModel(BertConfig.from_pretrained(folder)).eval()  # type: ignore[no-untyped-call]
    weights = named_weights(onnx.load(path).graph)
    state = model.state_dict()
    lacking = [name for name in state if name not in weights and not name.startswith(_POOLER)]
    if lacking:
        raise ValueError(f"{path} lacks {', '.join(lacking)}")
    model.load_state_dict({name: torch.tensor(weights.get(name, own.numpy())) for name, own in state.items()})
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    found = difference(path, model, tokenizer)
    if not found <= MOST_DIFFERENCE:
        raise ValueError(f"the outputs differ by {found}")
    print(f"the outputs differ by {found:.1e} at most")
    model.save_pretrained(out)
    for file in folder.iterdir():
        if file.is_file() and file.name != "config.json":
            shutil.copy(file, out)


def difference(graph: Path, model: "BertModel", tokenizer: "PreTrainedTokenizerBase") -> float:
    """Return the greatest difference between the last hidden states, over the probes."""
    session = ort.InferenceSession(graph, providers=["CPUExecutionProvider"])
    taken = {each.name for each in session.get_inputs()}
    most = 0.0
    for text in PROBES:
        inputs = tokenizer(text, return_tensors="pt")
        with torch.no_grad():
            ours = model(**inputs).last_hidden_state.numpy()
        theirs = session.run(None, {name: value.numpy() for name, value in inputs.items() if name in taken})[0]
        most = max(most, float(np.abs(ours - np.asarray(theirs)).max()))
    return most


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    convert(options.folder, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
