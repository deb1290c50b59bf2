"""Haystack: its extractive pipeline of an embedder, an in-memory document store and a reader."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from haystack import Document, Pipeline
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import SentenceTransformersTextEmbedder
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader

from tests.measure.benchmark.contenders.serving import Found, run_peer
from tests.measure.benchmark.layout import READ, Layout

NAME = "haystack"


class HaystackPipeline:
    """Haystack as its tutorial on extractive question answering puts it together."""

    def build(self, layout: Layout, folder: Path) -> None:
        """Keep the paragraphs with the vectors that are made already."""
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(
            [
                Document(content=paragraph.text, meta={"number": number}, embedding=vector.tolist())
                for number, (paragraph, vector) in enumerate(
                    zip(layout.read_paragraphs(), np.load(layout.vectors), strict=True)
                )
            ]
        )
        store.save_to_disk(str(folder / "store.json"))

    def open(self, layout: Layout, folder: Path) -> Callable[[str], Found | None]:
        """Load the store and the models."""
        store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
        pipeline = Pipeline()
        pipeline.add_component(
            "embedder", SentenceTransformersTextEmbedder(model=str(layout.encoder), progress_bar=False)
        )
        pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=READ))
        pipeline.add_component("reader", TransformersExtractiveReader(str(layout.reader), top_k=1, no_answer=False))
        pipeline.connect("embedder.embedding", "retriever.query_embedding")
        pipeline.connect("retriever.documents", "reader.documents")

        def answer(question: str) -> Found | None:
            said = pipeline.run({"embedder": {"text": question}, "reader": {"query": question}})
            if not said["reader"]["answers"]:
                return None
            best = said["reader"]["answers"][0]
            return Found(best.document.meta["number"], best.document_offset.start, best.document_offset.end)

        return answer


if __name__ == "__main__":
    run_peer(HaystackPipeline(), NAME)
