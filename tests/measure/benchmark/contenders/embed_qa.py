"""Embed texts as `qa index` does."""

from collections.abc import Callable

from index.embedder import OnnxEmbedder
from tests.measure.benchmark.contenders.models import exported_embedder
from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Return what embeds the texts, whatever the line says."""
    embedder, texts = OnnxEmbedder(exported_embedder(layout)), layout.read_texts()
    return lambda _: len(embedder.embed_passages(texts))


if __name__ == "__main__":
    serve_timed(prepare)
