"""What pointing words may stand for."""

from dataclasses import replace

import pytest

from qa.conversation import Conversation, Turn
from qa.pointers import Aim
from qa.referents import find_referents
from tests.qa.samples import turn_of

_CALL = turn_of(
    "How did Zelensky react to the call?",
    quotes=("President Zelensky was angry, and Putin was not.",),
    title="A rare call",
)


@pytest.mark.parametrize(
    ("turn", "aim", "first"),
    [
        (_CALL, Aim.HE, "Zelensky"),
        (_CALL, Aim.THING, "the call"),
        (turn_of("Who did Thaddeus cure?", answer="Abgar V"), Aim.HE, "Abgar V"),
        (turn_of("Who is Greetje Hofstra?", answer="Willem"), Aim.SHE, "Greetje Hofstra"),
        (turn_of("Who is the mayor?", answer="Greetje Hofstra"), Aim.SHE, "Greetje Hofstra"),
        (turn_of("Who annexed Armenia?", answer="Vladimir Lenin"), Aim.THING, "Armenia"),
        (turn_of("What was the last version?", answer="Windows ME"), Aim.THING, "Windows ME"),
        (turn_of("What is morality?", answer="a set of rules"), Aim.THING, "morality"),
        (turn_of("What was Windows 7 used for?", answer="games"), Aim.THING, "Windows 7"),
        (turn_of("Which country called?", answer="Germany"), Aim.THING, "Germany"),
        (turn_of("Who was found guilty of fraud?", answer="A former treasurer"), Aim.SHE, "A former treasurer"),
        (
            turn_of("When was Prentiss sentenced?", quotes=("Judge Castellane sent Prentiss to prison.",)),
            Aim.SHE,
            "Prentiss",
        ),
        (turn_of("Which reports worried Scholz?"), Aim.SEVERAL, "reports"),
        (turn_of("When did Scholz and Putin talk?"), Aim.SEVERAL, "Scholz and Putin"),
        (turn_of("When did Google answer?"), Aim.SEVERAL, "Google"),
        (
            turn_of("Which leaders agreed to talk?", answer="Scholz and Putin"),
            Aim.CLAIM,
            "Scholz and Putin agreed to talk",
        ),
        (turn_of("Where might Scholz be sent?", answer="Rio"), Aim.CLAIM, "Scholz might be sent Rio"),
        (turn_of("Is Scholz tired?"), Aim.CLAIM, "Scholz tired"),
        (turn_of("What was it renamed to?", answer="Defender"), Aim.RESULT, "Defender"),
        (turn_of("Where is the summit?", answer="Rio de Janeiro"), Aim.PLACE, "Rio de Janeiro"),
    ],
)
def test_likeliest_comes_first(turn: Turn, aim: Aim, first: str) -> None:
    """What the question was about goes before its answer, unless the answer is that very thing or person."""
    assert find_referents(aim, Conversation((turn,)), "And then?")[0].text == first


def test_what_the_question_names_itself_is_left_out() -> None:
    """`Did Zelensky speak to him?` is not about Zelensky twice."""
    said = Conversation((_CALL,))
    assert "Zelensky" not in [each.text for each in find_referents(Aim.HE, said, "Did Zelensky speak to him?")]


def test_word_that_only_opens_a_title_is_no_name() -> None:
    """What stands in small letters elsewhere is no name for beginning a title and a sentence."""
    quotes = ("Exit polls gave her the lead, and other exit polls did not.", "Petrescu cheered.")
    said = Conversation((turn_of("Who won?", quotes=quotes, title="Exit polls give Petrescu the lead"),))
    assert "Exit" not in [each.text for each in find_referents(Aim.SHE, said, "What did she promise?")]


def test_last_turn_goes_before_earlier_ones() -> None:
    """What was said before the last turn comes after all of it, and nothing comes twice."""
    said = Conversation(
        (turn_of("Where is Vladimir Putin?"), turn_of("Where is Olaf Scholz?"), turn_of("Is Scholz ill?"))
    )
    assert [each.text for each in find_referents(Aim.HE, said, "Why?")] == ["Scholz", "Vladimir Putin"]


def test_nothing_several_is_nothing() -> None:
    """`they` stands for several, or for a name that may be a body of people, and for no other thing."""
    assert find_referents(Aim.SEVERAL, Conversation((turn_of("What is the usual form?", title="a"),)), "?") == []


def test_what_was_said_is_no_thing() -> None:
    """`Who paid for it?` is not about the words that somebody said."""
    turn = turn_of("What did Kerekes say?", answer="the most embarrassing week")
    assert "the most embarrassing week" not in _found(Aim.THING, turn)


def test_words_that_are_no_name_are_nobody() -> None:
    """`his` does not stand for what a wife said, for all its capitals."""
    turn = turn_of("What was the comet taken for?", answer="a Bug on the mirror")
    assert _found(Aim.HE, turn) == []


def test_bare_question_comes_behind_the_one_that_it_goes_on_with() -> None:
    """After `Who funded the study?` and `How much?`, `it` is the study still."""
    first = turn_of("Who funded the study?", answer="The Academy of Sciences")
    bare = replace(turn_of("With how much The Academy of Sciences funded the study?"), question="With how much?")
    assert _found(Aim.THING, first, bare)[0] == "the study"


def _found(aim: Aim, *turns: Turn) -> list[str]:
    return [each.text for each in find_referents(aim, Conversation(turns), "And then?")]
