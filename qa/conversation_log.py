"""Keep conversations as questions and places of quotes: no article's words are in them."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import UsageError
from index.spans import Span
from index.store import Store
from qa.answer import Answer, Quote
from qa.conversation import Conversation
from qa.followup import understand
from qa.narrowing import Narrowing

_SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuote:
    """Where a quote stood: spans of an article's text, which had `text_sha256`. `path` is absolute."""

    path: Path
    record: int | None
    text_sha256: str
    span: Span
    answer: Span | None
    context: Span | None
    score: float
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTurn:
    """A question, and where its answer stood. `at` is a time in ISO 8601, UTC.

    `wording` says which of the ways to put the question in its conversation was taken, None where it
    was asked as it stands: how it was put has words of articles in it. `answering` are the positions of the quotes
    whose answers were the answer, several where several were asked for.
    """

    at: str
    question: str
    wording: int | None
    filters: Mapping[str, str]
    answered: bool
    confidence: float
    quotes: tuple[KeptQuote, ...]
    answering: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """The turns of a conversation in order, at least one, and the file that keeps them."""

    file: Path
    turns: tuple[KeptTurn, ...]


class ConversationLog:
    """Write one conversation down, turn by turn; where the store cannot be written, do without."""

    def __init__(self, store: Store, *, file: Path | None = None, now: datetime | None = None) -> None:
        """Go on with the conversation in `file`, or with a new one that is named after `now`."""
        self._store = store
        began = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S%f")
        self._file = file or store.conversations / f"{began}-{os.getpid()}{_SUFFIX}"

    @property
    def file(self) -> Path:
        """The file of the conversation, which is there once a turn was kept."""
        return self._file

    def keep(self, answer: Answer, earlier: Conversation, *, now: datetime | None = None) -> None:
        """Add a turn, after what was said `earlier`."""
        turn = json.dumps(_turn_json(answer, _wording(answer, earlier), now or datetime.now(UTC), self._store))
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, exist_ok=True)
            self._file.touch(mode=0o600)
            with self._file.open("a+b") as file:
                # A turn that was cut off, by a full disk say, ends with its line.
                end = file.seek(0, os.SEEK_END)
                file.seek(max(0, end - 1))
                torn = file.read(1) not in (b"", b"\n")
                file.write(b"\n" * torn + turn.encode() + b"\n")


def kept_conversations(store: Store) -> list[KeptConversation]:
    """Return the conversations of a store, the one with the latest turn first; what cannot be read is passed over."""
    found = []
    for file in _files(store):
        with suppress(OSError):
            turns = tuple(_read(file, store))
            if turns:
                found.append(KeptConversation(file, turns))
    return sorted(found, key=lambda kept: (kept.turns[-1].at, kept.file.name), reverse=True)


def list_heads(kept: Sequence[KeptConversation]) -> Iterator[tuple[str, str]]:
    """Yield each conversation's number, the day and time of its last turn and how many, and its first question."""
    for number, conversation in enumerate(kept, start=1):
        last = datetime.fromisoformat(conversation.turns[-1].at).astimezone()
        turns = len(conversation.turns)
        count = f"{turns} question{'s' if turns > 1 else ''}"
        yield f"{number:>3}  {last:%Y-%m-%d %H:%M}  {count:<13} ", conversation.turns[0].question


def _files(store: Store) -> list[Path]:
    try:
        return list(store.conversations.glob(f"*{_SUFFIX}"))
    except OSError:
        return []


def _wording(answer: Answer, earlier: Conversation) -> int | None:
    """Return which way to put the question was taken."""
    ways = [" ".join(text.split()) for text in understand(answer.question, earlier).texts]
    return ways.index(answer.rewritten) if answer.rewritten in ways else None


def _read(file: Path, store: Store) -> Iterator[KeptTurn]:
    """Yield the turns of a file; a line that was not written to its end is passed over."""
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, UsageError):
            yield _turn_of(json.loads(line), store)


def _turn_json(answer: Answer, wording: int | None, now: datetime, store: Store) -> dict[str, Any]:
    return {
        "at": now.isoformat(timespec="milliseconds"),
        "question": answer.question,
        "wording": wording,
        "filters": dict(answer.filters),
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "quotes": [_quote_json(quote, store) for quote in answer.quotes],
        "answering": _answering(answer),
    }


def _answering(answer: Answer) -> list[int]:
    """Return the position of the first quote of each of the answers."""
    said = [quote.answer for quote in answer.quotes]
    return [said.index(each) for each in answer.answers if each in said]


def _quote_json(quote: Quote, store: Store) -> dict[str, Any]:
    citation = quote.citation
    answer = context = None
    if quote.answer_start is not None and quote.answer_end is not None:
        answer = [citation.start + quote.answer_start, citation.start + quote.answer_end]
    if quote.context is not None and quote.context_start is not None:
        context = [quote.context_start, quote.context_start + len(quote.context)]
    return {
        "path": store.shorten(citation.path),
        "record": citation.record,
        "text_sha256": citation.text_sha256,
        "span": [citation.start, citation.end],
        "answer": answer,
        "context": context,
        "score": round(quote.score, 4),
        "agrees": quote.agrees,
    }


def _turn_of(kept: Mapping[str, Any], store: Store) -> KeptTurn:
    """Return a turn as it was kept; raise `ValueError`, `KeyError` or `TypeError` where it was not."""
    return KeptTurn(
        at=datetime.fromisoformat(kept["at"]).astimezone(UTC).isoformat(),
        question=str(kept["question"]),
        wording=None if kept["wording"] is None else int(kept["wording"]),
        filters=Narrowing(**kept["filters"]).as_mapping(),
        answered=bool(kept["answered"]),
        confidence=_share_of(kept["confidence"]),
        quotes=tuple(
            KeptQuote(
                path=store.expand(quote["path"]),
                record=quote["record"],
                text_sha256=str(quote["text_sha256"]),
                span=_span_of(quote["span"]),
                answer=None if quote["answer"] is None else _span_of(quote["answer"]),
                context=None if quote["context"] is None else _span_of(quote["context"]),
                score=float(quote["score"]),
                agrees=bool(quote["agrees"]),
            )
            for quote in kept["quotes"]
        ),
        answering=tuple(_position_of(at) for at in kept.get("answering", ())),
    )


def _position_of(value: int) -> int:
    if value < 0:
        raise ValueError(value)
    return int(value)


def _share_of(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)


def _span_of(bounds: Sequence[int]) -> Span:
    start, end = bounds
    return Span(int(start), int(end))
