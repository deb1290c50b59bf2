"""The ways to put a question, and which of them to take."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LEAD = 0.2
"""By how much more confident a later way has to be than the ones before it: wrong names can fit by chance."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """The ways to put a question, those that win ties first.

    `near` are the articles to prefer, `recalled` is the question whose words are looked for, too.
    """

    texts: tuple[str, ...]
    near: frozenset[Path] = frozenset()
    recalled: str | None = None


def choose(confidences: Sequence[float]) -> int:
    """Return which way to take: the first that no later one is clearly more confident than."""
    return next(at for at, sure in enumerate(confidences) if sure + LEAD >= max(confidences[at:]))
