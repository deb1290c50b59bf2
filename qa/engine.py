"""Answer questions over an index: the one place that knows the order of the stages."""

import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Self

from index.embedder import Embedder, OnnxEmbedder
from index.errors import NoIndexError, QaError, UsageError
from index.late_embedder import LateEmbedder
from index.model_folder import ModelFolder
from index.records import Place, Recipe, Settings
from index.selection import SelectedArticles, select_articles
from index.snapshot import Snapshot
from index.staleness import Staleness
from index.store import Store
from index.words import Stemmer
from qa.answer import Answer, IndexState
from qa.awaited_reader import AwaitedReader
from qa.checking import Check
from qa.composing import Composed, compose, verified
from qa.conversation import NOTHING_SAID, Conversation
from qa.explanation import Explanation
from qa.file_hashes import FileHashes
from qa.finding import Findings, Models, find_answers
from qa.following import OpenIndex
from qa.lookout import PATIENCE_SECONDS, Lookout
from qa.narrowing import EVERYTHING, ListedArticle, Narrowing, Selection, nothing_left
from qa.question import parse_question
from qa.reader import MakeReader
from qa.readers import shipped_reader
from qa.wordings import Wordings, choose

QUOTES = 3
"""Quotes in an answer, unless asked otherwise."""


class Engine:
    """An open index that answers questions; close it, or use it in a `with` block.

    What other processes publish meanwhile is seen at the next question. Threads may share it; they
    wait for each other.
    """

    def __init__(
        self,
        store: Store,
        *,
        notify: Callable[[str], None],
        open_embedder: Callable[[ModelFolder], Embedder] = OnnxEmbedder,
        make_reader: MakeReader = shipped_reader,
        least_confidence: float | None = None,
        once: bool = False,
    ) -> None:
        """Open the index in `store`; `notify` is told, in a line, when something is amiss.

        What is less probable than `least_confidence` is not called an answer; None stands for the
        reader's own threshold. `once` says that one question only will be asked: Chroma, which takes
        long to load, is then not used.
        """
        self._store = store
        self._open_embedder = open_embedder
        self._make_reader = make_reader
        self._least_confidence = least_confidence
        self._index = OpenIndex(store, notify=notify, once=once)
        self._stemmer = Stemmer()
        self._models: tuple[Recipe, Models] | None = None
        self._lookout = Lookout(store)
        self._hashes = FileHashes()
        self._selected: tuple[object, SelectedArticles] | None = None
        self._loading = threading.Lock()
        self._preparing: threading.Thread | None = None
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="reader")

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
        try:
            if self._preparing is not None:
                self._preparing.join()
        finally:
            self._beside.shutdown()
            self._lookout.close()
            self._index.close()
            self._stemmer.close()

    def ask(
        self,
        text: str,
        *,
        limit: int = QUOTES,
        verify: bool = True,
        narrowing: Narrowing = EVERYTHING,
        earlier: Conversation = NOTHING_SAID,
        explain: bool = False,
    ) -> Answer:
        """Answer one question with up to `limit` quotes, from the articles that `narrowing` leaves.

        With `verify` each cited file is read again and compared. What the question leaves open, such
        as whom `he` stands for, is taken from what was said `earlier`. With `explain` the answer says
        how it came about. Raises a `QaError`.
        """
        if limit < 1:
            raise UsageError(f"an answer cannot have {limit} quotes", "ask for 1 or more")
        began = time.perf_counter()
        with self._index.reading() as snapshot:
            settings = self._settings(snapshot)
            self._lookout.begin(settings.last_run.began)
            chosen = self._choose(snapshot, settings, narrowing)
            models = self._load(snapshot.recipe(settings.recipe_id))
            within = chosen.of_texts if chosen else None
            found, rewritten = self._find(text, earlier, models, snapshot, within)
            places = {
                id: [snapshot.place(article) for article in within[id]] if within else snapshot.places(id)
                for id in found.texts
            }
            composed = compose(found, places, limit=limit)
            firsts = {id: first for id, (first, *_) in places.items()}
            state = self._state(snapshot, settings)
        check = Check(self._hashes)
        quotes = tuple(verified(quote, check) for quote in composed.quotes) if verify else composed.quotes
        threshold = models.reader.threshold if self._least_confidence is None else self._least_confidence
        answered = bool(quotes) and found.confidence >= threshold
        return Answer(
            question=text,
            rewritten=rewritten,
            filters=narrowing.as_mapping(),
            answered=answered,
            answer=quotes[0].answer if answered else None,
            confidence=found.confidence,
            quotes=quotes,
            index=state,
            elapsed_ms=round((time.perf_counter() - began) * 1000),
            answers=composed.answers if answered else (),
            undated=chosen.undated if chosen else 0,
            explanation=_explain(found, composed, firsts, threshold, answered=answered) if explain else None,
        )

    def prepare(self) -> None:
        """Begin to load the models, in a thread of their own, so that the first question need not wait for them."""
        self._preparing = threading.Thread(target=self._prepare, daemon=True)
        self._preparing.start()

    def articles(self) -> int:
        """Return the number of articles in the index."""
        with self._index.reading() as snapshot:
            return snapshot.totals().articles

    def selection(self, narrowing: Narrowing) -> Selection:
        """Return how many articles a narrowing leaves; it may be none."""
        with self._index.reading() as snapshot:
            if not narrowing:
                return Selection(snapshot.totals().articles, 0)
            selected = self._select(snapshot, self._settings(snapshot), narrowing)
        return Selection(len(selected.articles), selected.undated)

    def listing(self, narrowing: Narrowing = EVERYTHING) -> tuple[ListedArticle, ...]:
        """Return the articles that a narrowing leaves, in the order of paths and records."""
        with self._index.reading() as snapshot:
            selected = self._select(snapshot, self._settings(snapshot), narrowing)
        return tuple(
            ListedArticle(
                title=article.title,
                path=self._store.expand(article.path),
                record=article.record,
                date=article.date,
                source=article.source,
            )
            for article in selected.articles
        )

    def staleness(self) -> Staleness:
        """Tell how the folders differ from what is indexed; looks again after `FRESH_SECONDS` or more."""
        with self._index.reading() as snapshot:
            run = self._settings(snapshot).last_run.began
        self._lookout.begin(run)
        return self._lookout.staleness(run)

    def _settings(self, snapshot: Snapshot) -> Settings:
        settings = snapshot.settings()
        if settings is None:
            raise NoIndexError(f"the index in {self._store.path} was never finished", "run qa index FOLDER")
        return settings

    def _choose(self, snapshot: Snapshot, settings: Settings, narrowing: Narrowing) -> SelectedArticles | None:
        """Return the articles to ask, None for all of them; raise `UsageError` where there are none."""
        if not narrowing:
            return None
        selected = self._select(snapshot, settings, narrowing)
        if not selected.articles:
            raise nothing_left(narrowing, selected.undated)
        return selected

    def _select(self, snapshot: Snapshot, settings: Settings, narrowing: Narrowing) -> SelectedArticles:
        """Return the articles that a narrowing leaves, unless it is the last one, of the same run's result."""
        key = (self._index.identity, settings.last_run.began, narrowing)
        if self._selected is None or self._selected[0] != key:
            self._selected = (key, select_articles(snapshot, **narrowing.as_mapping()))
        return self._selected[1]

    def _find(
        self, text: str, earlier: Conversation, models: Models, snapshot: Snapshot, within: Collection[int] | None
    ) -> tuple[Findings, str | None]:
        """Return what was found for the best way to put a question, and that way, None where it is the question."""
        wordings = _understand(text, earlier)
        near = {self._store.shorten(path) for path in wordings.near}
        recalled = parse_question(wordings.recalled, self._stemmer, snapshot) if wordings.recalled else None
        tried = [
            find_answers(
                wording,
                models,
                snapshot,
                self._index.search,
                self._stemmer,
                within=within,
                near=near,
                recalled=recalled,
            )
            for wording in wordings.texts
        ]
        taken = choose([each.confidence for each in tried])
        found = tried[taken]
        return found, found.question.text if wordings.texts[taken] != text else None

    def _load(self, recipe: Recipe) -> Models:
        """Return the models that the published index was made with, loaded once.

        The reader is loaded beside the embedder, and beside what else comes before reading.
        """
        with self._loading:
            if self._models is None or self._models[0] != recipe:
                embedder = LateEmbedder(lambda: self._open_embedder(ModelFolder(self._store.models / recipe.model)))
                reader = AwaitedReader(self._beside.submit(self._make_reader, embedder, self._stemmer))
                embedder.prepare()
                self._models = (recipe, Models(embedder, reader))
            return self._models[1]

    def _prepare(self) -> None:
        # What is amiss is said when a question needs it.
        with suppress(QaError, OSError):
            with self._index.reading() as snapshot:
                settings = self._settings(snapshot)
                recipe = snapshot.recipe(settings.recipe_id)
            self._load(recipe)
            self._index.search.prepare(settings)

    def _state(self, snapshot: Snapshot, settings: Settings) -> IndexState:
        stale = self._lookout.staleness(settings.last_run.began, patience=PATIENCE_SECONDS)
        return IndexState(snapshot.totals().articles, settings.generation, bool(stale))


def _understand(text: str, earlier: Conversation) -> Wordings:
    """Return the ways to put a question; where nothing was said, what reads a conversation is not loaded."""
    if not earlier.turns:
        return Wordings((text,))
    from qa.followup import understand

    return understand(text, earlier)


def _explain(
    found: Findings, composed: Composed, firsts: Mapping[int, Place], threshold: float, *, answered: bool
) -> Explanation:
    from qa.explaining import explain_answer

    return explain_answer(found, composed.spans, firsts, threshold=threshold, answered=answered)
