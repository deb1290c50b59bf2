"""Choose what is asked: the articles and questions of a dataset."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import UsageError
from index.spans import Span
from qa.squad import SquadArticle, read_squad

_POSITIONS = re.compile(r"(?P<path>.+):(?P<positions>\d+(?:,\d+)*)")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The articles chosen of a SQuAD-format file; `name` tells the file and the choice."""

    name: str
    articles: tuple[SquadArticle, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, the paragraph it was asked of, the answers and their spans in that paragraph.

    `article` is its article's position among those chosen. One without answers has none in its
    paragraph. One with answers but without spans has none of them where its file says.
    """

    text: str
    article: int
    context: str
    answers: tuple[str, ...]
    spans: tuple[Span, ...]


def read_dataset(argument: str) -> Dataset:
    """Return the dataset that `FILE` or `FILE:POSITIONS` names, as in `dev.json:6,18,30,42`.

    Positions are of articles, counted from 0; the file's order is kept. Raises a `QaError`.
    """
    path = Path(argument)
    chosen = None if path.exists() else _POSITIONS.fullmatch(argument)
    if chosen is None:
        return Dataset(path.name, read_squad(path))
    path = Path(chosen["path"])
    articles = read_squad(path)
    positions = sorted({int(position) for position in chosen["positions"].split(",")})
    if positions[-1] >= len(articles):
        raise UsageError(
            f"there is no article {positions[-1]} in {path}", f"name positions from 0 to {len(articles) - 1}"
        )
    name = f"{path.name}:{','.join(map(str, positions))}"
    return Dataset(name, tuple(articles[position] for position in positions))


def gold_questions(dataset: Dataset) -> list[GoldQuestion]:
    """Return all the questions of a dataset, in order."""
    return [
        GoldQuestion(question.text, number, paragraph.context, question.answers, question.spans)
        for number, article in enumerate(dataset.articles)
        for paragraph in article.paragraphs
        for question in paragraph.questions
    ]


def sample(questions: Sequence[GoldQuestion], limit: int | None) -> list[GoldQuestion]:
    """Return at most `limit` of the questions, evenly spread, always the same."""
    if limit is None or limit >= len(questions):
        return list(questions)
    return [questions[number * len(questions) // limit] for number in range(limit)]
