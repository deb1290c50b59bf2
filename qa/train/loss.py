"""What training makes small: how unlikely the places of the answers are, in a passage and among rival ones."""

from collections.abc import Sequence

import torch

_HIDDEN = -1e4
"""Added to the logits of padding: so much that it never answers."""


def span_loss(
    logits: torch.Tensor, targets: torch.Tensor, mask: torch.Tensor, questions: Sequence[int]
) -> torch.Tensor:
    """Return the mean cross-entropy of starts and ends with their targets, both of shape `(2, pairs, tokens)`.

    `mask`, of shape `(pairs, tokens)`, is 0 at padding. Pairs of the same number in `questions` ask one question
    of several passages. Where there are such, half of the loss is each passage's own, as if it stood alone, and half
    is of one softmax a question: over the margins, which are the logits above that of a passage's first token, of
    all tokens of its passages, and one zero for no answer (shared normalisation, Clark and Gardner 2018,
    arXiv 1710.10723). For a question of one passage these are the same.
    """
    logits = logits.float() + (mask == 0) * _HIDDEN
    alone = -(targets * torch.log_softmax(logits, dim=2)).sum(dim=2).mean()
    numbers = list(dict.fromkeys(questions))
    if len(numbers) == len(questions):
        return alone
    margins = logits[:, :, 1:] - logits[:, :, :1]
    asked = torch.tensor([[number == question for question in questions] for number in numbers])
    of_pairs = margins.logsumexp(dim=2)
    of_questions = torch.where(asked, of_pairs[:, None, :], -torch.inf).logsumexp(dim=2)
    hit = (targets[:, :, 1:] * margins).sum(dim=2) @ asked.float().T
    together = (torch.nn.functional.softplus(of_questions) - hit).mean()
    return (alone + together) / 2
