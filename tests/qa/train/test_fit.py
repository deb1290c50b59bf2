"""Fitting the weights: it learns, and an interruption changes nothing."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from index.errors import ModelError
from qa.train import fit as fitting
from qa.train.base import Base, load_base
from qa.train.batches import Batch, Plan, TrainingPair, plan_epoch
from qa.train.checkpoint import State
from qa.train.encode import Encoded, encode
from qa.train.examples import read_examples
from qa.train.fit import Schedule, fit
from qa.train.score import score
from qa.train.step import Step
from qa.train.teacher import Lesson, ask_teacher
from qa.train.tensors import to_inputs, to_targets

SCHEDULE = Schedule(learning_rate=1e-2)
Fit = Callable[..., State]


@pytest.fixture
def base(tiny_base: Path) -> Base:
    """Return the tiny model with a new head."""
    return load_base(str(tiny_base), seed=1)


@pytest.fixture
def encoded(base: Base, towns: Path) -> Encoded:
    """Return the questions about towns."""
    return encode(read_examples([towns]), base.words)


def plan_all(base: Base, encoded: Encoded, *, epochs: int) -> list[Batch]:
    plan = Plan(max_tokens=64, batch_tokens=512, negative_share=0.0)
    nothing: list[tuple[int, ...]] = [()] * len(encoded.examples)
    return [b for seed in range(epochs) for b in plan_epoch(encoded, nothing, base.words, plan, seed=seed)]


@pytest.fixture
def batches(base: Base, encoded: Encoded) -> list[Batch]:
    """Return the batches of three epochs."""
    return plan_all(base, encoded, epochs=3)


def run(
    base: Base,
    encoded: Encoded,
    batches: list[Batch],
    checkpoint: Path,
    *,
    until: int | None = None,
    schedule: Schedule = SCHEDULE,
    lesson: Lesson | None = None,
) -> tuple[State, list[Step]]:
    steps: list[Step] = []
    state = fit(
        base,
        encoded,
        batches,
        schedule,
        lesson=lesson,
        checkpoint=checkpoint,
        each=steps.append,
        stop=lambda: until is not None and len(steps) >= until,
    )
    return state, steps


def test_it_learns(base: Base, encoded: Encoded, towns: Path, tmp_path: Path) -> None:
    """The loss falls far below where it began, and the model then answers what it was taught."""
    before = score(base, read_examples([towns]))
    batches = plan_all(base, encoded, epochs=30)
    state, steps = run(base, encoded, batches, tmp_path / "checkpoint.pt")
    assert (state.done, state.total) == (len(batches), len(batches))
    assert state.loss == steps[-1].loss < steps[0].loss / 2
    after = score(base, read_examples([towns]))
    assert after.questions == 40
    assert after.exact_match > max(60.0, before.exact_match)


def test_interruption_changes_nothing(tiny_base: Path, encoded: Encoded, batches: list[Batch], tmp_path: Path) -> None:
    """A run that was stopped and taken up ends with the same weights as one that was not."""
    at_once, in_parts, again = (load_base(str(tiny_base), seed=1) for _ in range(3))
    _, undisturbed = run(at_once, encoded, batches, tmp_path / "at_once.pt")
    state, before = run(in_parts, encoded, batches, tmp_path / "parts.pt", until=5)
    assert state.done == 5 < state.total
    state, after = run(again, encoded, batches, tmp_path / "parts.pt")
    assert [*before, *after] == undisturbed
    for name, weight in at_once.model.state_dict().items():
        assert torch.equal(weight, again.model.state_dict()[name]), name


def test_finished_run_does_nothing(base: Base, encoded: Encoded, batches: list[Batch], tmp_path: Path) -> None:
    """Taken up after its last batch, a run is as it was."""
    first, _ = run(base, encoded, batches[:3], tmp_path / "checkpoint.pt")
    second, steps = run(base, encoded, batches[:3], tmp_path / "checkpoint.pt")
    assert (second, steps) == (first, [])


def test_checkpoints_are_kept_now_and_then(
    base: Base, encoded: Encoded, batches: list[Batch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that dies without a word has a checkpoint that is a few minutes old at most."""
    monkeypatch.setattr(fitting, "CHECKPOINT_SECONDS", 0.0)

    def die(step: Step) -> None:
        if step.done == 3:
            raise MemoryError

    with pytest.raises(MemoryError):
        fit(
            base,
            encoded,
            batches,
            SCHEDULE,
            lesson=None,
            checkpoint=tmp_path / "c.pt",
            each=die,
            stop=lambda: False,
        )
    _, steps = run(base, encoded, batches, tmp_path / "c.pt", until=1)
    assert steps[0].done == 3


def test_rate_rises_and_falls(base: Base, encoded: Encoded, batches: list[Batch], tmp_path: Path) -> None:
    """The rate rises to its peak over the warm-up, then falls evenly to almost nothing."""
    schedule = Schedule(learning_rate=1e-3, warm_up=0.5)
    _, steps = run(base, encoded, batches[:8], tmp_path / "c.pt", schedule=schedule)
    assert [step.learning_rate for step in steps] == pytest.approx(
        [2.5e-4, 5e-4, 7.5e-4, 1e-3, 1e-3, 7.5e-4, 5e-4, 2.5e-4]
    )


def test_what_a_teacher_says_is_learnt(tiny_base: Path, encoded: Encoded, towns: Path, tmp_path: Path) -> None:
    """A student that hears nothing but a teacher answers as the teacher does, and that needs no mark of people's."""
    teacher, student = load_base(str(tiny_base), seed=1), load_base(str(tiny_base), seed=2)
    batches = plan_all(teacher, encoded, epochs=45)
    run(teacher, encoded, batches, tmp_path / "teacher.pt")
    told = ask_teacher(
        encoded, teacher, tmp_path / "lessons", max_tokens=64, each=lambda _done, _all: None, stop=lambda: False
    )
    unmarked = [[replace(pair, answers=()) for pair in batch] for batch in batches]
    run(student, encoded, unmarked, tmp_path / "student.pt", lesson=Lesson(told, 1.0))
    examples = read_examples([towns])
    assert score(student, examples).exact_match > max(60.0, score(teacher, examples).exact_match - 20)


def test_vocabulary_stays(base: Base, encoded: Encoded, batches: list[Batch], tmp_path: Path) -> None:
    """The words' vectors are those of the base."""
    before = base.model.get_input_embeddings().state_dict()["weight"].clone()
    run(base, encoded, batches[:2], tmp_path / "c.pt")
    assert torch.equal(before, base.model.get_input_embeddings().state_dict()["weight"])


def test_loss_that_is_no_number_stops(base: Base, encoded: Encoded, batches: list[Batch], tmp_path: Path) -> None:
    """A model that has run away is said to have, and is not trained on."""
    base.model.state_dict()["qa_outputs.bias"].fill_(math.nan)
    with pytest.raises(ModelError, match="the loss is not a number after 0 of") as caught:
        run(base, encoded, batches, tmp_path / "c.pt")
    assert "--learning-rate" in caught.value.remedy
    assert not (tmp_path / "c.pt").exists()


@pytest.mark.parametrize("kept", [b"", b"rubbish" * 100])
def test_damaged_checkpoint(base: Base, encoded: Encoded, batches: list[Batch], tmp_path: Path, kept: bytes) -> None:
    """A checkpoint that cannot be read is said to be damaged, with its name."""
    (tmp_path / "c.pt").write_bytes(kept)
    with pytest.raises(ModelError, match=r"c\.pt is damaged"):
        run(base, encoded, batches, tmp_path / "c.pt")


def test_checkpoint_of_another_plan(base: Base, encoded: Encoded, batches: list[Batch], tmp_path: Path) -> None:
    """A checkpoint is not taken up by a run of another length."""
    run(base, encoded, batches[:2], tmp_path / "c.pt")
    with pytest.raises(ModelError, match="of 2 batches, not 3"):
        run(base, encoded, batches[:3], tmp_path / "c.pt")


def test_rows_are_padded(base: Base) -> None:
    """Rows are as long as the longest, filled with padding that is masked."""
    inputs = to_inputs([((7,), (8, 9)), ((7, 7), (8, 9, 10))], base.form)
    assert inputs["input_ids"].tolist() == [[2, 7, 3, 8, 9, 3, 0, 0], [2, 7, 7, 3, 8, 9, 10, 3]]
    assert inputs["attention_mask"].tolist() == [[1] * 6 + [0] * 2, [1] * 8]
    assert inputs["token_type_ids"].tolist() == [[0, 0, 0, 1, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1]]


def test_targets_are_where_the_answers_are(base: Base) -> None:
    """People's answers share the chance; what has no answer points to the first token."""
    batch = [TrainingPair(0, (7,), 0, 10, 14, ((11, 13), (11, 14))), TrainingPair(1, (7,), 0, 0, 4, ())]
    starts, ends = to_targets(batch, base.form.template, 8).tolist()
    assert starts == [[0, 0, 0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]]
    assert ends == [[0, 0, 0, 0, 0, 0.5, 0.5, 0], [1, 0, 0, 0, 0, 0, 0, 0]]
    headed = [replace(pair, heading=(5,)) for pair in batch]
    starts, ends = to_targets(headed, base.form.template, 9).tolist()
    assert starts == [[0, 0, 0, 0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0]]
