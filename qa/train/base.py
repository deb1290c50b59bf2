"""Load what training begins with: an encoder or a question-answering model, and its tokenizer."""

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer

from index.errors import ModelError
from index.export import DEFAULT_EMBEDDER, default_folder
from index.model_source import find_model
from index.onnx_export import first_line, quiet
from qa.pairs import PairTemplate
from qa.train.precision import bfloat16_is_faster
from qa.train.tensors import InputForm

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

DEFAULT_BASE = DEFAULT_EMBEDDER

_OTHER_BASE = "give --base a folder of a Hugging Face encoder or question-answering model, or a hub name and a network"


@dataclass(frozen=True, slots=True)
class Base:
    """A model with a head for start and end, in float32, and its tokenizer.

    `words` is the tokenizer without truncation and padding. An input has at most `most_tokens`.
    """

    model: "PreTrainedModel"
    tokenizer: "PreTrainedTokenizerBase"
    words: Tokenizer
    form: InputForm
    most_tokens: int

    def save(self, folder: str) -> None:
        """Write the model and its tokenizer as a Hugging Face folder."""
        with quiet():
            self.model.save_pretrained(folder)
            self.tokenizer.save_pretrained(folder)


def load_base(name: str, *, seed: int) -> Base:
    """Return the base `name`: the default's, a hub name, or a folder; raise `ModelError`.

    A head that the model has not got yet is made of random numbers, the same for the same `seed`.
    """
    with quiet():
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        torch.manual_seed(seed)
        try:
            source = str(default_folder() if name == DEFAULT_BASE else find_model(name, remedy=_OTHER_BASE))
            tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False, local_files_only=True)
            model = AutoModelForQuestionAnswering.from_pretrained(
                source,
                num_labels=2,
                # In bfloat16 torch's fused attention takes two fifths of a step: plain multiplications are faster.
                attn_implementation="eager" if bfloat16_is_faster() else None,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
            ).float()
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            raise ModelError(f"the base {name} cannot be loaded: {first_line(error)}", _OTHER_BASE) from error
    if not tokenizer.is_fast:
        raise ModelError(f"{name} has no fast tokenizer, which gives the places of words", _OTHER_BASE)
    words: Tokenizer = tokenizer.backend_tokenizer
    words.no_truncation()
    words.no_padding()
    template = PairTemplate.of(words)
    padding = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else 0
    form = InputForm(template, padding, with_types=_takes_types(model, template))
    return Base(model, tokenizer, words, form, _most_tokens(model))


def _takes_types(model: "PreTrainedModel", template: PairTemplate) -> bool:
    """Tell whether the model distinguishes the question's tokens from the passage's by type ids."""
    kinds: int = getattr(model.config, "type_vocab_size", None) or 0
    return "token_type_ids" in inspect.signature(model.forward).parameters and kinds > max(template.types)


def _most_tokens(model: "PreTrainedModel") -> int:
    """Return how many tokens have a position; those of RoBERTa's kind are counted from after the padding's."""
    for name, module in model.named_modules():
        if name.endswith("position_embeddings") and isinstance(module, torch.nn.Embedding):
            unused = 0 if module.padding_idx is None else module.padding_idx + 1
            return module.num_embeddings - unused
    most: int = getattr(model.config, "max_position_embeddings", None) or 512
    return most
