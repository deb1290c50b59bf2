"""Export an extractive question-answering model to ONNX, once: torch and transformers are needed here."""

import shutil
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from index.errors import ModelError
from index.model_source import find_model
from index.onnx_export import OPSET, export_folder, first_line, quantize, quiet
from index.onnx_session import settle
from index.outlier_split import Feeds, split_outliers
from index.probes import PROBES
from qa.confidence import Calibration
from qa.onnx_span_model import OnnxSpanModel
from qa.pairs import PairTemplate
from qa.reader_folder import ReaderFolder, ReaderSettings

if TYPE_CHECKING:
    from transformers import PreTrainedModel

MOST_TOKENS = 384
"""Of a question and a passage together; passages of an index are far shorter."""

LEAST_AGREEMENT = 0.98
"""The int8 graph is used where its margins keep at least this correlation with the original's."""

_PAIRS = tuple(product([p for p in PROBES if p.endswith("?")], [p for p in PROBES if not p.endswith("?")]))
"""Questions, each with every passage."""

_OTHER_MODEL = "give --reader a folder of a Hugging Face question-answering model, or a hub name and a network"


def export_reader(name: str, models: Path, calibration: Calibration, *, origin: str = "") -> ReaderFolder:
    """Export the reader `name`, a hub name or a folder, into a folder below `models`; return that folder.

    Weights become int8 where the reader keeps `LEAST_AGREEMENT` with the original, else they stay
    float32. `origin` is kept with it. The folder appears whole or not at all. Raises `ModelError`.
    """
    model, tokenizer = _load(name)
    # The positions of RoBERTa's kind begin after its padding token's.
    positions = int(getattr(model.config, "max_position_embeddings", 512)) - 2
    tokens = min(positions, MOST_TOKENS)

    def settings(weights: str) -> ReaderSettings:
        return ReaderSettings(name=name, max_tokens=tokens, weights=weights, calibration=calibration, origin=origin)

    def write(work: Path) -> str:
        original, small = ReaderFolder(work / "original"), ReaderFolder(work)
        original.path.mkdir()
        for folder in (original, small):
            tokenizer.save(str(folder.tokenizer), pretty=False)
        inputs = trace_reader(model, original.graph)
        split = work / "split.onnx"
        runs = _feeds(tokenizer, tokens, inputs)
        outliers = split_outliers(original.graph, split, runs)
        quantize(split, small.graph, asymmetric=True, keep=outliers)
        split.unlink()
        settle(original.graph)
        settle(small.graph)
        original.write_settings(settings("float32"))
        small.write_settings(settings("int8"))
        if not agreement(original, small) >= LEAST_AGREEMENT:  # a correlation may be no number
            original.graph.replace(small.graph)
            small.write_settings(settings("float32"))
        shutil.rmtree(original.path)
        return small.fingerprint[:16]

    return ReaderFolder(export_folder(models, write, what=f"the reader {name}", remedy=_OTHER_MODEL))


def agreement(one: ReaderFolder, other: ReaderFolder) -> float:
    """Return the correlation of two readers' best margins, over questions and passages as articles have them."""
    margins = [
        [spans[0].margin for question, passage in _PAIRS if (spans := model.find_spans(question, passage))]
        for model in (OnnxSpanModel(one), OnnxSpanModel(other))
    ]
    return float(np.asarray(np.corrcoef(margins))[0, 1])


def _feeds(tokenizer: Tokenizer, most: int, inputs: Sequence[str]) -> Iterator[Feeds]:
    """Yield what a graph with these inputs takes to read each of the probes' pairs, of at most `most` tokens."""
    template = PairTemplate.of(tokenizer)
    for texts in _PAIRS:
        question, passage = (tokenizer.encode(text, add_special_tokens=False).ids for text in texts)
        passage = passage[: max(0, most - template.added - len(question))]
        feeds = template.feeds(question, passage)
        yield {name: feeds[name] for name in inputs}


def _load(name: str) -> tuple["PreTrainedModel", Tokenizer]:
    with quiet():
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            folder = str(find_model(name, remedy=_OTHER_MODEL))
            tokenizer = AutoTokenizer.from_pretrained(
                folder, use_fast=True, trust_remote_code=False, local_files_only=True
            )
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                folder,
                attn_implementation="eager",
                output_loading_info=True,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
            )
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            raise ModelError(f"the reader {name} cannot be loaded: {first_line(error)}", _OTHER_MODEL) from error
    if any(key.startswith("qa_outputs") for key in report["missing_keys"]):
        raise ModelError(f"{name} was not trained to answer questions: it has no start and end weights", _OTHER_MODEL)
    if not tokenizer.is_fast:
        raise ModelError(f"{name} has no fast tokenizer, which gives the places of words", _OTHER_MODEL)
    backend: Tokenizer = tokenizer.backend_tokenizer
    backend.no_padding()
    backend.no_truncation()
    return model.eval(), backend


def trace_reader(model: "PreTrainedModel", path: Path) -> Sequence[str]:
    """Write the model as a float32 graph, start and end logits out; return what goes in: ids, or type ids, too."""
    import torch

    class Logits(torch.nn.Module):
        """The model without its mask: one text at a time has no padding."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, *types: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            given = {"token_type_ids": types[0]} if types else {}
            out = self.model(input_ids=input_ids, attention_mask=torch.ones_like(input_ids), **given)
            return out.start_logits, out.end_logits

    ids = torch.tensor([[5, 6, 7, 8, 9]])
    kinds = getattr(model.config, "type_vocab_size", None) or 0
    arguments = (ids, torch.tensor([[0, 0, 1, 1, 1]])) if kinds > 1 else (ids,)
    names = ["input_ids", "token_type_ids"][: len(arguments)]
    outputs = ["start_logits", "end_logits"]
    with quiet(), torch.no_grad():
        torch.onnx.export(
            Logits().eval(),
            arguments,
            str(path),
            input_names=names,
            output_names=outputs,
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in (*names, *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
    return names
