"""Read QAMR: questions over single Wikipedia and Wikinews sentences, as paragraphs of text as it is written.

QAMR (Michael et al. 2018) gives sentences as tokens of the Penn Treebank, and answers as positions
of tokens. A sentence is set among its neighbours, so that a reader has something to choose from.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.spans import Span
from tests.measure.detokenise import Detokenised, detokenise

QUESTIONS = 9
"""Of a sentence, at most, are trained on: there are up to a hundred, many of them alike."""

_LEAST_WORDS = 5
_AROUND = 2
_LEAST_SENTENCES = 3
_LEAST_AGREEMENT = 2
_DEV_MODULUS = 10


@dataclass(frozen=True, slots=True, order=True)
class SentenceId:
    """Where a sentence stands, as in `Wiki1k:wikinews:749788:8:0`."""

    kind: str
    document: int
    paragraph: int
    sentence: int

    @property
    def in_dev(self) -> bool:
        """Whether its document is to report on, and for nothing else."""
        return self.kind == "wikinews" and self.document % _DEV_MODULUS == 0

    def __str__(self) -> str:
        return f"Wiki1k:{self.kind}:{self.document}:{self.paragraph}:{self.sentence}"


@dataclass(frozen=True, slots=True)
class QamrQuestion:
    """A question, with the answers' spans in its article's context, repeated where people agree."""

    text: str
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class QamrArticle:
    """A sentence among others, and the questions about it."""

    name: str
    context: str
    questions: tuple[QamrQuestion, ...]


Answers = Sequence[tuple[int, int]]
"""First and last tokens."""


def read_qamr(folder: Path) -> tuple[list[QamrArticle], list[QamrArticle]]:
    """Return the articles to train on, with at most `QUESTIONS` longer questions each, and those to report on."""
    sentences = dict(_read_sentences(folder / "wiki-sentences.tsv"))
    asked = _read_questions([folder / "dev.tsv", folder / "test.tsv"])
    draw = random.Random(5)
    train = [_article(id, sentences, asked[id], draw) for id in asked if not id.in_dev]
    dev = [_article(id, sentences, asked[id], draw) for id in asked if id.in_dev]
    return thinned(train, QUESTIONS, seed=3), dev


def thinned(articles: Sequence[QamrArticle], most: int, *, seed: int) -> list[QamrArticle]:
    """Return `articles` with at most `most` of the questions that have five words or more."""
    draw = random.Random(seed)
    kept = []
    for article in articles:
        longer = [question for question in article.questions if len(question.text.split()) >= _LEAST_WORDS]
        chosen = draw.sample(longer, min(most, len(longer)))
        kept.append(QamrArticle(article.name, article.context, tuple(chosen)))
    return kept


def parse_id(text: str) -> SentenceId:
    """Return the place that an id names."""
    _, kind, document, paragraph, sentence = text.split(":")
    return SentenceId(kind, int(document), int(paragraph), int(sentence))


def token_range(answer: str) -> tuple[int, int] | None:
    """Return the first and last of an answer's token positions; None where they are not in one piece."""
    positions = sorted(int(position) for position in answer.split() if position.isdecimal())
    if not positions or positions != list(range(positions[0], positions[-1] + 1)):
        return None
    return positions[0], positions[-1]


def _read_sentences(path: Path) -> Iterator[tuple[SentenceId, Detokenised]]:
    for line in _lines(path):
        id, text = line.split("\t", 1)
        yield parse_id(id), detokenise(text.split(" "))


def _read_questions(paths: Sequence[Path]) -> dict[SentenceId, dict[str, list[tuple[int, int]]]]:
    """Return the answers to each sentence's questions."""
    asked: dict[SentenceId, dict[str, list[tuple[int, int]]]] = {}
    for path in paths:
        for line in _lines(path):
            columns = line.split("\t")
            question, writer, *validators = columns[5:9]
            given = [writer, *(validator.split(":", 1)[-1] for validator in validators)]
            answers = [answer for text in given if (answer := token_range(text)) is not None]
            if len(answers) >= _LEAST_AGREEMENT:
                asked.setdefault(parse_id(columns[0]), {}).setdefault(question, []).extend(answers)
    return asked


def _lines(path: Path) -> list[str]:
    """Return the lines of a file; what else `splitlines` would take for a line's end is text."""
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _article(
    id: SentenceId, sentences: Mapping[SentenceId, Detokenised], asked: Mapping[str, Answers], draw: random.Random
) -> QamrArticle:
    """Return a sentence among its neighbours; where it has few, among others of its kind and use."""
    document = sorted(other for other in sentences if (other.kind, other.document) == (id.kind, id.document))
    at = document.index(id)
    around = document[max(0, at - _AROUND) : at + _AROUND + 1]
    while len(around) < _LEAST_SENTENCES:
        other = draw.choice([other for other in sentences if other.kind == id.kind])
        if other.in_dev == id.in_dev and other not in around:
            around.insert(draw.randint(0, len(around)), other)
    before = " ".join(sentences[other].text for other in around[: around.index(id)])
    begin = len(before) + 1 if before else 0
    tokens = sentences[id].tokens
    questions = []
    for text, answers in asked.items():
        spans = [
            Span(begin + tokens[first].start, begin + tokens[last].end) for first, last in answers if last < len(tokens)
        ]
        if spans:
            questions.append(QamrQuestion(text.strip(), tuple(spans)))
    return QamrArticle(str(id), " ".join(sentences[other].text for other in around), tuple(questions))
