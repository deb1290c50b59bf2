"""Run an evaluation: the one place that knows the order of its stages."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from index.build import update_index
from index.embedder import Embedder, OnnxEmbedder
from index.errors import UsageError
from index.export import DEFAULT_EMBEDDER
from index.inputs import BuildOptions
from index.model_folder import ModelFolder
from index.run import Progress
from index.schema import open_catalog
from index.snapshot import reading
from index.store import STORE_NAME, Store
from qa.engine import Engine
from qa.evaluate.answer_report import Asked, report_answers
from qa.evaluate.asking import Outcome, ask_all
from qa.evaluate.corpus import LeaveOut, Places, lay_out, locate, split_distractors
from qa.evaluate.dataset import Dataset, GoldQuestion, gold_questions, read_dataset, sample
from qa.evaluate.figures import Report
from qa.evaluate.reader_report import Read, report_reader
from qa.evaluate.reading import read_all
from qa.evaluate.recall import NOWHERE, Ranks, rank_all
from qa.reader import MakeReader
from qa.span_model import SpanModel

TOGETHER = "together"
"""The name of the report of all datasets."""

_WARM_UP = "Is this a question?"
_Item = TypeVar("_Item")
_Given = TypeVar("_Given", contravariant=True)


class Screen(Protocol):
    """Where a run says what it does."""

    def notify(self, line: str) -> None:
        """Say what is amiss, or what takes long."""

    def indexing(self) -> Progress:
        """Return what shows how far the index is."""

    def counted(self, items: Iterable[_Item], total: int, what: str) -> Iterable[_Item]:
        """Yield the items, and show how many of the `total` are done."""


class _Reporter(Protocol[_Given]):
    """Take a report of some questions."""

    def __call__(self, name: str, asked: Sequence[_Given], /, *, articles: int) -> Report:
        """Return the report over `asked`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalOptions:
    """What a user asked of an evaluation; `models` is a folder of exported models to use, if there is one."""

    datasets: tuple[str, ...]
    limit: int | None = None
    articles: Path | None = None
    distractors: tuple[str, ...] = ()
    leave_out: LeaveOut | None = None
    embedder: str | None = None
    models: Path | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A dataset's questions that are asked, and the number of its first article among all."""

    dataset: Dataset
    questions: Sequence[GoldQuestion]
    first_article: int


def evaluate(
    options: EvalOptions,
    work: Path,
    *,
    screen: Screen,
    make_reader: MakeReader,
    open_embedder: Callable[[ModelFolder], Embedder] = OnnxEmbedder,
) -> list[Report]:
    """Index articles in the folder `work`, ask all questions, return a report a dataset and one of all.

    Raises a `QaError`.
    """
    datasets = [read_dataset(argument) for argument in options.datasets]
    store = Store(work / STORE_NAME)
    places = _index(options, datasets, store, screen, open_embedder)
    if options.articles is not None:
        with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
            places = locate((q for dataset in datasets for q in gold_questions(dataset)), snapshot, store)
    parts = _parts(datasets, options, screen, places)
    embedder = open_embedder(_model(store))
    with Engine(store, notify=screen.notify, open_embedder=lambda _: embedder, make_reader=make_reader) as engine:
        engine.ask(_WARM_UP, verify=False)  # loading the models is no question's time
        outcomes = [
            list(ask_all(engine, screen.counted(part.questions, len(part.questions), "asking"), places))
            for part in parts
        ]
    asked = [
        list(_asked(part, found, _ranks(found, store, embedder, places, screen)))
        for part, found in zip(parts, outcomes, strict=True)
    ]
    return _reports(parts, asked, report_answers)


def evaluate_reader(options: EvalOptions, model: SpanModel, *, screen: Screen) -> list[Report]:
    """Give the model each question with its own paragraph; return a report a dataset and one of all."""
    parts = _parts([read_dataset(argument) for argument in options.datasets], options, screen, None)
    read = []
    for part in parts:
        refusable = any(not question.answers for question in gold_questions(part.dataset))
        readings = read_all(model, screen.counted(part.questions, len(part.questions), "reading"))
        read.append([Read(r, part.first_article + r.question.article, refusable) for r in readings])
    return _reports(parts, read, report_reader)


def _index(
    options: EvalOptions,
    datasets: Sequence[Dataset],
    store: Store,
    screen: Screen,
    open_embedder: Callable[[ModelFolder], Embedder],
) -> Places:
    """Index what the options say; return where the paragraphs of articles made of datasets stand."""
    folders, distractors = split_distractors(options.distractors)
    made = store.path.parent / "articles"
    own = datasets if options.articles is None else ()
    places = lay_out(own, distractors, made, leave_out=options.leave_out)
    named = () if options.articles is None else (Path(os.path.abspath(options.articles)),)
    store.create()
    if options.models is not None and options.models.is_dir():
        shutil.copytree(options.models, store.models, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
    build = BuildOptions(
        roots=(*((made,) if made.exists() else ()), *named, *folders), embedder=options.embedder or DEFAULT_EMBEDDER
    )
    update_index(store, build, notify=screen.notify, progress=screen.indexing(), open_embedder=open_embedder)
    return places


def _parts(datasets: Sequence[Dataset], options: EvalOptions, screen: Screen, places: Places | None) -> list[_Part]:
    """Choose the questions of each dataset; those that cannot be judged at a place are left out, and counted."""
    parts, first_article = [], 0
    for dataset in datasets:
        every = gold_questions(dataset)
        chosen = every if places is None else [q for q in every if _can_be_judged(q, options, places)]
        if len(chosen) < len(every):
            screen.notify(
                f"{dataset.name}: {len(every) - len(chosen):,} of {len(every):,} questions left out,"
                " their answers or paragraphs are not where they should be"
            )
        if not chosen:
            raise UsageError(f"no question of {dataset.name} can be asked", "check its answers' places")
        parts.append(_Part(dataset, sample(chosen, options.limit), first_article))
        first_article += len(dataset.articles)
    return parts


def _can_be_judged(question: GoldQuestion, options: EvalOptions, places: Places) -> bool:
    """Tell whether the question's answers have places, and its paragraph too in articles that we did not make."""
    placed = bool(question.spans) or not question.answers
    return placed and (options.articles is None or question.context in places)


def _model(store: Store) -> ModelFolder:
    """Return the model that the index was made with."""
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        settings = snapshot.settings()
        assert settings is not None
        return ModelFolder(store.models / snapshot.recipe(settings.recipe_id).model)


def _ranks(
    outcomes: Sequence[Outcome], store: Store, embedder: Embedder, places: Places, screen: Screen
) -> Iterator[Ranks]:
    """Yield the ranks for each outcome: nowhere for questions to be refused, which are not looked up."""
    present = [outcome.question for outcome in outcomes if outcome.present]
    counted = screen.counted(present, len(present), "looking up")
    ranks = rank_all(store, embedder, counted, places, notify=screen.notify)
    for outcome in outcomes:
        yield next(ranks) if outcome.present else NOWHERE


def _asked(part: _Part, outcomes: Iterable[Outcome], ranks: Iterable[Ranks]) -> Iterator[Asked]:
    for outcome, found in zip(outcomes, ranks, strict=True):
        yield Asked(outcome, found, part.first_article + outcome.question.article)


def _reports(parts: Sequence[_Part], asked: Sequence[Sequence[_Item]], report: "_Reporter[_Item]") -> list[Report]:
    """Return a report for each part, and where there are several one of all together."""
    reports = [
        report(part.dataset.name, items, articles=len(part.dataset.articles))
        for part, items in zip(parts, asked, strict=True)
    ]
    if len(parts) > 1:
        every = [item for items in asked for item in items]
        reports.append(report(TOGETHER, every, articles=sum(len(part.dataset.articles) for part in parts)))
    return reports
