"""Quotes of candidates: whole sentences, merged, none twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import StoredText
from index.spans import Span
from qa.quotes import LONGEST_QUOTE, QuotedSpan, quote_candidates
from qa.reader import Candidate
from tests.qa.samples import stored

_TEXT = stored("Scholz called Putin. They spoke for an hour. Kyiv objected.")


def _candidate(text: StoredText, words: str, score: float = 0.5) -> Candidate:
    start = text.content.index(words)
    return Candidate(text.id, Span(start, start + len(words)), score)


def _quoted(*candidates: Candidate, texts: tuple[StoredText, ...] = (_TEXT,), limit: int = 3) -> list[str]:
    by_id = {text.id: text for text in texts}
    return [quote.span.of(by_id[quote.text_id].content) for quote in quote_candidates(candidates, by_id, limit=limit)]


def test_quote_is_the_whole_sentence() -> None:
    """A candidate of a word is quoted with its sentence, and stays the answer."""
    candidate = _candidate(_TEXT, "hour", 0.75)
    (quote,) = quote_candidates([candidate], {1: _TEXT}, limit=3)
    assert quote == QuotedSpan(1, _TEXT.sentences[1], candidate.span, 0.75)


def test_candidate_over_two_sentences_is_quoted_with_both() -> None:
    """A candidate that crosses a sentence's end is quoted with both sentences."""
    assert _quoted(_candidate(_TEXT, "Putin. They")) == ["Scholz called Putin. They spoke for an hour."]


def test_candidate_between_sentences_is_quoted_as_it_is() -> None:
    """A candidate that no sentence holds is its own quote."""
    candidate = Candidate(1, Span(len("Scholz called Putin."), len("Scholz called Putin. ")), 0.5)
    (quote,) = quote_candidates([candidate], {1: _TEXT}, limit=3)
    assert quote.span == candidate.span


def test_candidate_longer_than_its_sentence_is_not_cut() -> None:
    """White space that a candidate has around its sentence stays."""
    assert _quoted(_candidate(_TEXT, " They spoke for an hour. ")) == [" They spoke for an hour. "]


def test_candidates_of_one_sentence_are_quoted_once() -> None:
    """The first of them is the answer and gives the score."""
    first, second = _candidate(_TEXT, "Putin", 0.9), _candidate(_TEXT, "Scholz", 0.8)
    assert quote_candidates([first, second], {1: _TEXT}, limit=3) == (
        QuotedSpan(1, _TEXT.sentences[0], first.span, 0.9),
    )


def test_overlapping_quotes_are_merged() -> None:
    """A later quote that overlaps an earlier one makes it longer."""
    assert _quoted(_candidate(_TEXT, "They"), _candidate(_TEXT, "Putin. They")) == [
        "Scholz called Putin. They spoke for an hour."
    ]


def test_quote_over_two_quotes_merges_all() -> None:
    """A quote that overlaps two others makes one of the three."""
    assert _quoted(_candidate(_TEXT, "Scholz"), _candidate(_TEXT, "hour"), _candidate(_TEXT, "Putin. They")) == [
        "Scholz called Putin. They spoke for an hour."
    ]


def test_neighbouring_sentences_are_two_quotes() -> None:
    """Quotes that only touch are not merged."""
    text = stored("Scholz called.They spoke.")
    touching = StoredText(1, text.content, (Span(0, 14), Span(14, 25)))
    assert _quoted(_candidate(touching, "Scholz"), _candidate(touching, "They"), texts=(touching,)) == [
        "Scholz called.",
        "They spoke.",
    ]


def test_same_words_in_another_article_are_quoted_once() -> None:
    """A sentence that an agency gave to two papers is quoted from the better one; case and spacing do not count."""
    other = StoredText(2, "Nothing before. SCHOLZ  called\nPutin.", (Span(0, 15), Span(16, 38)))
    candidates = (_candidate(_TEXT, "Scholz", 0.9), _candidate(other, "SCHOLZ", 0.8), _candidate(other, "Nothing", 0.1))
    assert _quoted(*candidates, texts=(_TEXT, other)) == ["Scholz called Putin.", "Nothing before."]


def test_limit_holds() -> None:
    """No more quotes than asked for, the best ones."""
    candidates = [_candidate(_TEXT, word) for word in ("Kyiv", "Scholz", "hour")]
    assert _quoted(*candidates, limit=2) == ["Kyiv objected.", "Scholz called Putin."]


def test_limit_of_nothing_quotes_nothing() -> None:
    """With a limit of 0 there are no quotes."""
    assert _quoted(_candidate(_TEXT, "Kyiv"), limit=0) == []


def test_quotes_stay_in_the_order_of_candidates() -> None:
    """The best candidate's quote comes first, wherever it stands in the article."""
    assert _quoted(_candidate(_TEXT, "Kyiv"), _candidate(_TEXT, "Scholz")) == ["Kyiv objected.", "Scholz called Putin."]


@pytest.mark.parametrize(("length", "whole"), [(LONGEST_QUOTE, True), (LONGEST_QUOTE + 1, False)])
def test_longest_quote(length: int, *, whole: bool) -> None:
    """A quote goes to its sentence's ends up to the longest length, else it is the candidate alone."""
    content = "Answer " + "w" * (length - len("Answer .")) + "."
    text = StoredText(1, content, (Span(0, length),))
    assert _quoted(_candidate(text, "Answer"), texts=(text,)) == [content if whole else "Answer"]


def test_long_candidate_is_quoted_whole() -> None:
    """A candidate longer than the longest quote is not cut."""
    content = "w" * (2 * LONGEST_QUOTE)
    text = StoredText(1, content, (Span(0, len(content)),))
    assert _quoted(_candidate(text, content), texts=(text,)) == [content]


_sentence_candidates = st.lists(
    st.tuples(st.integers(0, len(_TEXT.content) - 1), st.integers(1, 5)).map(
        lambda drawn: Candidate(1, Span(drawn[0], min(drawn[0] + drawn[1], len(_TEXT.content))), 0.5)
    ),
    max_size=8,
)


@given(candidates=_sentence_candidates, limit=st.integers(0, 5))
def test_every_quote_holds_its_answer(candidates: list[Candidate], limit: int) -> None:
    """Whatever the candidates, an answer lies in its quote and the limit holds."""
    quotes = quote_candidates(candidates, {1: _TEXT}, limit=limit)
    assert len(quotes) <= limit
    assert all(quote.answer in quote.span for quote in quotes)
    assert {quote.answer for quote in quotes} <= {candidate.span for candidate in candidates}
