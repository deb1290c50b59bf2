"""The score on dev questions: paragraphs of any length, answers and refusals."""

from pathlib import Path

import pytest
import torch

from index.spans import Span
from qa.train.base import Base, load_base
from qa.train.examples import Example
from qa.train.score import score
from tests.qa.train.toy import VOCABULARY

FILLER = "a market is held on monday . " * 20


class Oracle(torch.nn.Module):
    """A model that answers with every token that is `wanted`, or with the first token where there is none."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self.wanted = wanted
        self.longest = 0

    def forward(self, input_ids: torch.Tensor, **_: torch.Tensor) -> object:
        """Return logits of 5 at the token wanted, 1 at the first, 0 elsewhere."""
        from transformers.modeling_outputs import QuestionAnsweringModelOutput

        self.longest = max(self.longest, input_ids.shape[1])
        logits = 5.0 * (input_ids == self.wanted)
        logits[:, 0] = 1.0
        return QuestionAnsweringModelOutput(start_logits=logits, end_logits=logits)


@pytest.fixture
def base(tiny_base: Path) -> Base:
    """Return a base whose model answers "Anna"."""
    loaded = load_base(str(tiny_base), seed=1)
    oracle = Oracle(VOCABULARY.index("anna"))
    return Base(oracle, loaded.tokenizer, loaded.words, loaded.form, loaded.most_tokens)  # type: ignore[arg-type]


def anna_in(context: str) -> Example:
    at = context.index("Anna")
    return Example("who is the mayor ?", context, (Span(at, at + 4),), 0)


@pytest.mark.parametrize("before", [0, 1, 2, 5])
@pytest.mark.parametrize("after", [0, 1, 3])
def test_answer_is_found_wherever_it_stands(base: Base, before: int, after: int) -> None:
    """Paragraphs beyond the model's limit are read in parts, to their end."""
    found = score(base, [anna_in(f"{FILLER * before}the mayor is Anna . {FILLER * after}")])
    assert (found.questions, found.exact_match, found.f1) == (1, 100.0, 100.0)
    assert isinstance(base.model, Oracle)
    assert base.model.longest <= base.most_tokens


def test_wrong_answer_scores_nothing(base: Base) -> None:
    """An answer of other words is wrong."""
    context = "the mayor is Anna , and not Boris ."
    at = context.index("Boris")
    wrong = Example("who ?", context, (Span(at, at + 5),), 0)
    found = score(base, [anna_in(context), wrong])
    assert (found.exact_match, found.f1) == (50.0, 50.0)


def test_refusal_counts_where_there_is_something_to_refuse(base: Base) -> None:
    """Among unanswerable questions an empty answer is right; without any, something is always answered."""
    nothing = Example("who is the mayor ?", "a market is held .", (), 0)
    assert score(base, [nothing, anna_in("the mayor is Anna .")]).exact_match == 100.0
    answered = Example("who is the mayor ?", "market", (Span(0, 6),), 0)
    assert score(base, [answered]).exact_match == 100.0


def test_empty_paragraph(base: Base) -> None:
    """A paragraph without words has the empty answer."""
    assert score(base, [Example("who ?", " ", (), 0)]).exact_match == 100.0
