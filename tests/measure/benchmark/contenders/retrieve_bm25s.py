"""Retrieve paragraphs with bm25s, stop words left out and the others stemmed, as its own example does."""

from collections.abc import Callable

import bm25s
import Stemmer

from tests.measure.benchmark.contenders.retrieval import DEPTH, place
from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Index the paragraphs in memory; return what finds the best for the question on the line."""
    paragraphs, stemmer = layout.read_paragraphs(), Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)

    retriever = bm25s.BM25()
    retriever.index(tokens([paragraph.text for paragraph in paragraphs]), show_progress=False)
    depth = min(DEPTH, len(paragraphs))

    def find(question: str) -> list[tuple[str, int, int]]:
        numbers, scores = retriever.retrieve(tokens([question]), k=depth, show_progress=False)
        return [
            place(paragraphs[int(number)]) for number, score in zip(numbers[0], scores[0], strict=True) if score > 0
        ]

    return find


if __name__ == "__main__":
    serve_timed(prepare)
