"""Questions understood from what was said before."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.conversation import NOTHING_SAID, Conversation, Turn
from qa.followup import MOST_REWRITES, understand
from qa.question import LONGEST_QUESTION
from tests.qa.samples import CITATION, turn_of
from tests.qa.strategies import any_text

_SAID = Conversation((turn_of("How did Zelensky react to the call?", quotes=("Zelensky was angry with Putin.",)),))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did he call it?", "What did Zelensky call the call?"),
        ("And whose policies did he blame?", "Whose policies did Zelensky blame?"),
        ("How long was it?", "How long was the call?"),
        ("Who are his allies?", "Who are Zelensky's allies?"),
        ("Why?", "Why did Zelensky react to the call?"),
        ("What about Putin?", "How did Putin react to the call?"),
        ("Who said that?", "Who said that Zelensky react to the call?"),
    ],
)
def test_question_is_put_with_what_was_said(question: str, first: str) -> None:
    """Pronouns become names, and words that were left out are taken from the question before."""
    assert understand(question, _SAID).texts[0] == first


@pytest.mark.parametrize(
    ("before", "answer", "question", "first"),
    [
        ("What did Scholz say of Kyiv?", "it must win", "When did he say that?", "When did Scholz say that?"),
        ("What did the US announce?", "tariffs", "Who leads it?", "Who leads the US?"),
        ("What did the WHO say?", "that masks work", "Where is it based?", "Where is the WHO based?"),
        ("Where was the summit held?", "Astana", "Where is that?", "Where is Astana?"),
        ("Who won the prize?", "Narges Mohammadi", "Who is that?", "Who is Narges Mohammadi?"),
        ("Who's the premier?", "Ana Lee", "Do you know where she's from?", "Where Ana Lee is from?"),
        ("What is hydrogen?", "a gas", "Where is it found?", "Where is hydrogen found?"),
        ("What happened at the summit?", None, "When did it happen?", "When did the summit happen?"),
        (
            "Has Zelensky signed the deal?",
            "Zelensky signed it",
            "When did he sign it?",
            "When did Zelensky sign the deal?",
        ),
    ],
)
def test_turns_as_people_take_them(before: str, answer: str | None, question: str, first: str) -> None:
    """Names in capitals are names, `that` beside a name stays, contracted words are words."""
    quotes = ("Zelensky signed the deal on Friday.",)
    said = Conversation((turn_of(before, answer=answer, quotes=quotes),))
    assert understand(question, said).texts[0] == first


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How did he congratulate her?", "How did Kekesi congratulate Petrescu?"),
        ("How old is he?", "How old is Kekesi?"),
        ("How old is she?", "How old is Petrescu?"),
        ("Who are his allies?", "Who are Kekesi's allies?"),
        ("What about her rival?", "Who did Petrescu's rival support?"),
    ],
)
def test_he_and_she_are_not_the_same(question: str, first: str) -> None:
    """Two persons are two, and who was called `Ms.` is no `he`."""
    quotes = ("Mr. Lajos Kekesi called on voters to support Ms. Petrescu.",)
    said = Conversation((turn_of("Who did Kekesi support?", answer="Petrescu", quotes=quotes),))
    assert understand(question, said).texts[0] == first


def test_question_with_a_pronoun_is_tried_as_it_was_asked_last() -> None:
    """It may stand alone after all; one of a single word cannot."""
    assert understand("What did he say?", _SAID).texts[-1] == "What did he say?"
    assert "Why?" not in understand("Why?", _SAID).texts


def test_question_that_may_be_whole_is_tried_as_it_was_asked_first() -> None:
    """`Which is …` needs no noun."""
    assert understand("Which is the longest?", _SAID).texts[0] == "Which is the longest?"


def test_articles_just_cited_are_preferred() -> None:
    """Those of the last turn, and for questions that lean on it alone."""
    assert understand("What did he say?", _SAID).near == {CITATION.path}
    assert understand("What did Putin say?", _SAID).near == frozenset()


def test_no_more_ways_are_tried_than_there_is_time_for() -> None:
    """Each way has to be read for."""
    names = "President Ann Alt, President Bo Berg, President Cy Cole and President Di Dorn met."
    said = Conversation((turn_of("What happened at the summit?", quotes=(names,)),))
    texts = understand("What did she say about it?", said).texts
    assert len(texts) == MOST_REWRITES + 1
    assert len(set(texts)) == len(texts)


def test_what_is_asked_first_is_never_rewritten() -> None:
    """Where nothing was said there is nothing to lean on."""
    assert understand("Why?", NOTHING_SAID).texts == ("Why?",)


def test_rewritten_question_is_not_longer_than_a_question_may_be() -> None:
    """What would be too long to ask is not tried."""
    said = Conversation((turn_of("Is " + "very " * (LONGEST_QUESTION // 5) + "long?"),))
    assert understand("Why?", said).texts == ("Why?",)


def test_what_is_understood_is_built_upon() -> None:
    """The next question leans on how the last one was understood, not on how it was asked."""
    last = replace(turn_of("Why?"), understood="Why is Scholz tired?")
    assert understand("Where is he?", Conversation((last,))).texts[0] == "Where is Scholz?"


def _conversations() -> st.SearchStrategy[Conversation]:
    turns: st.SearchStrategy[Turn] = st.builds(
        lambda said, answer, quote: turn_of(said, answer=answer, quotes=(quote,)), any_text, any_text, any_text
    )
    return st.lists(turns, max_size=3).map(lambda turns: Conversation(tuple(turns)))


@given(
    st.one_of(any_text, st.sampled_from(["Why?", "And he?", "What about it?", "Did he tell them that?"])),
    _conversations(),
)
def test_any_text_is_understood_after_any_other(question: str, earlier: Conversation) -> None:
    """No text makes understanding fail, and the same text is understood the same way."""
    wordings = understand(question, earlier)
    assert wordings.texts
    assert wordings == understand(question, earlier)


@given(
    st.sampled_from(["Who initiated the call?", "What did Putin say about NATO?", "Pandora", "Is Scholz ill?"]),
    _conversations(),
)
def test_question_that_stands_alone_is_never_changed(question: str, earlier: Conversation) -> None:
    """Whatever was said before, it is asked as it is, of all articles alike."""
    wordings = understand(question, earlier)
    assert (wordings.texts, wordings.near) == ((question,), frozenset())


@pytest.mark.parametrize(
    ("quotes", "resolved"),
    [
        (("Gordon Thwaite said that he was tired.",), "When was Adaeze Reyes sworn in?"),
        (("Gordon Thwaite said that she was tired.",), "When was Gordon Thwaite sworn in?"),
        (("He met Gordon Thwaite.",), "When was Gordon Thwaite sworn in?"),
        (("Ana Lee told Gordon Thwaite that he was tired.",), "When was Gordon Thwaite sworn in?"),
        (("Gordon Thwaite said that he met her.",), "When was Adaeze Reyes sworn in?"),
        (("Gordon Thwaite said that he and she met.",), "When was Gordon Thwaite sworn in?"),
        (("Gordon Thwaite praised his plan.",), "When was Gordon Thwaite sworn in?"),
        (("Thwaites said that he was tired.",), "When was Gordon Thwaite sworn in?"),
    ],
)
def test_who_was_he_so_far_comes_last_for_she(quotes: tuple[str, ...], resolved: str) -> None:
    """Quotes tell, where they name nobody else before the pronoun and have no other."""
    said = (
        turn_of("Who won?", answer="Adaeze Reyes", quotes=("Adaeze Reyes won.",)),
        turn_of("Who lost?", answer="Gordon Thwaite", quotes=quotes),
    )
    assert understand("When was she sworn in?", Conversation(said)).texts[0] == resolved


def test_who_stood_for_he_comes_last_for_she() -> None:
    """Whom an earlier question called `he` is not meant by `she`, unless there is nobody else."""
    lost = turn_of("Who lost?", answer="Gordon Thwaite")
    said = replace(turn_of("What did he say?", answer="it was close"), understood="What did Gordon Thwaite say?")
    won = turn_of("Who won?", answer="Adaeze Reyes")
    texts = [understand("Is she well?", Conversation(turns)).texts[0] for turns in ((won, lost, said), (lost, said))]
    assert texts == ["Is Adaeze Reyes well?", "Is Gordon Thwaite well?"]


def test_what_was_said_is_what_who_said_that_asks_about() -> None:
    """Not the whole of `Sjöblom say outside I feel no joy`; and an event is nothing that can happen to something."""
    said = turn_of("What did Sjöblom say outside?", answer="I feel no joy")
    assert understand("Who said that?", Conversation((said,))).texts[0] == "Who said that I feel no joy?"
    said = turn_of("What did Kuusela say?", answer="He asked for it himself")
    assert understand("Who said that?", Conversation((said,))).texts[0] == "Who said that He asked for it himself?"
    said = turn_of("What did Kuusela say?", answer="that it would close")
    assert understand("Who said that?", Conversation((said,))).texts[0] == "Who said that it would close?"
    ran = turn_of("What happened to the ferry?", answer="an accident")
    assert "an accident" not in understand("Why?", Conversation((ran,))).texts[0]


@pytest.mark.parametrize(
    ("question", "answer", "asked", "resolved"),
    [
        (
            "What happened in London in 1666?",
            "the Great Fire",
            "How long did it last?",
            "How long did the Great Fire last?",
        ),
        ("Which accident happened first?", "the Moorgate crash", "Where was it?", "Where was the Moorgate crash?"),
        ("Who happened to be there?", "Ana Lee", "How old is she?", "How old is Ana Lee?"),
    ],
)
def test_what_happened_is_spoken_of(question: str, answer: str, asked: str, resolved: str) -> None:
    """What happened may be named, and asked about by `it`; what happened to somebody is mostly a verb."""
    assert understand(asked, Conversation((turn_of(question, answer=answer),))).texts[0] == resolved


@pytest.mark.parametrize(
    ("question", "answer"),
    [("When did Scholz say the war must end?", "Friday"), ("What did Ana Lee write?", "a novel")],
)
def test_only_what_was_said_is_a_claim_by_itself(question: str, answer: str) -> None:
    """When it was said is no claim, nor is what was written."""
    assert understand("Who said that?", Conversation((turn_of(question, answer=answer),))).texts[0] != (
        f"Who said that {answer}?"
    )


def test_topic_alone_is_asked_too() -> None:
    """`What about the toll?` may be no part of what was asked before."""
    said = turn_of("When was Ana Lee sworn in?", answer="19 May")
    assert understand("What about the toll?", Conversation((said,))).texts[-1] == "What about the toll?"


def test_bare_question_behind_a_bare_one_goes_on_with_what_both_are_about() -> None:
    """`Who discovered it?`, `How?`, `When?`: what came of `How?` is not asked about."""
    first = turn_of("Who discovered the comet?", answer="A plumber")
    bare = replace(turn_of("How A plumber discovered the comet?", answer="with a telescope"), question="How?")
    assert (
        understand("When?", Conversation((first, bare))).texts[0] == "When was it that A plumber discovered the comet?"
    )


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("Who missed?", True),
        ("what happened then?", True),
        ("What is morality?", False),
        ("Who called Putin?", False),
        ("Which treaty ended the war?", False),
    ],
)
def test_question_that_says_little_is_asked_near_what_was_said(question: str, leans: bool) -> None:
    """It is put as it was asked, but the articles that were just quoted come first."""
    wordings = understand(question, _SAID)
    assert wordings.texts == (question,)
    assert bool(wordings.near) is leans
