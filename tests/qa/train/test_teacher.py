"""What a teacher says of a question is worked out once, and tells a student of any stretch of the same context."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from index.errors import UsageError
from qa.train import teacher as teaching
from qa.train.base import Base, load_base
from qa.train.batches import TrainingPair
from qa.train.encode import Encoded, encode
from qa.train.examples import read_examples
from qa.train.teacher import Chances, Lesson, ask_teacher


@pytest.fixture
def base(tiny_base: Path) -> Base:
    """Return the tiny model with a new head."""
    return load_base(str(tiny_base), seed=1)


@pytest.fixture
def encoded(base: Base, towns: Path) -> Encoded:
    """Return the questions about towns."""
    return encode(read_examples([towns]), base.words)


def ask(
    encoded: Encoded, base: Base, folder: Path, *, parts: int | None = None, max_tokens: int = 64
) -> Mapping[int, Chances]:
    done: list[int] = []
    return ask_teacher(
        encoded,
        base,
        folder,
        max_tokens=max_tokens,
        each=lambda number, _: done.append(number),
        stop=lambda: parts is not None and len(done) >= parts,
    )


def test_every_token_has_its_chance(base: Base, encoded: Encoded, tmp_path: Path) -> None:
    """Of each example there are the chances of no answer and of every token, to begin and to end it; they add to 1."""
    told = ask(encoded, base, tmp_path / "lessons")
    assert sorted(told) == list(range(len(encoded.examples)))
    for at, chances in told.items():
        assert chances.shape == (2, 1 + len(encoded.contexts[encoded.examples[at].context].ids))
        assert chances.astype(np.float32).sum(axis=1) == pytest.approx([1, 1], abs=2e-3)


def test_chances_are_those_of_the_example(
    base: Base, encoded: Encoded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said of an example does not depend on what it is worked out beside."""
    told = ask(encoded, base, tmp_path / "many")
    monkeypatch.setattr(teaching, "_SHARD", 3)
    monkeypatch.setattr(teaching, "_BATCH_TOKENS", 1)
    alone = ask(encoded, base, tmp_path / "one")
    assert alone.keys() == told.keys()
    for at, chances in told.items():
        assert alone[at] == pytest.approx(chances, abs=2e-3)


def test_interrupted_lesson_goes_on(
    base: Base, encoded: Encoded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was worked out before an interruption is taken up, not worked out again."""
    monkeypatch.setattr(teaching, "_SHARD", 6)
    assert len(encoded.examples) > len(ask(encoded, base, tmp_path / "lessons", parts=2)) >= 12
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "lessons").iterdir()}
    assert len(times) == 2
    assert len(ask(encoded, base, tmp_path / "lessons")) == len(encoded.examples) == 40
    undisturbed = ask(encoded, base, tmp_path / "undisturbed")
    for at, chances in ask(encoded, base, tmp_path / "lessons").items():
        assert chances == pytest.approx(undisturbed[at], abs=2e-3)
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_contexts_that_are_too_long_are_left_out(base: Base, encoded: Encoded, tmp_path: Path) -> None:
    """Of a context that the teacher cannot read whole it says nothing."""
    assert ask(encoded, base, tmp_path / "lessons", max_tokens=8) == {}


def test_teacher_is_not_asked_what_has_no_answer(base: Base, encoded: Encoded, tmp_path: Path) -> None:
    """Of an unanswerable question nothing is worked out, nor is anything taken that was kept of its words."""
    first, second, *others = encoded.examples
    told = ask(encoded, base, tmp_path / "lessons")
    some = replace(encoded, examples=(replace(first, answers=()), second, *others))
    assert sorted(ask(some, base, tmp_path / "lessons")) == sorted(told)[1:]
    assert sorted(ask(some, base, tmp_path / "anew")) == sorted(told)[1:]


def test_teacher_with_other_tokens_is_refused(base: Base, encoded: Encoded, tmp_path: Path) -> None:
    """A teacher whose tokens lie elsewhere cannot say where the student's answers are."""
    first = encoded.contexts[0]
    moved = replace(first, offsets=tuple((start, end + 1) for start, end in first.offsets))
    other = replace(encoded, contexts=(moved, *encoded.contexts[1:]))
    with pytest.raises(UsageError, match="other tokens"):
        ask(other, base, tmp_path / "lessons")


def test_stretch_hears_what_is_said_of_it(base: Base, encoded: Encoded) -> None:
    """Of a stretch the chances of its tokens count, and those outside of it speak for no answer."""
    context = encoded.examples[0].context
    length = len(encoded.contexts[context].ids)
    chances = np.zeros((2, 1 + length), dtype=np.float16)
    chances[:, 0], chances[0, 1 + 4], chances[0, 1 + 9] = 0.25, 0.5, 0.25
    chances[1, 1 + 5] = 0.75
    pair = TrainingPair(0, (7,), context, 3, 7, ((4, 6),))
    begin = base.form.template.passage_start((7,))
    targets = torch.zeros((2, 1, 10))
    targets[0, 0, begin + 1] = targets[1, 0, begin + 2] = 1
    starts, ends = Lesson({0: chances}, 0.5).soften(targets, [pair], encoded, base.form.template)
    assert starts[0, 0] == pytest.approx(0.25)
    assert starts[0, begin + 1] == pytest.approx(0.75)
    assert ends[0, begin + 2] == pytest.approx(0.875)
    assert float(starts.sum()) == pytest.approx(1)
    assert float(ends.sum()) == pytest.approx(1)
    headed = replace(pair, heading=(5, 6))
    moved = torch.zeros((2, 1, 12))
    moved[0, 0, begin + 3] = moved[1, 0, begin + 4] = 1
    under = Lesson({0: chances}, 0.5).soften(moved, [headed], encoded, base.form.template)
    assert torch.equal(under[:, 0, begin + 2 :], torch.stack((starts, ends))[:, 0, begin:])


def test_other_contexts_keep_their_targets(base: Base, encoded: Encoded) -> None:
    """Of a passage that another example is about, and of an example it was not asked, a teacher says nothing."""
    other = next(e.context for e in encoded.examples if e.context != encoded.examples[0].context)
    chances = np.full((2, 1 + len(encoded.contexts[other].ids)), 0.01, dtype=np.float16)
    pairs = [TrainingPair(0, (7,), other, 0, 4, ()), TrainingPair(1, (7,), encoded.examples[1].context, 0, 4, ())]
    targets = torch.rand((2, 2, 9))
    assert torch.equal(Lesson({0: chances}, 0.5).soften(targets, pairs, encoded, base.form.template), targets)
