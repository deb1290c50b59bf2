"""What is kept of a conversation."""

from dataclasses import replace

from qa.conversation import NOTHING_SAID, REMEMBERED, Turn
from tests.qa.samples import ANSWER, CITATION, QUOTE, SENTENCE


def test_turn_keeps_what_was_asked_answered_and_cited() -> None:
    """A turn holds the question, the answer, the quotes' words, and titles and paths without repetition."""
    again = replace(QUOTE, text="It lasted an hour.", citation=replace(CITATION, number=2))
    turn = Turn.of(replace(ANSWER, quotes=(QUOTE, again)))
    assert (turn.question, turn.understood, turn.answer) == (ANSWER.question, ANSWER.question, SENTENCE)
    assert turn.quotes == (SENTENCE, "It lasted an hour.")
    assert (turn.titles, turn.paths) == ((CITATION.title,), (CITATION.path,))


def test_turn_without_an_answer_has_no_quotes() -> None:
    """What came nearest to a question was not talked about: no word of it is pointed at later."""
    turn = Turn.of(replace(ANSWER, answered=False, answer=None))
    assert (turn.question, turn.answer) == (ANSWER.question, None)
    assert (turn.quotes, turn.titles, turn.paths) == ((), (), ())


def test_turn_is_understood_as_it_was_rewritten() -> None:
    """What was searched for is the rewritten question; what was asked stays as it was."""
    turn = Turn.of(replace(ANSWER, question="Who?", rewritten="Who initiated the call?"))
    assert (turn.question, turn.understood) == ("Who?", "Who initiated the call?")


def test_conversation_forgets_its_oldest_turns() -> None:
    """No more than the last turns are kept, oldest first."""
    said = NOTHING_SAID
    for number in range(REMEMBERED + 2):
        said = said.after(replace(ANSWER, question=f"Question {number}?"))
    assert [turn.question for turn in said.turns] == [f"Question {n}?" for n in range(2, REMEMBERED + 2)]
    assert NOTHING_SAID.turns == ()


def test_names_typed_small_get_their_capitals() -> None:
    """What comes after takes `germany` for the name that the quote has."""
    assert Turn.of(replace(ANSWER, question="what did germany do", rewritten=None)).understood == "what did germany do"
    quote = replace(QUOTE, text="On Friday Germany called.")
    answer = replace(ANSWER, question="what did germany do", rewritten=None, quotes=(quote,))
    assert Turn.of(answer).understood == "what did Germany do"
    refused = Turn.of(replace(answer, answered=False, answer=None))
    assert (refused.understood, refused.quotes) == ("what did Germany do", ())
