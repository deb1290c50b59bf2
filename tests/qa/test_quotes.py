"""Quotes of candidates: whole sentences, none twice, with a context where they need one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import StoredText
from index.spans import Span
from qa.quotes import LONGEST_QUOTE, QuotedSpan, find_again, quote_candidates, quote_of
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
    assert quote == QuotedSpan(1, _TEXT.sentences[1], candidate.span, 0.75, context=_TEXT.sentences[0])


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


def test_what_overlaps_a_better_quote_is_left_out() -> None:
    """A later candidate does not make an earlier quote longer, nor is it quoted beside it."""
    assert _quoted(_candidate(_TEXT, "They"), _candidate(_TEXT, "Putin. They")) == ["They spoke for an hour."]


def test_better_quote_of_two_sentences_holds_both() -> None:
    """What lies within a better quote is not quoted again."""
    assert _quoted(_candidate(_TEXT, "Putin. They"), _candidate(_TEXT, "hour"), _candidate(_TEXT, "Kyiv")) == [
        "Scholz called Putin. They spoke for an hour.",
        "Kyiv objected.",
    ]


def test_overlap_counts_within_one_text() -> None:
    """The same places in another article are other words."""
    other = StoredText(2, "", "Nothing was heard of it before.", (Span(0, 31),))
    assert len(_quoted(_candidate(_TEXT, "Scholz"), _candidate(other, "heard"), texts=(_TEXT, other))) == 2


def test_neighbouring_sentences_are_two_quotes() -> None:
    """Quotes that only touch are not merged."""
    text = stored("Scholz called.They spoke.")
    touching = StoredText(1, "", text.content, (Span(0, 14), Span(14, 25)))
    assert _quoted(_candidate(touching, "Scholz"), _candidate(touching, "They"), texts=(touching,)) == [
        "Scholz called.",
        "They spoke.",
    ]


def test_same_words_in_another_article_are_quoted_once() -> None:
    """A sentence that an agency gave to two papers is quoted from the better one; case and spacing do not count."""
    other = StoredText(2, "", "Nothing before. SCHOLZ  called\nPutin.", (Span(0, 15), Span(16, 38)))
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
    text = StoredText(1, "", content, (Span(0, length),))
    assert _quoted(_candidate(text, "Answer"), texts=(text,)) == [content if whole else "Answer"]


def test_long_candidate_is_quoted_whole() -> None:
    """A candidate longer than the longest quote is not cut."""
    content = "w" * (2 * LONGEST_QUOTE)
    text = StoredText(1, "", content, (Span(0, len(content)),))
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


def _context_of(content: str, words: str, *, id: int = 1) -> str | None:
    """Return the words of the context that the quote of a candidate has."""
    text = stored(content, id=id)
    (quote,) = quote_candidates([_candidate(text, words)], {id: text}, limit=1)
    return quote.context.of(content) if quote.context else None


@pytest.mark.parametrize(
    "opening",
    ["He rang", "(He rang)", "But they rang", "And she rang", "However, it rang", "The former rang", "The two rang"],
)
def test_quote_that_points_back_has_the_sentence_before(opening: str) -> None:
    """A quote that opens with a word for somebody named before comes with the sentence before it."""
    assert _context_of(f"Olaf Scholz is tired. {opening} Putin on Friday.", "Putin") == "Olaf Scholz is tired."


@pytest.mark.parametrize("opening", ["Hebrew radio rang", "Scholz, he said, rang", "The chancellor rang", "Italy rang"])
def test_quote_that_speaks_for_itself_has_no_context(opening: str) -> None:
    """A quote that names its subject stands alone, whatever its first letters."""
    assert _context_of(f"Olaf Scholz is tired. {opening} Putin on Friday.", "Putin") is None


def test_first_sentence_has_no_context() -> None:
    """Before the first sentence there is none."""
    assert _context_of("He rang Putin on Friday.", "Putin") is None


def test_title_is_no_context() -> None:
    """A title or heading before a quote does not say whom it is about."""
    assert _context_of("Scholz tired\n\nHe rang Putin on Friday.", "Putin") is None


def test_heading_further_down_is_no_context() -> None:
    """A line without a full stop above a paragraph says nothing of whom it is about; a sentence there does."""
    above = "Scholz is tired. It rained. Snow fell. Hail followed."
    assert _context_of(f"{above}\n\nGoblets missing\n\nHe rang Putin on Friday.", "Putin") is None
    assert _context_of(f"{above}\n\nHe rang Putin on Friday.", "Putin") == "Hail followed."


@pytest.mark.parametrize(("length", "there"), [(LONGEST_QUOTE, True), (LONGEST_QUOTE + 1, False)])
def test_longest_context(length: int, *, there: bool) -> None:
    """A sentence longer than the longest quote is no context."""
    before = "Scholz " + "w" * (length - len("Scholz .")) + "."
    content = f"{before} He rang."
    text = StoredText(1, "", content, (Span(0, length), Span(length + 1, len(content))))
    (quote,) = quote_candidates([_candidate(text, "rang")], {1: text}, limit=1)
    assert (quote.context == Span(0, length)) is there


def test_context_stands_before_the_whole_quote() -> None:
    """The context of a quote of two sentences is the one before the first."""
    content = "Kyiv objected. He rang Putin. They spoke for an hour."
    assert _context_of(content, "Putin. They") == "Kyiv objected."


def _again(quoted: str, other: str, words: str) -> str | None:
    """Return what is found in another text of the quote of a candidate."""
    texts = {1: stored(quoted), 2: stored(other, id=2)}
    span = find_again(quote_of(_candidate(texts[1], words), texts), texts[2], texts)
    return span.of(other) if span else None


def test_quote_is_found_again_in_another_text() -> None:
    """The same sentences are found wherever they stand, of any case and spacing; the first of several."""
    assert _again("He rang. She hung up. He left.", "It was so. She  hung UP. She hung up.", "She") == "She  hung UP."
    assert _again("He rang. She hung up. He left.", "It was he. He rang. She hung up.", "rang. She") == (
        "He rang. She hung up."
    )


@pytest.mark.parametrize("other", ["", "She hung up twice.", "He said: She hung up.", "She hung. Up.", "He left."])
def test_other_sentences_are_not_the_same(other: str) -> None:
    """Sentences with a word more or less, or that end elsewhere, are others."""
    assert _again("He rang. She hung up. He left.", other, "She") is None


def test_quote_that_is_no_sentence_is_not_found_again() -> None:
    """A quote of part of a sentence, or of what stands between two, is not looked for inside others."""
    long = "Answer " + "w" * LONGEST_QUOTE + "."
    assert _again(long, f"Answer. {long}", "Answer") is None
    between = stored("He rang.  He left.")
    quote = QuotedSpan(1, Span(8, 10), Span(8, 10), 0.5)
    assert find_again(quote, stored("He rang. He left.", id=2), {1: between}) is None
