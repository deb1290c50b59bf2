"""The clause of a sentence that a span stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spans import Span
from qa.clauses import clause_of
from tests.strategies import article_text


def _clause(sentence: str, words: str) -> str:
    start = sentence.index(words)
    return clause_of(sentence, Span(0, len(sentence)), Span(start, start + len(words))).of(sentence)


@pytest.mark.parametrize(
    ("sentence", "words", "clause"),
    [
        ("He rang Putin himself; nobody in Kyiv knew of it.", "Putin", "He rang Putin himself"),
        ("He rang Putin himself; nobody in Kyiv knew of it.", "Kyiv", "nobody in Kyiv knew of it."),
        ("He rang Putin himself, because nobody would.", "Putin", "He rang Putin himself"),
        ("He rang Putin himself, because nobody would.", "nobody", "because nobody would."),
        ("One thing is sure: he rang him – so they say – on Friday.", "rang", "he rang him"),
        ("They said — he rang Putin himself — on a Friday.", "rang", "he rang Putin himself"),
        ("“The roads were flooded, and nobody came,” he said.", "flooded", "The roads were flooded"),
        ("“The roads were flooded, and nobody came,” he said.", "nobody", "and nobody came,” he said."),
    ],
)
def test_clause_between_its_marks(sentence: str, words: str, clause: str) -> None:
    """A clause goes from mark to mark, without the marks and the space around it."""
    assert _clause(sentence, words) == clause


def test_comma_of_a_list_parts_nothing() -> None:
    """A comma counts before a word that opens a clause only."""
    sentence = "He rang Paris, Kyiv, London, android users and Rome."
    assert _clause(sentence, "Kyiv") == sentence


def test_span_over_a_mark_is_held_whole() -> None:
    """A mark within the span does not cut it."""
    assert (
        _clause("They met; he rang; nobody in Kyiv knew; it rained.", "rang; nobody") == "he rang; nobody in Kyiv knew"
    )


def test_clause_of_two_words_is_too_little() -> None:
    """Where so few words would be left, the sentence is given."""
    sentence = "He rang; nobody in Kyiv knew of it."
    assert _clause(sentence, "rang") == sentence


def test_clause_of_three_words_is_enough() -> None:
    """Three words say something."""
    assert _clause("He rang him; nobody in Kyiv knew of it.", "rang") == "He rang him"


def test_other_sentences_are_left_alone() -> None:
    """Marks outside the sentence do not count, nor are places counted from its beginning."""
    text = "First; second. He rang Putin himself. Third; fourth."
    sentence = Span(text.index("He"), text.index(" Third"))
    start = text.index("Putin")
    assert clause_of(text, sentence, Span(start, start + 5)) == sentence


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The meeting began at 10:30 on a quiet Friday.", "Friday"),
        ("The home side won 3–1 on a quiet Friday.", "Friday"),
        ("The Paris–Berlin night train runs again today.", "today"),
    ],
)
def test_mark_within_a_word_parts_nothing(sentence: str, words: str) -> None:
    """Times, scores and names with a dash stay whole."""
    assert _clause(sentence, words) == sentence


@given(text=article_text(), data=st.data())
def test_clause_holds_the_span_and_lies_in_the_sentence(text: str, data: st.DataObject) -> None:
    """Whatever the text, the span is in its clause and the clause in its sentence."""
    places = [0, len(text), *data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4))]
    low, start, end, high = sorted(places[2:])
    if text[start:end].strip() != text[start:end] or start == end:
        start, end = low, high
    sentence, span = Span(low, high), Span(start, end)
    clause = clause_of(text, sentence, span)
    assert clause in sentence
    assert span in clause


def test_span_that_begins_with_a_mark_of_the_byte_order() -> None:
    """What cannot be seen and is trimmed from a clause stays in it where the span begins or ends with it."""
    text = "\ufeffThe Senate voted on Tuesday, and left.\ufeff"
    whole = Span(0, len(text))
    assert clause_of(text, whole, Span(0, 11)) == Span(0, text.index(","))
    assert clause_of(text, whole, Span(31, len(text))) == whole
    assert clause_of(text, whole, whole) == whole
