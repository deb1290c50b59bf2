"""Questions completed by the one before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.conversation import Turn
from qa.ellipsis import complete, is_bare, stands_alone
from tests.qa.samples import turn_of
from tests.qa.strategies import any_text


@pytest.mark.parametrize(
    ("before", "answer", "question", "first"),
    [
        ("Is Scholz under pressure?", None, "Why?", "Why is Scholz under pressure?"),
        ("Has contact been frequent?", None, "Why not?", "Why hasn't contact been frequent?"),
        ("Did he call?", None, "But why is that?", "Why did he call?"),
        ("What happened to the ferry?", "ran aground", "Why?", "Why was it that the ferry ran aground?"),
        ("What caused the fire?", None, "When?", "When was it that something caused the fire?"),
        ("What happened to the ferry?", "an accident", "Why?", "Why did it happen to the ferry?"),
        ("What happened?", "ran aground", "Why?", "Why did it happen?"),
        ("What about the toll?", "it stays", "Why?", "Why the toll?"),
        ("Who lost the election?", None, "By how much?", "By how much was it that somebody lost the election?"),
        (
            "Who leads the inquiry?",
            "Karen Lindt",
            "Since when?",
            "Since when is it that Karen Lindt leads the inquiry?",
        ),
        ("Who was arrested in Berlin?", None, "When?", "When was it that somebody was arrested in Berlin?"),
        ("Who was arrested in Berlin?", "Ana Lee", "When?", "When was Ana Lee arrested in Berlin?"),
        ("Who called?", "Germany", "When?", "When was it that Germany called?"),
        (
            "Who called the talks off?",
            "Germany",
            "Why did it do that?",
            "Why was it that Germany called the talks off?",
        ),
        ("Which parties accuse Scholz?", None, "Of what?", "Of what is it that parties accuse Scholz?"),
        ("What does Scholz want?", "peace", "Why?", "Why does Scholz want peace?"),
        ("When did Scholz call?", "Friday", "Where?", "Where did Scholz call?"),
        ("Which edition was designed for consumers?", "Home", "Why?", "Why was Home designed for consumers?"),
        ("When was Bakr sentenced?", "Friday", "Which court?", "Which court was Bakr sentenced?"),
        ("When was Bakr sentenced?", "Friday", "And by which court?", "By which court was Bakr sentenced?"),
        ("Who won?", "Ana Lee", "With how much of the vote?", "With how much of the vote was it that Ana Lee won?"),
        ("Where did the crowd gather?", None, "How many people?", "How many people did the crowd gather?"),
        ("Where did the talks end?", None, "What year?", "What year did the talks end?"),
        ("Who called?", "Germany", "When did that happen?", "When was it that Germany called?"),
        ("Who was arrested?", "two soldiers", "When did it happen?", "When was two soldiers arrested?"),
        ("Who won the match?", "France", "Where was that?", "Where was it that France won the match?"),
        ("Who won?", "Ana Lee", "Who else?", "Who won?"),
        ("Which firm bought it?", "X Corp", "Which one?", "Which one bought it?"),
        ("Which team won the cup?", "Arsenal", "In which year?", "In which year was it that Arsenal won the cup?"),
        ("Where's the summit?", "Baku", "When?", "When is the summit?"),
        ("Can you tell me who called?", "Germany", "Why?", "Why was it that Germany called?"),
        ("When didn't Scholz call?", "Friday", "Why?", "Why didn't Scholz call?"),
        ("How many jobs will be cut?", "400", "Where?", "Where will jobs be cut?"),
        ("How many people were injured?", "Twenty-three", "Where?", "Where were people injured?"),
        ("How many people died in the leak?", "six", "Who were they?", "Who died in the leak?"),
        ("How many people died in the leak?", "six", "When?", "When was it that people died in the leak?"),
        ("How many people died in the leak?", "six", "Who else?", "Who died in the leak?"),
        ("What happened to Rosalind?", "died", "Why?", "Why was it that Rosalind died?"),
        ("Isn’t he ill?", None, "Why not?", "Why isn’t he ill?"),
        ("When did Beijing impose tariffs?", "in April", "Why?", "Why did Beijing impose tariffs?"),
    ],
)
def test_question_word_alone_takes_the_rest_from_before(
    before: str, answer: str | None, question: str, first: str
) -> None:
    """The question before is asked with the new question word, its answer where the old one was."""
    assert complete(question, turn_of(before, answer=answer))[0] == first


@pytest.mark.parametrize(
    ("before", "question", "first"),
    [
        ("What did the Kremlin say about the call?", "What about Zelensky?", "What did Zelensky say about the call?"),
        ("What did the Kremlin say about the call?", "And Zelensky?", "What did Zelensky say about the call?"),
        ("When did mainstream support stop?", "And extended support?", "When did extended support stop?"),
        ("What does moral ontology mean?", "And moral epistemology?", "What does moral epistemology mean?"),
        ("Which edition was for consumers?", "How about power users?", "Which edition was for power users?"),
        ("In what year was it released?", "And announced?", "In what year was it announced?"),
        ("Who called in 2022?", "And in 2024?", "Who called in 2024?"),
        ("Who called?", "And in 2024?", "Who called in 2024?"),
        ("When was Ann elected?", "And Fred?", "When was Fred elected?"),
        ("Who won the prize in 2022?", "What about 1999?", "Who won the prize in 1999?"),
    ],
)
def test_fragment_takes_the_place_of_what_it_answers_to(before: str, question: str, first: str) -> None:
    """A name takes a name's place, a noun that of one with the same word or of the last, a verb a verb's."""
    assert complete(question, turn_of(before))[0] == first


@pytest.mark.parametrize(
    ("before", "question", "first"),
    [
        ("Which symbols have one meaning?", "And which have many?", "Which symbols have many?"),
        ("What are mirror neurons?", "How many are there?", "How many mirror neurons are there?"),
    ],
)
def test_question_without_its_noun_takes_that_of_the_one_before(before: str, question: str, first: str) -> None:
    """`Which` and `how many` get the noun that was asked for or about."""
    assert complete(question, turn_of(before))[0] == first


@pytest.mark.parametrize(
    "question",
    [
        "Who initiated the call?",
        "Pandora",
        "And who is Scholz?",
        "What did he say?",
        "What happened?",
        "Which failed?",
        "How many people died?",
        "How many of them were hurt?",
        "In which city did he die?",
    ],
)
def test_question_that_leaves_nothing_out_is_not_completed(question: str) -> None:
    """A question with a subject and a verb, or a word searched for, is whole."""
    assert complete(question, turn_of("Who is the chancellor?")) == []


def test_which_may_stand_without_a_noun() -> None:
    """`Which is …` may be whole; after an `And` it is not."""
    assert stands_alone("Which is the largest city?")
    assert not stands_alone("And which is the largest?")
    assert not stands_alone("Why?")


def _turns() -> st.SearchStrategy[Turn]:
    return st.builds(
        lambda said, answer, quote: turn_of(said, answer=answer, quotes=(quote,)), any_text, any_text, any_text
    )


@given(st.one_of(any_text, st.sampled_from(["Why?", "And Zelensky?", "What about that?", "How many are"])), _turns())
def test_any_text_can_be_completed_by_any_turn(question: str, before: Turn) -> None:
    """Nothing that was said before makes completing fail."""
    assert all(text.endswith("?") for text in complete(question, before))


@pytest.mark.parametrize(
    ("question", "bare"),
    [("Why?", True), ("And how?", True), ("for how long", True), ("When did it happen?", False), ("Who won?", False)],
)
def test_bare_question_takes_all_else_from_before(question: str, bare: bool) -> None:
    """One that is hardly more than its question word."""
    assert is_bare(question) is bare
