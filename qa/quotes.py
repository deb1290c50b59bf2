"""Make quotes of candidates: whole sentences, verbatim, none of them twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import StoredText
from index.spans import Span
from qa.reader import Candidate

LONGEST_QUOTE = 1_200
"""A quote goes to the ends of its sentences where that keeps it within so many code points."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A quote's place in its text, and the answer's, with the score of its best candidate."""

    text_id: int
    span: Span
    answer: Span
    score: float


def quote_candidates(
    candidates: Sequence[Candidate], texts: Mapping[int, StoredText], *, limit: int
) -> tuple[QuotedSpan, ...]:
    """Return up to `limit` quotes of candidates that come best first.

    Quotes that overlap become one, and the same words in another article are not quoted again.
    """
    quotes: list[QuotedSpan] = []
    for candidate in candidates:
        text = texts[candidate.text_id]
        quote = QuotedSpan(text.id, _whole_sentences(candidate.span, text), candidate.span, candidate.score)
        near = [q for q in quotes if q.text_id == text.id and q.span.overlaps(quote.span)]
        if near:
            spans = [quote.span, *(q.span for q in near)]
            whole = Span(min(span.start for span in spans), max(span.end for span in spans))
            quotes[quotes.index(near[0])] = replace(near[0], span=whole)
            quotes = [q for q in quotes if q not in near[1:]]
        elif len(quotes) == limit:
            break
        elif _words(quote, texts) not in {_words(q, texts) for q in quotes}:
            quotes.append(quote)
    return tuple(quotes)


def _whole_sentences(span: Span, text: StoredText) -> Span:
    inside = text.sentences_in(span)
    if not inside:
        return span
    whole = Span(min(text.sentences[inside[0]].start, span.start), max(text.sentences[inside[-1]].end, span.end))
    return whole if len(whole) <= max(LONGEST_QUOTE, len(span)) else span


def _words(quote: QuotedSpan, texts: Mapping[int, StoredText]) -> str:
    return " ".join(quote.span.of(texts[quote.text_id].content).split()).casefold()
