"""Pairs of a question and a passage, held against what the tokenizer itself makes of the two."""

import pytest

from qa.pairs import PairTemplate
from tests.qa.tiny_reader import BERT, ROBERTA, letter_tokenizer

_MARKED_IN_FRONT = "$A [SEP] $B:1 [SEP]:1 [CLS]:1"
_TEMPLATES = pytest.mark.parametrize("template", [BERT, ROBERTA, _MARKED_IN_FRONT])
_PAIRS = pytest.mark.parametrize(("question", "passage"), [("who?", "he did."), ("a", "b"), ("what", "")])


@_TEMPLATES
@_PAIRS
def test_pair_is_what_the_tokenizer_makes(template: str, question: str, passage: str) -> None:
    """The ids and types are those of the tokenizer's own pair, whatever stands around the halves."""
    tokenizer = letter_tokenizer(template)
    pairs = PairTemplate.of(tokenizer)
    asked, read = (tokenizer.encode(text, add_special_tokens=False).ids for text in (question, passage))
    wanted = tokenizer.encode(question, passage)
    assert pairs.ids(asked, read) == wanted.ids
    assert pairs.type_ids(asked, read) == wanted.type_ids
    feeds = pairs.feeds(asked, read)
    assert {name: array.tolist() for name, array in feeds.items()} == {
        "input_ids": [wanted.ids],
        "token_type_ids": [wanted.type_ids],
    }
    assert {array.dtype.name for array in feeds.values()} == {"int64"}


@_TEMPLATES
def test_passage_start_is_that_of_its_first_token(template: str) -> None:
    """The passage's tokens begin where the tokenizer sets the first one of the second text."""
    tokenizer = letter_tokenizer(template)
    asked = tokenizer.encode("who", add_special_tokens=False).ids
    assert PairTemplate.of(tokenizer).passage_start(asked) == tokenizer.encode("who", "he did").sequence_ids.index(1)


@_TEMPLATES
def test_added_counts_what_belongs_to_neither(template: str) -> None:
    """As many tokens are added as the tokenizer says."""
    tokenizer = letter_tokenizer(template)
    assert PairTemplate.of(tokenizer).added == tokenizer.num_special_tokens_to_add(is_pair=True)
