"""Embed texts with SentenceTransformer.encode, as it is."""

from collections.abc import Callable

from sentence_transformers import SentenceTransformer

from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Return what embeds the texts, whatever the line says."""
    model, texts = SentenceTransformer(str(layout.encoder), device="cpu"), layout.read_texts()
    return lambda _: len(model.encode(texts))


if __name__ == "__main__":
    serve_timed(prepare)
