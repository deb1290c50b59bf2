"""Learn from a larger reader: where it thinks that answers begin and end, worked out once and kept.

Knowledge distillation (Hinton et al. 2015, arXiv 1503.02531): the targets are a mean of what people
marked and of what the teacher finds likely.
"""

import hashlib
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
from qa.train.precision import bfloat16_is_faster
from qa.train.tensors import Row, to_inputs

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
            begin = pair.stretch_start(template)
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

    It is not asked what people found no answer to: one that was trained on answers alone finds one
    everywhere. What is worked out is kept in `folder`, by question and context, and what is there already is not
    asked again. `each` is told how many of how many parts are done; where `stop` then says so, the rest
    is left out. Raises `UsageError` where the teacher cuts text into other tokens.
    """
    _check_tokens(encoded, teacher)
    folder.mkdir(parents=True, exist_ok=True)
    known = _kept(folder)
    keys = {
        at: _key(example.question, encoded.contexts[example.context].text)
        for at, example in enumerate(encoded.examples)
        if example.answers
    }
    unknown = {key: at for at, key in keys.items() if key not in known}
    rows = _rows(encoded, teacher, unknown, max_tokens)
    order = list(rows)
    parts = range(0, len(order), _SHARD)
    for done, start in enumerate(parts, 1):
        part = {key: rows[key] for key in order[start : start + _SHARD]}
        chances = _chances(teacher, part)
        _keep(folder / f"{len(known):08d}.npz", chances)
        known |= chances
        each(done, len(parts))
        if stop():
            break
    return {at: known[key] for at, key in keys.items() if key in known}


def _rows(encoded: Encoded, teacher: Base, asked: Mapping[str, int], max_tokens: int) -> dict[str, Row]:
    """Return the teacher's tokens of examples, by their keys, shortest first; those that are too long are left out."""
    typed = [encoded.examples[at].question for at in asked.values()]
    questions = [tuple(e.ids) for e in teacher.words.encode_batch(typed, add_special_tokens=False)]
    positions = list(dict.fromkeys(encoded.examples[at].context for at in asked.values()))
    texts = [encoded.contexts[position].text for position in positions]
    contexts = dict(zip(positions, encode_contexts(texts, teacher.words), strict=True))
    rows = {
        key: (question, contexts[encoded.examples[at].context].ids)
        for (key, at), question in zip(asked.items(), questions, strict=True)
    }
    most = max_tokens - teacher.form.template.added
    short = [key for key, (question, context) in rows.items() if len(question) + len(context) <= most]
    return {key: rows[key] for key in sorted(short, key=lambda key: sum(map(len, rows[key])))}


def _key(question: str, context: str) -> str:
    return hashlib.sha256(f"{question}\0{context}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _kept(folder: Path) -> dict[str, Chances]:
    """Return what the teacher has said before."""
    found: dict[str, Chances] = {}
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as kept:
            found |= {key: kept[key] for key in kept.files}
    return found


def _check_tokens(encoded: Encoded, teacher: Base) -> None:
    """Raise `UsageError` where the teacher's tokens of a few contexts lie elsewhere than the student's."""
    few = encoded.contexts[:: max(1, len(encoded.contexts) // 50)]
    theirs = encode_contexts([context.text for context in few], teacher.words)
    if any(one.offsets != other.offsets for one, other in zip(few, theirs, strict=True)):
        raise UsageError("the teacher cuts text into other tokens than the base", "take a base with its vocabulary")


@torch.no_grad()
def _chances(teacher: Base, rows: Mapping[str, Row]) -> dict[str, Chances]:
    """Return what the teacher says of questions and contexts, which stand shortest first."""
    teacher.model.eval()  # type: ignore[no-untyped-call]
    found: dict[str, Chances] = {}
    left = list(rows)
    while left:
        longest = sum(map(len, rows[left[-1]]))
        at_once = max(1, _BATCH_TOKENS // longest)
        some, left = left[-at_once:], left[:-at_once]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16_is_faster()):
            out = teacher.model(**to_inputs([rows[key] for key in some], teacher.form))
        for row, key in enumerate(some):
            question, context = rows[key]
            begin = teacher.form.template.passage_start(question)
            places = [0, *range(begin, begin + len(context))]
            logits = torch.stack((out.start_logits[row, places], out.end_logits[row, places])).float()
            found[key] = torch.softmax(logits, dim=1).numpy().astype(np.float16)
    return found


def _keep(path: Path, chances: Mapping[str, Chances]) -> None:
    """Write a part of what the teacher says; it appears whole."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, allow_pickle=False, **chances)
    part.replace(path)
