"""What training begins with: encoders of several kinds, each with the inputs it takes."""

from pathlib import Path
from typing import Any

import pytest
import torch

from index.errors import ModelError
from qa.train.base import Base, load_base
from qa.train.tensors import to_inputs
from tests.qa.train.pieces import pair_tokenizer
from tests.qa.train.toy import UNKNOWN

VOCABULARY = 300
SMALL: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}


def write_base(folder: Path, kind: str) -> Path:
    """Write an untrained encoder of `kind` with a tokenizer of its own padding."""
    from transformers import (
        AutoModel,
        DistilBertConfig,
        MPNetConfig,
        PreTrainedConfig,
        PreTrainedTokenizerFast,
        RobertaConfig,
    )

    configs: dict[str, PreTrainedConfig] = {
        "roberta": RobertaConfig(**SMALL, vocab_size=VOCABULARY, max_position_embeddings=40, type_vocab_size=1),
        "mpnet": MPNetConfig(**SMALL, vocab_size=VOCABULARY, max_position_embeddings=40),
        "distilbert": DistilBertConfig(
            dim=32, n_layers=1, n_heads=2, hidden_dim=32, vocab_size=VOCABULARY, max_position_embeddings=40
        ),
    }
    AutoModel.from_config(configs[kind]).save_pretrained(folder)  # type: ignore[no-untyped-call]
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=pair_tokenizer(), pad_token=UNKNOWN, unk_token=UNKNOWN
    )
    tokenizer.save_pretrained(folder)
    return folder


def head(base: Base) -> torch.Tensor:
    weights: torch.Tensor = base.model.state_dict()["qa_outputs.weight"]
    return weights


@pytest.mark.parametrize(("kind", "most"), [("roberta", 38), ("mpnet", 38), ("distilbert", 40)])
def test_other_kinds_of_encoder(tmp_path: Path, kind: str, most: int) -> None:
    """RoBERTa, MPNet and DistilBERT take no type ids, and have as many positions as they say."""
    base = load_base(str(write_base(tmp_path, kind)), seed=1)
    assert base.most_tokens == most
    inputs = to_inputs([((7,), (8, 9)), ((7,), tuple(range(10, 10 + most - 4)))], base.form)
    assert set(inputs) == {"input_ids", "attention_mask"}
    assert inputs["input_ids"].shape == (2, most)
    assert inputs["input_ids"][0, -1] == 1
    assert torch.isfinite(base.model(**inputs).start_logits).all()


def test_bert_takes_type_ids(tiny_base: Path) -> None:
    """BERT tells a question from a passage by type ids."""
    base = load_base(str(tiny_base), seed=1)
    assert base.form.with_types
    assert base.most_tokens == 64


def test_new_head_is_the_seeds(tiny_base: Path) -> None:
    """A head that is made anew is the same for the same seed."""
    first, second, other = (head(load_base(str(tiny_base), seed=seed)) for seed in (1, 1, 2))
    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_saved_model_is_a_base(tiny_base: Path, tmp_path: Path) -> None:
    """What was saved is loaded with its head, whatever the seed."""
    saved = load_base(str(tiny_base), seed=1)
    saved.save(str(tmp_path / "model"))
    loaded = load_base(str(tmp_path / "model"), seed=2)
    assert torch.equal(head(saved), head(loaded))


@pytest.mark.parametrize("faster", [True, False])
def test_attention_is_calculated_as_is_fast(tiny_base: Path, monkeypatch: pytest.MonkeyPatch, *, faster: bool) -> None:
    """Attention is not fused where training is in bfloat16, and fused where it is not; the outputs are the same."""
    monkeypatch.setattr("qa.train.base.bfloat16_is_faster", lambda: faster)
    model = load_base(str(tiny_base), seed=1).model
    assert (model.config._attn_implementation == "eager") is faster
    tokens = torch.tensor([[2, 7, 3, 8, 9, 3]])
    fused = load_base(str(tiny_base), seed=1).model
    fused.set_attn_implementation("sdpa")
    assert torch.allclose(model(tokens).start_logits, fused(tokens).start_logits, atol=1e-5)


def test_folder_that_holds_no_model(tmp_path: Path) -> None:
    """A base that cannot be loaded is said so."""
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_base(str(tmp_path), seed=1)
