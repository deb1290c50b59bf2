"""Answer questions over an index: the one place that knows the order of the stages."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from index.embedder import Embedder, OnnxEmbedder
from index.errors import NoIndexError
from index.model_folder import ModelFolder
from index.nearest import VectorSearch
from index.records import Place, Settings, StoredText
from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.staleness import Staleness, find_staleness
from index.store import Store
from index.words import Stemmer
from qa.answer import Answer, IndexState, Quote
from qa.answer_kind import asks_for_several
from qa.citations import cite, still_says
from qa.conversation import NOTHING_SAID, Conversation
from qa.followup import choose, understand
from qa.merging import ALTERNATIVE_SHARE, AnswerGroup, answer_key, arrange, merge
from qa.question import Question, parse_question
from qa.quotes import QuotedSpan, quote_candidates
from qa.reader import Candidate, MakeReader, Reader
from qa.readers import shipped_reader
from qa.retrieval import retrieve

QUOTES = 3
"""Quotes in an answer, unless asked otherwise."""

HITS = 20
"""Passages handed to the reader."""

_STALENESS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Findings:
    """What one way to put a question found: the question, its candidates, best first, and all texts by their ids."""

    question: Question
    candidates: tuple[Candidate, ...]
    texts: Mapping[int, StoredText]

    @property
    def confidence(self) -> float:
        return self.candidates[0].score if self.candidates else 0.0


class Engine:
    """An open index that answers questions; close it, or use it in a `with` block.

    What other processes publish meanwhile is seen at the next question. One question at a time.
    """

    def __init__(
        self,
        store: Store,
        *,
        notify: Callable[[str], None],
        open_embedder: Callable[[ModelFolder], Embedder] = OnnxEmbedder,
        make_reader: MakeReader = shipped_reader,
        least_confidence: float | None = None,
    ) -> None:
        """Open the index in `store`; `notify` is told, in a line, when something is amiss.

        What is less probable than `least_confidence` is not called an answer; None stands for the
        reader's own threshold.
        """
        self._store = store
        self._open_embedder = open_embedder
        self._make_reader = make_reader
        self._least_confidence = least_confidence
        self._connection = open_catalog(store.catalog)
        self._search = VectorSearch(store, notify=notify)
        self._stemmer = Stemmer()
        self._model: tuple[int, Embedder, Reader] | None = None
        self._staleness: tuple[float, float, Staleness] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def store(self) -> Store:
        """The store that holds the index."""
        return self._store

    def close(self) -> None:
        """Let go of the index."""
        self._search.close()
        self._stemmer.close()
        self._connection.close()

    def ask(
        self, text: str, *, limit: int = QUOTES, verify: bool = True, earlier: Conversation = NOTHING_SAID
    ) -> Answer:
        """Answer one question with up to `limit` quotes.

        With `verify` each cited file is read again and compared. What the question leaves open, such
        as whom `he` stands for, is taken from what was said `earlier`. Raises a `QaError`.
        """
        began = time.perf_counter()
        with reading(self._connection, self._store) as snapshot:
            settings = self._settings(snapshot)
            embedder, reader = self._load(snapshot, settings)
            wordings = understand(text, earlier)
            tried = [self._find(each, wordings.near, snapshot, embedder, reader) for each in wordings.texts]
            taken = choose([each.confidence for each in tried])
            found, wording = tried[taken], wordings.texts[taken]
            question, candidates, texts = found.question, found.candidates, found.texts
            places = {id: snapshot.places(id)[0] for id in texts}
            dates = {id: place.date for id, place in places.items()}
            groups = merge(candidates, texts)
            ordered = [each for group in arrange(groups, dates) for each in group.candidates]
            spans = quote_candidates(ordered, texts, limit=limit)
            quotes = _quote(spans, texts, places)
            state = self._state(snapshot, settings)
        if verify:
            quotes = tuple(_verified(quote) for quote in quotes)
        confidence = found.confidence
        threshold = reader.threshold if self._least_confidence is None else self._least_confidence
        answered = bool(quotes) and confidence >= threshold
        return Answer(
            question=text,
            rewritten=question.text if wording != text else None,
            filters={},
            answered=answered,
            answer=quotes[0].answer if answered else None,
            confidence=confidence,
            quotes=quotes,
            index=state,
            elapsed_ms=round((time.perf_counter() - began) * 1000),
            answers=_answers(question.text, groups, spans, texts) if answered else (),
        )

    def _find(
        self, text: str, near: frozenset[Path], snapshot: Snapshot, embedder: Embedder, reader: Reader
    ) -> _Findings:
        question = parse_question(text, self._stemmer, snapshot)
        vector = embedder.embed_question(question.text)
        hits = retrieve(
            question, vector, snapshot, self._search, limit=HITS, near={self._store.shorten(path) for path in near}
        )
        texts = {id: snapshot.text(id) for id in dict.fromkeys(hit.passage.text_id for hit in hits)}
        return _Findings(question, reader.read(question, hits, texts), texts)

    def articles(self) -> int:
        """Return the number of articles in the index."""
        with reading(self._connection, self._store) as snapshot:
            return snapshot.count("article")

    def staleness(self) -> Staleness:
        """Tell how the folders differ from what is indexed; looks again after two seconds."""
        with reading(self._connection, self._store) as snapshot:
            return self._look(snapshot, self._settings(snapshot))

    def _settings(self, snapshot: Snapshot) -> Settings:
        settings = snapshot.settings()
        if settings is None:
            raise NoIndexError(f"the index in {self._store.path} was never finished", "run qa index FOLDER")
        return settings

    def _load(self, snapshot: Snapshot, settings: Settings) -> tuple[Embedder, Reader]:
        """Return the models that the published index was made with, loaded once."""
        if self._model is None or self._model[0] != settings.recipe_id:
            recipe = snapshot.recipe(settings.recipe_id)
            embedder = self._open_embedder(ModelFolder(self._store.models / recipe.model))
            self._model = (recipe.id, embedder, self._make_reader(embedder, self._stemmer))
        return self._model[1], self._model[2]

    def _state(self, snapshot: Snapshot, settings: Settings) -> IndexState:
        return IndexState(snapshot.count("article"), settings.generation, bool(self._look(snapshot, settings)))

    def _look(self, snapshot: Snapshot, settings: Settings) -> Staleness:
        """Compare with the folders, unless that was done just now for the same run's result."""
        now, run = time.monotonic(), settings.last_run.began
        if self._staleness is None or self._staleness[1] != run or now - self._staleness[0] > _STALENESS_SECONDS:
            self._staleness = (now, run, find_staleness(self._store, snapshot))
        return self._staleness[2]


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


def _verified(quote: Quote) -> Quote:
    citation = quote.citation
    holds = still_says(citation, quote.text, citation.start)
    if holds and quote.context is not None and quote.context_start is not None:
        holds = still_says(citation, quote.context, quote.context_start)
    return replace(quote, verified=holds)
