"""Make the articles that are indexed, and know where each paragraph of a dataset stands in them."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from index.errors import UsageError
from index.snapshot import Snapshot
from index.spans import Span
from index.store import Store
from qa.evaluate.dataset import Dataset, GoldQuestion, read_dataset
from qa.squad import SquadArticle

_LONGEST_NAME = 60


class LeaveOut(StrEnum):
    """What is kept out of the index, every second one of it, so that its questions have to be refused."""

    ARTICLES = "articles"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True, slots=True, order=True)
class ParagraphPlace:
    """Where a paragraph stands: an article's file and record, and the paragraph's first code point in it."""

    path: Path
    record: int | None
    start: int

    def gold_span(self, span: Span) -> Span:
        """Return a span of the paragraph in the article's coordinates."""
        return Span(self.start + span.start, self.start + span.end)


Places: TypeAlias = Mapping[str, Sequence[ParagraphPlace]]
"""The places of each indexed paragraph, by its words: a copy in another article is as good."""


def lay_out(
    datasets: Sequence[Dataset], distractors: Sequence[Dataset], folder: Path, *, leave_out: LeaveOut | None
) -> Places:
    """Write articles as text files below `folder`: a title, an empty line, paragraphs.

    Nothing is left out of `distractors`, but articles that share a paragraph with the `datasets`
    are: what was left out must not come back by them.
    """
    places: dict[str, list[ParagraphPlace]] = {}
    asked = {paragraph.context for dataset in datasets for a in dataset.articles for paragraph in a.paragraphs}
    for number, dataset in enumerate(datasets):
        for position, article in enumerate(dataset.articles):
            if leave_out is not LeaveOut.ARTICLES or position % 2 == 0:
                path = folder / f"dataset-{number:02d}" / _name(position, article)
                step = 2 if leave_out is LeaveOut.PARAGRAPHS else 1
                _write(path, article.title, [p.context for p in article.paragraphs[::step]], places)
    for number, dataset in enumerate(distractors):
        for position, article in enumerate(dataset.articles):
            contexts = [paragraph.context for paragraph in article.paragraphs]
            if asked.isdisjoint(contexts):
                _write(folder / f"distractor-{number:02d}" / _name(position, article), article.title, contexts, places)
    return places


def _name(position: int, article: SquadArticle) -> str:
    title = re.sub(r"\W+", "_", article.title)
    return f"{position:04d}_{title[:_LONGEST_NAME]}.txt"


def _write(path: Path, title: str, contexts: Iterable[str], places: dict[str, list[ParagraphPlace]]) -> None:
    """Write one article, and enter the places of its paragraphs."""
    text = f"{title}\n"
    for context in contexts:
        text += "\n"
        places.setdefault(context, []).append(ParagraphPlace(path, None, len(text)))
        text += context.rstrip("\n") + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "replace"))  # a lone surrogate becomes one other character


def split_distractors(arguments: Iterable[str]) -> tuple[tuple[Path, ...], tuple[Dataset, ...]]:
    """Return what was named as folders of articles, absolute, and as datasets."""
    folders, datasets = [], []
    for argument in arguments:
        path = Path(os.path.abspath(argument))
        if path.is_dir():
            folders.append(path)
        else:
            datasets.append(read_dataset(argument))
    return tuple(folders), tuple(datasets)


def locate(questions: Iterable[GoldQuestion], snapshot: Snapshot, store: Store) -> Places:
    """Find the questions' paragraphs, verbatim, in the indexed articles; raise `UsageError` if none is there."""
    contexts = dict.fromkeys(question.context for question in questions)
    places: dict[str, list[ParagraphPlace]] = {}
    for file in snapshot.files():
        for place in snapshot.places_at(store.shorten(file.path)):
            content = snapshot.text(place.text_id).content
            for context in contexts:
                if context.strip() and (start := content.find(context)) >= 0:
                    places.setdefault(context, []).append(ParagraphPlace(place.path, place.record, start))
    if not places:
        raise UsageError(
            "none of the dataset's paragraphs stands in the articles",
            "name the folder they are from, or leave --articles away to have articles made of the dataset",
        )
    return places
