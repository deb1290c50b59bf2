"""Names and nouns found in questions and quotes."""

import pytest
from hypothesis import given

from qa.mentions import find_mentions, find_names, is_plural, judge
from qa.question_parts import WORD, take_apart
from tests.qa.strategies import any_text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In Berlin, Chancellor Olaf Scholz called Vladimir Putin.", ["Berlin", "Olaf Scholz", "Vladimir Putin"]),
        ("The G20 summit is in Rio de Janeiro on Friday.", ["G20", "Rio de Janeiro"]),
        ("It was replaced by Windows 95 and Windows 98.", ["Windows 95", "Windows 98"]),
        ("So said Scholz's party, the Social Democrats.", ["Scholz", "Social Democrats"]),
        ("Critics say that North Korean troops came.", []),
        ("", []),
    ],
)
def test_names_are_runs_of_capitals(text: str, names: list[str]) -> None:
    """Titles, genitives, days and nations' adjectives are no part of names; nor is a word for opening a sentence."""
    assert find_names(text) == names


def test_word_that_opens_a_sentence_is_a_name_where_it_is_known_to_be() -> None:
    """A single word at the start counts where it has a capital elsewhere, too."""
    assert find_names("Zelensky called.", {"Zelensky"}) == ["Zelensky"]
    assert find_names("Zelensky called.") == []


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Olaf Scholz", None),
        ("the president of Ukraine", True),
        ("the call", False),
        ("NATO", False),
        ("Windows 95", False),
        ("Armenian Church", False),
        ("Ukraine", False),
    ],
)
def test_words_of_a_name_tell_whether_it_is_a_person_s(name: str, *, person: bool | None) -> None:
    """Roles speak for a person; things, numbers, places and acronyms against; else it is not known."""
    assert judge(name).person is person


def test_words_before_a_name_tell_whether_it_is_a_person_s() -> None:
    """A role before the name, in a quote, speaks for a person; `in` against."""
    assert judge("Zelensky", ["He called President Zelensky."]).person
    assert judge("Zelensky", ["He called President Volodymyr Zelensky."]).person
    assert judge("Veldhaven", ["It rained in Veldhaven."]).person is False


@pytest.mark.parametrize(
    ("name", "several"),
    [("Scholz and Putin", True), ("air strikes", True), ("Windows", False), ("the crisis", False), ("news", False)],
)
def test_several_are_joined_or_plural(name: str, *, several: bool) -> None:
    """`and` or the ending of the noun tells."""
    assert judge(name).several is several


@pytest.mark.parametrize(
    ("question", "texts", "mentions"),
    [
        ("How did Zelensky react to the call?", (), ["Zelensky", "the call"]),
        ("When did Scholz and Putin speak?", (), ["Scholz and Putin", "Scholz", "Putin"]),
        ("What year were mirror neurons discovered?", (), ["mirror neurons"]),
        ("What does morality encourage?", (), ["morality"]),
        ("What does common sense morality ask?", ("Common sense says so.",), ["common sense"]),
        ("When was Windows 95 released?", (), ["Windows 95"]),
        ("Where might North Korean soldiers be sent?", (), ["North Korean soldiers"]),
        ("What does Scholz think of Russia's air strikes?", (), ["Scholz", "Russia's air strikes"]),
        ("Who is the first Catholicos of the Armenian Church?", (), ["the first Catholicos of the Armenian Church"]),
        ("Who annexed Armenia in 1920?", (), ["Armenia"]),
    ],
)
def test_question_mentions_names_and_nouns(question: str, texts: tuple[str, ...], mentions: list[str]) -> None:
    """Nouns end where the verb begins, as far as quotes or the auxiliary tell."""
    assert [mention.text for mention in find_mentions(take_apart(question), texts)] == mentions


def test_plurals_are_told_by_their_ending() -> None:
    """Words in -us, -is and -ss are no plurals."""
    assert [word for word in ("talks", "crisis", "virus", "press", "people", "it") if is_plural(word)] == [
        "talks",
        "people",
    ]


@given(any_text, any_text)
def test_any_text_can_be_searched(text: str, other: str) -> None:
    """What is found has words and stands in the text."""
    for name in find_names(text, {other}):
        assert name in text
        assert WORD.search(name)
    for mention in find_mentions(take_apart(text), (other,)):
        assert mention.text in text
