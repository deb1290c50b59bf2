"""Plan what is trained on, in which order: stretches of contexts, in batches of like length."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from qa.pairs import PairTemplate
from qa.train.encode import Encoded, EncodedExample, EncodedText

WHOLE_SHARE = 0.4
"""The share of contexts that are trained on whole; of the others, a stretch of sentences.

The stretches are about as long as the passages of an index, of many lengths.
"""

STRETCH = (50, 170)
"""The least and most tokens of a stretch."""

_SORTED_AT_ONCE = 60
_OPENINGS = ("can you tell me", "tell me", "do you know", "i would like to know", "please tell me")


@dataclass(frozen=True, slots=True)
class Sequence_:
    """One input: a question, the context's tokens from `first` to before `last`, the answers among them."""

    question: tuple[int, ...]
    context: int
    first: int
    last: int
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How an epoch's sequences are made."""

    max_tokens: int
    batch_tokens: int
    negative_share: float


def plan_epoch(
    encoded: Encoded,
    negatives: Sequence[Sequence[int]],
    tokenizer: Tokenizer,
    plan: Plan,
    *,
    seed: int,
) -> list[list[Sequence_]]:
    """Return the batches of an epoch; the same arguments give the same batches."""
    rng = random.Random(seed)
    template = PairTemplate.of(tokenizer)
    asked = [as_typed(example.question, rng) for example in encoded.examples]
    questions = [tuple(e.ids) for e in tokenizer.encode_batch(asked, add_special_tokens=False)]
    sequences = []
    for example, question, others in zip(encoded.examples, questions, negatives, strict=True):
        question = question[: plan.max_tokens // 4]
        room = plan.max_tokens - len(question) - template.added
        context = encoded.contexts[example.context]
        first, last = _stretch(context, example, room, rng)
        held = tuple(answer for answer in example.answers if first <= answer[0] and answer[1] <= last)
        sequences.append(Sequence_(question, example.context, first, last, held))
        if others and rng.random() < plan.negative_share:
            other = rng.choice(others)
            nothing = EncodedExample(example.question, other, (), example.source)
            first, last = _stretch(encoded.contexts[other], nothing, room, rng)
            sequences.append(Sequence_(question, other, first, last, ()))
    return _in_batches(sequences, plan.batch_tokens - 0, template, rng)


def _stretch(context: EncodedText, example: EncodedExample, room: int, rng: random.Random) -> tuple[int, int]:
    """Choose the tokens of a context to train on: whole, or from a sentence's start, one answer inside."""
    tokens = len(context.ids)
    if tokens <= room and rng.random() < WHOLE_SHARE:
        return 0, tokens
    size = min(rng.randint(*STRETCH), room)
    anchor = rng.choice(example.answers) if example.answers else None
    if anchor is None:
        starts = list(context.sentence_starts)
    else:
        size = min(max(size, anchor[1] - anchor[0]), room)
        starts = [start for start in context.sentence_starts if anchor[1] - size <= start <= anchor[0]]
    first = rng.choice(starts) if starts else max(0, (anchor or (0, 0))[0] - rng.randint(0, size // 3))
    end = min(first + size, tokens)
    needed = anchor[1] if anchor else first + 1
    ends = [start for start in (*context.sentence_starts, tokens) if needed <= start <= end]
    return first, (max(ends) if ends and rng.random() < 0.8 else end)


def _in_batches(
    sequences: list[Sequence_], batch_tokens: int, template: PairTemplate, rng: random.Random
) -> list[list[Sequence_]]:
    """Put sequences of like length together, so that little of a batch is padding."""

    def length(sequence: Sequence_) -> int:
        return len(sequence.question) + template.added + sequence.last - sequence.first

    rng.shuffle(sequences)
    pool = max(1, _SORTED_AT_ONCE * batch_tokens // 128)
    batches: list[list[Sequence_]] = []
    for at in range(0, len(sequences), pool):
        part = sorted(sequences[at : at + pool], key=length)
        batch: list[Sequence_] = []
        made = []
        for sequence in part:
            if batch and length(sequence) * (len(batch) + 1) > batch_tokens:
                made.append(batch)
                batch = []
            batch.append(sequence)
        made.append(batch)
        rng.shuffle(made)
        batches.extend(made)
    return batches


def as_typed(question: str, rng: random.Random) -> str:
    """Return a question as people type it: now and then without its mark, with a slip, or chattily opened."""
    if rng.random() < 0.25:
        question = question.rstrip("? ")
    if rng.random() < 0.1:
        question = question.lower()
    if rng.random() < 0.06:
        question = _slipped(question, rng)
    if rng.random() < 0.04:
        question = f"{rng.choice(_OPENINGS)} {question}"
    return question


def _slipped(question: str, rng: random.Random) -> str:
    """Swap, drop or double a letter inside a longer word."""
    words = [match for match in re.finditer(r"[a-z]{5,}", question)]
    if not words:
        return question
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 2)
    pair = question[at : at + 2]
    return question[:at] + rng.choice((pair[::-1], pair[0], pair[0] + pair)) + question[at + 2 :]
