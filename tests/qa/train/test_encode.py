"""Tokens of contexts, with the answers as spans of tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from index.passages import in_context
from index.spans import Span
from qa.train.encode import Encoded, encode
from qa.train.examples import Example
from tests.qa.train.pieces import pair_tokenizer
from tests.strategies import article_text


def _byte_pairs() -> Tokenizer:
    """Return a tokenizer of bytes as RoBERTa's is, whose tokens may share a character."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({letter: id for id, letter in enumerate(alphabet)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return tokenizer


TOKENIZERS = {"pieces": pair_tokenizer(), "bytes": _byte_pairs()}


def encode_one(context: str, *answers: Span, kind: str = "pieces") -> Encoded:
    return encode([Example("Who?", context, answers, 0)], TOKENIZERS[kind])


def test_answer_is_a_span_of_tokens() -> None:
    """The tokens of an answer are those of its words."""
    encoded = encode_one("The mayor of Arle is Anna.", Span(21, 25))
    (example,) = encoded.examples
    assert example.answers == ((5, 6),)
    assert encoded.contexts[example.context].words(5, 6) == "Anna"


def test_answer_inside_a_token_is_the_whole_token() -> None:
    """An answer that begins or ends inside a token takes all of it."""
    encoded = encode_one("The mayor of Arle is Anna.", Span(22, 24))
    assert encoded.examples[0].answers == ((5, 6),)


def test_answer_without_a_token_is_left_out() -> None:
    """An answer of white space alone has no token; without another, its question goes."""
    context = "The  mayor"
    assert encode_one(context, Span(3, 5)).examples == ()
    assert encode_one(context, Span(3, 5), Span(5, 10)).examples[0].answers == ((1, 2),)


def test_heading_is_what_a_title_adds() -> None:
    """The heading's tokens before the context's are those of the passage as a reader is given it."""
    context, title = "The mayor of Arle is Anna.", "Arle votes"
    (encoded,) = encode([Example("Who?", context, (), 0, title)], TOKENIZERS["pieces"]).contexts
    given = TOKENIZERS["pieces"].encode(in_context(context, title), add_special_tokens=False).ids
    assert [*encoded.heading_before(0, len(encoded.ids)), *encoded.ids] == given
    assert encode_one(context).contexts[0].heading == ()


def test_context_of_two_articles_is_of_the_first() -> None:
    """A context stands once, under the title of the article that has it first."""
    examples = [Example("Who?", "It rained.", (), 0, title) for title in ("Arle votes", "Cleve votes")]
    (encoded,) = encode(examples, TOKENIZERS["pieces"]).contexts
    assert encoded.title == "Arle votes"


def test_unanswerable_question_stays() -> None:
    """A question that has no answer is no question whose answers were lost."""
    assert encode_one("The mayor").examples[0].answers == ()


def test_sentences_begin_at_tokens() -> None:
    """Sentences are known by their first tokens."""
    encoded = encode_one("The mayor is Anna. A market is held. Nobody asks.")
    context = encoded.contexts[0]
    begins = [context.words(token, token + 1) for token in context.sentence_starts]
    assert begins == ["The", "A", "Nobody"]


def test_contexts_stand_once() -> None:
    """Questions about the same paragraph share its tokens."""
    examples = [Example("Who?", text, (), 0) for text in ("Anna", "Boris", "Anna")]
    encoded = encode(examples, TOKENIZERS["pieces"])
    assert [context.text for context in encoded.contexts] == ["Anna", "Boris"]
    assert [example.context for example in encoded.examples] == [0, 1, 0]


@pytest.mark.parametrize("kind", TOKENIZERS)
@given(st.data())
def test_tokens_hold_the_answer(kind: str, data: st.DataObject) -> None:
    """Whatever the text, the words of an answer's tokens hold the answer, but for what no token covers."""
    text = data.draw(article_text().filter(bool))
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    encoded = encode_one(text, span, kind=kind)
    (context,) = encoded.contexts
    covered = {at for begin, end in context.offsets for at in range(begin, end)}
    wanted = sorted(covered & set(range(span.start, span.end)))
    assert bool(encoded.examples) == bool(wanted)
    for example in encoded.examples:
        ((first, last),) = example.answers
        assert context.offsets[first][0] <= wanted[0]
        assert wanted[-1] < context.offsets[last - 1][1]
        assert context.words(first, last).find(text[wanted[0] : wanted[-1] + 1]) >= 0


@given(article_text())
def test_sentence_starts_are_tokens(text: str) -> None:
    """Sentences begin in order, the first at the first token, all at tokens that are there."""
    (context,) = encode_one(text).contexts
    assert context.sentence_starts[0] == 0
    assert list(context.sentence_starts) == sorted(set(context.sentence_starts))
    assert all(token < max(1, len(context.ids)) for token in context.sentence_starts)
