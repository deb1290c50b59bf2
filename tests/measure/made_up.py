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


def asked_besides(articles: Sequence[SquadArticle], path: Path) -> Sequence[SquadArticle]:
    """Return articles with the questions of a file in place of their own.

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
                replace(paragraph, questions=tuple(asked.get((number, place), ())))
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


def among_neighbours(articles: Sequence[SquadArticle], *, beside: int = 1) -> Sequence[Mapping[str, Any]]:
    """Return articles in SQuAD's format, each paragraph that is asked about between `beside` on either side."""
    return [
        {
            "title": article.title,
            "paragraphs": [
                _around(article.paragraphs, number, beside)
                for number, paragraph in enumerate(article.paragraphs)
                if paragraph.questions
            ],
        }
        for article in articles
    ]


def _around(paragraphs: Sequence[SquadParagraph], number: int, beside: int) -> Mapping[str, Any]:
    """Return a paragraph, counted from 0, between its neighbours."""
    before = "".join(each.context + BETWEEN for each in paragraphs[max(0, number - beside) : number])
    after = "".join(BETWEEN + each.context for each in paragraphs[number + 1 : number + 1 + beside])
    told = paragraphs[number]
    return {"context": before + told.context + after, "qas": list(_moved(told, len(before)))}


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
