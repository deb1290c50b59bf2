"""Questions as people type them: the same question."""

import random
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from qa.train.as_typed import as_typed

QUESTION = "When did the harbour of Arle open?"
_OPENED = ("can you tell me ", "tell me ", "do you know ", "i would like to know ", "please tell me ")


def typed(count: int) -> list[str]:
    draw = random.Random(1)
    return [as_typed(QUESTION, draw) for _ in range(count)]


def test_most_questions_stay_as_they_are() -> None:
    """More than half are untouched."""
    assert sum(question == QUESTION for question in typed(1000)) > 500


def test_every_kind_of_change_occurs() -> None:
    """Among many there are questions without a mark, in lower case, with a slip, and with an opening."""
    questions = typed(1000)
    assert QUESTION.rstrip("?") in questions
    assert QUESTION.lower() in questions
    assert any(question.startswith(_OPENED) for question in questions)
    assert any(len(question.rstrip("?")) == len(QUESTION) and question.startswith("When") for question in questions)


@given(st.text(), st.integers())
def test_a_question_keeps_its_words(question: str, seed: int) -> None:
    """But for an opening, the mark and at most one slip of a letter, the words stay in their order."""
    typed = as_typed(question, random.Random(seed))
    for opening in _OPENED:
        typed = typed.removeprefix(opening) if not question.startswith(opening) else typed
    before, after = question.rstrip("? ").lower().split(), typed.rstrip("? ").lower().split()
    assert len(before) == len(after)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) <= 1
    assert all(SequenceMatcher(None, old, new).ratio() > 0.6 for old, new in changed)


@given(st.text(), st.integers())
def test_the_same_seed_types_the_same(question: str, seed: int) -> None:
    """Nothing but the seed decides."""
    assert as_typed(question, random.Random(seed)) == as_typed(question, random.Random(seed))
