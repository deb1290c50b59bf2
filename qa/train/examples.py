"""Read what to train on: questions with the places of their answers, from SQuAD-format files."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.spans import Span
from qa.squad import SquadQuestion, read_squad


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a context; `answers` are the humans' spans, repeated where they agree.

    An unanswerable question has none. `source` numbers the file that the example came from, and `title`
    is the context's article's.
    """

    question: str
    context: str
    answers: tuple[Span, ...]
    source: int
    title: str = ""


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """Return the examples of SQuAD 1.1 or 2.0 files in order; raise `DataError`.

    Questions none of whose answers stands where its file says are left out.
    """
    return [
        Example(question.text, paragraph.context, _answers(question, paragraph.context), number, article.title)
        for number, path in enumerate(paths)
        for article in read_squad(path)
        for paragraph in article.paragraphs
        for question in paragraph.questions
        if question.spans or not question.answers
    ]


def _answers(question: SquadQuestion, context: str) -> tuple[Span, ...]:
    """Return the span of each answer: as often as people gave it, so that it counts as often.

    Those of the same words in several places share out the places.
    """
    places: dict[str, list[Span]] = {}
    for span in question.spans:
        places.setdefault(span.of(context), []).append(span)
    found = []
    for text in question.answers:
        if text in places:
            spans = places[text]
            found.append(spans[0])
            places[text] = [*spans[1:], spans[0]]
    return tuple(found)
