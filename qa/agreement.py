"""Tell in which quotes articles agree about an answer, and whether one of them says otherwise."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, Quote
from qa.answer_kind import Kind, kind_asked
from qa.merging import ALTERNATIVE_SHARE, only_says_more

_PRONOUNS = frozenset(
    ["he", "she", "it", "they", "him", "her", "them", "this", "that", "these", "those", "his", "hers", "theirs"]
)

FAINT = 0.01
"""A quote that does not speak for the answer, and is less likely than this to answer, is not worth the reader's time.

Of 786 such quotes among the first three of 399 answers, to questions of dev-a and about news, 521 are, and three of
these hold the right answer; of 243 beside 81 refusals, 78 are, and one does.
"""

LATER_SHARE = 0.2
"""What is at least so much as likely as the first answer, in a later article, may be what has changed since.

Of 129 right answers to questions about made-up news, four have such a quote of another article, of whatever date; one
has one that is half as likely.
"""


def without_faint(answer: Answer) -> Answer:
    """Return an answer without its faint quotes; what agrees with it, or denies it, is kept, however faint."""
    otherwise = dissent(answer)
    kept = (
        quote
        for quote in answer.quotes
        if quote.score >= FAINT or quote is otherwise or (quote.agrees and answer.answered)
    )
    return replace(answer, quotes=tuple(kept))


def said_alone(answer: Answer) -> tuple[str, ...]:
    """Return the answers that can be said without their quotes: none where a whole sentence answers, or a `He`."""
    if answer.answer is None or not _is_part(answer.answer, answer.quotes[0]):
        return ()
    return () if kind_asked(answer.understood) is Kind.YES_OR_NO else answer.answers or (answer.answer,)


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
    return len(
        {quote.voice for quote in answer.quotes if quote.agrees and (quote is first or not _denies(quote, first))}
    )


def dissent(answer: Answer) -> Quote | None:
    """Return the quote of another article that answers otherwise, None where there is none that counts.

    It denies the answer, or is an alternative; the newest article comes first that is later than the first quote's, for
    which less is enough, and what denies the answer and is faint comes last. A near copy is no other article, and a
    fuller name no other answer. Answers to a question for several things do not contradict each other.
    """
    if not answer.answered or len(answer.answers) > 1:
        return None
    first = answer.quotes[0]
    others = [quote for quote in answer.quotes[1:] if quote.voice != first.voice]
    denying = [quote for quote in others if _denies(quote, first)]
    otherwise = [quote for quote in others if not quote.agrees and not _says_the_same(quote, first)]
    later = [
        quote
        for quote in otherwise
        if is_later(quote.citation.date, first.citation.date) and quote.score >= LATER_SHARE * first.score
    ]
    later.sort(key=lambda quote: quote.citation.date or "", reverse=True)
    likely = [quote for quote in otherwise if quote.score >= ALTERNATIVE_SHARE * first.score]
    plain = [quote for quote in denying if quote.score >= FAINT]
    return next(iter((*plain, *later, *likely, *denying)), None)


def said_otherwise(answer: Answer, other: Quote) -> str | None:
    """Return what a dissenting quote says, None where that takes its whole sentence."""
    if other.answer is None or not _is_part(other.answer, other) or _says_the_same(other, answer.quotes[0]):
        return None
    return other.answer if said_alone(answer) else None


def _is_part(said: str, quote: Quote) -> bool:
    """Tell whether words are a part of a quote that makes sense without the rest."""
    return said != quote.text and said.lower() not in _PRONOUNS


def _says_the_same(quote: Quote, first: Quote) -> bool:
    return only_says_more(first.answer or "", quote.answer or "")


def is_later(date: str | None, other: str | None) -> bool:
    """Tell whether a date is after another for certain; either may be of a year or a month alone, or unknown."""
    if date is None or other is None or date.startswith(other) or other.startswith(date):
        return False
    return date > other


def _denies(quote: Quote, first: Quote) -> bool:
    """Tell whether a quote says that another one's answer is wrong, as in `It is £1,900, not £2,900`."""
    denied = rf"(?<!or )\b(?i:not)\s+(?:an?\s+|the\s+)?{re.escape(first.answer or '')}(?![\w%-]|[.,]\d)"
    return bool(first.answer) and re.search(denied, quote.text) is not None
