"""Read SQuAD-format data: articles of paragraphs with questions and the places of their answers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import QaError
from index.spans import Span


class DataError(QaError):
    """A file is not question-answering data in SQuAD's format."""


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question over a paragraph, with the answers that people gave: none where it has none there.

    `spans` are the answers' places in the paragraph, each once, in order; one whose words do not
    stand where the file says is left out.
    """

    text: str
    answers: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SquadParagraph:
    """A paragraph, verbatim, and what was asked of it."""

    context: str
    questions: tuple[SquadQuestion, ...]


@dataclass(frozen=True, slots=True)
class SquadArticle:
    """An article: its title on one line, its paragraphs in order."""

    title: str
    paragraphs: tuple[SquadParagraph, ...]


def read_squad(path: Path) -> tuple[SquadArticle, ...]:
    """Return the articles of a SQuAD 1.1 or 2.0 file; raise `DataError`."""
    remedy = "give a JSON file of SQuAD 1.1 or 2.0"
    try:
        articles = tuple(_articles(json.loads(path.read_text(encoding="utf-8-sig"))))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}", remedy) from error
    except KeyError as error:
        raise DataError(f"{path} is not SQuAD-format data: no {error} where one belongs", remedy) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise DataError(f"{path} is not SQuAD-format data: {error}", remedy) from error
    if not any(paragraph.questions for article in articles for paragraph in article.paragraphs):
        raise DataError(f"there are no questions in {path}", remedy)
    return articles


def _articles(data: object) -> Iterator[SquadArticle]:
    for number, article in enumerate(_list(_object(data)["data"]), start=1):
        fields = _object(article)
        title = " ".join(_text(fields.get("title") or "").replace("_", " ").split())
        paragraphs = tuple(_paragraph(_object(paragraph)) for paragraph in _list(fields["paragraphs"]))
        yield SquadArticle(title or f"Article {number}", paragraphs)


def _paragraph(fields: Mapping[str, Any]) -> SquadParagraph:
    context = _text(fields["context"])
    return SquadParagraph(context, tuple(_question(_object(asked), context) for asked in _list(fields["qas"])))


def _question(fields: Mapping[str, Any], context: str) -> SquadQuestion:
    given = [] if fields.get("is_impossible") else [_object(answer) for answer in _list(fields["answers"])]
    answers = tuple(_text(answer["text"]) for answer in given)
    starts = [_number(answer["answer_start"]) for answer in given]
    held = {
        Span(start, start + len(text))
        for start, text in zip(starts, answers, strict=True)
        if text and start >= 0 and context.startswith(text, start)
    }
    return SquadQuestion(_text(fields["question"]).strip(), answers, tuple(sorted(held)))


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{_shown(value)} where an object belongs")
    return value


def _list(value: object) -> Sequence[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{_shown(value)} where a list belongs")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{_shown(value)} where a text belongs")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{_shown(value)} where a whole number belongs")
    return value


def _shown(value: object) -> str:
    """Return the start of a value as JSON, for a message of one line."""
    shown = json.dumps(value)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
