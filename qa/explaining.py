"""Explain an answer: put together what its stages had to say."""

from collections.abc import Collection, Mapping, Sequence

from index.records import Place, StoredText
from qa.explanation import Explanation, Fate, RetrievedPassage, Sign, WeighedSentence
from qa.finding import Findings
from qa.positions import heading_at, line_at, page_at
from qa.quotes import QuotedSpan, overlaps, quote_of, repeats
from qa.reader import Reading
from qa.retrieval import Hit


def explain_answer(
    found: Findings, quoted: Sequence[QuotedSpan], places: Mapping[int, Place], *, threshold: float, answered: bool
) -> Explanation:
    """Return the explanation of an answer that has the quotes `quoted`, in their order.

    `places` are those of all hits, by text id.
    """
    grounds = found.reading.grounds
    return Explanation(
        confidence=found.confidence,
        threshold=threshold,
        answered=answered,
        retrieved=_retrieved(found.hits, found.reading.read, found.texts, places),
        sentences=_weighed(found.reading, quoted, found.texts, places),
        signs=tuple(map(Sign, grounds.sign_names, grounds.signs.tolist(), grounds.weights)) if grounds else (),
        bias=grounds.bias if grounds else 0.0,
    )


def _retrieved(
    hits: Sequence[Hit], positions_read: Collection[int], texts: Mapping[int, StoredText], places: Mapping[int, Place]
) -> tuple[RetrievedPassage, ...]:
    passages = []
    for number, hit in enumerate(hits):
        place, start = places[hit.passage.text_id], hit.passage.span.start
        passages.append(
            RetrievedPassage(
                title=place.title,
                path=place.path,
                record=place.record,
                line=line_at(place, texts[hit.passage.text_id].content, start),
                page=page_at(place, start),
                heading=heading_at(place, start),
                nearness=hit.nearness,
                wording=hit.wording,
                score=hit.score,
                read=number in positions_read,
            )
        )
    return tuple(passages)


def _weighed(
    reading: Reading, quoted: Sequence[QuotedSpan], texts: Mapping[int, StoredText], places: Mapping[int, Place]
) -> tuple[WeighedSentence, ...]:
    grounds, sentences = reading.grounds, []
    for number, candidate in enumerate(reading.candidates):
        quote = quote_of(candidate, texts)
        content, place = texts[candidate.text_id].content, places[candidate.text_id]
        fate, quote_number = _fate(quote, quoted, texts)
        sentences.append(
            WeighedSentence(
                text=quote.span.of(content),
                answer=quote.answer.of(content),
                title=place.title,
                path=place.path,
                record=place.record,
                line=line_at(place, content, quote.span.start),
                page=page_at(place, quote.span.start),
                heading=heading_at(place, quote.span.start),
                score=candidate.score,
                features=dict(zip(grounds.names, grounds.features[number].tolist(), strict=True)) if grounds else {},
                rank=float(grounds.ranks[number]) if grounds else None,
                share=float(grounds.shares[number]) if grounds and grounds.shares is not None else None,
                fate=fate,
                quote=quote_number,
            )
        )
    return tuple(sentences)


def _fate(quote: QuotedSpan, quoted: Sequence[QuotedSpan], texts: Mapping[int, StoredText]) -> tuple[Fate, int | None]:
    """Return what became of a possible quote, and the number of the quote that it came to or came after."""
    for number, other in enumerate(quoted, start=1):
        if (other.text_id, other.answer) == (quote.text_id, quote.answer):
            return Fate.QUOTED, number
    for number, other in enumerate(quoted, start=1):
        if overlaps(quote, other):
            return Fate.OVERLAPS, number
        if repeats(quote, other, texts):
            return Fate.REPEATS, number
    return Fate.BELOW, None
