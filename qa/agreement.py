"""Tell in which quotes articles agree about an answer, and whether one of them says otherwise."""

from collections.abc import Sequence

from qa.answer import Answer, Quote
from qa.merging import ALTERNATIVE_SHARE, only_says_more

_LEAST_SHARE = 0.1
"""A quote that is less than so much as likely as the first does not speak for its answer."""


def split_quotes(answer: Answer, quotes: Sequence[Quote]) -> tuple[list[Quote], list[Quote]]:
    """Return those of an answer's quotes that answer as the first does, and the others; all agree in a refusal."""
    agreeing = [quote for quote in quotes if quote.agrees or not answer.answered]
    return agreeing, [quote for quote in quotes if quote not in agreeing]


def voices(answer: Answer) -> int:
    """Return how many of the quoted articles give the first quote's answer: none where nothing is answered.

    Near copies are one.
    """
    if not answer.answered:
        return 0
    first = answer.quotes[0]
    agreeing = [q for q in answer.quotes if q.agrees and q.score >= _LEAST_SHARE * first.score]
    return len({quote.voice for quote in agreeing})


def dissent(answer: Answer) -> Quote | None:
    """Return the quote of another article that answers otherwise and is an alternative, None where there is none.

    A near copy is no other article, and a fuller name no other answer. Answers to a question for several things do
    not contradict each other.
    """
    if not answer.answered or len(answer.answers) > 1:
        return None
    first = answer.quotes[0]
    for quote in answer.quotes[1:]:
        otherwise = not quote.agrees and not only_says_more(first.answer or "", quote.answer or "")
        if otherwise and quote.voice != first.voice and quote.score >= ALTERNATIVE_SHARE * first.score:
            return quote
    return None
