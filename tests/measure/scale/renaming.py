"""Exchange the names and numbers of sentences for others, so that made texts have words of their own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

SWAPPED = 0.6
"""The share of an article's names that are exchanged."""

BLENDED = 0.25
"""The share of those that become a new name, so that the vocabulary grows with the number of articles."""

_WITHIN = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]{2,}\b")
_NAME_OR_NUMBER = re.compile(r"\b[A-Z][a-z]{2,}\b|\d+")


@dataclass(frozen=True, slots=True)
class Names:
    """Names as often as they stand in some texts, and each once."""

    used: tuple[str, ...]
    known: frozenset[str]


def names_in(texts: Iterable[str]) -> Names:
    """Return the words that are written with a capital within sentences."""
    used = tuple(name for text in texts for name in _WITHIN.findall(text))
    return Names(used, frozenset(used))


class Renaming:
    """Exchange names and numbers, each for the same one throughout an article."""

    def __init__(self, names: Names, random: np.random.Generator) -> None:
        """Take other names from `names`, as often as they stand there."""
        self._names = names
        self._random = random
        self._others: dict[str, str] = {}

    def apply(self, text: str) -> str:
        """Return the text with other names and numbers."""
        return _NAME_OR_NUMBER.sub(lambda match: self._other(match.group()), text)

    def _other(self, word: str) -> str:
        if word not in self._others:
            self._others[word] = self._choose(word)
        return self._others[word]

    def _choose(self, word: str) -> str:
        if word.isdecimal():
            # The century of a year stays what it is.
            keep = len(word) - 2 if len(word) == 4 else min(1, len(word) - 1)
            digits = self._random.integers(0, 10, len(word) - keep)
            return word[:keep] + "".join(map(str, digits))
        if word not in self._names.known or self._random.random() > SWAPPED:
            return word
        first = self._name()
        if self._random.random() > BLENDED:
            return first
        second = self._name()
        return first[: (len(first) + 1) // 2] + second[len(second) // 2 :]

    def _name(self) -> str:
        return self._names.used[int(self._random.integers(len(self._names.used)))]
