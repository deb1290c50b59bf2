"""Kinds of answers: what questions ask for, and which sentences have it."""

import pytest

from qa.answer_kind import Kind, asks_for_several, kind_asked, may_be_of_kind, shows_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who initiated the call?", Kind.NAME),
        ("To whom did he speak?", Kind.NAME),
        ("Whose call was it?", Kind.NAME),
        ("Where did they meet?", Kind.NAME),
        ("In which country was it?", Kind.NAME),
        ("How many troops were sent?", Kind.NUMBER),
        ("how long did the call last?", Kind.NUMBER),
        ("What percentage of voters agreed?", Kind.NUMBER),
        ("When did they last speak?", Kind.TIME),
        ("In what year was that?", Kind.TIME),
        ("Since WHICH MONTH?", Kind.TIME),
        ("Why did Zelensky object?", Kind.REASON),
        ("What was the reason for the call?", Kind.REASON),
        ("What did Scholz say?", Kind.ANYTHING),
        ("Did Scholz call Putin?", Kind.YES_OR_NO),
        ("Isn't he the chancellor?", Kind.YES_OR_NO),
        ("Hasn’t Kyiv objected?", Kind.YES_OR_NO),
        ("Won't the bridge open in May?", Kind.YES_OR_NO),
        ("Shan’t we see it?", Kind.YES_OR_NO),
        ("Shane rang whom?", Kind.NAME),
        ("“Was it raining?”", Kind.YES_OR_NO),
        ("Was it Scholz or Merz?", Kind.ANYTHING),
        ("Did Scholz or Merz say when?", Kind.TIME),
        ("What did he say when asked about Kyiv?", Kind.ANYTHING),
        ("Who was chancellor when the wall fell?", Kind.NAME),
        ("Who said how many people died?", Kind.NAME),
        ("When the wall fell, who was chancellor?", Kind.NAME),
        ("When the wall fell, what did he say?", Kind.ANYTHING),
        ("When did he say what he wanted?", Kind.TIME),
        ("They left when what happened?", Kind.ANYTHING),
        ("It fell when how many were inside?", Kind.NUMBER),
        ("That was when who was chancellor?", Kind.NAME),
        ("What was it?", Kind.ANYTHING),
        ("Isle of Man news", Kind.ANYTHING),
        ("Scholz did call?", Kind.ANYTHING),
        ("", Kind.ANYTHING),
        ("The whole wherewithal", Kind.ANYTHING),
    ],
)
def test_kind_asked(question: str, kind: Kind) -> None:
    """The question's words tell what would answer it; parts of other words do not."""
    assert kind_asked(question) is kind


def test_number_goes_before_the_rest() -> None:
    """`how many … when` asks for a number."""
    assert kind_asked("How many were there when it ended?") is Kind.NUMBER


@pytest.mark.parametrize(
    ("sentence", "kind", "shows"),
    [
        ("About 11,000 troops came.", Kind.NUMBER, True),
        ("Dozens came.", Kind.NUMBER, True),
        ("A third of them left.", Kind.NUMBER, True),
        ("Nobody came.", Kind.NUMBER, False),
        ("Someone often tends to.", Kind.NUMBER, False),
        ("It was in 1998.", Kind.TIME, True),
        ("They spoke on Friday.", Kind.TIME, True),
        ("It was two weeks ago.", Kind.TIME, True),
        ("They spoke at length.", Kind.TIME, False),
        ("It cost 500 euros.", Kind.TIME, False),
        ("He left because of it.", Kind.REASON, True),
        ("That caused a row.", Kind.REASON, True),
        ("He left.", Kind.REASON, False),
        ("The chancellor spoke to Putin.", Kind.NAME, True),
        ("Olaf Scholz spoke.", Kind.NAME, True),
        ("Nobody spoke.", Kind.NAME, False),
        ("Nobody spoke.", Kind.ANYTHING, True),
    ],
)
def test_shows_kind(sentence: str, kind: Kind, *, shows: bool) -> None:
    """A sentence has words of a kind or not."""
    assert shows_kind(sentence, kind, "A question?") is shows


@pytest.mark.parametrize(
    ("answer", "question", "may_be"),
    [
        ("German Chancellor", "How old is Olaf Scholz?", False),
        ("66", "How old is Olaf Scholz?", True),
        ("roughly hour-long", "How long did they speak?", True),
        ("Two and a half", "How many were there?", True),
        ("sixty-three", "How many were there?", True),
        ("almost never", "How often do they meet?", True),
        ("Moscow", "How far is it?", False),
        ("Berlin", "When did they meet?", False),
        ("unfriendly course", "When did they meet?", False),
        ("hourly", "When did they meet?", True),
        ("During", "When did they meet?", False),
        ("during the war", "When did they meet?", True),
        ("afterwards", "When did they meet?", True),
        ("in February", "When is the election?", True),
        ("shortly after the war", "When did they meet?", True),
        ("1999", "In what year did they meet?", True),
        ("Sunday", "On which day did they meet?", True),
        ("Berlin", "Where did they meet?", True),
        ("nobody", "Who came?", True),
        ("half past eight", "When did they meet?", True),
        ("the nineties", "In which decade did they meet?", True),
        ("Nov.", "In which month did they meet?", True),
        ("at lunchtime", "When did they meet?", True),
        ("prior to the vote", "When did they meet?", True),
        ("the May brothers", "When did they meet?", True),
        ("they may do", "When did they meet?", False),
        ("a salon", "When did they meet?", False),
        ("a canteen", "How many were there?", True),
        ("the canteen", "How many were there?", False),
        ("zero", "How many were there?", True),
        ("fifth", "How high was it ranked?", True),
        ("in his thirties", "How old is he?", True),
        ("quarterly", "How often do they meet?", True),
        ("small", "How big is it?", True),
        ("810 votes", "How old is Sorensen?", False),
    ],
)
def test_what_may_be_an_answer(answer: str, question: str, *, may_be: bool) -> None:
    """Words without a number are no number and words without a time no time; whatever else may be anything."""
    assert may_be_of_kind(answer, kind_asked(question), question) is may_be


def test_name_that_the_question_gave_does_not_count() -> None:
    """Who called Putin is not answered by the name of Putin, whatever its case in the question."""
    assert not shows_kind("Then he called Putin again.", Kind.NAME, "Who called putin?")


@pytest.mark.parametrize("sentence", ["Then he called Putin.", "They heard Putin’s voice."])
def test_name_that_the_question_gave_does_not_count_with_its_marks(sentence: str) -> None:
    """Nor is it where a full stop or a genitive follows the name."""
    assert not shows_kind(sentence, Kind.NAME, "Who called Putin?")


def test_another_name_counts() -> None:
    """A name beside the one that the question gave may be the answer."""
    assert shows_kind("On Friday, Scholz called Putin.", Kind.NAME, "Who called Putin?")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Can you tell me who initiated the call?", Kind.NAME),
        ("Do you know when they last spoke?", Kind.TIME),
        ("Could you say how many troops were sent?", Kind.NUMBER),
    ],
)
def test_polite_question_asks_for_what_it_names(question: str, kind: Kind) -> None:
    """Politeness before a question does not make it one that wants yes or no."""
    assert kind_asked(question) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Which countries sent troops?",
        "Which European countries have sent troops?",
        "In which cities did they meet?",
        "What companies are involved?",
        "What reasons did he give?",
        "Who were the ministers?",
        "What are the demands?",
        "Which countries border France?",
        "Do you know which parties are in it?",
        "Which European countries joined?",
        "Which European countries sent troops?",
        "Which other countries take part?",
        "Which three teams play in London?",
        "Between which cities does it run?",
        "At the summit, which countries were absent?",
        "Name the people who died",
        "Name every minister",
        "Name the ministers.",
        "Name the three largest cities of Spain",
        "List the demands",
    ],
)
def test_question_for_several(question: str) -> None:
    """A plural that is asked for wants several answers."""
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who called Putin?",
        "Which country sent troops?",
        "Which business owner was hurt?",
        "What does he want?",
        "What is his name?",
        "Which minister was named?",
        "Which company owns the site?",
        "Which team plays at Old Trafford?",
        "Which opposition party leads the polls?",
        "Who founded the company which makes phones?",
        "What causes increased prices?",
        "Name the capital of France",
        "",
    ],
)
def test_question_for_one(question: str) -> None:
    """A singular wants one answer, though a plural or a verb's s stands elsewhere."""
    assert not asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which news agency reported it?",
        "Which virus caused it?",
        "Which famous actor died?",
        "Which Texas city burned?",
        "Which sports team won?",
    ],
)
def test_word_in_s_is_not_always_a_plural(question: str) -> None:
    """`news`, `virus`, `famous` and `Texas` ask for one thing."""
    assert not asks_for_several(question)
