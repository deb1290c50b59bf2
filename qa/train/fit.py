"""Fit a span reader: bfloat16 on the processor, linear decay, checkpoints that a later run goes on from."""

import math
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from transformers import AutoModelForQuestionAnswering, PreTrainedModel

from qa.pairs import PairTemplate
from qa.train.batches import Sequence_
from qa.train.encode import Encoded

CHECKPOINT_SECONDS = 300.0
_CLIP = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How the weights are fitted; `warm_up` is a share of all batches."""

    learning_rate: float
    warm_up: float
    weight_decay: float
    seed: int


def load_base(folder: str) -> PreTrainedModel:
    """Return the encoder in `folder` with a new or trained head for start and end, without dropout.

    Dropout takes half the time of a step on a processor; stretches of contexts that differ from
    epoch to epoch do for it.
    """
    model: PreTrainedModel = AutoModelForQuestionAnswering.from_pretrained(
        folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    return model


def fit(
    model: PreTrainedModel,
    encoded: Encoded,
    batches: Sequence[Sequence[Sequence_]],
    template: PairTemplate,
    schedule: Schedule,
    *,
    checkpoint: Path,
    each: Callable[[int, float], None],
) -> None:
    """Train `model` on `batches` in order; go on from `checkpoint` where it is of the same run.

    `each` is told the number of batches done and the loss after every one.
    """
    torch.manual_seed(schedule.seed)
    # The vocabulary's vectors stay as they were pretrained: fine-tuning hardly moves them, and
    # they are half of all parameters.
    model.get_input_embeddings().requires_grad_(False)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    decayed = [weight for weight in weights if weight.dim() > 1]
    plain = [weight for weight in weights if weight.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": schedule.weight_decay},
            {"params": plain, "weight_decay": 0.0},
        ],
        lr=schedule.learning_rate,
        fused=True,
    )
    run = {**asdict(schedule), "batches": len(batches)}
    done = _resume(model, optimizer, checkpoint, run)
    model.train()
    kept = time.monotonic()
    for number in range(done, len(batches)):
        for group in optimizer.param_groups:
            group["lr"] = schedule.learning_rate * _rate(number, len(batches), schedule.warm_up)
        loss = _loss(model, encoded, batches[number], template)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(weights, _CLIP)
        optimizer.step()
        optimizer.zero_grad()
        each(number + 1, loss.item())
        if time.monotonic() - kept > CHECKPOINT_SECONDS:
            _keep(model, optimizer, checkpoint, run, number + 1)
            kept = time.monotonic()


def _rate(number: int, total: int, warm_up: float) -> float:
    warm = max(1, math.ceil(total * warm_up))
    return (number + 1) / warm if number < warm else (total - number) / max(1, total - warm)


def _loss(
    model: PreTrainedModel, encoded: Encoded, batch: Sequence[Sequence_], template: PairTemplate
) -> torch.Tensor:
    """Return the cross-entropy of the starts and ends; several human answers share the probability."""
    rows = [encoded.contexts[s.context].ids[s.first : s.last] for s in batch]
    ids = [template.ids(s.question, row) for s, row in zip(batch, rows, strict=True)]
    longest = max(map(len, ids))
    padded = torch.zeros((len(batch), longest), dtype=torch.long)
    types = torch.zeros_like(padded)
    mask = torch.zeros_like(padded)
    targets = torch.zeros((2, len(batch), longest))
    for at, (sequence, row, row_ids) in enumerate(zip(batch, rows, ids, strict=True)):
        padded[at, : len(row_ids)] = torch.tensor(row_ids)
        types[at, : len(row_ids)] = torch.tensor(template.type_ids(sequence.question, row))
        mask[at, : len(row_ids)] = 1
        begin = template.passage_start(sequence.question) - sequence.first
        for first, last in sequence.answers:
            targets[0, at, begin + first] += 1 / len(sequence.answers)
            targets[1, at, begin + last - 1] += 1 / len(sequence.answers)
        if not sequence.answers:
            targets[:, at, 0] = 1.0
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = model(input_ids=padded, attention_mask=mask, token_type_ids=types)
    hidden = (mask == 0) * -1e4
    loss = sum(
        torch.nn.functional.cross_entropy(logits.float() + hidden, wanted)
        for logits, wanted in zip((out.start_logits, out.end_logits), targets, strict=True)
    )
    assert isinstance(loss, torch.Tensor)
    return loss / 2


def _keep(
    model: PreTrainedModel, optimizer: torch.optim.Optimizer, path: Path, run: dict[str, object], done: int
) -> None:
    part = path.with_suffix(".part")
    torch.save({"run": run, "done": done, "model": model.state_dict(), "optimizer": optimizer.state_dict()}, part)
    os.replace(part, path)


def _resume(model: PreTrainedModel, optimizer: torch.optim.Optimizer, path: Path, run: dict[str, object]) -> int:
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    if kept["run"] != run:
        return 0
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    done: int = kept["done"]
    return done
