"""Passages: whole sentences, within the budget, one sentence of overlap."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.passages import cut_passages, in_context
from index.sentences import split_sentences
from index.spans import Span
from tests.fakes import HashingEmbedder
from tests.strategies import article_text

TOKENS = HashingEmbedder()


def passages(text: str, budget: int) -> list[str]:
    return [span.of(text) for span in cut_passages(text, split_sentences(text), TOKENS, budget=budget)]


def count_tokens(text: str) -> int:
    return len(TOKENS.token_spans(text))


def test_short_article_is_one_passage() -> None:
    """Sentences that fit the budget together are one passage."""
    assert passages("One two three. Four five.", 7) == ["One two three. Four five."]


def test_passage_begins_with_the_last_sentence_of_the_one_before() -> None:
    """Neighbours share a sentence where it leaves room for another."""
    assert passages("He ran. She sat. They left.", 6) == ["He ran. She sat.", "She sat. They left."]


def test_no_overlap_where_it_leaves_no_room() -> None:
    """A sentence is not repeated where the next one would not fit beside it."""
    assert passages("He ran. She sat. They left on foot.", 7) == ["He ran. She sat.", "They left on foot."]


def test_overlong_sentence_is_tiled() -> None:
    """A sentence over the budget is split between tokens, and its pieces lose nothing."""
    assert passages("He ran. They left on foot. She sat.", 3) == ["He ran.", "They left on ", "foot.", "She sat."]


def test_overlong_sentence_keeps_what_is_before_its_first_token() -> None:
    """A tokenizer that skips the first characters of a sentence does not cut them off."""

    class Words:
        def token_spans(self, text: str) -> list[Span]:
            return [Span(3, 4), Span(5, 6), Span(7, 8)]

    assert cut_passages("...a b c", [Span(0, 8)], Words(), budget=2) == (Span(0, 5), Span(5, 8))


def test_article_without_sentences_has_no_passage() -> None:
    """There is nothing to search in an empty text."""
    assert cut_passages("", (), TOKENS, budget=5) == ()


def test_sentence_without_tokens_is_covered() -> None:
    """A sentence of which the tokenizer sees nothing still lies in a passage."""

    class Nothing:
        def token_spans(self, text: str) -> list[Span]:
            return []

    assert cut_passages("One. Two.", [Span(0, 4), Span(5, 9)], Nothing(), budget=1) == (Span(0, 9),)


@settings(max_examples=200, deadline=None, database=None)
@given(article_text(), st.integers(1, 12))
def test_every_sentence_is_covered(text: str, budget: int) -> None:
    """Each sentence lies in a passage, or in the pieces it was split into."""
    cut = cut_passages(text, split_sentences(text), TOKENS, budget=budget)
    covered = {at for passage in cut for at in range(passage.start, passage.end)}
    assert all(covered.issuperset(range(sentence.start, sentence.end)) for sentence in split_sentences(text))


@settings(max_examples=200, deadline=None, database=None)
@given(article_text(), st.integers(1, 12))
def test_passages_keep_to_the_budget(text: str, budget: int) -> None:
    """No passage has more tokens than the encoder is to see."""
    assert all(count_tokens(passage) <= budget for passage in passages(text, budget))


def test_tokens_between_sentences_count() -> None:
    """A byte-order mark between two sentences, where files were joined, is in the passage and its budget."""
    text = "He ran.\n\ufeff\nShe sat."
    assert all(count_tokens(passage) <= 6 for passage in passages(text, 6))


@settings(max_examples=200, deadline=None, database=None)
@given(article_text(), st.integers(1, 12))
def test_only_an_overlong_sentence_is_split(text: str, budget: int) -> None:
    """A passage begins where a sentence begins and ends where one ends, unless that sentence is over the budget."""
    sentences = split_sentences(text)
    starts, ends = {sentence.start for sentence in sentences}, {sentence.end for sentence in sentences}
    for passage in cut_passages(text, sentences, TOKENS, budget=budget):
        if passage.start not in starts or passage.end not in ends:
            whole = [sentence for sentence in sentences if passage in sentence]
            assert len(whole) == 1
            assert count_tokens(whole[0].of(text)) > budget


@settings(max_examples=200, deadline=None, database=None)
@given(article_text(), st.integers(1, 12))
def test_passages_overlap_by_a_sentence_at_most(text: str, budget: int) -> None:
    """What two neighbours share is one whole sentence or nothing, and each goes further than the one before."""
    sentences = set(split_sentences(text))
    for before, after in pairwise(cut_passages(text, split_sentences(text), TOKENS, budget=budget)):
        assert before.start < after.start
        assert before.end < after.end
        assert after.start >= before.end or Span(after.start, before.end) in sentences


def test_title_stands_before_the_passage() -> None:
    """A passage is found by what its article is about, too."""
    assert in_context("It rained.", "Bridge opens") == "Bridge opens. It rained."


@pytest.mark.parametrize("title", ["", "It", "It rained."])
def test_passage_that_opens_with_the_title_is_left_alone(title: str) -> None:
    """A title is not said twice, and none is not said at all."""
    assert in_context("It rained.", title) == "It rained."
