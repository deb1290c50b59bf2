"""Lay token ids out as a model takes them: padded rows, masks, type ids, and where the answers are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from qa.pairs import PairTemplate
from qa.train.batches import TrainingPair

Row = tuple[Sequence[int], Sequence[int]]
"""The token ids of a question, and of the passage that it is asked of."""


@dataclass(frozen=True, slots=True)
class InputForm:
    """What a model wants: which tokens around a pair, which one as padding, and whether type ids."""

    template: PairTemplate
    padding: int
    with_types: bool


def to_inputs(rows: Sequence[Row], form: InputForm) -> Mapping[str, torch.Tensor]:
    """Return the model's arguments, each of shape `(len(rows), tokens of the longest row)`."""
    ids = [form.template.ids(*row) for row in rows]
    longest = max(map(len, ids))
    inputs = {
        "input_ids": torch.tensor([row + [form.padding] * (longest - len(row)) for row in ids]),
        "attention_mask": torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids]),
    }
    if form.with_types:
        types = [form.template.type_ids(*row) for row in rows]
        inputs["token_type_ids"] = torch.tensor([row + [0] * (longest - len(row)) for row in types])
    return inputs


def to_targets(batch: Sequence[TrainingPair], template: PairTemplate, longest: int) -> torch.Tensor:
    """Return the chance of each token to begin and to end the answer, shape `(2, len(batch), longest)`.

    Several human answers share it. A pair without an answer points to its first token, `[CLS]`.
    """
    targets = torch.zeros((2, len(batch), longest))
    for at, pair in enumerate(batch):
        begin = pair.stretch_start(template) - pair.first
        for first, last in pair.answers:
            targets[0, at, begin + first] += 1 / len(pair.answers)
            targets[1, at, begin + last - 1] += 1 / len(pair.answers)
        if not pair.answers:
            targets[:, at, 0] = 1.0
    return targets
