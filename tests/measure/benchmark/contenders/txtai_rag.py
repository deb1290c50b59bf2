"""txtai: its embeddings database, and its extractive pipeline (`RAG` with a question-answering model)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from txtai import Embeddings
from txtai.pipeline import RAG

from tests.measure.benchmark.contenders.serving import Found, run_peer
from tests.measure.benchmark.layout import Layout

NAME = "txtai"


class TxtaiRag:
    """txtai with its defaults: three paragraphs, joined, are read at once."""

    def build(self, layout: Layout, folder: Path) -> None:
        """Keep the paragraphs with the vectors that are made already."""
        paragraphs = layout.read_paragraphs()
        rows = dict(zip((paragraph.text for paragraph in paragraphs), np.load(layout.vectors), strict=True))

        def transform(texts: list[str]) -> np.ndarray:
            return np.array([rows[text] for text in texts])

        embeddings = Embeddings(method="external", transform=transform, content=True)
        embeddings.index((number, paragraph.text) for number, paragraph in enumerate(paragraphs))
        embeddings.config.pop("transform")
        embeddings.save(str(folder))

    def open(self, layout: Layout, folder: Path) -> Callable[[str], Found | None]:
        """Load the database, with the encoder for questions, and the reader."""
        embeddings = Embeddings()
        embeddings.load(str(folder), config={"method": "transformers", "path": str(layout.encoder)})
        searched: list[dict[str, Any]] = []

        def search(questions: list[str], limit: int) -> list[list[dict[str, Any]]]:
            (found,) = embeddings.batchsearch(questions, limit)
            searched[:] = found
            return [found]

        rag = RAG(search, str(layout.reader), task="question-answering")

        def answer(question: str) -> Found | None:
            try:
                said = rag(question)["answer"]
            except TypeError:
                return None  # the best span begins at the token for "no answer", which the pipeline does not expect
            # The pipeline tells no place: that is the first of what it read that has the words.
            for read in searched if said else ():
                start = read["text"].find(said)
                if start >= 0:
                    return Found(int(read["id"]), start, start + len(said))
            return None

        return answer


if __name__ == "__main__":
    run_peer(TxtaiRag(), NAME)
