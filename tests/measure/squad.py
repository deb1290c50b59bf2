"""SQuAD-format data as a folder of articles, with each gold answer's place in its article."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.spans import Span

DEV_A = frozenset({0, 12, 24, 36})
"""Articles of new_wiki.json, counted from 0, to choose thresholds on."""

DEV_B = frozenset({6, 18, 30, 42})
"""Articles of new_wiki.json to report on, and for nothing else."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the places of its answers in the article, and the article's position."""

    text: str
    article: int
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article as it is written out: its title, an empty line, its paragraphs."""

    name: str
    text: str
    questions: tuple[GoldQuestion, ...]


def read_squad(path: Path) -> list[GoldArticle]:
    """Return the articles of a SQuAD 1.1 file; those of one answer stand once in `answers`."""
    articles = []
    for position, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        title = article["title"].replace("_", " ")
        text = f"{title}\n"
        questions = []
        for paragraph in article["paragraphs"]:
            text += "\n"
            at = len(text)
            text += paragraph["context"].rstrip("\n") + "\n"
            for question in paragraph["qas"]:
                spans = {
                    Span(at + answer["answer_start"], at + answer["answer_start"] + len(answer["text"]))
                    for answer in question["answers"]
                }
                questions.append(GoldQuestion(question["question"], position, tuple(sorted(spans))))
        name = re.sub(r"\W+", "_", title)
        articles.append(GoldArticle(f"{position:03d}_{name}.txt", text, tuple(questions)))
    return articles


def write_folder(articles: Sequence[GoldArticle], folder: Path, *, only: Collection[int]) -> list[GoldArticle]:
    """Write the articles at the positions `only` out as text files; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [article for position, article in enumerate(articles) if position in only]
    for article in chosen:
        (folder / article.name).write_text(article.text, encoding="utf-8", newline="")
    return chosen
