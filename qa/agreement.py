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
    if answer.answer is None or answer.answer == answer.quotes[0].text:
        return ()
    if kind_asked(answer.rewritten or answer.question) is Kind.YES_OR_NO or answer.answer.lower() in _PRONOUNS:
        return ()
    return answer.answers or (answer.answer,)


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
    """Return the quote of another article that answers otherwise, None where there is none that counts.

    It denies the answer, or is an alternative; the newest article comes first that is later than the first quote's, for
    which less is enough. A near copy is no other article, and a fuller name no other answer. Answers to a question for
    several things do not contradict each other.
    """
    if not answer.answered or len(answer.answers) > 1:
        return None
    first = answer.quotes[0]
    said = first.answer or ""
    others = [
        quote
        for quote in answer.quotes[1:]
        if not quote.agrees and quote.voice != first.voice and not only_says_more(said, quote.answer or "")
    ]
    denying = [quote for quote in others if _denies(quote.text, said)]
    later = [
        quote
        for quote in others
        if is_later(quote.citation.date, first.citation.date) and quote.score >= LATER_SHARE * first.score
    ]
    later.sort(key=lambda quote: quote.citation.date or "", reverse=True)
    likely = [quote for quote in others if quote.score >= ALTERNATIVE_SHARE * first.score]
    return next(iter((*denying, *later, *likely)), None)


def is_later(date: str | None, other: str | None) -> bool:
    """Tell whether a date is after another for certain; either may be of a year or a month alone, or unknown."""
    if date is None or other is None or date.startswith(other) or other.startswith(date):
        return False
    return date > other


def _denies(text: str, answer: str) -> bool:
    """Tell whether a text says of an answer that it is wrong, as in `It is £1,900, not £2,900`."""
    denial = rf"\bnot\s+(?:an?\s+|the\s+)?{re.escape(answer)}(?![\w%]|[.,]\d)"
    return bool(answer) and re.search(denial, text) is not None
