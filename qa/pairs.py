"""Set a question and a stretch of a passage together as a model wants them, tokens and type ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.passages import in_context

LONGEST_TITLE = 300
"""Code points of a title that are read with a passage; metadata may hold any number."""


def heading_of(passage: str, title: str) -> str:
    """Return what a passage is read after: its article's title, nothing where it has that itself."""
    headed = passage if title in passage else in_context(passage, title[:LONGEST_TITLE])
    return headed[: len(headed) - len(passage)]


@dataclass(frozen=True, slots=True)
class PairTemplate:
    """The tokens that a model wants before, between and after a question and a passage.

    Read off the tokenizer, so that it holds for BERT's `[CLS] q [SEP] p [SEP]` and for RoBERTa's
    `<s> q </s></s> p </s>` alike. `types` are the type ids of the question's half and the passage's.
    """

    before: tuple[int, ...]
    between: tuple[int, ...]
    after: tuple[int, ...]
    types: tuple[int, int]

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> Self:
        """Return the template of `tokenizer`, as it sets two words together."""
        encoding: Encoding = tokenizer.encode("a", "b")
        halves = encoding.sequence_ids
        first, second = halves.index(0), halves.index(1)
        last_first = len(halves) - 1 - halves[::-1].index(0)
        last_second = len(halves) - 1 - halves[::-1].index(1)
        ids = encoding.ids
        return cls(
            tuple(ids[:first]),
            tuple(ids[last_first + 1 : second]),
            tuple(ids[last_second + 1 :]),
            (encoding.type_ids[first], encoding.type_ids[second]),
        )

    @property
    def added(self) -> int:
        """The number of tokens that are neither the question's nor the passage's."""
        return len(self.before) + len(self.between) + len(self.after)

    def passage_start(self, question: Sequence[int]) -> int:
        """Return the position of the passage's first token."""
        return len(self.before) + len(question) + len(self.between)

    def ids(self, question: Sequence[int], passage: Sequence[int]) -> list[int]:
        """Return the token ids of the pair."""
        return [*self.before, *question, *self.between, *passage, *self.after]

    def type_ids(self, question: Sequence[int], passage: Sequence[int]) -> list[int]:
        """Return the type ids of the pair, as many as `ids`."""
        return [self.types[0]] * self.passage_start(question) + [self.types[1]] * (len(passage) + len(self.after))

    def feeds(self, question: Sequence[int], passage: Sequence[int]) -> dict[str, npt.NDArray[np.int64]]:
        """Return what a graph may take to read the pair, by the names of its inputs; each of shape `(1, tokens)`."""
        return {
            "input_ids": np.array([self.ids(question, passage)], dtype=np.int64),
            "token_type_ids": np.array([self.type_ids(question, passage)], dtype=np.int64),
        }
