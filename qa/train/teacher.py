"""Learn from a larger reader: where it thinks that answers begin and end, worked out once and kept.

Knowledge distillation (Hinton et al. 2015, arXiv 1503.02531): the targets are a mean of what people
marked and of what the teacher finds likely.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from index.errors import UsageError
from qa.pairs import PairTemplate
from qa.train.base import Base
from qa.train.batches import TrainingPair
from qa.train.encode import Encoded, encode_contexts
from qa.train.tensors import to_inputs

Chances = npt.NDArray[np.float16]
"""Shape `(2, 1 + tokens of the context)`: of no answer, and of each token, to begin and to end the answer."""

_SHARD = 256
_BATCH_TOKENS = 4_096


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a teacher says of examples, by their position, and the share of it in the targets."""

    chances: Mapping[int, Chances]
    weight: float

    def soften(
        self, targets: torch.Tensor, batch: Sequence[TrainingPair], encoded: Encoded, template: PairTemplate
    ) -> torch.Tensor:
        """Return `targets`, shape `(2, len(batch), tokens)`, mixed with what the teacher says of the same stretches.

        What it finds likely outside of a stretch speaks for no answer within. Of a passage of another
        context than the example's own the teacher was not asked: these targets stay.
        """
        mixed = targets.clone()
        for at, pair in enumerate(batch):
            chances = self.chances.get(pair.example)
            if chances is None or pair.context != encoded.examples[pair.example].context:
                continue
            inside = torch.from_numpy(chances[:, 1 + pair.first : 1 + pair.last].astype(np.float32))
            begin = template.passage_start(pair.question)
            told = torch.zeros_like(targets[:, at])
            told[:, begin : begin + pair.last - pair.first] = inside
            told[:, 0] = 1 - inside.sum(dim=1).clamp(max=1)
            mixed[:, at] = (1 - self.weight) * targets[:, at] + self.weight * told
        return mixed


def ask_teacher(
    encoded: Encoded,
    teacher: Base,
    folder: Path,
    *,
    max_tokens: int,
    each: Callable[[int, int], None],
    stop: Callable[[], bool],
) -> Mapping[int, Chances]:
    """Return what the teacher says of each example; contexts that are too long for it are left out.

    What is worked out is kept in `folder`, and taken up from there. `each` is told how many of how
    many parts are done; where `stop` then says so, the rest is left out. Raises `UsageError` where the
    teacher cuts text into other tokens.
    """
    _check_tokens(encoded, teacher)
    folder.mkdir(parents=True, exist_ok=True)
    asked = [example.question for example in encoded.examples]
    questions = [tuple(e.ids) for e in teacher.words.encode_batch(asked, add_special_tokens=False)]
    added = teacher.form.template.added
    contexts = encode_contexts([context.text for context in encoded.contexts], teacher.words)
    lengths = [
        len(question) + added + len(contexts[example.context].ids)
        for question, example in zip(questions, encoded.examples, strict=True)
    ]
    order = [at for at in np.argsort(lengths, kind="stable").tolist() if lengths[at] <= max_tokens]
    found: dict[int, Chances] = {}
    parts = range(0, len(order), _SHARD)
    for done, start in enumerate(parts, 1):
        part = order[start : start + _SHARD]
        path = folder / f"{start:07d}.npz"
        if not path.exists():
            rows = {at: (questions[at], contexts[encoded.examples[at].context].ids) for at in part}
            _keep(path, _chances(teacher, rows))
        with np.load(path) as kept:
            found |= {at: kept[str(at)] for at in part}
        each(done, len(parts))
        if stop():
            break
    return found


def _check_tokens(encoded: Encoded, teacher: Base) -> None:
    """Raise `UsageError` where the teacher's tokens of a few contexts lie elsewhere than the student's."""
    few = encoded.contexts[:: max(1, len(encoded.contexts) // 50)]
    theirs = encode_contexts([context.text for context in few], teacher.words)
    if any(one.offsets != other.offsets for one, other in zip(few, theirs, strict=True)):
        raise UsageError("the teacher cuts text into other tokens than the base", "take a base with its vocabulary")


@torch.no_grad()
def _chances(teacher: Base, rows: Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]]) -> dict[int, Chances]:
    """Return what the teacher says of questions and contexts, by their position."""
    teacher.model.eval()  # type: ignore[no-untyped-call]
    found: dict[int, Chances] = {}
    left = list(rows)
    while left:
        longest = max(len(rows[left[-1]][0]) + len(rows[left[-1]][1]), 1)
        some, left = left[-max(1, _BATCH_TOKENS // longest) :], left[: -max(1, _BATCH_TOKENS // longest)]
        inputs = to_inputs([rows[at] for at in some], teacher.form)
        out = teacher.model(**inputs)
        for row, at in enumerate(some):
            question, context = rows[at]
            begin = teacher.form.template.passage_start(question)
            places = [0, *range(begin, begin + len(context))]
            logits = torch.stack((out.start_logits[row, places], out.end_logits[row, places])).float()
            found[at] = torch.softmax(logits, dim=1).numpy().astype(np.float16)
    return found


def _keep(path: Path, chances: Mapping[int, Chances]) -> None:
    """Write a part of what the teacher says; it appears whole."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, allow_pickle=False, **{str(at): value for at, value in chances.items()})
    part.replace(path)
