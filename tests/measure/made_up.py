"""Set paragraphs of news among their neighbours: a reader reads about three of them at once.

`tests/measure/made_up` holds articles that were written to train on, with questions of each paragraph: a third
of them ask what the article does not say. Nobody and nothing of them is in `tests/measure/news`, which measures.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.spans import Span
from qa.squad import SquadArticle, SquadParagraph, SquadQuestion

MADE_UP = Path(__file__).parent / "made_up"
"""`news.json` and `encyclopedia.json`, in SQuAD 2.0's format, and more questions of each: in other words than the
article's, and, of the news, short ones, as people type them who have an article in mind."""

BETWEEN = "\n\n"
"""What stands between two paragraphs, as in an article's file."""


def asked_besides(articles: Sequence[SquadArticle], path: Path, *, keep: bool = False) -> Sequence[SquadArticle]:
    """Return articles with the questions of a file in place of their own, or, with `keep`, behind them.

    The file is a list of `[article, paragraph, question, answers]`, the first two counted from 0; an answer
    stands once in its paragraph. Raises `ValueError` where one does not.
    """
    asked: dict[tuple[int, int], list[SquadQuestion]] = {}
    for article, paragraph, question, answers in json.loads(path.read_text(encoding="utf-8")):
        context = articles[article].paragraphs[paragraph].context
        spans = [_only(answer, context) for answer in answers]
        asked.setdefault((article, paragraph), []).append(SquadQuestion(question, tuple(answers), tuple(spans)))
    return [
        replace(
            article,
            paragraphs=tuple(
                replace(paragraph, questions=(*(paragraph.questions if keep else ()), *asked.get((number, place), ())))
                for place, paragraph in enumerate(article.paragraphs)
            ),
        )
        for number, article in enumerate(articles)
    ]


def _only(answer: str, context: str) -> Span:
    start = context.index(answer)
    if context.find(answer, start + 1) >= 0:
        raise ValueError(f"{answer!r} stands more than once in {context!r}")
    return Span(start, start + len(answer))


def as_squad(articles: Sequence[SquadArticle]) -> Sequence[Mapping[str, Any]]:
    """Return articles in SQuAD's format."""
    return [
        {
            "title": article.title,
            "paragraphs": [{"context": each.context, "qas": _moved(each, 0)} for each in article.paragraphs],
        }
        for article in articles
    ]


def among_neighbours(articles: Sequence[SquadArticle]) -> Sequence[Mapping[str, Any]]:
    """Return the same, each paragraph that is asked about between the one before and the one after."""
    return [
        {
            "title": article.title,
            "paragraphs": [
                _around(article, number) for number, paragraph in enumerate(article.paragraphs) if paragraph.questions
            ],
        }
        for article in articles
    ]


def _around(article: SquadArticle, number: int) -> Mapping[str, Any]:
    """Return a paragraph of an article, counted from 0, between its neighbours."""
    paragraph = article.paragraphs[number]
    before = "".join(each.context + BETWEEN for each in article.paragraphs[max(0, number - 1) : number])
    after = "".join(BETWEEN + each.context for each in article.paragraphs[number + 1 : number + 2])
    return {"context": before + paragraph.context + after, "qas": _moved(paragraph, len(before))}


def _moved(paragraph: SquadParagraph, by: int) -> list[Mapping[str, Any]]:
    return [
        {
            "question": question.text,
            "answers": [
                {"text": span.of(paragraph.context), "answer_start": span.start + by} for span in question.spans
            ],
            "is_impossible": not question.answers,
        }
        for question in paragraph.questions
    ]
