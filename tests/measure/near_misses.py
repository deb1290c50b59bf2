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
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.spans import Span
from qa.squad import SquadArticle, SquadParagraph, SquadQuestion, read_squad

OTHER_NAME_SHARE = 0.25
"""The share of the names in a paragraph's questions for which a question of the first kind is made."""

OTHER_PARAGRAPH_SHARE = 0.3
"""The same of the second kind."""

MOST_ALIKE = 0.5
"""A question is not put to a paragraph of which one is asked that shares more of its words (Jaccard)."""

_NAME = re.compile(
    r"(?<![\w.'’-])(?:St\. )?[A-Z][\w-]*\w(?:['’](?!s\b)\w+)?(?: (?:(?:of|de|the|van|von) )?[A-Z][\w-]*\w)*"
)
_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-2][0-9]\b")
_WORD = re.compile(r"\w+")
_GENITIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")


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


Asked = Sequence[tuple[SquadQuestion, Name]]
"""Questions with their names, each name with its question."""


def find_names(question: str) -> list[Name]:
    """Return the names and the years of a question, but for its first word, in order."""
    found = [match.span() for pattern in (_NAME, _YEAR) for match in pattern.finditer(question)]
    names = []
    for start, end in sorted(found):
        words = _WORD.findall(question[:start])
        if words:
            names.append(Name(question[start:end], Span(start, end), words[-1].casefold()))
    return names


def make_near_misses(article: SquadArticle, rng: random.Random) -> Iterator[tuple[SquadParagraph, list[str]]]:
    """Yield an article's paragraphs in order, with the questions made for each."""
    asked = [
        (paragraph, question, name)
        for paragraph in article.paragraphs
        for question in paragraph.questions
        if question.spans
        for name in find_names(question.text)
    ]
    for paragraph in article.paragraphs:
        here = [(question, name) for where, question, name in asked if where is paragraph]
        others = [(question, name) for where, question, name in asked if where is not paragraph]
        made = [
            *_about_others(paragraph, here, others, _words(article.title), rng),
            *_of_others(paragraph, here, others, rng),
        ]
        yield paragraph, sorted(set(made))


def _about_others(
    paragraph: SquadParagraph, here: Asked, others: Asked, title: set[str], rng: random.Random
) -> Iterator[str]:
    """Yield questions of a paragraph with a name that it lacks, instead of one that it has.

    What an article is about goes without saying in its paragraphs: names in its title are not put in.
    """
    said = _words(paragraph.context) | title
    for question, name in here:
        if rng.random() >= OTHER_NAME_SHARE or not _words(name.text) <= said:
            continue
        fitting = sorted({o.text for _, o in others if o.kind == name.kind and not _words(o.text) & said})
        if fitting:
            yield _put(question.text, name, rng.choice(fitting))


def _of_others(paragraph: SquadParagraph, here: Asked, others: Asked, rng: random.Random) -> Iterator[str]:
    """Yield questions of other paragraphs with a name of this one, which does not tell what they ask."""
    text, said = _folded(paragraph.context), _words(paragraph.context)
    known = [_words(question.text) for question in paragraph.questions]
    for _, name in here:
        if rng.random() >= OTHER_PARAGRAPH_SHARE or not _words(name.text) <= said:
            continue
        fitting = [
            _put(question.text, other, name.text)
            for question, other in others
            if other.kind == name.kind
            and not _words(other.text) <= said
            and not any(_folded(answer) in text for answer in question.answers)
        ]
        strange = [made for made in fitting if not any(_alike(made, words) for words in known)]
        if strange:
            yield rng.choice(strange)


def _alike(question: str, words: set[str]) -> bool:
    own = _words(question)
    return len(own & words) > MOST_ALIKE * len(own | words)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    """Return a text in lower case, without accents and genitives: the same name however it is written."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return _GENITIVE.sub("", plain.casefold())


def _put(question: str, name: Name, text: str) -> str:
    return f"{question[: name.span.start]}{text}{question[name.span.end :]}"


def write_near_misses(files: Sequence[Path], out: Path) -> None:
    """Write what can be made of some files; say how much it is."""
    articles = [article for file in files for article in read_squad(file)]
    rng = random.Random(7)
    data: list[dict[str, Any]] = []
    for article in articles:
        paragraphs = [
            {
                "context": paragraph.context,
                "qas": [{"question": question, "answers": [], "is_impossible": True} for question in questions],
            }
            for paragraph, questions in make_near_misses(article, rng)
            if questions
        ]
        if paragraphs:
            data.append({"title": article.title, "paragraphs": paragraphs})
    out.write_text(json.dumps({"version": "v2.0", "data": data}, ensure_ascii=False), encoding="utf-8")
    asked = [len(paragraph["qas"]) for article in data for paragraph in article["paragraphs"]]
    print(f"{out.name}: {len(asked):,} paragraphs, {sum(asked):,} questions")


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
