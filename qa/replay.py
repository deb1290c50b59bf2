"""Put an earlier answer together again: places from the log, words from the articles as they are indexed now."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from index.records import Place
from index.schema import open_catalog
from index.signatures import group_copies
from index.snapshot import Snapshot, reading
from index.store import Store
from qa.answer import Answer, IndexState, Quote
from qa.checking import Check
from qa.composing import unverified, verified
from qa.conversation import NOTHING_SAID, Conversation
from qa.conversation_log import KeptConversation, KeptQuote, KeptTurn
from qa.finding_text import find_text
from qa.followup import understand


def replay_all(kept: KeptConversation, store: Store) -> list[Answer]:
    """Return the answers of a conversation in order."""
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        answers, earlier = [], NOTHING_SAID
        for turn in kept.turns:
            answers.append(replay(turn, earlier, snapshot, store))
            earlier = earlier.after(answers[-1])
        return answers


def replay(kept: KeptTurn, earlier: Conversation, snapshot: Snapshot, store: Store) -> Answer:
    """Return the answer of a turn, with those of its quotes whose articles are indexed as they were then.

    It is no answer any more where the first quote is gone, and has lapsed.
    """
    places = [_place(quote, snapshot, store) for quote in kept.quotes]
    voices, check = _voices(places, snapshot), Check()
    replayed = [
        verified(_quote(number, voice, quote, place, snapshot), check) if place is not None else None
        for number, (voice, quote, place) in enumerate(zip(voices, kept.quotes, places, strict=True), start=1)
    ]
    quotes = tuple(quote for quote in replayed if quote is not None)
    answered = kept.answered and bool(replayed) and replayed[0] is not None
    answer = quotes[0].answer if answered else None
    saying = [replayed[at] for at in kept.answering if at < len(replayed)] if answered else []
    answers = tuple(quote.answer for quote in saying if quote is not None and quote.answer is not None)
    return Answer(
        question=kept.question,
        rewritten=_rewritten(kept, earlier),
        filters=kept.filters,
        answered=answered,
        answer=answer,
        confidence=kept.confidence,
        quotes=quotes,
        index=IndexState(snapshot.count("article"), 0, stale=False),
        elapsed_ms=0,
        answers=answers or ((answer,) if answer else ()),
        lapsed=kept.answered and not answered,
    )


def as_it_stands(answer: Answer, check: Check) -> Answer:
    """Return an answer with those of its quotes that their files still have; without the first it has lapsed."""
    quotes = tuple(quote for quote in answer.quotes if verified(quote, check).verified)
    if quotes == answer.quotes:
        return answer
    answered = answer.answered and quotes[:1] == answer.quotes[:1]
    return replace(
        answer,
        quotes=quotes,
        answered=answered,
        answer=answer.answer if answered else None,
        answers=tuple(said for said in answer.answers if any(said == q.answer for q in quotes)) if answered else (),
        lapsed=answer.lapsed or (answer.answered and not answered),
    )


def _rewritten(kept: KeptTurn, earlier: Conversation) -> str | None:
    """Return how the question was put, which follows from what was said before it."""
    ways = understand(kept.question, earlier).texts
    if kept.wording is None or not 0 <= kept.wording < len(ways):
        return None
    return " ".join(ways[kept.wording].split())


def _voices(places: Sequence[Place | None], snapshot: Snapshot) -> list[int]:
    """Return for each quote the number of the first one from the same article or a near copy of it."""
    copies = group_copies(snapshot.signatures({place.text_id for place in places if place}))
    groups = [copies[place.text_id] if place else None for place in places]
    return [1 + groups.index(group) for group in groups]


def _quote(number: int, voice: int, kept: KeptQuote, place: Place, snapshot: Snapshot) -> Quote:
    return unverified(
        number,
        place,
        snapshot.text(place.text_id).content,
        span=kept.span,
        answer=kept.answer,
        context=kept.context,
        score=kept.score,
        agrees=kept.agrees,
        voice=voice,
    )


def _place(kept: KeptQuote, snapshot: Snapshot, store: Store) -> Place | None:
    """Return the article that was quoted, None where its text is not in its file any more."""
    return find_text(snapshot.places_at(store.shorten(kept.path)), kept.record, kept.text_sha256)
