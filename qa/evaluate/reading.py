"""Give a span model each question with its own paragraph, as published figures are made."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.evaluate.dataset import GoldQuestion
from qa.span_model import SpanModel


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model made of a question: its best span's text, and the margin of that over no answer."""

    question: GoldQuestion
    answer: str
    margin: float
    milliseconds: float


def read_all(model: SpanModel, questions: Iterable[GoldQuestion]) -> Iterator[Reading]:
    """Yield the reading of each question; where the paragraph has no words, an empty one."""
    for question in questions:
        began = time.perf_counter()
        spans = model.find_spans(question.text, question.context)
        milliseconds = (time.perf_counter() - began) * 1000
        if spans:
            yield Reading(question, spans[0].span.of(question.context), spans[0].margin, milliseconds)
        else:
            yield Reading(question, "", float("-inf"), milliseconds)
