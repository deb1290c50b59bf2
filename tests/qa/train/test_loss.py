"""The loss: each passage's own, and that of the passages of one question under one softmax."""

import math

import torch

from qa.train.loss import span_loss

A, B, C, NOBODY = range(4)


def made(seed: int, pairs: int = 3, tokens: int = 5) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return random logits of starts and ends, the targets of a first pair that answers, and a mask."""
    torch.manual_seed(seed)
    targets = torch.zeros(2, pairs, tokens)
    targets[:, :, 0] = 1.0
    targets[0, 0] = torch.tensor([0.0, 0.0, 1.0, 0.0, 0.0])
    targets[1, 0] = torch.tensor([0.0, 0.0, 0.0, 0.5, 0.5])
    return torch.randn(2, pairs, tokens), targets, torch.ones(pairs, tokens, dtype=torch.int64)


def test_questions_of_one_passage() -> None:
    """They have torch's cross-entropy, meant over pairs, starts and ends."""
    logits, targets, mask = made(1)
    wanted = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten(0, 1))
    assert torch.isclose(span_loss(logits, targets, mask, [A, B, C]), wanted)


def test_one_softmax_for_a_question() -> None:
    """Half of the loss is of all the margins of a question's passages, worked out one by one, and a zero for none."""
    logits, targets, mask = made(2)
    alone = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten(0, 1)).item()
    losses = []
    for part, wanted in zip(logits.tolist(), targets.tolist(), strict=True):
        margins = [
            (logit - row[0], wanted[at][token]) for at, row in enumerate(part) for token, logit in enumerate(row)
        ]
        tokens = [(margin, share) for number, (margin, share) in enumerate(margins) if number % 5]
        total = 1 + sum(math.exp(margin) for margin, _ in tokens)
        losses.append(-sum(share * math.log(math.exp(margin) / total) for margin, share in tokens))
    assert math.isclose(span_loss(logits, targets, mask, [A, A, A]).item(), (alone + sum(losses) / 2) / 2, rel_tol=1e-5)


def test_questions_apart() -> None:
    """The passages of one question do not rival those of another."""
    logits, targets, mask = made(3, pairs=4)
    alone = span_loss(logits, targets, mask, [A, B, C, NOBODY])
    shared = 2 * span_loss(logits, targets, mask, [A, A, B, C]) - alone
    first = 2 * span_loss(logits[:, :2], targets[:, :2], mask[:2], [A, A]) - span_loss(
        logits[:, :2], targets[:, :2], mask[:2], [A, B]
    )
    rest = [span_loss(logits[:, at : at + 1], targets[:, at : at + 1], mask[at : at + 1], [A]) for at in (2, 3)]
    assert torch.isclose(shared, (first + rest[0] + rest[1]) / 3)


def test_a_confident_rival_costs_more() -> None:
    """A wrong passage that is surer than the right one is paid for twice: by itself and by the question."""
    logits, targets, mask = made(4, pairs=2)
    sure = logits.clone()
    sure[:, 1, 3] += 8.0
    more = span_loss(sure, targets, mask, [A, A]) - span_loss(logits, targets, mask, [A, A])
    apart = span_loss(sure, targets, mask, [A, B]) - span_loss(logits, targets, mask, [A, B])
    assert more > apart > 0


def test_padding_answers_nothing() -> None:
    """What stands at padding changes nothing."""
    logits, targets, mask = made(5)
    mask[1:, 3:] = 0
    changed = logits.clone()
    changed[:, 1:, 3:] += 9.0
    assert span_loss(logits, targets, mask, [A, A, B]) == span_loss(changed, targets, mask, [A, A, B])


def test_soft_targets_of_an_answerable_question() -> None:
    """A share of the target that lies on no answer is the zero's, so the best margins are those of the targets."""
    targets = torch.tensor([[0.25, 0.75, 0.0], [1.0, 0.0, 0.0]]).repeat(2, 1, 1)
    best = torch.full((2, 2, 3), -20.0)
    best[:, :, 0] = 0.0
    best[:, 0, 1] = math.log(3)
    loss = span_loss(best.requires_grad_(), targets, torch.ones(2, 3, dtype=torch.int64), [A, A])
    loss.backward()  # type: ignore[no-untyped-call]
    assert best.grad is not None
    assert best.grad.abs().max() < 1e-6
