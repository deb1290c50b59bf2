"""Ask a question as people type it, now and then: so that a reader does not depend on clean spelling."""

import random
import re

_OPENINGS = ("can you tell me", "tell me", "do you know", "i would like to know", "please tell me")
_LONGER_WORD = re.compile(r"[a-z]{5,}")


def as_typed(question: str, rng: random.Random) -> str:
    """Return `question`, at times without its mark, in lower case, with a slip, or chattily opened."""
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
    words = list(_LONGER_WORD.finditer(question))
    if not words:
        return question
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 2)
    pair = question[at : at + 2]
    return question[:at] + rng.choice((pair[::-1], pair[0], pair[0] + pair)) + question[at + 2 :]
