"""Make quotes of candidates: whole sentences, verbatim, none of them twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import StoredText
from index.spans import LINE_END, Span
from qa.prose import ends, is_prose
from qa.reader import Candidate

LONGEST_QUOTE = 1_200
"""A quote goes to the ends of its sentences where that keeps it within so many code points."""

_PRONOUNS = "he|she|it|they|this|that|these|those|his|her|hers|its|their|theirs|him|them|both|neither|such"
_NOUNLESS = "former|latter|same|others?|first|second|third|last|two|three|four|five|pair|duo|trio"
_LINKS = "but|and|so|then|later|yet|still|however|instead"
_POINTS_BACK = re.compile(
    rf"""["“‘'(\[]*(?:(?:{_LINKS}),?\ )?(?:{_PRONOUNS}|the\ (?:{_NOUNLESS}))\b""",
    re.IGNORECASE,
)
"""What a sentence opens with that leaves open whom or what it is about."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A quote's place in its text, and the answer's, with the score of its best candidate.

    `context` is the sentence before, where the quote does not say by itself whom it is about.
    """

    text_id: int
    span: Span
    answer: Span
    score: float
    context: Span | None = None


def quote_candidates(
    candidates: Sequence[Candidate], texts: Mapping[int, StoredText], *, limit: int
) -> tuple[QuotedSpan, ...]:
    """Return up to `limit` quotes of candidates that come best first.

    What overlaps a better quote is left out, so that a quote stays as short as its answer allows;
    the same words in another article are not quoted again.
    """
    quotes: list[QuotedSpan] = []
    for candidate in candidates:
        if len(quotes) == limit:
            break
        quote = quote_of(candidate, texts)
        if not any(overlaps(quote, better) or repeats(quote, better, texts) for better in quotes):
            quotes.append(quote)
    return tuple(replace(quote, context=_context(quote.span, texts[quote.text_id])) for quote in quotes)


def quote_of(candidate: Candidate, texts: Mapping[int, StoredText]) -> QuotedSpan:
    """Return the quote that a candidate would make: its whole sentences, without context."""
    text = texts[candidate.text_id]
    return QuotedSpan(text.id, _whole_sentences(candidate.span, text), candidate.span, candidate.score)


def overlaps(quote: QuotedSpan, other: QuotedSpan) -> bool:
    """Tell whether two quotes share a place."""
    return quote.text_id == other.text_id and quote.span.overlaps(other.span)


def repeats(quote: QuotedSpan, other: QuotedSpan, texts: Mapping[int, StoredText]) -> bool:
    """Tell whether two quotes have the same words, but for case and white space."""
    return _words(quote, texts) == _words(other, texts)


def find_again(quote: QuotedSpan, text: StoredText, texts: Mapping[int, StoredText]) -> Span | None:
    """Return the first sentences of `text` that have a quote's words, but for case and white space."""
    more, words = len(texts[quote.text_id].sentences_in(quote.span)) - 1, _words(quote, texts)
    for first, last in zip(text.sentences, text.sentences[max(more, 0) :], strict=False):
        span = Span(first.start, last.end)
        if folded(span.of(text.content)) == words:
            return span
    return None


def _context(span: Span, text: StoredText) -> Span | None:
    """Return the sentence before a quote that opens with a word for somebody or something named before."""
    inside = text.sentences_in(span)
    if not inside or inside[0] == 0 or not _POINTS_BACK.match(text.content, span.start):
        return None
    before = text.sentences[inside[0] - 1]
    if not is_prose(text, inside[0] - 1) or len(before) > LONGEST_QUOTE:
        return None
    is_heading = LINE_END.search(text.content, before.end, span.start) and not ends(before.of(text.content))
    return None if is_heading else before


def _whole_sentences(span: Span, text: StoredText) -> Span:
    inside = text.sentences_in(span)
    if not inside:
        return span
    whole = text.sentences[inside[0]].joined(text.sentences[inside[-1]]).joined(span)
    return whole if len(whole) <= max(LONGEST_QUOTE, len(span)) else span


def _words(quote: QuotedSpan, texts: Mapping[int, StoredText]) -> str:
    return folded(quote.span.of(texts[quote.text_id].content))


def folded(text: str) -> str:
    """Return what texts have in common that differ in case and white space alone."""
    return " ".join(text.split()).casefold()
