"""The plan of an epoch: every stretch holds its answers, every batch its budget."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.pairs import PairTemplate
from qa.train.batches import Plan, TrainingPair, plan_epoch
from qa.train.encode import Encoded, EncodedExample, EncodedText, encode
from qa.train.examples import Example, read_examples
from tests.qa.train.pieces import pair_tokenizer

WORDS = pair_tokenizer()
ADDED = PairTemplate.of(WORDS).added


def _encoded_data(draw: random.Random) -> Encoded:
    """Return contexts of any length and sentences, with questions whose answers lie anywhere."""
    contexts = []
    for _ in range(draw.randint(1, 4)):
        ids = tuple(range(draw.randint(1, 400)))
        begins = sorted({0, *draw.sample(ids, draw.randint(0, min(8, len(ids))))})
        heading = tuple(range(draw.choice([0, 3, 90])))
        contexts.append(
            EncodedText("x" * len(ids), ids, tuple((n, n + 1) for n in ids), tuple(begins), "A title", heading)
        )
    examples = []
    for number in range(draw.randint(1, 12)):
        at = draw.randrange(len(contexts))
        size = len(contexts[at].ids)
        starts = [draw.randrange(size) for _ in range(draw.randint(0, 3))]
        answers = tuple((start, min(size, start + draw.randint(1, 60))) for start in starts)
        examples.append(EncodedExample("who " * number + "?", at, answers, 0))
    return Encoded(tuple(contexts), tuple(examples))


encoded_data = st.builds(_encoded_data, st.builds(random.Random, st.integers()))
plans = st.builds(
    Plan,
    max_tokens=st.integers(100, 320),
    batch_tokens=st.integers(320, 2000),
    negative_share=st.sampled_from([0.0, 0.5]),
)


def tokens(pair: TrainingPair) -> int:
    return ADDED + len(pair.question) + len(pair.heading) + pair.last - pair.first


def made(encoded: Encoded, plan: Plan, *, seed: int = 1) -> list[list[TrainingPair]]:
    others = [tuple(n for n in range(len(encoded.contexts)) if n != e.context) for e in encoded.examples]
    return plan_epoch(encoded, others, WORDS, plan, seed=seed)


@given(encoded_data, plans)
def test_stretches_hold_their_answers(encoded: Encoded, plan: Plan) -> None:
    """A pair of a question's own context holds one of its answers whole, and those it names are its answers."""
    for pair in (pair for batch in made(encoded, plan) for pair in batch):
        context = encoded.contexts[pair.context]
        assert 0 <= pair.first < pair.last <= len(context.ids)
        assert all(pair.first <= first < last <= pair.last for first, last in pair.answers)


@given(encoded_data, plans)
def test_no_example_is_lost(encoded: Encoded, plan: Plan) -> None:
    """Without negatives there is one pair an example, and answered is what has an answer."""
    plan = Plan(max_tokens=plan.max_tokens, batch_tokens=plan.batch_tokens, negative_share=0.0)
    pairs = [pair for batch in made(encoded, plan) for pair in batch]
    wanted = sorted((example.context, bool(example.answers)) for example in encoded.examples)
    assert sorted((pair.context, bool(pair.answers)) for pair in pairs) == wanted


@given(encoded_data, plans)
def test_batches_keep_their_budget(encoded: Encoded, plan: Plan) -> None:
    """No pair is longer than a pair may be, and no batch with its padding than a batch may be."""
    for batch in made(encoded, plan):
        longest = max(map(tokens, batch))
        assert longest <= plan.max_tokens
        assert longest * len(batch) <= plan.batch_tokens


def test_most_are_read_under_their_title(towns: Path) -> None:
    """A pair has the title's tokens or none, as a passage is read of an index; one with the title in it has none."""
    examples = read_examples([towns])
    named = "Towns have markets. The mayor of Arle is Anna."
    encoded = encode([*examples, Example("Where is Anna?", named, (), 0, "Towns")], WORDS)
    plan = Plan(max_tokens=64, batch_tokens=512, negative_share=0.5)
    pairs = [pair for seed in range(5) for batch in made(encoded, plan, seed=seed) for pair in batch]
    heading = tuple(WORDS.encode("Towns.", add_special_tokens=False).ids)
    of_towns = [pair for pair in pairs if encoded.contexts[pair.context].text != named]
    assert {pair.heading for pair in of_towns} == {heading, ()}
    assert 0.7 < sum(bool(pair.heading) for pair in of_towns) / len(of_towns) < 0.9
    whole = [p for p in pairs if encoded.contexts[p.context].text == named and p.first == 0]
    assert whole
    assert not any(pair.heading for pair in whole)


def test_context_without_words() -> None:
    """An unanswerable question of a blank context is asked of its title, or of nothing."""
    encoded = encode([Example("Who won?", " ", (), 0, "Vote")], WORDS)
    plan = Plan(max_tokens=64, batch_tokens=512, negative_share=0.0)
    ((pair,),) = plan_epoch(encoded, [()], WORDS, plan, seed=1)
    assert (pair.first, pair.last, pair.answers) == (0, 0, ())
    assert pair.heading in ((), encoded.contexts[0].heading)


def test_row_of_a_pair(towns: Path) -> None:
    """What a model reads is the question, and the heading with the stretch."""
    encoded = encode(read_examples([towns]), WORDS)
    pair = TrainingPair(0, (7,), 0, 2, 5, (), (8, 9))
    assert pair.row(encoded) == ((7,), (8, 9, *encoded.contexts[0].ids[2:5]))
    question, passage = pair.row(encoded)
    template = PairTemplate.of(WORDS)
    assert template.ids(question, passage)[pair.stretch_start(template)] == encoded.contexts[0].ids[2]


@given(encoded_data, plans, st.integers())
def test_a_seed_gives_one_plan(encoded: Encoded, plan: Plan, seed: int) -> None:
    """The same seed gives the same batches."""
    assert made(encoded, plan, seed=seed) == made(encoded, plan, seed=seed)


def test_epochs_differ(towns: Path) -> None:
    """Another seed gives other stretches in another order."""
    encoded = encode(read_examples([towns]), WORDS)
    plan = Plan(max_tokens=64, batch_tokens=512, negative_share=0.5)
    assert made(encoded, plan, seed=1) != made(encoded, plan, seed=2)


def test_answer_that_no_pair_has_room_for() -> None:
    """An example is left out, and not taught as unanswerable, where its answer is longer than a pair."""
    text = EncodedText("x" * 300, tuple(range(300)), tuple((n, n + 1) for n in range(300)), (0,))
    example = EncodedExample("who?", 0, ((10, 290),), 0)
    plan = Plan(max_tokens=100, batch_tokens=100, negative_share=0.0)
    assert plan_epoch(Encoded((text,), (example,)), [()], WORDS, plan, seed=1) == []


@pytest.mark.parametrize(("share", "least", "most"), [(0.0, 0, 0), (0.5, 5, 35), (1.0, 40, 40)])
def test_share_of_negatives(towns: Path, share: float, least: int, most: int) -> None:
    """About the share asked for is asked of a passage that does not answer, too: of another than its own."""
    encoded = encode(read_examples([towns]), WORDS)
    pairs = [p for b in made(encoded, Plan(max_tokens=64, batch_tokens=512, negative_share=share)) for p in b]
    assert least <= sum(not pair.answers for pair in pairs) <= most
    assert len(pairs) == 40 + sum(not pair.answers for pair in pairs)
