"""A folder of articles and what happens to it: adds, changes, renames, deletes and copies."""

import hashlib
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import SEEDS

_LONG_AGO = 1_700_000_000
_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds: the text of each file by its name, and the facts that only one text has.

    A fact is a single word, so that a search by words finds its article and no other.
    """

    texts: Mapping[str, str]
    facts: Mapping[str, str]
    """The file that holds each fact, the first by its name where several are copies."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How many articles are added, changed, renamed, deleted and copied."""

    added: int = 0
    changed: int = 0
    renamed: int = 0
    deleted: int = 0
    copied: int = 0


class Author:
    """Write the articles of a folder's history; the same seed gives the same history."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._seed = seed
        self._written = 0
        self._facts: dict[str, str] = {}
        texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())]
        self._sentences = [each for text in texts for each in text.replace("\n", " ").split(". ")]

    def begin(self, count: int) -> State:
        """Return a folder of `count` articles."""
        return self._state({self._name(): self._write() for _ in range(count)})

    def go_on(self, before: State, mix: Mix) -> State:
        """Return what a folder becomes."""
        texts = dict(before.texts)
        chosen = self._draw.sample(sorted(texts), mix.changed + mix.renamed + mix.deleted + mix.copied)
        for name in chosen[: mix.changed]:
            texts[name] = self._write()
        for name in chosen[mix.changed :][: mix.renamed]:
            texts[self._name()] = texts.pop(name)
        for name in chosen[mix.changed + mix.renamed :][: mix.deleted]:
            del texts[name]
        for name in chosen[mix.changed + mix.renamed + mix.deleted :]:
            texts[self._name()] = texts[name]
        texts |= {self._name(): self._write() for _ in range(mix.added)}
        return self._state(texts)

    def _name(self) -> str:
        return f"{self._tag()}-{self._written:05d}.txt"

    def _tag(self) -> str:
        """Count what is written, and return a few hexadecimal digits that are like chance."""
        self._written += 1
        return hashlib.sha256(f"{self._seed} {self._written}".encode()).hexdigest()[:6]

    def _write(self) -> str:
        fact = f"Ann{self._tag()}x{self._written:05d}"
        body = ". ".join(self._draw.sample(self._sentences, _SENTENCES))
        text = f"Report {self._written} of series {self._seed}\n\nMayor {fact} opened bridge {fact}b. {body}.\n"
        self._facts[text] = fact
        return text

    def _state(self, texts: Mapping[str, str]) -> State:
        facts: dict[str, str] = {}
        for name in sorted(texts):
            facts.setdefault(self._facts[texts[name]], name)
        return State(texts, facts)


def question(fact: str) -> str:
    """Return what the real reader is asked about a fact."""
    return f"Who opened bridge {fact}b?"


def sentence(fact: str) -> str:
    """Return the sentence that answers `question`."""
    return f"Mayor {fact} opened bridge {fact}b."


def lay_out(state: State, folder: Path, *, tick: int = 0) -> None:
    """Make a folder what a state says; what is written has a time long ago, later by `tick` seconds.

    Files of the same text keep theirs, and renamed ones are renamed. A file is replaced whole, as editors do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    gone = {text: name for name, text in there.items() if name not in state.texts}
    for name, text in state.texts.items():
        if there.get(name) == text:
            continue
        if name not in there and text in gone:
            (folder / gone.pop(text)).rename(folder / name)
            continue
        new = folder / f".{name}.new"
        new.write_text(text, encoding="utf-8")
        os.utime(new, (_LONG_AGO + tick,) * 2)
        new.replace(folder / name)
    for path in folder.iterdir():
        if path.name not in state.texts:
            path.unlink()
