"""Make questions that a paragraph seems to answer and does not, of questions that another one does.

    python -m tests.measure.near_misses FILE ... OUT

The files are in SQuAD's format; OUT is in that of SQuAD 2.0, every question of it unanswerable. Of a
question over a paragraph that names somebody or something:

- the same question about another name of the article, which the paragraph lacks;
- the question put to another paragraph, about a name that is asked about there.

So a reader learns that all of a question has to fit, its names and what it asks for (as the writers of
SQuAD 2.0 did it by hand: Rajpurkar et al. 2018, arXiv 1806.03822, their kinds "entity swap" and "other neutral").
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.spans import Span
from qa.squad import SquadArticle, SquadParagraph, SquadQuestion, read_squad

OTHER_NAME_SHARE = 0.25
"""The share of questions with a name of which another one is made by the first kind."""

OTHER_PARAGRAPH_SHARE = 0.3
"""The same by the second kind."""

MOST_ALIKE = 0.5
"""A question is not put to a paragraph of which one is asked that shares more of its words (Jaccard)."""

_NAME = re.compile(r"(?<=\s)[A-Z][\w.'’-]*\w(?: (?:(?:of|de|the|van|von) )?[A-Z][\w'’-]*\w)*")
_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-2][0-9]\b")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a question, and what stands before it: names after the same word are taken for of one kind."""

    text: str
    span: Span
    before: str

    @property
    def kind(self) -> tuple[str, bool, bool]:
        """Return what the names that may stand in this one's place have in common."""
        return self.before, " " in self.text, self.text.isdigit()


def names_of(question: str) -> list[Name]:
    """Return the names and the years of a question, but for its first word, in order."""
    found = [match.span() for pattern in (_NAME, _YEAR) for match in pattern.finditer(question)]
    names = []
    for start, end in sorted(found):
        words = _WORD.findall(question[:start])
        if words:
            names.append(Name(question[start:end], Span(start, end), words[-1].casefold()))
    return names


def near_misses(articles: Sequence[SquadArticle], *, seed: int) -> Iterator[tuple[SquadParagraph, list[str]]]:
    """Yield the paragraphs of some articles in order, with the questions made for each."""
    rng = random.Random(seed)
    for article in articles:
        asked = [
            (paragraph, question, name)
            for paragraph in article.paragraphs
            for question in paragraph.questions
            if question.spans
            for name in names_of(question.text)
        ]
        for paragraph in article.paragraphs:
            here = [(question, name) for where, question, name in asked if where is paragraph]
            others = [(question, name) for where, question, name in asked if where is not paragraph]
            made = [*_about_others(paragraph, here, others, rng), *_of_others(paragraph, here, others, rng)]
            yield paragraph, sorted(set(made))


Asked = Sequence[tuple[SquadQuestion, Name]]


def _about_others(paragraph: SquadParagraph, here: Asked, others: Asked, rng: random.Random) -> Iterator[str]:
    """Yield questions of a paragraph with a name that it lacks, instead of one that it has."""
    text = paragraph.context.casefold()
    for question, name in here:
        if rng.random() >= OTHER_NAME_SHARE or name.text.casefold() not in text:
            continue
        fitting = sorted({other.text for _, other in others if other.kind == name.kind and not _shares(other, text)})
        if fitting:
            yield _put(question.text, name, rng.choice(fitting))


def _of_others(paragraph: SquadParagraph, here: Asked, others: Asked, rng: random.Random) -> Iterator[str]:
    """Yield questions of other paragraphs with a name of this one, which does not tell what they ask."""
    text = paragraph.context.casefold()
    known = [set(_WORD.findall(question.text.casefold())) for question in paragraph.questions]
    for _, name in here:
        if rng.random() >= OTHER_PARAGRAPH_SHARE or name.text.casefold() not in text:
            continue
        fitting = [
            _put(question.text, other, name.text)
            for question, other in others
            if other.kind == name.kind
            and other.text.casefold() not in text
            and not any(answer.casefold() in text for answer in question.answers)
        ]
        strange = [made for made in fitting if not any(_alike(made, words) for words in known)]
        if strange:
            yield rng.choice(strange)


def _shares(name: Name, text: str) -> bool:
    """Return whether a text has one of the words of a name."""
    return any(word in text for word in _WORD.findall(name.text.casefold()) if len(word) > 2)


def _alike(question: str, words: set[str]) -> bool:
    own = set(_WORD.findall(question.casefold()))
    return len(own & words) > MOST_ALIKE * len(own | words)


def _put(question: str, name: Name, text: str) -> str:
    return f"{question[: name.span.start]}{text}{question[name.span.end :]}"


def write_near_misses(files: Sequence[Path], out: Path) -> None:
    """Write what can be made of some files; say how much it is."""
    articles = [article for file in files for article in read_squad(file)]
    paragraphs: list[dict[str, Any]] = [
        {
            "context": paragraph.context,
            "qas": [{"question": question, "answers": [], "is_impossible": True} for question in questions],
        }
        for paragraph, questions in near_misses(articles, seed=7)
        if questions
    ]
    data = [{"title": "Near misses", "paragraphs": paragraphs}]
    out.write_text(json.dumps({"version": "v2.0", "data": data}, ensure_ascii=False), encoding="utf-8")
    questions = sum(len(paragraph["qas"]) for paragraph in paragraphs)
    print(f"{out.name}: {len(paragraphs):,} paragraphs, {questions:,} questions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the near misses of the files that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="what a reader is trained on")
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write")
    options = parser.parse_args(arguments)
    write_near_misses(options.files, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
