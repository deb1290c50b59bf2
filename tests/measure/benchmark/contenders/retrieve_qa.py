"""Retrieve as `qa` does for a question: its vector, its words, both fused."""

import sys
from collections.abc import Callable

from index.embedder import OnnxEmbedder
from index.nearest import VectorSearch
from index.schema import open_catalog
from index.snapshot import reading
from index.store import Store
from index.words import Stemmer
from qa.question import parse_question
from qa.retrieval import retrieve
from tests.measure.benchmark.contenders.models import exported_embedder
from tests.measure.benchmark.contenders.retrieval import DEPTH
from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Return what finds the best passages for the question on the line: path, start and end of each."""
    store = Store(layout.store.absolute())
    stemmer, search = Stemmer(), VectorSearch(store, notify=lambda line: print(line, file=sys.stderr))
    embedder, connection = OnnxEmbedder(exported_embedder(layout)), open_catalog(store.catalog)

    def find(line: str) -> list[tuple[str, int, int]]:
        with reading(connection, store) as snapshot:
            question = parse_question(line, stemmer, snapshot)
            hits = retrieve(question, embedder.embed_question(line), snapshot, search, limit=DEPTH)
            passages = [hit.passage for hit in hits]
            places = {text_id: snapshot.places(text_id) for text_id in {passage.text_id for passage in passages}}
        return [
            (str(place.path), passage.span.start, passage.span.end)
            for passage in passages
            for place in places[passage.text_id][:1]
        ]

    return find


if __name__ == "__main__":
    serve_timed(prepare)
