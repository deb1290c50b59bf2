"""Plan what is trained on, in which order: stretches of contexts, in batches of like length."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tokenizers import Tokenizer

from qa.pairs import PairTemplate
from qa.train.as_typed import as_typed
from qa.train.encode import Encoded, EncodedText

WHOLE_SHARE = 0.4
"""The share of contexts that are trained on whole; of the others, a stretch of sentences.

The stretches are about as long as the passages of an index, of many lengths.
"""

STRETCH = (50, 170)
"""The least and most tokens of a stretch."""

BESIDE_SHARE = 0.4
"""The share of negatives that are the sentences beside an answer, where there are enough of them.

They are about what is asked, in the same words, and do not say it: the likeliest wrong answers.
"""

LEAST_BESIDE = 25
"""The least tokens of such a negative."""

HEADED_SHARE = 0.8
"""The share of pairs that have the article's title before their passage, as a passage is read of an index."""

_QUESTION_SHARE = 4
"""A question takes at most one token of so many; what is longer is cut."""

_SENTENCE_END_SHARE = 0.8
_SORTED_AT_ONCE = 60
_USUAL_TOKENS = 128

Answers = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """The question of the example at a position, with the tokens of a context from `first` to before `last`.

    `heading` are the tokens put before these, those of the article's title or none.
    `answers` are the half-open spans of the context's tokens that answer within the stretch: none
    where nothing in it does.
    """

    example: int
    question: tuple[int, ...]
    context: int
    first: int
    last: int
    answers: Answers
    heading: tuple[int, ...] = ()

    @property
    def tokens(self) -> int:
        """The tokens of question, heading and stretch together."""
        return len(self.question) + len(self.heading) + self.last - self.first

    def row(self, encoded: Encoded) -> tuple[Sequence[int], Sequence[int]]:
        """Return the ids of the question, and of the heading and the stretch."""
        return self.question, (*self.heading, *encoded.contexts[self.context].ids[self.first : self.last])

    def stretch_start(self, template: PairTemplate) -> int:
        """Return the position of the stretch's first token in the whole input."""
        return template.passage_start(self.question) + len(self.heading)


Batch = list[TrainingPair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an epoch's pairs are made: no pair has more than `max_tokens`, no batch more than `batch_tokens`.

    Tokens of a batch are counted with its padding; a batch of one pair may have more.
    `negative_share` of the answerable examples are asked of a passage that does not answer, too.
    """

    max_tokens: int
    batch_tokens: int
    negative_share: float


def plan_epoch(
    encoded: Encoded, negatives: Sequence[Sequence[int]], tokenizer: Tokenizer, plan: Plan, *, seed: int
) -> list[Batch]:
    """Return the batches of an epoch; the same arguments give the same batches.

    `negatives` are positions of contexts, for each example those that look as if they answered it;
    the sentences beside the answers are taken for negatives as well.
    An example whose every answer has more tokens than a pair has room for is left out.
    """
    rng = random.Random(seed)  # noqa: S311 - a shuffle
    added = PairTemplate.of(tokenizer).added
    asked = [as_typed(example.question, rng) for example in encoded.examples]
    questions = [tuple(e.ids) for e in tokenizer.encode_batch(asked, add_special_tokens=False)]
    pairs = []
    for at, (example, whole, others) in enumerate(zip(encoded.examples, questions, negatives, strict=True)):
        question = whole[: plan.max_tokens // _QUESTION_SHARE]
        room = plan.max_tokens - len(question) - added
        answers = tuple(answer for answer in example.answers if answer[1] - answer[0] <= room)
        if answers or not example.answers:
            pairs.append(_pair(encoded, at, question, example.context, answers, room, rng))
        drawn = rng.random()
        beside = None
        if drawn < BESIDE_SHARE * plan.negative_share:
            beside = _beside(encoded.contexts[example.context], example.answers, room, rng)
        if beside is not None:
            pairs.append(TrainingPair(at, question, example.context, *beside, ()))
        elif others and drawn < plan.negative_share:
            pairs.append(_pair(encoded, at, question, rng.choice(others), (), room, rng))
    headed = [_with_heading(pair, encoded.contexts[pair.context], plan.max_tokens - added, rng) for pair in pairs]
    return _in_batches(headed, plan.batch_tokens, added, rng)


def _pair(
    encoded: Encoded,
    example: int,
    question: tuple[int, ...],
    context: int,
    answers: Answers,
    room: int,
    rng: random.Random,
) -> TrainingPair:
    first, last = _stretch(encoded.contexts[context], answers, room, rng)
    held = tuple(answer for answer in answers if first <= answer[0] and answer[1] <= last)
    return TrainingPair(example, question, context, first, last, held)


def _with_heading(pair: TrainingPair, context: EncodedText, room: int, rng: random.Random) -> TrainingPair:
    """Return most pairs with their article's title, where there is room for it."""
    if rng.random() >= HEADED_SHARE:
        return pair
    headed = replace(pair, heading=context.heading_before(pair.first, pair.last))
    return headed if headed.tokens <= room else pair


def _stretch(context: EncodedText, answers: Answers, room: int, rng: random.Random) -> tuple[int, int]:
    """Choose the tokens of a context to train on: whole, or from a sentence's start, one answer inside."""
    tokens = len(context.ids)
    if tokens <= room and rng.random() < WHOLE_SHARE:
        return 0, tokens
    size = min(rng.randint(*STRETCH), room)
    if answers:
        anchor = rng.choice(answers)
        size = max(size, anchor[1] - anchor[0])
        first, needed = _start_before(anchor, size, context, rng), anchor[1]
    else:
        first = rng.choice(context.sentence_starts)
        needed = first + 1
    end = min(first + size, tokens)
    ends = [start for start in (*context.sentence_starts, tokens) if needed <= start <= end]
    return first, (max(ends) if ends and rng.random() < _SENTENCE_END_SHARE else end)


def _beside(context: EncodedText, answers: Answers, room: int, rng: random.Random) -> tuple[int, int] | None:
    """Choose the sentences before or after all answers; None where they are few, or say one of them too."""
    if not answers:
        return None
    edges = (*context.sentence_starts, len(context.ids))
    before = max(edge for edge in edges if edge <= min(first for first, _ in answers))
    after = min(edge for edge in edges if edge >= max(last for _, last in answers))
    sides = [(max(0, before - room), before), (after, min(len(context.ids), after + room))]
    long_enough = [side for side in sides if side[1] - side[0] >= LEAST_BESIDE]
    if not long_enough:
        return None
    first, last = rng.choice(long_enough)
    text = context.words(first, last).casefold()
    said = {context.words(*answer).casefold() for answer in answers}
    return None if any(answer in text for answer in said) else (first, last)


def _start_before(anchor: tuple[int, int], size: int, context: EncodedText, rng: random.Random) -> int:
    """Choose where a stretch of `size` tokens begins that holds `anchor`: with a sentence if one allows it."""
    starts = [start for start in context.sentence_starts if anchor[1] - size <= start <= anchor[0]]
    if starts:
        return rng.choice(starts)
    return max(0, anchor[0] - rng.randint(0, min(size // 3, size - (anchor[1] - anchor[0]))))


def _in_batches(pairs: Batch, batch_tokens: int, added: int, rng: random.Random) -> list[Batch]:
    """Put pairs of like length together, so that little of a batch is padding."""
    rng.shuffle(pairs)
    pool = max(1, _SORTED_AT_ONCE * batch_tokens // _USUAL_TOKENS)
    batches: list[Batch] = []
    for at in range(0, len(pairs), pool):
        made: list[Batch] = [[]]
        for pair in sorted(pairs[at : at + pool], key=lambda pair: pair.tokens):
            if made[-1] and (pair.tokens + added) * (len(made[-1]) + 1) > batch_tokens:
                made.append([])
            made[-1].append(pair)
        rng.shuffle(made)
        batches.extend(made)
    return batches
