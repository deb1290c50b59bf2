"""A tokenizer of word pieces, and a model that has it."""

from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from tests.qa.train.toy import BEGIN, END, UNKNOWN, VOCABULARY

if TYPE_CHECKING:
    from transformers import BertModel


def pair_tokenizer() -> Tokenizer:
    """Return the tokenizer of the toy world, which sets pairs together as BERT does."""
    ids = {word: id for id, word in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing((END, ids[END]), (BEGIN, ids[BEGIN]))
    return tokenizer


def tiny_bert(folder: Path, *, positions: int) -> "BertModel":
    """Return an untrained BERT of 2 layers and 32 dimensions, without a head; its tokenizer is written to `folder`."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(VOCABULARY), encoding="utf-8")
    BertTokenizer(vocab=str(vocabulary)).save_pretrained(folder)
    vocabulary.unlink()
    torch.manual_seed(0)
    return BertModel(
        BertConfig(
            vocab_size=len(VOCABULARY),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=positions,
            initializer_range=0.2,
        )
    )
