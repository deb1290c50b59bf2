"""Question-answering models of random weights, of several families, as Hugging Face keeps them."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_WORDS = "who what it the mayor opened opens a bridge called on for and in of was is are to he she they"
_SIZES = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "initializer_range": 0.5,
}
_DISTIL = {"dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64, "initializer_range": 0.5}


def save_tiny_qa(folder: Path, family: str, *, positions: int, head: bool) -> None:
    """Save a model of a family, such as `Bert`, with its tokenizer; without `head` it is a plain encoder."""
    import torch
    import transformers

    kind = "ForQuestionAnswering" if head else "Model"
    sizes = _DISTIL if family == "DistilBert" else _SIZES
    types = {"type_vocab_size": 1} if family == "Roberta" else {}
    torch.manual_seed(0)
    config = getattr(transformers, f"{family}Config")(
        vocab_size=len(_vocabulary()), max_position_embeddings=positions, pad_token_id=1, **sizes, **types
    )
    getattr(transformers, f"{family}{kind}")(config).save_pretrained(folder)
    _tokenizer(family).save_pretrained(folder)


def _vocabulary() -> list[str]:
    letters = [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    return ["<s>", "<pad>", "</s>", "[UNK]", "[MASK]", *sorted(set(_WORDS.split())), *letters]


def _tokenizer(family: str) -> "PreTrainedTokenizerFast":
    """Return a tokenizer that sets pairs together as the family's does."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    ids = {token: number for number, token in enumerate(_vocabulary())}
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]"))  # noqa: S106 - a token of another kind
    tokenizer.pre_tokenizer = BertPreTokenizer()
    doubled = family in ("Roberta", "MPNet")
    pair = "<s> $A </s> </s> $B </s>" if doubled else "<s> $A </s> $B:1 </s>:1"
    marks = [(mark, ids[mark]) for mark in ("<s>", "</s>")]
    tokenizer.post_processor = TemplateProcessing(single="<s> $A </s>", pair=pair, special_tokens=marks)
    names = {"unk_token": "[UNK]", "pad_token": "<pad>", "cls_token": "<s>", "sep_token": "</s>"}
    saved: PreTrainedTokenizerFast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names)  # type: ignore[no-untyped-call]
    return saved
