"""Read files into staged texts: cut, embed, commit, a batch at a time."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np

from index.article_json import ParsedArticle
from index.catalog import Catalog, CutText
from index.hashing import text_hash
from index.late_embedder import LateEmbedder
from index.passages import cut_passages, in_context
from index.records import Recipe
from index.spans import Span
from index.vectors import Vectors

BATCH_PASSAGES = 256
"""Texts are committed whenever they have this many passages together: a few seconds' work."""

_AT_ONCE = 64
"""Passages that are embedded between two looks at whether anybody still waits for them."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    parsed: ParsedArticle
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Embedding:
    """A batch that is being embedded: its texts, and what will be the vectors of their passages."""

    texts: tuple[_Waiting, ...]
    vectors: Future[Vectors]


class Stager:
    """Stage the texts of articles. What an earlier, interrupted run staged is taken up.

    While one batch is embedded the next is gathered, so that neither waits for the other. Use it in
    a `with` block.
    """

    def __init__(self, catalog: Catalog, recipe: Recipe, embedder: LateEmbedder, *, budget: int) -> None:
        """`budget` is the number of tokens of a passage."""
        self._catalog = catalog
        self._recipe = recipe
        self._embedder = embedder
        self._budget = budget
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedding")
        self._given_up = threading.Event()
        self._waiting: dict[str, _Waiting] = {}
        self._passages = 0
        self._embedding: _Embedding | None = None
        self._in_work: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop; what was not committed is lost."""
        self._given_up.set()
        self._thread.shutdown(cancel_futures=True)

    def prepare(self) -> None:
        """Open the embedder, since it is going to be needed."""
        self._embedder.prepare()

    def embed(self, passages: list[str]) -> Vectors:
        """Return a vector for each of some passages, now, whatever is being staged."""
        return self._embedder.embed_passages(passages)

    def add(self, parsed: ParsedArticle) -> str:
        """Stage an article's text, now or with a later batch; return the text's hash."""
        text = parsed.article.text
        sha256 = text_hash(text)
        if self._is_known(sha256):
            return sha256
        passages = cut_passages(text, parsed.sentences, self._embedder, budget=self._budget)
        self._waiting[sha256] = _Waiting(parsed, passages)
        self._passages += len(passages)
        if self._passages >= BATCH_PASSAGES:
            self._begin()
        return sha256

    def flush(self) -> None:
        """Embed and commit what waits."""
        self._begin()
        self._commit()

    def _is_known(self, sha256: str) -> bool:
        if sha256 in self._waiting or sha256 in self._in_work:
            return True
        return self._catalog.known_text(self._recipe, sha256) is not None

    def _begin(self) -> None:
        """Commit the batch that is being embedded, and have the one that waits embedded."""
        self._commit()
        if not self._waiting:
            return
        texts = tuple(self._waiting.values())
        passages = [
            in_context(span.of(waiting.parsed.article.text), waiting.parsed.article.title)
            for waiting in texts
            for span in waiting.passages
        ]
        self._embedding = _Embedding(texts, self._thread.submit(self._embed, passages))
        self._in_work = frozenset(self._waiting)
        self._waiting.clear()
        self._passages = 0

    def _embed(self, passages: list[str]) -> Vectors:
        parts = []
        for start in range(0, len(passages), _AT_ONCE):
            if self._given_up.is_set():
                break
            parts.append(self._embedder.embed_passages(passages[start : start + _AT_ONCE]))
        return np.concatenate(parts)

    def _commit(self) -> None:
        """Wait for the batch that is being embedded, and commit it."""
        if self._embedding is None:
            return
        vectors = self._embedding.vectors.result()
        cut: list[CutText] = []
        at = 0
        for waiting in self._embedding.texts:
            parsed = waiting.parsed
            cut.append(
                CutText(
                    title=parsed.article.title,
                    content=parsed.article.text,
                    signature=parsed.signature,
                    sentences=parsed.sentences,
                    passages=waiting.passages,
                    vectors=vectors[at : at + len(waiting.passages)],
                )
            )
            at += len(waiting.passages)
        self._catalog.stage(self._recipe, cut)
        self._embedding = None
        self._in_work = frozenset()
