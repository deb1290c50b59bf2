"""Tell in which quotes articles agree about an answer, and whether one of them says otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, Quote
from qa.merging import ALTERNATIVE_SHARE, only_says_more

FAINT = 0.01
"""A quote that answers otherwise and is less likely than this is not worth the reader's time.

Of 786 such quotes among the first three of 399 answers, to questions of dev-a and about news, 521 are, and three of
these hold the right answer.
"""


def without_faint(answer: Answer) -> Answer:
    """Return an answer without its faint quotes, which come last; a refusal keeps all of the nearest."""
    if not answer.answered:
        return answer
    return replace(answer, quotes=tuple(quote for quote in answer.quotes if quote.agrees or quote.score >= FAINT))


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
    return len({quote.voice for quote in answer.quotes if quote.agrees})


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
