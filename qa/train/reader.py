"""Train a span reader: the one place that knows the order of the steps."""

import json
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from index.embedder import OnnxEmbedder
from index.errors import UsageError
from index.export import DEFAULT_EMBEDDER, DEFAULT_SHA256, export_embedder
from qa.squad import DataError
from qa.train.base import DEFAULT_BASE, Base, load_base
from qa.train.batches import Batch, Plan, plan_epoch
from qa.train.checkpoint import State
from qa.train.encode import Encoded, encode
from qa.train.examples import Example, read_examples
from qa.train.fit import Schedule, fit
from qa.train.folder import DataFile, Recipe, TrainingFolder, claimed, describe_base, describe_data, write_json
from qa.train.freezing import freeze_lowest
from qa.train.negatives import find_negatives
from qa.train.score import Score, score
from qa.train.step import Step
from qa.train.stopping import stop_on_interrupt
from qa.train.teacher import Lesson, ask_teacher

_CODE_POINTS = "check that answer_start counts code points of the context"
_TOLD_AFTER = 5
_LIBRARIES = ("torch", "transformers", "tokenizers")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """What to train on, from what, into which folder, and how; `negatives` is the share of questions.

    The lowest `frozen_layers` of the encoder stay as they are.
    `teacher` is a reader to learn from, None for none, `teacher_weight` its share in the targets, and
    `lessons` the folder to keep what it says in, below one of that teacher's, None for the run's own.
    """

    data: tuple[Path, ...]
    dev: tuple[Path, ...]
    output: Path
    base: str
    epochs: int
    learning_rate: float
    batch_tokens: int
    max_tokens: int
    negatives: float
    seed: int
    frozen_layers: int
    teacher: str | None
    teacher_weight: float
    lessons: Path | None


@dataclass(frozen=True, slots=True)
class _DevData:
    file: DataFile
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class DevScore:
    """How well the reader answers the questions of one dev file."""

    file: DataFile
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingReport:
    """What is kept beside a trained model. `loss` is that of the last batches, smoothed.

    `max_tokens` is the recipe's or the model's limit. `minutes` is what fitting took, without interruptions.
    """

    recipe: Recipe
    examples: int
    contexts: int
    batches: int
    max_tokens: int
    loss: float
    minutes: float
    versions: Mapping[str, str]
    dev: tuple[DevScore, ...]


def train_reader(
    options: TrainingOptions, *, notify: Callable[[str], None], each: Callable[[Step], None]
) -> TrainingReport:
    """Train a reader into `options.output`, going on where the same run was interrupted.

    `each` is told of every batch. Ctrl-C while the weights are fitted keeps a checkpoint and raises
    `KeyboardInterrupt`. Raises a `QaError` where data, base or folder do not fit.
    """
    folder, recipe = TrainingFolder(options.output), _recipe(options)
    dev = _read_dev(options.dev)
    with claimed(folder, recipe):
        base = load_base(options.base, seed=options.seed)
        freeze_lowest(base.model, options.frozen_layers)
        encoded = _encode_data(options.data, base, notify)
        plan = _plan(options, base, notify)
        negatives = _negatives(folder, encoded, options.negatives, notify)
        batches = [
            batch
            for epoch in range(options.epochs)
            for batch in plan_epoch(encoded, negatives, base.words, plan, seed=options.seed + epoch)
        ]
        if not batches:
            raise UsageError("no answer is short enough to train on", "give more --max-tokens")
        lesson = _lesson(folder, encoded, options, recipe, notify)
        state = _fit(base, encoded, batches, lesson, options, folder, each, notify)
        base.save(str(folder.path))
        report = TrainingReport(
            recipe=recipe,
            examples=len(encoded.examples),
            contexts=len(encoded.contexts),
            batches=state.total,
            max_tokens=plan.max_tokens,
            loss=state.loss,
            minutes=round(state.seconds / 60, 1),
            versions={"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES},
            dev=_score_all(base, dev, notify),
        )
        write_json(folder.report, asdict(report))
    folder.remove_work()
    return report


def _recipe(options: TrainingOptions) -> Recipe:
    is_default = options.base == DEFAULT_BASE
    base, weights = (DEFAULT_BASE, DEFAULT_SHA256) if is_default else describe_base(options.base)
    teacher, teacher_weights = describe_base(options.teacher) if options.teacher else (None, None)
    return Recipe(
        data=describe_data(options.data),
        base=base,
        base_sha256=weights,
        epochs=options.epochs,
        learning_rate=options.learning_rate,
        batch_tokens=options.batch_tokens,
        max_tokens=options.max_tokens,
        negatives=options.negatives,
        seed=options.seed,
        frozen_layers=options.frozen_layers,
        teacher=teacher,
        teacher_sha256=teacher_weights,
        teacher_weight=options.teacher_weight if options.teacher else None,
    )


def _encode_data(data: Sequence[Path], base: Base, notify: Callable[[str], None]) -> Encoded:
    encoded = encode(read_examples(data), base.words)
    if not encoded.examples:
        raise DataError("no question has an answer where its file says", _CODE_POINTS)
    notify(f"{len(encoded.examples):,} questions about {len(encoded.contexts):,} paragraphs")
    return encoded


def _plan(options: TrainingOptions, base: Base, notify: Callable[[str], None]) -> Plan:
    most = min(options.max_tokens, base.most_tokens)
    if most < options.max_tokens:
        notify(f"the base reads at most {most} tokens")
    return Plan(max_tokens=most, batch_tokens=options.batch_tokens, negative_share=options.negatives)


def _negatives(
    folder: TrainingFolder, encoded: Encoded, share: float, notify: Callable[[str], None]
) -> Sequence[Sequence[int]]:
    """Return the hard negatives of each example: found once in a run, none where none are asked for."""
    if not share:
        return [()] * len(encoded.examples)
    if not folder.negatives.exists():
        notify("looking for passages that seem to answer and do not")
        embedder = OnnxEmbedder(export_embedder(DEFAULT_EMBEDDER, folder.models))
        write_json(folder.negatives, find_negatives(encoded, embedder))
    found: list[list[int]] = json.loads(folder.negatives.read_text(encoding="utf-8"))
    return found


def _lesson(
    folder: TrainingFolder,
    encoded: Encoded,
    options: TrainingOptions,
    recipe: Recipe,
    notify: Callable[[str], None],
) -> Lesson | None:
    """Return what the teacher says of every example with an answer, None without a teacher."""
    if options.teacher is None:
        return None
    teacher = load_base(options.teacher, seed=options.seed)
    began = time.monotonic()

    def tell(done: int, total: int) -> None:
        if done == total or done % _TOLD_AFTER == 0:
            notify(f"the teacher has read {done} of {total} parts ({(time.monotonic() - began) / 60:.0f} minutes)")

    most = min(options.max_tokens, teacher.most_tokens)
    with stop_on_interrupt() as stop:
        kept = (options.lessons or folder.lessons) / (recipe.teacher_sha256 or quote(options.teacher, safe=""))
        chances = ask_teacher(encoded, teacher, kept, max_tokens=most, each=tell, stop=stop)
        if stop():
            notify("stopped; the same command goes on from there")
            raise KeyboardInterrupt
    return Lesson(chances, options.teacher_weight)


def _fit(
    base: Base,
    encoded: Encoded,
    batches: Sequence[Batch],
    lesson: Lesson | None,
    options: TrainingOptions,
    folder: TrainingFolder,
    each: Callable[[Step], None],
    notify: Callable[[str], None],
) -> State:
    if folder.checkpoint.exists():
        notify(f"going on with the unfinished run in {folder.path}")
    schedule = Schedule(learning_rate=options.learning_rate)
    with stop_on_interrupt() as stop:
        state = fit(base, encoded, batches, schedule, lesson=lesson, checkpoint=folder.checkpoint, each=each, stop=stop)
    if state.done < state.total:
        notify(f"stopped after {state.done} of {state.total} batches; the same command goes on from there")
        raise KeyboardInterrupt
    return state


def _read_dev(paths: Sequence[Path]) -> tuple[_DevData, ...]:
    """Read what to score on: before anything is trained, since a mistake in it would come late otherwise."""
    found = []
    for path, file in zip(paths, describe_data(paths), strict=True):
        examples = read_examples([path])
        if not examples:
            raise DataError(f"no question of {path} has an answer where it says", _CODE_POINTS)
        found.append(_DevData(file, examples))
    return tuple(found)


def _score_all(base: Base, dev: Sequence[_DevData], notify: Callable[[str], None]) -> tuple[DevScore, ...]:
    scores = []
    for data in dev:
        found = score(base, data.examples)
        notify(f"{data.file.name}: EM {found.exact_match:.1f}, F1 {found.f1:.1f} ({found.questions:,} questions)")
        scores.append(DevScore(data.file, found))
    return tuple(scores)
