"""Turn texts into vectors with the exported model: onnxruntime and tokenizers, nothing heavier."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np

from index.errors import ModelError
from index.model_folder import ModelFolder
from index.onnx_session import open_session
from index.processors import processors
from index.spans import Span
from index.store import REPAIR
from index.tokenizing import open_tokenizer
from index.vectors import Vector, Vectors


class Embedder(Protocol):
    """Turn texts into vectors whose inner product tells how near two texts are in meaning."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    @property
    def most_tokens(self) -> int:
        """The tokens of a text that count, without those the model adds; the rest is not seen."""

    def token_spans(self, text: str) -> Sequence[Span]:
        """Return where the text's tokens lie."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return a vector a text, shape `(len(texts), dimensions)`, rows of unit length."""

    def embed_question(self, text: str) -> Vector:
        """Return the vector of a question, shape `(dimensions,)`, unit length."""


class OnnxEmbedder:
    """An exported model, run one text at a time on one thread for each core.

    Dynamic int8 takes its scale over a whole batch, so a text's vector would depend on its
    batch-mates; alone, the same text gives the same vector always, and no time goes to padding.
    """

    def __init__(self, folder: ModelFolder) -> None:
        self._settings = folder.read_settings()
        try:
            self._tokenizer = open_tokenizer(folder.tokenizer)
        except Exception as error:  # tokenizers raises bare Exception for a damaged file
            raise ModelError(f"{folder.tokenizer} cannot be read: {error}", REPAIR) from error
        added: int = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self._most_tokens = self._settings.max_tokens - added
        # One session serves all threads, since a run keeps to its caller's thread; a session each
        # is hardly faster, and takes the weights' memory once more. What overflows on some processors moves
        # vectors a little, which is measured at the export; to be exact there would take twice the time.
        try:
            self._session = open_session(folder.graph)
        except Exception as error:  # onnxruntime's own errors share no public base
            raise ModelError(f"{folder.graph} cannot be loaded: {error}", REPAIR) from error
        self._inputs = {node.name for node in self._session.get_inputs()}

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._settings.dimensions

    @property
    def most_tokens(self) -> int:
        """The tokens of a text that count, without those the model adds."""
        return self._most_tokens

    def token_spans(self, text: str) -> Sequence[Span]:
        """Return where the text's tokens lie."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return [Span(start, end) for start, end in encoding.offsets]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return a vector a text, shape `(len(texts), dimensions)`, rows of unit length."""
        prompted = [self._settings.passage_prompt + text for text in texts]
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        if len(prompted) < 2:
            for row, text in zip(rows, prompted, strict=True):
                row[:] = self._embed(text)
            return rows
        with ThreadPoolExecutor(processors()) as pool:
            for row, vector in zip(rows, pool.map(self._embed, prompted), strict=True):
                row[:] = vector
        return rows

    def embed_question(self, text: str) -> Vector:
        """Return the vector of a question, shape `(dimensions,)`, unit length."""
        return self._embed(self._settings.question_prompt + text)

    def _embed(self, text: str) -> Vector:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        encoding.truncate(self._most_tokens)
        encoding = self._tokenizer.post_process(encoding)
        ids = np.array([encoding.ids], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        outputs = self._session.run(None, {name: feeds[name] for name in self._inputs})
        vector: Vector = np.asarray(outputs[0], dtype=np.float32)[0]
        return vector
