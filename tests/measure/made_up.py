"""Set paragraphs of news among their neighbours: a reader reads about three of them at once.

`tests/measure/made_up` holds articles that were written to train on, with questions of each paragraph: a third
of them ask what the article does not say. Nobody and nothing of them is in `tests/measure/news`, which measures.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.squad import SquadArticle, SquadParagraph, read_squad

MADE_UP = Path(__file__).parent / "made_up"
"""`news.json` and `encyclopedia.json`, in SQuAD 2.0's format."""

BETWEEN = "\n\n"
"""What stands between two paragraphs, as in an article's file."""


def among_neighbours(path: Path) -> Sequence[Mapping[str, Any]]:
    """Return the articles of a file, each paragraph that is asked about between the one before and the one after."""
    return [
        {
            "title": article.title,
            "paragraphs": [
                _around(article, number) for number, paragraph in enumerate(article.paragraphs) if paragraph.questions
            ],
        }
        for article in read_squad(path)
    ]


def _around(article: SquadArticle, number: int) -> Mapping[str, Any]:
    """Return a paragraph of an article, counted from 0, between its neighbours."""
    paragraph = article.paragraphs[number]
    before = "".join(each.context + BETWEEN for each in article.paragraphs[max(0, number - 1) : number])
    after = "".join(BETWEEN + each.context for each in article.paragraphs[number + 1 : number + 2])
    return {"context": before + paragraph.context + after, "qas": list(_moved(paragraph, len(before)))}


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
