"""Questions: the words that are searched for, and the ones that cannot be asked."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from index.errors import QuestionError
from index.snapshot import Snapshot
from index.words import Stemmer
from qa.question import LONGEST_QUESTION, MOST_TERMS, Question, parse_question
from tests.conftest import Index
from tests.qa.strategies import any_text, hostile_text

Parse = Callable[[str], Question]
_PHRASES = re.compile(r'"[\w ]+"(?: OR "[\w ]+")*')


@pytest.fixture
def snapshot(fake_index: Index, articles: Path, read: Callable[[], Snapshot]) -> Snapshot:
    """Return the index of the seed articles."""
    fake_index(articles)
    return read()


@pytest.fixture
def parse(snapshot: Snapshot, stemmer: Stemmer) -> Parse:
    """Return `parse_question` over the seed articles."""
    return lambda text: parse_question(text, stemmer, snapshot)


def test_stop_words_are_not_searched_for(parse: Parse) -> None:
    """Only the words that matter are in the query and have weights."""
    question = parse("Who initiated the call?")
    assert question.match == '"initiated" OR "call"'
    assert set(question.weights) == {"initi", "call"}


@pytest.mark.parametrize("text", ["What's Putin's call?", "Isn’t it Putin’s call?", "Who'd call Putin?"])
def test_ends_of_words_are_not_searched_for(parse: Parse, text: str) -> None:
    """What stands behind an apostrophe is in nearly every passage."""
    assert set(parse(text).weights) - {"isn", "who"} == {"putin", "call"}


def test_stems_keep_every_word_in_order(parse: Parse) -> None:
    """Word pairs are looked for over stop words too, so the stems hold them."""
    assert parse("Who initiated the call?").stems == ("who", "initi", "the", "call")


def test_question_of_stop_words_keeps_its_words(parse: Parse) -> None:
    """Where nothing would be left, every word is searched for."""
    assert parse("Who is who?").match == '"Who" OR "is"'


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("What did the US say of it?", '"US"'),
        ("Who leads the WHO?", '"leads" OR "WHO"'),
        ("what did they tell us of kyiv", '"kyiv"'),
        ("WHAT DID IT SAY OF KYIV?", '"KYIV"'),
        ("Did I say A?", '"Did" OR "I" OR "say" OR "A"'),
    ],
)
def test_name_in_capitals_is_searched_for(parse: Parse, text: str, match: str) -> None:
    """US is not us, and WHO is not who, unless all of the question is in capitals."""
    assert parse(text).match == match


@pytest.mark.parametrize("marks", ['""', "“”"])
def test_quoted_phrase_is_kept(parse: Parse, marks: str) -> None:
    """Words in quotation marks are searched for as a phrase, and each, stop words too."""
    question = parse(f"Who called it {marks[0]}out of order{marks[1]} now?")
    assert question.match.split(" OR ")[0] == '"out of order"'
    assert {'"out"', '"of"', '"order"', '"called"'} <= set(question.match.split(" OR "))


@pytest.mark.parametrize("among", ["call", "german*", "call AND putin", "zebra"])
def test_scores_among_some_passages_are_those_among_all(parse: Parse, snapshot: Snapshot, among: str) -> None:
    """Leaving passages out does not change the scores of the others; the best come first."""
    match = parse("Who initiated the call with Putin about the war?").match
    chosen = {found.passage_id for found in snapshot.matching(among, 100)}
    every = snapshot.matching(match, 100)
    some = snapshot.matching(match, 100, among=among)
    scores = {found.passage_id: found.bm25 for found in every if found.passage_id in chosen}
    assert {found.passage_id: found.bm25 for found in some} == pytest.approx(scores)
    assert some == sorted(some, key=lambda found: -found.bm25)
    assert snapshot.matching(match, 100, among="") == []


def test_one_quoted_word_is_no_phrase(parse: Parse) -> None:
    """A single word in quotation marks is searched for once."""
    assert parse('What is "Pandora"?').match == '"Pandora"'


def test_repeated_words_are_searched_for_once(parse: Parse) -> None:
    """Case makes no other word."""
    assert parse("call Call CALL").match == '"call"'


def test_rarer_words_weigh_more(parse: Parse) -> None:
    """A word that fewer passages have decides more."""
    weights = parse("Scholz Pandora").weights
    assert weights["pandora"] > weights["scholz"] > 0


def test_words_find_their_passage(parse: Parse, snapshot: Snapshot) -> None:
    """The query finds a passage by another form of its word."""
    (found,) = {match.passage_id for match in snapshot.matching(parse("Pandora's boxes").match, 1)}
    (passage,) = snapshot.passages([found], 64)
    assert "Pandora" in passage.span.of(snapshot.text(passage.text_id).content)


def test_many_words_are_cut(parse: Parse) -> None:
    """At most `MOST_TERMS` terms are searched for."""
    question = parse(" ".join(f"word{number}" for number in range(MOST_TERMS + 20)))
    assert len(question.match.split(" OR ")) == MOST_TERMS


@pytest.mark.parametrize(
    "text",
    [
        'an unclosed " call',
        '"" "" call',
        '"*" AND call',
        "call*",
        'NEAR("call Putin", 5)',
        "NEAR(",
        "call AND Putin OR NOT",
        "text:call",
        "nocolumn : call",
        "- call -Putin",
        "^call",
        "{call} + (Putin",
        "call\0Putin",
        "\ud800call\udfff",
        "call; DROP TABLE word; --",
        "'call'",
        "\\call%_",
    ],
)
def test_operators_of_the_query_language_are_words(parse: Parse, snapshot: Snapshot, text: str) -> None:
    """What FTS5 would take for its own is quoted or left out, and the word is still found."""
    question = parse(text)
    assert _PHRASES.fullmatch(question.match)
    assert bool(snapshot.matching(question.match, 10)) == ("call" in text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # the index is only read
@given(text=any_text | hostile_text)
@example(text="_")
@example(text="\0")
@example(text='"a_" “b c”')
def test_no_text_breaks_the_query(parse: Parse, snapshot: Snapshot, text: str) -> None:
    """Any text is either a question that the word table can be asked, or said to be none."""
    try:
        question = parse(text)
    except QuestionError:
        return
    matches = snapshot.matching(question.match, 100)
    assert all(match.bm25 > 0 for match in matches)
    assert question.ideal >= 0
    assert all(weight > 0 for weight in question.weights.values())


def test_white_space_and_controls_become_spaces(parse: Parse) -> None:
    """The question is shown and embedded on one line."""
    assert parse("  Who\r\n\tcalled\x00Putin \x9b? ").text == "Who called Putin ?"


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!…", '""', "—", "\0", "\ud800", "🙂"])
def test_text_without_words_is_no_question(parse: Parse, text: str) -> None:
    """Empty and punctuation-only questions are refused with a remedy."""
    with pytest.raises(QuestionError, match="no words") as caught:
        parse(text)
    assert "Who initiated the call?" in caught.value.remedy


def test_underscores_are_no_words(parse: Parse) -> None:
    """The word table takes `_` for punctuation, so a question of nothing else has no words."""
    with pytest.raises(QuestionError):
        parse("___")


def test_longest_question_can_be_asked(parse: Parse) -> None:
    """A question of exactly the longest length is asked."""
    assert len(parse(("ab " * LONGEST_QUESTION)[: LONGEST_QUESTION - 1] + "a").text) == LONGEST_QUESTION


def test_longer_question_is_refused(parse: Parse) -> None:
    """One character more is too long, and the error counts them."""
    with pytest.raises(QuestionError, match=r"2,001 characters, more than 2,000"):
        parse("a" * (LONGEST_QUESTION + 1))


@pytest.mark.parametrize("name", ["İzmir", "Sa\u0303o"], ids=["dotted capital I", "combining tilde"])
def test_words_are_those_of_the_word_table(
    fake_index: Index, articles: Path, read: Callable[[], Snapshot], stemmer: Stemmer, name: str
) -> None:
    """A word that an article has in the very same code points is found by it."""
    (articles / "name.txt").write_text(f"They met in {name} again.\n", encoding="utf-8")
    fake_index(articles)
    snapshot = read()
    assert len(snapshot.matching(parse_question(name, stemmer, snapshot).match, 10)) == 1
