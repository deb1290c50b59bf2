"""The plain script: sentence-transformers and Chroma for the paragraphs, a reader in torch for the answer.

What one writes in an afternoon: every paragraph in a Chroma collection, the nearest to the question
read in one batch, the best span taken.
"""

from collections.abc import Callable
from pathlib import Path

import chromadb
import numpy as np
from sentence_transformers import SentenceTransformer

from tests.measure.benchmark.contenders.serving import Found, run_peer
from tests.measure.benchmark.contenders.torch_spans import TorchSpans
from tests.measure.benchmark.layout import READ, Layout

NAME = "plain"

_BATCH = 5_000


class PlainScript:
    """The script, as two functions."""

    def build(self, layout: Layout, folder: Path) -> None:
        """Embed the paragraphs and keep them; the vectors are kept for the other peers, too."""
        paragraphs = layout.read_paragraphs()
        model = SentenceTransformer(str(layout.encoder), device="cpu")
        vectors = model.encode([paragraph.text for paragraph in paragraphs], normalize_embeddings=True)
        np.save(layout.vectors, vectors)
        collection = chromadb.PersistentClient(str(folder)).create_collection(
            "paragraphs", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        for first in range(0, len(paragraphs), _BATCH):
            few = range(first, min(first + _BATCH, len(paragraphs)))
            collection.add(
                ids=[str(number) for number in few],
                embeddings=vectors[few.start : few.stop],
                documents=[paragraphs[number].text for number in few],
            )

    def open(self, layout: Layout, folder: Path) -> Callable[[str], Found | None]:
        """Load the models and the collection."""
        model = SentenceTransformer(str(layout.encoder), device="cpu")
        collection = chromadb.PersistentClient(str(folder)).get_collection("paragraphs", embedding_function=None)
        reader = TorchSpans(layout.reader)

        def answer(question: str) -> Found:
            vector = model.encode(question, normalize_embeddings=True)
            nearest = collection.query(query_embeddings=[vector], n_results=READ, include=["documents"])
            assert nearest["documents"] is not None
            found = reader.find(question, nearest["documents"][0])
            return Found(int(nearest["ids"][0][found.paragraph]), found.start, found.end)

        return answer


if __name__ == "__main__":
    run_peer(PlainScript(), NAME)
