"""Articles that agree are counted, and those that say otherwise told; near copies are one of them."""

from dataclasses import replace

import pytest

from qa.agreement import FAINT, LATER_SHARE, dissent, is_later, said_otherwise, voices, without_faint
from qa.answer import Answer, Quote
from qa.merging import ALTERNATIVE_SHARE
from tests.qa.samples import ANSWER, CITATION, HERE, QUOTE


def _quote(number: int, *, voice: int, agrees: bool = True, score: float = 0.8) -> Quote:
    citation = replace(CITATION, number=number, path=HERE / f"{number}.txt")
    said = QUOTE.answer if agrees else "France"
    return replace(QUOTE, answer=said, citation=citation, voice=voice, agrees=agrees, score=score)


def _answer(*quotes: Quote) -> Answer:
    return replace(ANSWER, quotes=quotes)


@pytest.mark.parametrize(
    ("said_by", "count"), [([1], 1), ([1, 1], 1), ([1, 2], 2), ([1, 2, 1, 2], 2), ([1, 2, 3, 2], 3)]
)
def test_near_copies_are_one_voice(said_by: list[int], count: int) -> None:
    """Quotes of an article and of near copies of it count once, whatever files they are in."""
    quotes = [_quote(number, voice=voice) for number, voice in enumerate(said_by, start=1)]
    assert voices(_answer(*quotes)) == count


def test_other_answers_do_not_count() -> None:
    """Only who gives the same answer has a voice in it."""
    other, same = _quote(2, voice=2, agrees=False), _quote(3, voice=3)
    assert voices(_answer(_quote(1, voice=1), other, same)) == 2


def test_faint_quotes_of_other_answers_are_left_out() -> None:
    """What hardly answers is dropped, but for what agrees with the answer; to a refusal everything is only near."""
    first, same = _quote(1, voice=1, score=FAINT / 2), _quote(2, voice=2, score=FAINT / 4)
    other, faint = _quote(3, voice=3, agrees=False, score=FAINT), _quote(4, voice=4, agrees=False, score=FAINT - 1e-6)
    answer = _answer(first, same, other, faint)
    assert without_faint(answer).quotes == (first, same, other)
    assert without_faint(replace(answer, answered=False)).quotes == (other,)


def test_refusal_has_no_voices() -> None:
    """Where nothing is answered nobody says it."""
    assert voices(replace(_answer(_quote(1, voice=1), _quote(2, voice=2)), answered=False)) == 0


def test_near_copy_does_not_dissent() -> None:
    """A report's later version is no other article that says otherwise; one behind it may be."""
    first, version = _quote(1, voice=1), _quote(2, voice=1, agrees=False)
    other = _quote(3, voice=3, agrees=False)
    assert dissent(_answer(first, version)) is None
    assert dissent(_answer(first, version, other)) == other


@pytest.mark.parametrize(("share", "told"), [(ALTERNATIVE_SHARE, True), (ALTERNATIVE_SHARE - 0.01, False)])
def test_unlikely_alternative_is_no_dissent(share: float, *, told: bool) -> None:
    """Another article says otherwise only where it is an alternative."""
    other = _quote(2, voice=2, agrees=False, score=0.8 * share)
    assert (dissent(_answer(_quote(1, voice=1), other)) is not None) == told


_LATER = replace(CITATION, date="2024-11-20")


@pytest.mark.parametrize(("share", "told"), [(LATER_SHARE, True), (LATER_SHARE - 0.01, False)])
def test_later_article_need_not_be_as_likely(share: float, *, told: bool) -> None:
    """What a later article says is told where it is likely at all; an earlier one has to be an alternative."""
    later = replace(_quote(2, voice=2, agrees=False, score=0.8 * share), citation=_LATER)
    assert (dissent(_answer(_quote(1, voice=1), later)) is not None) == told
    earlier = replace(later, citation=replace(CITATION, date="2024-11-10"))
    assert dissent(_answer(_quote(1, voice=1), earlier)) is None


def test_newest_article_is_told_of() -> None:
    """Of two later articles the later one comes first, and both before a likelier one that is not."""
    first, likely = _quote(1, voice=1), _quote(2, voice=2, agrees=False, score=0.7)
    later = replace(_quote(3, voice=3, agrees=False, score=0.3), citation=_LATER)
    newest = replace(_quote(4, voice=4, agrees=False, score=0.2), citation=replace(CITATION, date="2024-12"))
    assert dissent(_answer(first, likely, later, newest)) == newest
    assert dissent(_answer(first, likely, later)) == later
    assert dissent(_answer(first, likely)) == likely


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("It is £1,900, not £2,900.", True),
        ("Not £2,900 but £1,900 was meant.", True),
        ("It was not the £2,900 that was given, but £1,900.", True),
        ("It is £1,900, not £2,900,000.", False),
        ("It is not £2,900-odd, but £1,900.", False),
        ("Whether or not £2,900 was meant, it is £1,900.", False),
        ("It is £2,900, not £1,900.", False),
        ("It cannot be £1,900.", False),
    ],
)
def test_quote_that_denies_the_answer_is_told_of(text: str, *, denied: bool) -> None:
    """A correction is told of, and shown, however unlikely the reader finds it."""
    first = replace(_quote(1, voice=1), answer="£2,900")
    other = replace(_quote(2, voice=2, agrees=False, score=FAINT / 2), text=text, answer="£1,900")
    answer = _answer(first, other)
    assert (dissent(answer) == other) == denied
    assert (other in without_faint(answer).quotes) == denied


def test_article_that_denies_the_answer_does_not_say_it() -> None:
    """Where the denied words are what the reader found, the quote is no voice for them, and says something else."""
    first = replace(_quote(1, voice=1), answer="£2,900")
    other = replace(_quote(2, voice=2), text="It is not £2,900, they said.", answer="£2,900")
    answer = replace(_answer(first, other), question="What does it cost?")
    assert (dissent(answer), voices(answer), said_otherwise(answer, other)) == (other, 1, None)


def test_faint_denial_does_not_hide_what_is_likely() -> None:
    """What is denied in passing is told only where nothing likelier is."""
    first, likely = replace(_quote(1, voice=1), answer="Germany"), _quote(2, voice=2, agrees=False, score=0.5)
    faint = replace(_quote(3, voice=3, agrees=False, score=FAINT / 2), text="It is paid in Kenya, not Germany.")
    assert dissent(_answer(first, likely, faint)) == likely
    assert dissent(_answer(first, faint)) == faint


@pytest.mark.parametrize(
    ("question", "said", "told"),
    [("Who called?", "Poland", "Poland"), ("Who called?", "She", None), ("Did Germany call?", "Poland", None)],
)
def test_what_another_article_says(question: str, said: str, told: str | None) -> None:
    """A part of a sentence that is not said of the first quote is not said of another one."""
    first = replace(_quote(1, voice=1), answer="Germany")
    other = replace(_quote(2, voice=2, agrees=False), answer=said)
    answer = replace(_answer(first, other), question=question, answer="Germany", answers=("Germany",))
    assert said_otherwise(answer, other) == told


@pytest.mark.parametrize(
    ("date", "other", "later"),
    [
        ("2024-11-16", "2024-11-15", True),
        ("2024-12", "2024-11-15", True),
        ("2025", "2024-12", True),
        ("2024-11-15", "2024-11-15", False),
        ("2024-11-15", "2024-11", False),
        ("2024", "2024-11", False),
        ("2024-11-15", None, False),
        (None, "2024-11-15", False),
    ],
)
def test_what_is_later(date: str | None, other: str | None, *, later: bool) -> None:
    """A date is later than another where it is for certain."""
    assert is_later(date, other) == later


def test_same_words_of_another_time_do_not_dissent() -> None:
    """Two articles that say `Friday`, each of its own, do not contradict each other."""
    first = replace(_quote(1, voice=1), answer="Friday")
    assert dissent(_answer(first, replace(_quote(2, voice=2, agrees=False), answer="on Friday"))) is None


def test_fuller_name_does_not_dissent() -> None:
    """Who is called by more of the name in another article is the same."""
    first = replace(_quote(1, voice=1), answer="Lee")
    fuller = replace(_quote(2, voice=2, agrees=False), answer="Ana Lee")
    other = replace(_quote(3, voice=3, agrees=False), answer="Ana Ray")
    assert dissent(_answer(first, fuller)) is None
    assert dissent(_answer(first, fuller, other)) == other
