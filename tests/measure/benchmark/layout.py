"""Name the files of the benchmark's folder; without libraries, since every measured process imports it."""

import json
from dataclasses import dataclass
from pathlib import Path

READ = 10
"""Passages that are read for a question: by `qa` at most, by peers that take a number, where reading alone is timed."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article: its file, its first code point in it, its words."""

    path: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """A question and the passages to read for it."""

    question: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The files that belong to one collection of articles, below the folder `path`."""

    path: Path

    @property
    def articles(self) -> Path:
        """The folder of articles."""
        return self.path / "articles"

    @property
    def store(self) -> Path:
        """The index that `qa` makes of them."""
        return self.path / "qa"

    @property
    def paragraphs(self) -> Path:
        """Their paragraphs, which the peers search: they do not cut articles themselves."""
        return self.path / "paragraphs.json"

    @property
    def vectors(self) -> Path:
        """The paragraphs' vectors, a row each, as the plain script makes them."""
        return self.path / "vectors.npy"

    @property
    def encoder(self) -> Path:
        """The sentence-transformers model that all embed with."""
        return self.path / "encoder"

    @property
    def reader(self) -> Path:
        """The reader of `qa` as a float32 model for torch, which the peers read with."""
        return self.path / "reader"

    @property
    def texts(self) -> Path:
        """The texts whose embedding is timed: a list."""
        return self.path / "texts.json"

    @property
    def tasks(self) -> Path:
        """What the reading is timed with."""
        return self.path / "tasks.json"

    @property
    def made(self) -> Path:
        """What making each contender's index took."""
        return self.path / "made.json"

    def peer(self, name: str) -> Path:
        """The folder of a peer's index."""
        return self.path / "peers" / name

    def read_paragraphs(self) -> list[Paragraph]:
        """Return the paragraphs, by path and place."""
        return [Paragraph(**fields) for fields in json.loads(self.paragraphs.read_text(encoding="utf-8"))]

    def read_texts(self) -> list[str]:
        """Return the texts whose embedding is timed."""
        texts: list[str] = json.loads(self.texts.read_text(encoding="utf-8"))
        return texts

    def read_tasks(self) -> list[ReadingTask]:
        """Return what the reading is timed with."""
        tasks = json.loads(self.tasks.read_text(encoding="utf-8"))
        return [ReadingTask(task["question"], tuple(task["passages"])) for task in tasks]
