"""Read questions with the places of their answers from SQuAD-format files."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import QaError
from index.spans import Span


class DataError(QaError):
    """A file is not question-answering data in SQuAD's format."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a context; `answers` are the humans' spans, repeated where they agree.

    An unanswerable question has none. `source` numbers the file that the example came from.
    """

    question: str
    context: str
    answers: tuple[Span, ...]
    source: int


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """Return the examples of SQuAD 1.1 or 2.0 files in order; raise `DataError`."""
    return [example for number, path in enumerate(paths) for example in _read_file(path, number)]


def _read_file(path: Path, source: int) -> Iterator[Example]:
    try:
        articles: list[Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
        for article in articles:
            for paragraph in article["paragraphs"]:
                context: str = paragraph["context"]
                for asked in paragraph["qas"]:
                    given = () if asked.get("is_impossible") else asked["answers"]
                    spans = [Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in given]
                    # An answer whose offset does not hold would teach a wrong span.
                    held = [
                        span
                        for span, answer in zip(spans, given, strict=True)
                        if span and span.of(context) == answer["text"]
                    ]
                    if held or not given:
                        yield Example(asked["question"].strip(), context, tuple(held), source)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} is not SQuAD-format data: {error}", "give JSON files of SQuAD 1.1 or 2.0") from error
