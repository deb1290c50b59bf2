"""An exported reader whose logits are known: a token's are looked up, whatever stands around it."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from index.spans import Span
from qa.confidence import SIGNS, Calibration
from qa.evidence import FEATURES
from qa.onnx_span_model import LONGEST_ANSWER
from qa.reader_folder import ReaderFolder, ReaderSettings
from qa.span_model import FoundSpan

CALIBRATION = Calibration(
    ranking=(1.0, *(0.0,) * (len(FEATURES) - 1)),
    weights=(0.0, 1.0, *(0.0,) * (len(SIGNS) - 2)),
    bias=0.0,
    threshold=0.5,
)
"""Sentences rank by their margins, and the first one's probability is that of its margin."""

BERT = "[CLS] $A [SEP] $B:1 [SEP]:1"
ROBERTA = "[CLS] $A [SEP] [SEP] $B [SEP]"

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *_LETTERS, *(f"##{letter}" for letter in _LETTERS), *"?.,"]
_ID = {token: number for number, token in enumerate(_VOCABULARY)}
_SEED = 7
_ASKED = np.array([float(token.endswith("z")) for token in _VOCABULARY], dtype=np.float32)


def letter_tokenizer(template: str = BERT) -> Tokenizer:
    """Return a tokenizer that makes a token of each letter, so that every word has several."""
    tokenizer = Tokenizer(WordPiece(_ID, unk_token="[UNK]"))  # noqa: S106 - a token of another kind
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair=template, special_tokens=[(name, _ID[name]) for name in ("[CLS]", "[SEP]")]
    )
    return tokenizer


def write_tiny_reader(
    path: Path,
    tokenizer: Tokenizer,
    *,
    name: str = "tiny",
    max_tokens: int = 384,
    types: bool = True,
    seed: int = _SEED,
    origin: str = "",
) -> ReaderFolder:
    """Write a reader with known logits; more than `max_tokens` at once are an error, as with a real one.

    With `types` every z of the question's half adds 1 to the logits of the passage's. Another
    `seed` gives other logits than those of `spans_by_hand`.
    """
    path.mkdir()
    folder = ReaderFolder(path)
    tokenizer.save(str(folder.tokenizer))
    onnx.save(_graph(max_tokens, *_tables(seed), types=types), str(folder.graph))
    folder.write_settings(
        ReaderSettings(name=name, max_tokens=max_tokens, weights="float32", calibration=CALIBRATION, origin=origin)
    )
    return folder


def spans_by_hand(passage: str, *, asked: int = 0) -> list[FoundSpan]:
    """Return every span of whole words of a passage of small letters, best first, as the reader should find them.

    `asked` is how often z stands in the question.
    """
    starts, ends = _tables(_SEED)
    null = float(starts[_ID["[CLS]"]]) + float(ends[_ID["[CLS]"]])
    words = [Span(*match.span()) for match in re.finditer("[a-z]+", passage)]
    found = []
    for at, first in enumerate(words):
        tokens = 0
        for last in words[at:]:
            tokens += len(last)
            if tokens > LONGEST_ANSWER:
                break
            end = ends[_ID[passage[last.start] if len(last) == 1 else f"##{passage[last.end - 1]}"]]
            score = float(starts[_ID[passage[first.start]]]) + float(end)
            found.append(FoundSpan(Span(first.start, last.end), score - null + 2 * asked))
    return sorted(found, key=lambda each: (-each.margin, each.span))


def _tables(seed: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the start and end logit of each token."""
    starts, ends = np.random.default_rng(seed).normal(size=(2, len(_VOCABULARY))).astype(np.float32)
    return starts, ends


def _graph(
    max_tokens: int, starts: npt.NDArray[np.float32], ends: npt.NDArray[np.float32], *, types: bool
) -> onnx.ModelProto:
    """Return the graph: logits by token, by position (all 0, to know how many there are) and by type."""
    names = ["input_ids", "token_type_ids"] if types else ["input_ids"]
    constants: dict[str, npt.NDArray[Any]] = {
        "starts": starts,
        "ends": ends,
        "asked": _ASKED,
        "places": np.zeros(max_tokens, dtype=np.float32),
        "axis": np.array(1, dtype=np.int64),
        "zero": np.array(0, dtype=np.int64),
        "step": np.array(1, dtype=np.int64),
        "one": np.array(1.0, dtype=np.float32),
        "axes": np.array([1], dtype=np.int64),
    }
    nodes = [
        helper.make_node("Shape", ["input_ids"], ["shape"]),
        helper.make_node("Gather", ["shape", "axis"], ["tokens"]),
        helper.make_node("Range", ["zero", "tokens", "step"], ["positions"]),
        helper.make_node("Gather", ["places", "positions"], ["more"]),
    ]
    if types:
        nodes += [
            helper.make_node("Cast", ["token_type_ids"], ["second"], to=TensorProto.FLOAT),
            helper.make_node("Sub", ["one", "second"], ["first"]),
            helper.make_node("Gather", ["asked", "input_ids"], ["weights"]),
            helper.make_node("Mul", ["weights", "first"], ["weighed"]),
            helper.make_node("ReduceSum", ["weighed", "axes"], ["sum"], keepdims=1),
            helper.make_node("Mul", ["sum", "second"], ["given"]),
        ]
    for name, output in (("starts", "start_logits"), ("ends", "end_logits")):
        nodes.append(helper.make_node("Gather", [name, "input_ids"], [f"{name}_of"]))
        nodes.append(helper.make_node("Add", [f"{name}_of", "more"], [f"{name}_at" if types else output]))
        if types:
            nodes.append(helper.make_node("Add", [f"{name}_at", "given"], [output]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in names],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "tokens"])
            for name in ("start_logits", "end_logits")
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
