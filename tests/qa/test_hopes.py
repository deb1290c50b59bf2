"""What a passage may hold at best, before it is read."""

import numpy as np

from index.spans import Span
from index.words import Stemmer
from qa.confidence import rank
from qa.evidence import FEATURES, features, gather
from qa.hopes import LARGE_MARGIN, hopes
from qa.span_model import FoundSpan
from tests.qa.samples import asking, hit_on, stored

_WHO = asking("Who called Putin?", call=1.0, putin=1.0)
_RANKING = (0.3, 5.0, 2.0, 3.0, 2.0, 1.0, 0.5, 0.0, 0.5, 1.5)


def test_hope_is_the_rank_of_the_best_sentence_with_a_large_margin(stemmer: Stemmer) -> None:
    """It comes to what reading would find, if the reader were as sure of three words as it hardly ever is."""
    texts = [stored("Scholz called Putin on Friday. It rained."), stored("Nobody rang him there. It rained.", id=2)]
    hits, of = [hit_on(text) for text in texts], {text.id: text for text in texts}
    three = [Span(0, len("Scholz called Putin")), Span(0, len("Nobody rang him"))]
    sure = [(FoundSpan(span, LARGE_MARGIN),) for span in three]
    reached = rank(features(_WHO, gather(hits, sure, of), of, stemmer), _RANKING)
    hoped = hopes(_WHO, hits, of, stemmer, _RANKING)
    np.testing.assert_allclose(hoped, reached)
    assert hoped[0] > hoped[1]


def test_passage_without_sentences_gives_no_hope(stemmer: Stemmer) -> None:
    """There is nothing in it to read."""
    text = stored("")
    assert hopes(_WHO, [hit_on(text)], {text.id: text}, stemmer, _RANKING).tolist() == [-np.inf]
    assert len(_RANKING) == len(FEATURES)


def test_another_figure_in_the_sentence_takes_no_hope(stemmer: Stemmer) -> None:
    """A sentence is no answer as a whole: what it counts besides does not tell what a span of it may be."""
    plain, figures = stored("Ana Lee, 57, won 810 things."), stored("Ana Lee, 57, won 810 votes.", id=2)
    asked = asking("How old is Ana Lee?", ana=1.0, lee=1.0)
    of = {text.id: text for text in (plain, figures)}
    first, second = hopes(asked, [hit_on(plain), hit_on(figures)], of, stemmer, _RANKING)
    age = [(FoundSpan(Span(figures.content.index("57"), figures.content.index("57") + 2), LARGE_MARGIN),)]
    reached = rank(features(asked, gather([hit_on(figures)], age, of), of, stemmer), _RANKING)
    assert second == first
    assert second >= reached[0]
