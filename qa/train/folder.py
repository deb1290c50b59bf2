"""The folder that a training run writes: begun, taken up by the same run only, finished; never overwritten."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import UsageError
from index.hashing import hash_file
from qa.version import VERSION

_WEIGHTS = "model.safetensors"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of training data: its name, and what is in it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that decides what a run learns; two runs of the same recipe are the same run.

    `base_sha256` is of the weights where the base is a folder, None where the hub's name says it; so for
    the teacher, None where there is none. `teacher_weight` is its share in the targets.
    """

    data: tuple[DataFile, ...]
    base: str
    base_sha256: str | None
    epochs: int
    learning_rate: float
    batch_tokens: int
    max_tokens: int
    negatives: float
    seed: int
    frozen_layers: int = 0
    teacher: str | None = None
    teacher_sha256: str | None = None
    teacher_weight: float | None = None
    qa_version: str = VERSION

    def as_json(self) -> dict[str, Any]:
        """Return the fields as they come back from a JSON file."""
        fields: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return fields


@dataclass(frozen=True, slots=True)
class TrainingFolder:
    """Name every file of a run that is not the model's own."""

    path: Path

    @property
    def report(self) -> Path:
        """What the finished model was trained on, and how."""
        return self.path / "training.json"

    @property
    def work(self) -> Path:
        """What an unfinished run needs to go on."""
        return self.path / "work"

    @property
    def recipe(self) -> Path:
        """Of the run that `work` belongs to."""
        return self.work / "recipe.json"

    @property
    def checkpoint(self) -> Path:
        """Of the weights."""
        return self.work / "checkpoint.pt"

    @property
    def negatives(self) -> Path:
        """The passages found for each question that look as if they answered it."""
        return self.work / "negatives.json"

    @property
    def lessons(self) -> Path:
        """What the teacher says of each question."""
        return self.work / "lessons"

    @property
    def models(self) -> Path:
        """Where the embedder that finds negatives is exported."""
        return self.work / "models"

    @property
    def lock(self) -> Path:
        """Held by the process that trains."""
        return self.work / "lock"

    def remove_work(self) -> None:
        """Delete what only an unfinished run needs: the recipe first, so that no run takes up a part of it."""
        self.recipe.unlink(missing_ok=True)
        shutil.rmtree(self.work, ignore_errors=True)


def describe_data(paths: Sequence[Path]) -> tuple[DataFile, ...]:
    """Return the names and hashes of files."""
    return tuple(DataFile(path.name, hash_file(path)) for path in paths)


def describe_base(name: str) -> tuple[str, str | None]:
    """Return what a report calls a base, and the hash of its weights where it is a folder that has them."""
    folder = Path(name)
    weights = folder / _WEIGHTS
    return (folder.resolve().name if folder.is_dir() else name), (hash_file(weights) if weights.is_file() else None)


@contextmanager
def claimed(folder: TrainingFolder, recipe: Recipe) -> Iterator[None]:
    """Hold `folder` for a run of `recipe`: a new or empty one, or one that holds the same run unfinished.

    Raises `UsageError` where it is another's, or another process trains in it.
    """
    from filelock import FileLock, Timeout

    _check(folder, recipe)
    folder.work.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.lock, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UsageError(
            f"another process is training in {folder.path}", "wait for it, or name another --output"
        ) from error
    try:
        _check(folder, recipe)
        write_json(folder.recipe, recipe.as_json())
        yield
    finally:
        lock.release()
        if not any(kept.exists() for kept in (folder.checkpoint, folder.negatives, folder.lessons)):
            # Nothing came of it: a next try may differ.
            folder.remove_work()


def _check(folder: TrainingFolder, recipe: Recipe) -> None:
    """Raise `UsageError` where `folder` holds anything but a run of `recipe`."""
    other = "name another --output"
    if folder.path.exists() and not folder.path.is_dir():
        raise UsageError(f"{folder.path} is not a folder", other)
    if folder.recipe.exists():
        kept = json.loads(folder.recipe.read_text(encoding="utf-8"))
        wanted = recipe.as_json()
        changed = [name for name in wanted if kept.get(name) != wanted[name]]
        if changed:
            raise UsageError(
                f"{folder.path} holds an unfinished run with other {_list(changed)}",
                f"give what that run was given, as in {folder.recipe}, or {other}",
            )
    elif folder.report.exists():
        raise UsageError(f"{folder.path} holds a model whose training is finished", other)
    elif folder.path.exists() and set(folder.path.rglob("*")) - {folder.work, folder.lock}:
        raise UsageError(f"{folder.path} is not empty", other)


def write_json(path: Path, value: object) -> None:
    """Write `value` as JSON; the file appears whole."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


def _list(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
