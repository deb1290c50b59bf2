"""Fit a span reader: bfloat16 where that is faster, linear decay, checkpoints that a later run goes on from."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from index.errors import ModelError
from qa.train.base import Base
from qa.train.batches import Batch
from qa.train.checkpoint import State, keep, take_up
from qa.train.encode import Encoded
from qa.train.precision import bfloat16_is_faster
from qa.train.step import Step
from qa.train.teacher import Lesson
from qa.train.tensors import to_inputs, to_targets

if TYPE_CHECKING:
    from transformers import PreTrainedModel

CHECKPOINT_SECONDS = 300.0

_CLIP = 1.0
_SMOOTHED_OVER = 50
_HIDDEN = -1e4
"""Added to the logits of padding: so much that it never answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How the weights are fitted; `warm_up` is the share of all batches over which the rate rises to its peak."""

    learning_rate: float
    warm_up: float = 0.05
    weight_decay: float = 0.01


def fit(
    base: Base,
    encoded: Encoded,
    batches: Sequence[Batch],
    schedule: Schedule,
    *,
    lesson: Lesson | None,
    checkpoint: Path,
    each: Callable[[Step], None],
    stop: Callable[[], bool],
) -> State:
    """Train the model on `batches` in order, from `checkpoint` on; return how far that came.

    With a `lesson` it learns from a teacher, too.
    `each` is told of every batch done; where `stop` then says so, the rest is left. Either way a
    checkpoint is kept. Raises `ModelError` where the loss is no longer a number.
    """
    weights = _weights_to_fit(base.model)
    optimizer = _optimizer(weights, schedule)
    state = take_up(checkpoint, base.model, optimizer, len(batches))
    # Without dropout, which takes half the time of a step on a processor; stretches of contexts
    # that differ from epoch to epoch do for it.
    base.model.eval()  # type: ignore[no-untyped-call]
    kept = time.monotonic()
    began = kept - state.seconds
    for number in range(state.done, len(batches)):
        rate = schedule.learning_rate * _share_of_peak(number, len(batches), schedule.warm_up)
        loss, tokens = _step(base, encoded, batches[number], lesson, weights, optimizer, rate)
        if not math.isfinite(loss):
            raise ModelError(
                f"the loss is not a number after {number} of {len(batches)} batches",
                "train into another folder with a lower --learning-rate",
            )
        smoothed = state.loss + (loss - state.loss) / min(number + 1, _SMOOTHED_OVER)
        now = time.monotonic()
        state = State(number + 1, len(batches), smoothed, now - began)
        each(Step(state.done, state.total, smoothed, rate, tokens))
        if stop():
            break
        if now - kept > CHECKPOINT_SECONDS:
            keep(checkpoint, base.model, optimizer, state)
            kept = now
    keep(checkpoint, base.model, optimizer, state)
    return state


def _weights_to_fit(model: "PreTrainedModel") -> list[torch.nn.Parameter]:
    # The vocabulary's vectors stay as they were pretrained: fine-tuning hardly moves them, and
    # they are half of all parameters.
    model.get_input_embeddings().requires_grad_(False)
    return [weight for weight in model.parameters() if weight.requires_grad]


def _optimizer(weights: Sequence[torch.nn.Parameter], schedule: Schedule) -> torch.optim.Optimizer:
    decayed = [weight for weight in weights if weight.dim() > 1]
    plain = [weight for weight in weights if weight.dim() <= 1]
    groups = [
        {"params": decayed, "weight_decay": schedule.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=schedule.learning_rate, fused=True)


def _share_of_peak(number: int, total: int, warm_up: float) -> float:
    """Return the rate at a batch, as a share of its peak: it rises evenly, then falls evenly to 0."""
    warm = max(1, math.ceil(total * warm_up))
    return (number + 1) / warm if number < warm else (total - number) / max(1, total - warm)


def _step(
    base: Base,
    encoded: Encoded,
    batch: Batch,
    lesson: Lesson | None,
    weights: Sequence[torch.nn.Parameter],
    optimizer: torch.optim.Optimizer,
    rate: float,
) -> tuple[float, int]:
    """Move the weights by one batch; return its loss, which is no number where they stayed, and its tokens."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    inputs = to_inputs([pair.row(encoded) for pair in batch], base.form)
    tokens = inputs["input_ids"]
    targets = to_targets(batch, base.form.template, tokens.shape[1])
    if lesson is not None:
        targets = lesson.soften(targets, batch, encoded, base.form.template)
    loss = _loss(base.model, inputs, targets)
    loss.backward()  # type: ignore[no-untyped-call]
    norm = torch.nn.utils.clip_grad_norm_(weights, _CLIP)
    if not math.isfinite(norm.item()):
        return math.nan, tokens.numel()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item(), tokens.numel()


def _loss(model: "PreTrainedModel", inputs: Mapping[str, torch.Tensor], targets: torch.Tensor) -> torch.Tensor:
    """Return the mean cross-entropy of starts and ends with their targets."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16_is_faster()):
        out = model(**inputs)
    hidden = (inputs["attention_mask"] == 0) * _HIDDEN
    starts, ends = (
        torch.nn.functional.cross_entropy(logits.float() + hidden, wanted)
        for logits, wanted in zip((out.start_logits, out.end_logits), targets, strict=True)
    )
    return (starts + ends) / 2
