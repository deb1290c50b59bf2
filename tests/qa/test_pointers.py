"""Words that point out of a question."""

import pytest
from hypothesis import given

from qa.pointers import Aim, find_pointers
from tests.qa.strategies import any_text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did he call it?", ["he", "it"]),
        ("And whose policies did he blame?", ["he"]),
        ("When does it hold elections?", ["it"]),
        ("What is its function?", ["its"]),
        ("What mode could its applications be run in?", ["its"]),
        ("Did Scholz speak to him before the call?", ["him"]),
        ("What did he warn they could lead to?", ["he", "they"]),
        ("Who disagreed with her?", ["her"]),
        ("Who praised her policies?", ["her"]),
        ("Who revealed that?", ["that"]),
        ("What was that merged with?", ["that"]),
        ("What do people fear if that happens?", ["that happens"]),
        ("Who lives there?", ["there"]),
        ("Why did they do this?", ["they", "this"]),
        ("Where did it take place?", ["it"]),
        ("How much did it cost?", ["it"]),
        ("When was it first used?", ["it"]),
        ("Is it legal?", ["it"]),
        ("Is it legal in Germany?", ["it"]),
        ("What is it called now?", ["it"]),
        ("Why did those matter?", ["those"]),
        ("What is it called?", ["it"]),
        ("How did this start?", ["this"]),
        ("What caused its collapse?", ["its"]),
        ("What led to its collapse?", ["its"]),
        ("Who bought its assets?", ["its"]),
        ("What was the reason for its collapse?", ["its"]),
        ("Who was behind its collapse?", ["its"]),
    ],
)
def test_words_that_point_back_are_found(question: str, words: list[str]) -> None:
    """Pronouns whose noun is not in the question point at what was said before."""
    assert [question[pointer.start : pointer.end] for pointer in find_pointers(question)] == words


@pytest.mark.parametrize(
    "question",
    [
        "Who initiated the call?",
        "What did Google do when it was sued?",
        "What did John Newton compare in his book?",
        "How can governments make money from the land they own?",
        "Who was the first to make Christianity their state religion?",
        "What is the effect that reduces attraction?",
        "Who said that Germany called?",
        "Is it possible to visit the summit?",
        "What happened when it came to peace?",
        "How long does it take to fly to Rio?",
        "Is it legal for young people to vote?",
        "Is it clear who won?",
        "When was it first possible to vote?",
        "Has any club won all of its games?",
        "Is it true Germany initiated the call?",
        "Is it legal in Germany to smoke cannabis?",
        "Why is it hard for small farmers in Kenya to get loans?",
        "Does it matter who wins the election?",
        "How long will it take until peace returns?",
        "What happens to water when it freezes?",
        "Which company sold its shares?",
        "What did Apple say about its plans?",
        "Did inflation reach its peak?",
        "When did that government fall?",
        "Who runs the IT department?",
        "Are there bishops in Armenia?",
        "Which of these sanctions were tightened?",
        "Who is the person that lost her job?",
        "Who broke his hand?",
    ],
)
def test_question_that_stands_alone_has_none(question: str) -> None:
    """Words that point at a noun of the question, at a clause or at nothing are left alone."""
    assert find_pointers(question) == []


@pytest.mark.parametrize(
    ("question", "aim", "owns"),
    [
        ("Where was she?", Aim.SHE, False),
        ("Where was his car?", Aim.HE, True),
        ("What is it part of?", Aim.THING, False),
        ("Where are they?", Aim.SEVERAL, False),
        ("What are those?", Aim.SEVERAL, False),
        ("Who said that?", Aim.CLAIM, False),
        ("When was that released?", Aim.RESULT, False),
        ("When did that end?", Aim.THING, False),
        ("WHO RUNS IT?", Aim.THING, False),
        ("Who went there?", Aim.PLACE, False),
    ],
)
def test_word_tells_what_it_points_at(question: str, aim: Aim, *, owns: bool) -> None:
    """Persons, things, several, a claim, a result and a place are told apart, and possessives marked."""
    (pointer,) = find_pointers(question)
    assert (pointer.aim, pointer.owns) == (aim, owns)


@given(any_text)
def test_pointers_lie_in_any_text_in_order(text: str) -> None:
    """Pointers do not overlap."""
    end = 0
    for pointer in find_pointers(text):
        assert end <= pointer.start < pointer.end <= len(text)
        end = pointer.end
