"""Stand for an embedder until it is needed: to open one takes longer than a run that embeds nothing."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from index.spans import Span

if TYPE_CHECKING:
    from index.embedder import Embedder
    from index.vectors import Vector, Vectors


class LateEmbedder:
    """An embedder that is opened when it is first asked for anything."""

    def __init__(self, open_embedder: "Callable[[], Embedder]") -> None:
        self._open = open_embedder

    def prepare(self) -> None:
        """Open the embedder, if it is not open yet."""
        _ = self._opened

    @cached_property
    def _opened(self) -> "Embedder":
        return self._open()

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._opened.dimensions

    @property
    def most_tokens(self) -> int:
        """The tokens of a text that count, without those the model adds."""
        return self._opened.most_tokens

    def token_spans(self, text: str) -> Sequence[Span]:
        """Return where the text's tokens lie."""
        return self._opened.token_spans(text)

    def embed_passages(self, texts: Sequence[str]) -> "Vectors":
        """Return a vector a text, shape `(len(texts), dimensions)`, rows of unit length."""
        return self._opened.embed_passages(texts)

    def embed_question(self, text: str) -> "Vector":
        """Return the vector of a question, shape `(dimensions,)`, unit length."""
        return self._opened.embed_question(text)
