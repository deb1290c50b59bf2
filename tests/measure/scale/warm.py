"""Ask an open index question after question, timing each and its stages: run in a process of its own."""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from index.embedder import Embedder, OnnxEmbedder
from index.model_folder import ModelFolder
from index.nearest import VectorSearch
from index.records import StoredText
from index.schema import open_catalog
from index.snapshot import reading
from index.staleness import find_staleness
from index.store import Store
from index.words import Stemmer
from qa.engine import Engine
from qa.question import Question, parse_question
from qa.reader import Reader, Reading
from qa.readers import shipped_reader
from qa.retrieval import NEAREST, Hit, retrieve

_FIRST = 2
"""Questions that are asked before and not counted: they load what is loaded once."""


@dataclass(frozen=True, slots=True)
class Stages:
    """Seconds that a question's stages take by themselves, once more and outside of the engine.

    To make its vector, to search by it, to take the question apart, and to retrieve by vector and words.
    """

    embed: float
    vectors: float
    parse: float
    retrieve: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What a warm question took, in seconds, and of that the reader; whether all quotes stood in their files."""

    whole: float
    read: float
    verified: bool
    stages: Stages


@dataclass(frozen=True, slots=True)
class Warm:
    """Questions asked of one open index, and the seconds that one look at its folders takes."""

    asked: tuple[Asked, ...]
    stale: float


class TimedReader:
    """A reader that remembers how long it read last."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.seconds = 0.0

    @property
    def threshold(self) -> float:
        """The reader's own threshold."""
        return self._reader.threshold

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Read as the reader does."""
        began = time.perf_counter()
        found = self._reader.read(question, hits, texts)
        self.seconds = time.perf_counter() - began
        return found


def ask_warm(store: Store, questions: Sequence[str]) -> Warm:
    """Ask all questions of one engine, and time its stages once more outside of it."""
    readers: list[TimedReader] = []

    def make(embedder: Embedder, stemmer: Stemmer) -> Reader:
        readers.append(TimedReader(shipped_reader(embedder, stemmer)))
        return readers[-1]

    whole: list[tuple[float, float, bool]] = []
    with Engine(store, notify=_tell, make_reader=make) as engine:
        for text in (*questions[:_FIRST], *questions):
            began = time.perf_counter()
            answer = engine.ask(text)
            seconds = time.perf_counter() - began
            whole.append((seconds, readers[-1].seconds, all(quote.verified for quote in answer.quotes)))
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        began = time.perf_counter()
        find_staleness(store, snapshot)
        stale = time.perf_counter() - began
    stages = time_stages(store, questions)
    return Warm(tuple(Asked(*each, parts) for each, parts in zip(whole[_FIRST:], stages, strict=True)), stale)


def time_stages(store: Store, questions: Sequence[str]) -> list[Stages]:
    """Time the stages of finding passages, each question's one after the other."""
    search, stemmer = VectorSearch(store, notify=_tell), Stemmer()
    found: list[Stages] = []
    with (
        closing(open_catalog(store.catalog)) as connection,
        closing(search),
        closing(stemmer),
        reading(connection, store) as snapshot,
    ):
        settings = snapshot.settings()
        assert settings is not None
        embedder = OnnxEmbedder(ModelFolder(store.models / snapshot.recipe(settings.recipe_id).model))
        search.prepare(settings)
        for text in questions:
            times = [time.perf_counter()]
            vector = embedder.embed_question(text)
            times.append(time.perf_counter())
            search.nearest(snapshot, vector, NEAREST)
            times.append(time.perf_counter())
            question = parse_question(text, stemmer, snapshot)
            times.append(time.perf_counter())
            retrieve(question, vector, snapshot, search, limit=NEAREST)
            times.append(time.perf_counter())
            found.append(Stages(*(after - before for before, after in pairwise(times))))
    return found


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def main() -> int:
    """Ask the questions in a JSON file of an index, the arguments; print what they took as JSON."""
    store, questions = sys.argv[1:]
    print(json.dumps(asdict(ask_warm(Store(Path(store)), json.loads(Path(questions).read_text(encoding="utf-8"))))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
