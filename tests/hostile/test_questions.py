"""Questions, filters and targets of any kind are answered, or refused in a line."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.errors import QaError, QuestionError, UsageError
from qa.conversation import NOTHING_SAID
from qa.engine import Engine
from qa.lines import answer_lines
from qa.narrowing import Narrowing
from qa.showing import show_place
from tests.conftest import open_fake_engine, run_fake_index, store_with_fakes
from tests.hostile.texts import any_character
from tests.qa.samples import PLAIN

shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)

FTS5 = (
    '"',
    '""',
    '"bridge" NEAR/2 "storm"',
    "text: bridge",
    "bridge*",
    "^bridge",
    "bridge AND (storm OR NOT",
    "{text title}: bridge",
    "-bridge",
    "NEAR(bridge storm, 5)",
    'bridge" OR "storm',
    "bridge \0 storm",
)
SQL = ("'; DROP TABLE article; --", "bridge' OR '1'='1", '"); DELETE FROM word; --', "?", "%s %(x)s {0}", ":a @b $c")
NO_WORDS = ("", " ", "?!...", "\0", "\n\r\t", "\u202e\u2066", "\ud800", "—", "👩‍👩‍👧", "\x1b[2J".replace("2J", ""))
PLANES = ["".join(chr(plane << 16 | low) for low in range(0x20, 0x10000, 517)) for plane in range(17)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return an engine over two articles."""
    here = tmp_path_factory.mktemp("questions")
    (here / "articles").mkdir()
    (here / "articles" / "a.txt").write_text("The mayor opened a bridge on Friday.")
    (here / "articles" / "b.txt").write_text("A storm closed the harbour.")
    store = store_with_fakes(here / ".qa")
    run_fake_index(store, here / "articles")
    with open_fake_engine(store) as engine:
        yield engine


def asked(engine: Engine, question: str) -> str:
    """Ask; return what was wrong with the question, empty where nothing was."""
    try:
        answer = engine.ask(question)
    except QuestionError as error:
        return error.problem
    assert engine.articles() == 2
    assert answer.question == question
    return ""


@pytest.mark.parametrize("question", [*FTS5[2:], *SQL[:3]])
def test_query_language_is_words(engine: Engine, question: str) -> None:
    """What FTS5 or SQL would take for commands is looked for as words."""
    assert asked(engine, question) == ""


@pytest.mark.parametrize("question", [*FTS5[:2], *NO_WORDS])
def test_question_without_words_says_so(engine: Engine, question: str) -> None:
    """A question of nothing, marks or what cannot be seen is refused."""
    assert asked(engine, question) == "there are no words in the question"


@pytest.mark.parametrize("piece", ["bridge ", "\x00a", '"bridge storm" ', "his ", "It's "])
def test_question_of_a_megabyte_is_refused(engine: Engine, piece: str) -> None:
    """However long a question is, it is refused in a line, in a conversation too."""
    question = piece * (1_000_000 // len(piece))
    earlier = NOTHING_SAID.after(engine.ask("Who opened the bridge?"))
    for said in (NOTHING_SAID, earlier):
        with pytest.raises(QuestionError) as told:
            engine.ask(question, earlier=said)
        assert len(told.value.problem) < 100


@pytest.mark.parametrize("plane", range(17))
def test_question_of_every_plane(engine: Engine, plane: int) -> None:
    """Characters of all planes of Unicode are words or not, and nothing breaks."""
    text = PLANES[plane]
    for start in range(0, len(text), 60):
        asked(engine, f"bridge {text[start : start + 60]} storm")


@shared
@given(question=st.text(any_character, max_size=80))
@example("² ½ ٣ 〇 ⅷ")
def test_any_question_is_answered_or_refused(engine: Engine, question: str) -> None:
    """Whatever is asked, there is an answer, or a line that says what is wrong."""
    assert "\n" not in asked(engine, question)


@shared
@given(only=st.text(any_character, max_size=40), source=st.text(any_character, max_size=40))
@example("[", "x")
@example("[!", "x")
@example("[z-a]*", "x")
@example("\\*\0?", "\0")
@example("[[:alpha:]--&&~~||]*", "x")
def test_any_filter_selects_or_is_refused(engine: Engine, only: str, source: str) -> None:
    """Patterns and sources may be any text."""
    for given_ in ({"only": only}, {"source": source}):
        with suppress(UsageError):
            assert engine.selection(Narrowing(**given_)).articles <= 2


@pytest.mark.parametrize("pattern", ["*a" * 100 + "b", "[" * 900, "[a" * 450, "?*" * 450, "(a+)+$*"])
def test_pattern_takes_no_time_to_speak_of(engine: Engine, pattern: str) -> None:
    """No pattern goes back and forth over a path."""
    assert engine.selection(Narrowing(only=pattern)).articles == 0


@pytest.mark.parametrize("name", ["only", "source"])
def test_filter_of_a_megabyte_is_refused(name: str) -> None:
    """A pattern or a source that is longer than any path is refused, before it is looked at."""
    with pytest.raises(UsageError, match="has 1,000,000 characters"):
        Narrowing(**{name: "[" * 1_000_000})


@given(date=st.text(any_character, max_size=12) | st.text("0123456789-+W:T٣", max_size=10))
@example("2024-02-30")
@example("٢٠٢٤")
@example("0000")
@example("2024-W01")
@example("2024-11-15\n")
def test_any_date_is_one_or_refused(date: str) -> None:
    """What is no date is refused; what is one is a year, a month or a day."""
    with suppress(UsageError):
        Narrowing(since=date)
        assert date.isascii()
        assert len(date) in (4, 7, 10)


@shared
@given(target=st.text(any_character, max_size=30))
@example("\udcff.txt")
@example("\udcff.txt:1")
@example("a\0.txt")
@example("articles/a.txt:\ud800")
@example("articles/a.txt:999999999999999999999999")
@example("x" * 5_000)
def test_any_place_is_shown_or_refused(engine: Engine, tmp_path: Path, target: str) -> None:
    """What `qa show` is given is a place, or there is none."""
    with suppress(QaError):
        assert show_place(engine.store, target, PLAIN, tmp_path, context=3).text


LINES = (
    '{"question": "Who opened the bridge?"}',
    "[1, 2, 3]",
    "null",
    "3",
    "\ufffd\ufffd\x00\x01",
    "\ufeff",
    "",
    "\0",
    "\u2028bridge\u2029",
    "\x85",
    "a" * 1_000_000,
)


def test_lines_that_are_no_text(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line, whatever is in it, gets one line of JSON, in ASCII, in order."""
    answer_lines(engine, [f"{line}\n" for line in LINES], limit=3, here=tmp_path)
    printed = capsys.readouterr().out
    assert printed.isascii()
    found = [json.loads(line) for line in printed.splitlines()]
    assert [each["question"] for each in found] == list(LINES)
    assert [("error" in each) for each in found] == [
        False,
        False,
        False,
        False,
        True,
        True,
        True,
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("remember", [False, True])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(lines=st.lists(st.text(any_character, max_size=40), max_size=5))
def test_any_lines_give_as_many(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], remember: bool, lines: list[str]
) -> None:
    """As many objects are printed as lines were read, in one conversation or in none."""
    answer_lines(engine, lines, limit=3, here=tmp_path, remember=remember)
    assert len([json.loads(line) for line in capsys.readouterr().out.splitlines()]) == len(lines)
