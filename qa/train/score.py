"""Score a reader on questions as SQuAD does: it reads whole paragraphs, in float32."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch

from qa.evaluate.metrics import exact_match, f1
from qa.train.base import Base
from qa.train.encode import EncodedText, encode_contexts
from qa.train.examples import Example
from qa.train.tensors import to_inputs

_MOST_ANSWER_TOKENS = 40

_QUESTION_SHARE = 4
"""A question takes at most one token of so many; what is longer is cut."""

_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Score:
    """The percentages of SQuAD's official script, over so many questions."""

    questions: int
    exact_match: float
    f1: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question by number over a stretch of its context, which begins at the context's token `first`."""

    number: int
    question: tuple[int, ...]
    stretch: tuple[int, ...]
    first: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A span of the context's tokens, and how far its logits exceed those of no answer."""

    first: int
    last: int
    margin: float


def score(base: Base, examples: Sequence[Example]) -> Score:
    """Return how well the model answers `examples`, of which there is at least one.

    Of a paragraph longer than the model's limit it reads stretches that overlap, and takes the
    best answer. It may refuse only where some of the questions are unanswerable.
    """
    contexts = dict.fromkeys(example.context for example in examples)
    encoded = dict(zip(contexts, encode_contexts(list(contexts), base.words), strict=True))
    best = _best_answers(base, list(_readings(base, examples, encoded)))
    may_refuse = any(not example.answers for example in examples)
    exact = overlap = 0.0
    for number, example in enumerate(examples):
        found = best.get(number)
        refused = found is None or (may_refuse and found.margin < 0)
        answer = "" if found is None or refused else encoded[example.context].words(found.first, found.last)
        gold = [span.of(example.context) for span in example.answers]
        exact += exact_match(answer, gold)
        overlap += f1(answer, gold)
    return Score(len(examples), 100 * exact / len(examples), 100 * overlap / len(examples))


def _readings(base: Base, examples: Sequence[Example], encoded: Mapping[str, EncodedText]) -> Iterator[_Reading]:
    asked = [example.question for example in examples]
    questions = base.words.encode_batch(asked, add_special_tokens=False)
    for number, (example, encoding) in enumerate(zip(examples, questions, strict=True)):
        question = tuple(encoding.ids[: base.most_tokens // _QUESTION_SHARE])
        room = base.most_tokens - len(question) - base.form.template.added
        ids = encoded[example.context].ids
        for first in range(0, max(1, len(ids) - room // 2), max(1, room // 2)):
            yield _Reading(number, question, ids[first : first + room], first)


def _best_answers(base: Base, readings: list[_Reading]) -> dict[int, _Found]:
    """Return the best answer to each question by its number; none to those whose context has no words."""
    best: dict[int, _Found] = {}
    worded = sorted((reading for reading in readings if reading.stretch), key=lambda reading: len(reading.stretch))
    for at in range(0, len(worded), _AT_ONCE):
        part = worded[at : at + _AT_ONCE]
        for reading, found in zip(part, _read(base, part), strict=True):
            if reading.number not in best or found.margin > best[reading.number].margin:
                best[reading.number] = found
    return best


@torch.no_grad()
def _read(base: Base, readings: Sequence[_Reading]) -> list[_Found]:
    """Return the likeliest span of each reading."""
    out = base.model(**to_inputs([(reading.question, reading.stretch) for reading in readings], base.form))
    found = []
    for reading, starts, ends in zip(readings, out.start_logits, out.end_logits, strict=True):
        begin = base.form.template.passage_start(reading.question)
        stretch = slice(begin, begin + len(reading.stretch))
        spans = starts[stretch, None] + ends[None, stretch]
        allowed = torch.ones_like(spans, dtype=torch.bool).triu().tril(_MOST_ANSWER_TOKENS - 1)
        spans = spans.masked_fill(~allowed, -torch.inf)
        first, last = divmod(int(spans.argmax()), spans.shape[1])
        margin = float(spans[first, last] - starts[0] - ends[0])
        found.append(_Found(reading.first + first, reading.first + last + 1, margin))
    return found
