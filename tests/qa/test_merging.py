"""Equal answers are one; alternatives come newest first."""

from collections.abc import Mapping, Sequence

import pytest

from index.records import StoredText
from index.spans import Span
from qa.merging import (
    ALTERNATIVE_SHARE,
    SPEAKING_SHARE,
    AnswerGroup,
    answer_key,
    arrange,
    merge,
    only_says_more,
)
from qa.reader import Candidate


def _candidates(*answers: tuple[str, float]) -> tuple[list[Candidate], dict[int, StoredText]]:
    """Return candidates that are each the whole of a text, which are numbered from 0."""
    texts = {id: StoredText(id, "", answer, ()) for id, (answer, _) in enumerate(answers)}
    return [Candidate(id, Span(0, len(answer)), score) for id, (answer, score) in enumerate(answers)], texts


def _merged(*answers: tuple[str, float], dates: Mapping[int, str | None] | None = None) -> tuple[AnswerGroup, ...]:
    candidates, texts = _candidates(*answers)
    return merge(candidates, texts, {id: id for id in texts}, dates or {})


def _ids(groups: Sequence[AnswerGroup]) -> list[list[int]]:
    return [[candidate.text_id for candidate in group.candidates] for group in groups]


def _arranged(groups: Sequence[AnswerGroup], dates: Mapping[int, str | None]) -> list[int]:
    return [candidate.text_id for candidate in arrange(groups, dates)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Scholz", "scholz"),
        ("the chancellor", "Chancellor"),
        ("“Scholz,”", "Scholz"),
        ("an hour", "A hour"),
        ("Olaf  Scholz", "Olaf\nScholz"),
        ("STRASSE", "straße"),
        ("Twenty-three", "23"),
        ("twenty people", "20 people"),
        ("two hundred", "2 hundred"),
    ],
)
def test_equal_answers(one: str, other: str) -> None:
    """Case, punctuation, articles, white space and how small numbers are written do not tell answers apart."""
    assert answer_key(one) == answer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Scholz", "Olaf Scholz"),
        ("The", "A"),
        ("—", "…"),
        ("then", "n"),
        ("11,000", "11"),
        ("a", ""),
        ("twenty", "23"),
        ("twenty ten", "30"),
    ],
)
def test_different_answers(one: str, other: str) -> None:
    """Other words are other answers; what is nothing but articles or marks keeps them."""
    assert answer_key(one) != answer_key(other)


def test_groups_come_in_the_order_of_their_best() -> None:
    """A group stands where its best candidate does, and holds its candidates in their order."""
    groups = _merged(("Scholz", 0.5), ("Kyiv", 0.4), ("scholz", 0.3), ("Kyiv", 0.2), ("Berlin", 0.1))
    assert _ids(groups) == [[0, 2], [1, 3], [4]]


def test_scores_of_a_group_add_up_to_1_at_most() -> None:
    """Texts that agree make an answer likelier, but never more than certain."""
    assert [group.score for group in _merged(("Scholz", 0.5), ("Kyiv", 0.25), ("kyiv", 0.125))] == [0.5, 0.375]
    assert _merged(("Scholz", 0.75), ("scholz", 0.75))[0].score == 1.0


@pytest.mark.parametrize(
    ("copies", "score"),
    [
        ({0: 0, 1: 1, 2: 2}, 0.5 + 0.25 + 0.125),
        ({0: 0, 1: 0, 2: 2}, 0.5 + 0.125),
        ({0: 0, 1: 1, 2: 1}, 0.5 + 0.25),
        ({0: 0, 1: 0, 2: 0}, 0.5),
    ],
)
def test_near_copies_do_not_add_up(copies: dict[int, int], score: float) -> None:
    """Of texts that are near copies the one counts that gives the answer most; its candidates are all there."""
    (group,) = merge(*_candidates(("Scholz", 0.5), ("scholz", 0.25), ("Scholz", 0.125)), copies, {})
    assert (group.score, len(group.candidates)) == (score, 3)


def test_candidates_of_one_text_add_up_beside_its_near_copies() -> None:
    """What a text says twice counts twice, and a near copy that says as much changes nothing."""
    texts = {id: StoredText(id, "", "Scholz and Scholz", ()) for id in (1, 2)}
    said = [Candidate(id, span, 0.25) for id in texts for span in (Span(0, 6), Span(11, 17))]
    assert [merge(said[:end], texts, {1: 1, 2: 1}, {})[0].score for end in (1, 2, 3, 4)] == [0.25, 0.5, 0.5, 0.5]


def test_nothing_is_no_group() -> None:
    """Without candidates there are no groups to arrange."""
    assert arrange(_merged(), {}) == ()


def test_alternatives_come_newest_first() -> None:
    """Behind the first answer the likely ones stand by date, however likely each is."""
    groups = _merged(("Scholz", 0.5), ("Kyiv", 0.45), ("Berlin", 0.4), ("Paris", 0.3))
    dates = {0: "2020-01-01", 1: "2024-01-01", 2: "2024-11-15", 3: "2024-06-01"}
    assert _arranged(groups, dates) == [0, 2, 3, 1]


def test_alternative_is_as_new_as_its_newest_text() -> None:
    """A group's date is the latest of its texts'."""
    groups = _merged(("Scholz", 0.5), ("Kyiv", 0.45), ("Berlin", 0.4), ("Berlin", 0.3))
    dates = {1: "2024-01-01", 2: "2020-01-01", 3: "2024-02-01"}
    assert _arranged(groups, dates) == [0, 2, 3, 1]


def test_equal_dates_keep_their_order() -> None:
    """Of alternatives of one day the likelier comes first."""
    groups = _merged(("Scholz", 0.5), ("Kyiv", 0.45), ("Berlin", 0.4))
    assert _arranged(groups, dict.fromkeys(range(3), "2024-01-01")) == [0, 1, 2]


@pytest.mark.parametrize("date", [None, ""])
def test_alternative_without_a_date_stands_behind_those_with_one(date: str | None) -> None:
    """What has no date is no newer than what has one, and still comes before what is hardly an answer."""
    groups = _merged(("Scholz", 0.5), ("Kyiv", 0.45), ("Berlin", 0.4), ("Paris", 0.1))
    assert _arranged(groups, {1: date, 2: "1990-01-01", 3: "2024-01-01"}) == [0, 2, 1, 3]


def test_what_is_hardly_an_answer_stays_behind() -> None:
    """A new text does not bring forward an answer below the share of the first one."""
    groups = _merged(("Scholz", 0.5), ("Kyiv", 0.3), ("Berlin", 0.5 * ALTERNATIVE_SHARE - 0.01))
    assert _arranged(groups, {1: "1990-01-01", 2: "2024-01-01"}) == [0, 1, 2]


def test_answer_of_half_the_first_one_s_score_is_an_alternative() -> None:
    """The share itself is enough."""
    groups = _merged(("Scholz", 0.5), ("Kyiv", 0.3), ("Berlin", 0.5 * ALTERNATIVE_SHARE))
    assert _arranged(groups, {1: "1990-01-01", 2: "2024-01-01"}) == [0, 2, 1]


def test_alternative_of_several_weak_texts_comes_before_what_is_hardly_one() -> None:
    """An alternative whose texts add up stands before a single text below the share."""
    groups = _merged(("Scholz", 0.8), ("Kyiv", 0.35), ("Berlin", 0.3), ("berlin", 0.3))
    assert _arranged(groups, {}) == [0, 2, 3, 1]


def test_what_hardly_speaks_for_an_answer_comes_by_its_own_likelihood() -> None:
    """The words of the first answer in a sentence that is far less likely stand among what is hardly an answer."""
    faint = 0.8 * SPEAKING_SHARE - 0.01
    groups = _merged(("Friday", 0.8), ("friday", faint), ("Berlin", faint - 0.02), ("Kyiv", 0.1), ("Friday", 0.3))
    assert _arranged(groups, {}) == [0, 4, 3, 1, 2]
    assert [candidate.text_id for candidate in groups[0].speaking()] == [0, 4]


def test_share_itself_is_enough_to_speak_for_an_answer() -> None:
    """What is as likely as the share says speaks for its answer, also where nothing is likely at all."""
    groups = _merged(("Scholz", 0.5), ("scholz", 0.5 * SPEAKING_SHARE), ("Kyiv", 0.0), ("Kyiv", 0.0))
    assert [len(group.speaking()) for group in groups] == [2, 2]


def test_weekday_of_another_week_is_another_answer() -> None:
    """The same words for a time are one answer in articles of one week or without a date, and else another one."""
    dates = {0: "2024-03-05", 1: "2024-05-04", 2: "2024-03-08", 3: None, 4: "2024-05"}
    assert _ids(_merged(*[("Friday", 0.5)] * 5, dates=dates)) == [[0, 2, 3], [1, 4]]
    undated_first = {0: None, 1: "2024-03-05", 2: "2024-05-04"}
    assert _ids(_merged(*[("Friday", 0.5)] * 3, dates=undated_first)) == [[0, 1], [2]]
    assert _ids(_merged(*[("Scholz", 0.5)] * 5, dates=dates)) == [[0, 1, 2, 3, 4]]


@pytest.mark.parametrize(("one", "other"), [("5%", "-5%"), ("$5", "5"), ("5%", "5")])
def test_signs_and_units_make_answers_differ(one: str, other: str) -> None:
    """A number with another sign or unit is another answer."""
    assert answer_key(one) != answer_key(other)


def test_composed_and_decomposed_letters_are_equal() -> None:
    """However an accent is encoded, the answer is the same."""
    assert answer_key("Caf\u00e9") == answer_key("cafe\u0301")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Lee", "Lee", True),
        ("the Vermeer sketch", "a sketch", True),
        ("Prime Minister Ana Lee", "Ana Lee", True),
        ("Kyiv, Ukraine", "Kyiv", True),
        ("3 people", "3", True),
        ("Kyiv", "Kyiv", True),
        ("guilty", "not guilty", False),
        ("3", "3 million", False),
        ("3", "3,500", False),
        ("five", "twenty-five", False),
        ("3 people", "13 people", False),
        ("Ana Lee", "Ana Ray Lee", False),
        ("Kyiv", "Berlin", False),
        ("!", "Kyiv", False),
        ("", "Kyiv", False),
    ],
)
def test_more_words_before_or_behind_make_no_other_answer(one: str, other: str, *, same: bool) -> None:
    """A fuller name says the same; a number, a negation or another word says something else."""
    assert only_says_more(one, other) == only_says_more(other, one) == same
