"""Compose an answer's quotes of what was found: merged, arranged, with words and citations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import Place, StoredText
from index.spans import Span
from qa.answer import Citation, Quote
from qa.answer_kind import Kind, asks_for_several, kind_asked
from qa.checking import Check
from qa.citations import cite
from qa.finding import Findings
from qa.merging import ALTERNATIVE_SHARE, AnswerGroup, answer_key, arrange, merge
from qa.quotes import QuotedSpan, find_again, quote_candidates


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer's quotes with their places, and the answers that they give, likeliest first."""

    spans: tuple[QuotedSpan, ...]
    quotes: tuple[Quote, ...]
    answers: tuple[str, ...]


def compose(found: Findings, places: Mapping[int, Sequence[Place]], *, limit: int) -> Composed:
    """Return up to `limit` quotes, best first; `places` are those to cite, by text id, at least one each."""
    texts = found.texts
    dates = {id: first.date.value if first.date else None for id, (first, *_) in places.items()}
    asks_for_time = kind_asked(found.question.text) is Kind.TIME
    groups = merge(found.candidates, texts, found.copies, dates if asks_for_time else {})
    spans = quote_candidates(arrange(groups, dates), texts, limit=limit)
    first = {(candidate.text_id, candidate.span) for group in groups[:1] for candidate in group.speaking()}
    agreeing = [(quoted.text_id, quoted.answer) in first for quoted in spans]
    quotes = _quote(spans, agreeing, found, places)
    return Composed(spans, quotes, _answers(found.question.text, groups, spans, texts))


def unverified(
    number: int,
    place: Place,
    content: str,
    *,
    span: Span,
    answer: Span | None,
    context: Span | None,
    score: float,
    agrees: bool,
    voice: int,
    copies: tuple[Citation, ...] = (),
) -> Quote:
    """Return the quote of some spans of an article's text, not compared with its file yet."""
    return Quote(
        text=span.of(content),
        answer=answer.of(content) if answer else None,
        answer_start=answer.start - span.start if answer else None,
        answer_end=answer.end - span.start if answer else None,
        score=score,
        agrees=agrees,
        verified=None,
        citation=cite(number, place, span, content),
        voice=voice,
        context=context.of(content) if context else None,
        context_start=context.start if context else None,
        copies=copies,
    )


def verified(quote: Quote, check: Check) -> Quote:
    """Return a quote that says whether its file still has it, with its context, at its place."""
    citation = quote.citation
    holds = check.holds(citation, quote.text, citation.start)
    if holds and quote.context is not None and quote.context_start is not None:
        holds = check.holds(citation, quote.context, quote.context_start)
    return replace(quote, verified=holds)


def _quote(
    spans: Sequence[QuotedSpan], agreeing: Sequence[bool], found: Findings, places: Mapping[int, Sequence[Place]]
) -> tuple[Quote, ...]:
    """Put words and citations to quoted spans; an article that lies in several places is quoted once."""
    quotes: list[Quote] = []
    voices = [found.copies[quoted.text_id] for quoted in spans]
    for number, (quoted, agrees) in enumerate(zip(spans, agreeing, strict=True), start=1):
        quotes.append(
            unverified(
                number,
                places[quoted.text_id][0],
                found.texts[quoted.text_id].content,
                span=quoted.span,
                answer=quoted.answer,
                context=quoted.context,
                score=quoted.score,
                agrees=agrees,
                voice=1 + voices.index(found.copies[quoted.text_id]),
                copies=_copies(number, quoted, found, places),
            )
        )
    return tuple(quotes)


def _copies(
    number: int, quoted: QuotedSpan, found: Findings, places: Mapping[int, Sequence[Place]]
) -> tuple[Citation, ...]:
    """Cite the other places of a quote's words: those of its text, and of near copies that say them, too."""
    texts, voice = found.texts, found.copies[quoted.text_id]
    cited = [cite(number, place, quoted.span, texts[quoted.text_id].content) for place in places[quoted.text_id][1:]]
    for text in texts.values():
        near = text.id != quoted.text_id and found.copies[text.id] == voice
        span = find_again(quoted, text, texts) if near else None
        if span is not None:
            cited += [cite(number, place, span, text.content) for place in places[text.id]]
    return tuple(sorted(cited, key=lambda citation: (citation.path.as_posix(), citation.record or 0)))


def _answers(
    question: str, groups: Sequence[AnswerGroup], quoted: Sequence[QuotedSpan], texts: Mapping[int, StoredText]
) -> tuple[str, ...]:
    """Return the answer, with the other likely ones that are quoted where the question asks for several."""
    places = {(quote.text_id, quote.answer) for quote in quoted}
    likely = [g for g in groups if g.score >= ALTERNATIVE_SHARE * groups[0].score] if asks_for_several(question) else []
    answers: dict[str, str] = {}
    for group in likely or groups[:1]:
        said = [c.span.of(texts[c.text_id].content) for c in group.candidates if (c.text_id, c.span) in places]
        for each in said[:1]:
            answers.setdefault(answer_key(each), each)
    return tuple(answers.values())
