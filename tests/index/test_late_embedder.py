"""An embedder that is opened when it is needed, once."""

import numpy as np

from index.late_embedder import LateEmbedder
from tests.fakes import HashingEmbedder


def test_embedder_is_opened_once_and_when_it_is_asked() -> None:
    """Whoever only holds it opens nothing, and all that is asked of it goes to the one that was opened."""
    opened: list[HashingEmbedder] = []

    def open_embedder() -> HashingEmbedder:
        opened.append(HashingEmbedder())
        return opened[-1]

    late, own = LateEmbedder(open_embedder), HashingEmbedder()
    assert opened == []
    late.prepare()
    assert len(opened) == 1
    assert (late.dimensions, late.most_tokens) == (own.dimensions, own.most_tokens)
    assert late.token_spans("It met.") == own.token_spans("It met.")
    assert np.array_equal(late.embed_question("It met."), own.embed_question("It met."))
    assert np.array_equal(late.embed_passages(["It met."]), own.embed_passages(["It met."]))
    assert len(opened) == 1
