"""Compose an answer's quotes of what was found: merged, arranged, with words and citations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import Place, StoredText
from qa.agreement import ALTERNATIVE_SHARE
from qa.answer import Quote
from qa.answer_kind import asks_for_several
from qa.citations import cite, still_says
from qa.finding import Findings
from qa.merging import AnswerGroup, answer_key, arrange, merge
from qa.quotes import QuotedSpan, quote_candidates


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer's quotes with their places, and the answers that they give, likeliest first."""

    spans: tuple[QuotedSpan, ...]
    quotes: tuple[Quote, ...]
    answers: tuple[str, ...]


def compose(found: Findings, places: Mapping[int, Place], *, limit: int) -> Composed:
    """Return up to `limit` quotes, best first; `places` are those to cite, by text id."""
    texts = found.texts
    groups = merge(found.candidates, texts)
    dates = {id: place.date.value if place.date else None for id, place in places.items()}
    ordered = [each for group in arrange(groups, dates) for each in group.candidates]
    spans = quote_candidates(ordered, texts, limit=limit)
    return Composed(spans, _quote(spans, texts, places), _answers(found.question.text, groups, spans, texts))


def verified(quote: Quote) -> Quote:
    """Return a quote that says whether its file still has it, with its context, at its place."""
    citation = quote.citation
    holds = still_says(citation, quote.text, citation.start)
    if holds and quote.context is not None and quote.context_start is not None:
        holds = still_says(citation, quote.context, quote.context_start)
    return replace(quote, verified=holds)


def _quote(
    spans: tuple[QuotedSpan, ...], texts: Mapping[int, StoredText], places: Mapping[int, Place]
) -> tuple[Quote, ...]:
    """Put words and citations to quoted spans; an article that lies in several places is cited once."""
    quotes: list[Quote] = []
    for number, quoted in enumerate(spans, start=1):
        content = texts[quoted.text_id].content
        answer = quoted.answer.of(content)
        quotes.append(
            Quote(
                text=quoted.span.of(content),
                answer=answer,
                answer_start=quoted.answer.start - quoted.span.start,
                answer_end=quoted.answer.end - quoted.span.start,
                score=quoted.score,
                agrees=not quotes or answer_key(answer) == answer_key(quotes[0].answer or ""),
                verified=None,
                citation=cite(number, places[quoted.text_id], quoted.span, content),
                context=quoted.context.of(content) if quoted.context else None,
                context_start=quoted.context.start if quoted.context else None,
            )
        )
    return tuple(quotes)


def _answers(
    question: str, groups: Sequence[AnswerGroup], quoted: Sequence[QuotedSpan], texts: Mapping[int, StoredText]
) -> tuple[str, ...]:
    """Return the answer, with the other likely ones that are quoted where the question asks for several."""
    places = {(quote.text_id, quote.answer) for quote in quoted}
    likely = [g for g in groups if g.score >= ALTERNATIVE_SHARE * groups[0].score] if asks_for_several(question) else []
    answers = []
    for group in likely or groups[:1]:
        said = [c for c in group.candidates if (c.text_id, c.span) in places]
        answers += [said[0].span.of(texts[said[0].text_id].content)] if said else []
    return tuple(answers)
