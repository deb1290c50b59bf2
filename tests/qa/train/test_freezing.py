"""Freezing the lowest layers: they stay, the others learn, and too many are refused."""

from pathlib import Path

import pytest
import torch
from transformers import MPNetConfig, MPNetForQuestionAnswering

from index.errors import UsageError
from qa.train.base import load_base
from qa.train.freezing import freeze_lowest


def _trained(model: torch.nn.Module) -> set[str]:
    """Return the names of the weights that training would move."""
    return {name for name, weight in model.named_parameters() if weight.requires_grad}


def test_layers_above_and_head_are_trained(tiny_base: Path) -> None:
    """One of two layers frozen: the upper one and the head are left to train, the embeddings are not."""
    model = load_base(str(tiny_base), seed=1).model
    freeze_lowest(model, 1)
    trained = _trained(model)
    assert trained
    assert all(name.startswith(("qa_outputs.", "bert.encoder.layer.1.")) for name in trained)
    assert {"qa_outputs.weight", "bert.encoder.layer.1.output.dense.weight"} <= trained


def test_none_frozen_trains_all(tiny_base: Path) -> None:
    """Without frozen layers everything is trained."""
    model = load_base(str(tiny_base), seed=1).model
    freeze_lowest(model, 0)
    assert _trained(model) == {name for name, _ in model.named_parameters()}


def test_nothing_is_worked_out_below() -> None:
    """What all layers share, as MPNet's positions, is frozen too: no gradient goes down through frozen layers."""
    config = MPNetConfig(hidden_size=16, num_hidden_layers=3, num_attention_heads=2, intermediate_size=16)
    model = MPNetForQuestionAnswering(config)
    freeze_lowest(model, 2)
    tracked: list[bool] = []
    for layer in model.mpnet.encoder.layer:
        layer.register_forward_pre_hook(lambda _layer, given: tracked.append(given[0].requires_grad))
    out = model(input_ids=torch.tensor([[0, 5, 6, 2]]))
    assert tracked == [False, False, False]
    assert out.start_logits.requires_grad


@pytest.mark.parametrize("count", [2, 12])
def test_some_layer_is_left_to_train(tiny_base: Path, count: int) -> None:
    """As many as there are layers, or more, cannot be frozen; the message says how many there are."""
    with pytest.raises(UsageError, match="2 layers"):
        freeze_lowest(load_base(str(tiny_base), seed=1).model, count)
