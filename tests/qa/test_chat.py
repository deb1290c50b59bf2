"""Whole conversations, as they stand on the screen."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from index.build import update_index
from index.errors import UsageError
from index.inputs import BuildOptions
from index.run import RunResult
from index.store import Store
from index.vectors import Vector
from qa.answer import Answer
from qa.chat import Chat
from qa.chat_commands import COMMANDS
from qa.chat_session import Session
from qa.engine import Engine
from qa.narrowing import Narrowing
from qa.style import Style
from tests.conftest import Index
from tests.fakes import HashingEmbedder, KeywordReader, SilentProgress, finding
from tests.qa.samples import ANSWER, CITATION, PLAIN, QUOTE

CTRL_C = "\x03"
_ARTICLE = """\
Harbour reopens
Harbour Times
The harbour of Veldhaven reopened on Monday.
A storm had shut it in March.
"""
_VELDHAVEN = """\
Veldhaven (very likely, 99% sure)

  The harbour of Veldhaven reopened on Monday.
  [1] Harbour reopens — articles/a.txt:3 (Harbour Times)
"""
_STORM = """\
storm (very likely, 99% sure)

  A storm had shut it in March.
  [1] Harbour reopens — articles/a.txt:4 (Harbour Times)
"""
_YES = "Answered in these articles (very likely, 99% sure):\n"
_IT_IS_OPEN = _YES + _VELDHAVEN[_VELDHAVEN.index("\n") + 1 :]


class ScriptedInput:
    """An input that reads lines from a list, with Ctrl-C among them."""

    def __init__(self, lines: Sequence[str], *, is_prompt: bool = True, pasted: int = 0) -> None:
        self._lines = list(lines)
        self._pasted = pasted
        self.is_prompt = is_prompt

    def read(self) -> str | None:
        """Return the next line, None at the end."""
        line = self._lines.pop(0) if self._lines else None
        if line == CTRL_C:
            raise KeyboardInterrupt
        return line

    def drop_waiting(self) -> int:
        """Drop the lines that were pasted behind the first."""
        dropped, self._pasted = self._pasted, 0
        del self._lines[:dropped]
        return dropped


class InterruptedEmbedder(HashingEmbedder):
    """An embedder at which the user presses Ctrl-C when asked about a storm."""

    def embed_question(self, text: str) -> Vector:
        """Embed, or be interrupted."""
        if "storm" in text:
            raise KeyboardInterrupt
        return super().embed_question(text)


@pytest.fixture
def folder(fake_index: Index, tmp_path: Path) -> Path:
    """Return the folder of the one article of `fake_store`."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(_ARTICLE, encoding="utf-8")
    fake_index(folder)
    return folder


@pytest.fixture
def interrupted(folder: Path, fake_store: Store) -> Iterator[Engine]:
    """Yield an engine over the folder's index; Ctrl-C is pressed when it is asked about a storm."""
    with Engine(
        fake_store,
        notify=lambda _: None,
        open_embedder=lambda _: InterruptedEmbedder(),
        make_reader=lambda _embedder, _stemmer: KeywordReader(),
    ) as engine:
        yield engine


class ListScreen:
    """A screen that keeps what is written to it."""

    def __init__(self, written: list[str], *, scrolls: bool = False, columns: int = PLAIN.width) -> None:
        self.written = written
        self.scrolls = scrolls
        self._style = replace(PLAIN, width=columns)

    def style(self) -> Style:
        """Return what shows nothing but text."""
        return self._style

    def write(self, text: str) -> None:
        """Keep the text."""
        self.written.append(text)

    def page(self, text: str, line: int) -> None:
        """Keep the text, and where a user who scrolls would begin."""
        self.written.append(f"from line {line}:\n{text}" if self.scrolls else text)

    def waiting(self, what: str) -> AbstractContextManager[None]:
        """Show nothing."""
        return nullcontext()


Talk = Callable[..., list[str]]


@pytest.fixture
def talk(folder: Path, fake_engine: Callable[[], Engine]) -> Talk:
    """Return a function that holds a conversation and returns what was written, turn by turn."""

    def run(
        *lines: str,
        engine: Engine | None = None,
        quotes: int | None = 3,
        scrolls: bool = False,
        logged: bool = True,
        columns: int = PLAIN.width,
    ) -> list[str]:
        written: list[str] = []
        session = Session(
            engine or fake_engine(),
            ListScreen(written, scrolls=scrolls, columns=columns),
            notify=lambda line: written.append(f"notice: {line}"),
            here=folder.parent,
            quotes=quotes,
            logged=logged,
        )
        Chat(session, ScriptedInput(lines)).run()
        return written

    return run


def test_questions_are_answered(talk: Talk) -> None:
    """Each question gets its answer, until the input ends."""
    assert talk("Veldhaven", "storm") == [_VELDHAVEN, _STORM]


def test_question_without_an_answer(talk: Talk) -> None:
    """Where nothing is found, the chat says so and goes on."""
    assert talk("xylophone", "storm") == ["Not answered in these articles.\n", _STORM]


def test_empty_lines_are_passed_over(talk: Talk) -> None:
    """Empty lines get no answer; spaces around a question do not count."""
    assert talk("", "   ", "\n", "  Veldhaven \n") == [_VELDHAVEN]


def test_end_of_input(talk: Talk) -> None:
    """The end of input ends the chat without a word."""
    assert talk() == []


@pytest.mark.parametrize("leave", ["/quit", "/QUIT", "/quit now", " /quit \n", "exit", "Quit\n", "Bye!"])
def test_quit(talk: Talk, leave: str) -> None:
    """Nothing is read after the user leaves."""
    assert talk("Veldhaven", leave, "storm") == [_VELDHAVEN]


def test_help(talk: Talk) -> None:
    """`/help` lists every command that there is, on lines that fit a terminal, and the keys."""
    (shown,) = talk("/help")
    assert shown == (
        "Type a question, or\n"
        "  /help [COMMAND]   what there is\n"
        "  /more             more quotes for the last question\n"
        "  /show N           quote N in its article\n"
        "  /article N|TITLE  the whole article\n"
        "  /open N           open the article with the system's program\n"
        "  /sources [WORDS]  the articles that are asked\n"
        "  /only PATTERN     ask only articles with such a path or title\n"
        "  /since DATE       ask only articles since a day, month or year\n"
        "  /before DATE      ask only articles before a day, month or year\n"
        "  /source NAME      ask only articles of a source\n"
        "  /all              ask all articles again\n"
        "  /why              what was found, read and rejected for the last question\n"
        "  /index            bring the index up to date\n"
        "  /save FILE        write the conversation to a Markdown file\n"
        "  /history          the questions of this conversation\n"
        "  /resume [N]       go on with an earlier conversation\n"
        "  /reset            begin another conversation: the next question stands alone\n"
        "  /quit             leave\n"
        "\n"
        "Ctrl-D leaves, Ctrl-C drops a question, Ctrl-R searches earlier ones,\n"
        "Tab completes, F4 changes to vi's keys and back.\n"
    )
    assert all(len(line) <= 80 for line in shown.splitlines())


@pytest.mark.parametrize("asked", ["/help show", "/help /show", "/HELP /Show"])
def test_help_for_one_command(talk: Talk, asked: str) -> None:
    """`/help` with a command tells of that one."""
    assert talk(asked) == ["  /show N  quote N in its article\n"]


def test_every_command_is_told_of_in_the_readme() -> None:
    """No command is left out of the README."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [command.name for command in COMMANDS if f"`{command.name}" not in readme] == []


def test_follow_up_leans_on_what_was_said(talk: Talk) -> None:
    """A pronoun stands for what was just spoken of; how it was understood is shown first."""
    first, second = talk("Is Veldhaven open?", "Was it closed?")
    assert first == _IT_IS_OPEN
    assert second == f"→ Was Veldhaven closed?\n{_IT_IS_OPEN}"


def test_follow_up_leans_on_a_conversation_that_was_resumed(talk: Talk) -> None:
    """What was said in an earlier conversation is known again when it is gone on with."""
    talk("Is Veldhaven open?")
    assert talk("/resume 1", "Was it closed?")[-1] == f"→ Was Veldhaven closed?\n{_IT_IS_OPEN}"


@pytest.mark.parametrize("typed", ["qa ask Veldhaven", 'qa ask "Veldhaven"', "qa  ask 'Veldhaven'"])
def test_question_for_the_shell_is_asked(talk: Talk, typed: str) -> None:
    """Who types the whole command in the chat means the question."""
    assert talk(typed) == [_VELDHAVEN]


@pytest.mark.parametrize(
    "typed",
    [
        *("qa status", "qa index articles", "qa chat --continue", "qa ask", "qa ask ''", "qa ask What's open?"),
        *("qa ask --json Veldhaven", "qa ask 'Veldhaven' -k 3", "qa ask /help"),
    ],
)
def test_command_for_the_shell_is_no_question(talk: Talk, typed: str) -> None:
    """No article is asked for what is meant for the shell."""
    assert talk(typed) == ["that is a command for the shell\n  ask a question; /help lists what there is here\n"]


def test_number_alone_shows_the_quote(talk: Talk) -> None:
    """A number of the last answer's quotes is `/show` with it; any other is asked."""
    _, shown, same, other = talk("Veldhaven", "1", "/show 1", "7")
    assert shown == same
    assert other.startswith("Not answered")


def test_reset_forgets(talk: Talk) -> None:
    """After `/reset` a pronoun stands for nothing that was said before."""
    assert talk("Is Veldhaven open?", "/reset", "Was it closed?")[2:] == [_YES + _STORM[_STORM.index("\n") + 1 :]]


def test_show(talk: Talk) -> None:
    """`/show N` shows the article around a citation of the last answer."""
    assert talk("Veldhaven", "/show 1") == [
        _VELDHAVEN,
        "[1] Harbour reopens — articles/a.txt:3 (Harbour Times)\n"
        "\n"
        "   1  Harbour reopens\n"
        "   2  Harbour Times\n"
        "   3  »The harbour of Veldhaven reopened on Monday.«\n"
        "   4  A storm had shut it in March.\n",
    ]


def test_show_follows_the_last_answer(talk: Talk) -> None:
    """After another question, the number is of its answer."""
    assert "   4  »A storm had shut it in March.«\n" in talk("Veldhaven", "storm", "/show 1")[-1]


def test_show_of_what_there_is_not(talk: Talk) -> None:
    """A wrong number, or something else, is told with what would do, and the chat goes on."""
    assert talk("/show 1", "Veldhaven", "/show 2", "/show a.txt", "/show -1", "storm") == [
        "there is no citation 1\n  ask a question first\n",
        _VELDHAVEN,
        "there is no citation 2\n  the last answer has 1\n",
        "/show takes the number of a citation\n  as in /show 1\n",
        "/show takes the number of a citation\n  as in /show 1\n",
        _STORM,
    ]


def test_show_without_a_number_is_of_the_first(talk: Talk) -> None:
    """`/show` alone shows the first quote."""
    assert talk("Veldhaven", "/show")[1] == talk("Veldhaven", "/show 1")[1]


def test_show_on_a_screen_that_scrolls(talk: Talk, folder: Path, fake_index: Index) -> None:
    """Where the user can scroll, the whole article is there, and a few lines before the quote are shown first."""
    (folder / "a.txt").write_text("".join(f"Line {n} is dull.\n" for n in range(1, 40)) + _ARTICLE, encoding="utf-8")
    fake_index(folder)
    shown = talk("Veldhaven", "/show 1", scrolls=True)[1].splitlines()
    first = int(shown[0].removeprefix("from line ").removesuffix(":"))
    assert shown[1:][first] == "  39  Line 39 is dull."
    assert shown[1:][first + 3] == "  42  »The harbour of Veldhaven reopened on Monday.«"
    assert shown[3] == "   1  Line 1 is dull."


def test_unknown_command(talk: Talk) -> None:
    """A command that there is not is told, with the one that was probably meant, and safely."""
    assert talk("/storm", "/a\x1b[2J b", "/shwo 1", "/quti", "/help whi") == [
        "there is no /storm\n  /help lists what there is\n",
        "there is no /a<U+001B>[2J\n  /help lists what there is\n",
        "there is no /shwo\n  did you mean /show?\n",
        "there is no /quti\n  did you mean /quit?\n",
        "there is no /whi\n  did you mean /why?\n",
    ]


def test_command_that_takes_nothing(talk: Talk) -> None:
    """What stands behind such a command is not passed over."""
    assert talk("Veldhaven", "/reset now")[1] == "/reset takes nothing behind it\n  type /reset alone\n"


@pytest.mark.parametrize("said", ["thanks", "Hello!", "OK.", "Thank you! "])
def test_small_talk(talk: Talk, said: str) -> None:
    """It is not searched for, and is no turn of the conversation."""
    assert talk("Veldhaven", said, "/history") == [
        _VELDHAVEN,
        "Ask a question about the articles; /help lists what there is.\n",
        "  1  Veldhaven  Veldhaven\n",
    ]


@pytest.mark.parametrize(("said", "command"), [("Tell me more", "/more"), ("How do you know?", "/why")])
def test_words_about_the_answer(talk: Talk, said: str, command: str) -> None:
    """What asks about the last answer is a command, not a question to the articles."""
    assert talk("Veldhaven", said) == talk("Veldhaven", command)


@pytest.mark.parametrize("said", ["Are you sure?", "how sure are you", "really?"])
def test_how_sure_an_answer_is_is_said_again(talk: Talk, said: str) -> None:
    """Without its quotes, and with the command that tells all of it; before an answer it is a question like others."""
    sure, refused = talk("Veldhaven", said)[-1], talk("unknown words", said)[-1]
    why = "\n\n/why tells what was found, read and weighed.\n"
    assert (sure, refused) == (_VELDHAVEN.split("\n")[0] + why, "Not answered in these articles." + why)
    assert "/why" not in talk(said)[0]


def test_help_keeps_to_a_narrow_terminal(talk: Talk) -> None:
    """What a command does is broken between words, below where it begins."""
    (shown,) = talk("/help", columns=50)
    assert max(map(len, shown.splitlines())) <= 50
    assert "open the article with the\n" in shown


def test_unusable_question(talk: Talk) -> None:
    """A question without words is told, and the chat goes on."""
    assert talk("?!", "storm") == [
        'there are no words in the question\n  ask like this: "Who initiated the call?"\n',
        _STORM,
    ]


def test_ctrl_c_at_the_prompt(talk: Talk) -> None:
    """Ctrl-C at the prompt tells how to leave and stays."""
    assert talk(CTRL_C, CTRL_C, "storm") == ["(Ctrl-D or /quit leaves)\n", "(Ctrl-D or /quit leaves)\n", _STORM]


def test_ctrl_c_during_a_question(talk: Talk, interrupted: Engine) -> None:
    """Ctrl-C drops the question; the next one is answered."""
    assert talk("storm", "Veldhaven", engine=interrupted) == ["(dropped)\n", _VELDHAVEN]


def test_ctrl_c_drops_pasted_questions(interrupted: Engine, folder: Path) -> None:
    """Ctrl-C drops the questions, too, that were pasted behind the one that is being answered."""
    written: list[str] = []
    session = Session(interrupted, ListScreen(written), notify=pytest.fail, here=folder.parent, quotes=3)
    Chat(session, ScriptedInput(["storm", "Lee?", "Who?", "Veldhaven"], pasted=2)).run()
    assert written == ["(dropped, and 2 more)\n", _VELDHAVEN]


def test_stale_index_is_told_once(talk: Talk, folder: Path) -> None:
    """A notice, apart from the answers, says that the folder has changed, and not again after each answer."""
    (folder / "new.txt").write_text("Another one is here.\n", encoding="utf-8")
    assert talk("Veldhaven", "storm") == ["notice: 1 new: run qa index, or /index here", _VELDHAVEN, _STORM]


def test_changed_file_is_told(talk: Talk, folder: Path) -> None:
    """A quote whose file has changed says so, and so does the chat."""
    (folder / "a.txt").write_text("Gone.\n", encoding="utf-8")
    assert talk("Veldhaven") == [
        "notice: 1 changed: run qa index, or /index here",
        _VELDHAVEN + "  ! the file has changed since it was indexed, or is gone\n",
    ]


def test_ctrl_c_stops_a_script(folder: Path, fake_engine: Callable[[], Engine]) -> None:
    """Where nobody types the questions, Ctrl-C ends the chat and not one question."""
    source = ScriptedInput(["Veldhaven", CTRL_C, "storm"], is_prompt=False)
    written: list[str] = []
    session = Session(fake_engine(), ListScreen(written), notify=pytest.fail, here=folder.parent, quotes=3)
    with pytest.raises(KeyboardInterrupt):
        Chat(session, source).run()
    assert written == [_VELDHAVEN]


def test_show_is_of_this_chat_s_last_answer(talk: Talk, fake_store: Store) -> None:
    """What another process asked meanwhile does not change what /show shows."""
    fake_store.last_answer.write_text("[]", encoding="utf-8")
    assert "»The harbour of Veldhaven reopened on Monday.«" in talk("Veldhaven", "/show 1")[1]


def test_number_of_quotes(talk: Talk, folder: Path, fake_index: Index) -> None:
    """No more quotes are given than the chat was opened with."""
    (folder / "b.txt").write_text("Veldhaven is a town on the coast.\n", encoding="utf-8")
    fake_index(folder)
    assert ["[2]" in talk("Veldhaven", quotes=quotes)[0] for quotes in (1, 2)] == [False, True]


def test_article(talk: Talk) -> None:
    """`/article` shows the whole article of a quote, or the one with a title or path, whatever the case."""
    whole = (
        "   1  Harbour reopens\n"
        "   2  Harbour Times\n"
        "   3  The harbour of Veldhaven reopened on Monday.\n"
        "   4  A storm had shut it in March.\n"
    )
    written = talk("/article harbour REOPENS", "/article articles/a.txt", "/article reop", "storm", "/article 1")
    assert written[:3] == [f"Harbour reopens — articles/a.txt\n\n{whole}"] * 3
    assert written[4] == "[1] Harbour reopens — articles/a.txt:4 (Harbour Times)\n\n" + whole.replace(
        "A storm had shut it in March.", "»A storm had shut it in March.«"
    )


def test_many_articles_are_not_all_named(talk: Talk, folder: Path, fake_index: Index) -> None:
    """A few paths are named, and the others counted."""
    for number in range(5):
        (folder / f"b{number}.txt").write_text("Harbour closes\nHarbour Times\nIt closed again.\n", encoding="utf-8")
    fake_index(folder)
    said = talk("/article harbour closes", columns=100)[0]
    assert said.endswith("articles/b0.txt; articles/b1.txt; articles/b2.txt and 2 more\n")


def test_article_that_there_is_not(talk: Talk, folder: Path, fake_index: Index) -> None:
    """A title that no article has, or several, is told."""
    (folder / "b.txt").write_text("Harbour closes\nHarbour Times\nIt closed again.\n", encoding="utf-8")
    fake_index(folder)
    assert talk("/article castle", "/article harbour") == [
        "no article is called castle\n  /sources lists them\n",
        "harbour is in the title or path of 2 articles\n  name one by its path: articles/a.txt; articles/b.txt\n",
    ]


def test_sources(talk: Talk, folder: Path, fake_index: Index) -> None:
    """`/sources` lists the articles that are asked, or those with some words."""
    (folder / "b.txt").write_text("---\ntitle: Town fair\ndate: 2024-05-01\n---\nIt was fair.\n", encoding="utf-8")
    fake_index(folder)
    both = "Harbour reopens — articles/a.txt (Harbour Times)\nTown fair — articles/b.txt (2024-05-01)\n"
    written = talk("/sources", "/sources TOWN", "/sources times reopens", "/sources castle", "/only b.txt", "/sources")
    assert written == [
        both,
        "Town fair — articles/b.txt (2024-05-01)\n",
        "Harbour reopens — articles/a.txt (Harbour Times)\n",
        "no article has castle in its title, path or source\n  /sources lists all that are asked\n",
        "1 article\n",
        "Town fair — articles/b.txt (2024-05-01)\n",
    ]


def test_narrowing(talk: Talk, folder: Path, fake_index: Index) -> None:
    """Filters add up, are kept from question to question, and are cleared by `/all`."""
    (folder / "b.txt").write_text(
        "---\ntitle: Town fair\ndate: 2024-05-01\nsource: Town Crier\n---\nVeldhaven had a fair.\n", encoding="utf-8"
    )
    fake_index(folder)
    fair = (
        "Veldhaven (very likely, 99% sure)\n\n  Veldhaven had a fair.\n"
        "  [1] Town fair — articles/b.txt:6 (Town Crier, 2024-05-01)\n"
    )
    written = talk(
        "/since 2024", "Veldhaven", "/source crier", "Veldhaven", "/before 2024-05", "/since", "/since soon", "/all"
    )
    assert written == [
        "1 article; 1 article without an exact date left out\n",
        fair,
        "notice: 1 article without an exact date left out",
        "1 article\n",
        fair,
        "no article matches: since 2024, before 2024-05, source crier\n  give a wider filter, or none\n",
        "/since takes something behind it\n  as in /since 2024-11\n",
        "soon is not a date\n  give a year, a month or a day, as in 2024, 2024-11 or 2024-11-15\n",
        "2 articles\n",
    ]


def test_more(talk: Talk, folder: Path, fake_index: Index) -> None:
    """`/more` shows the quotes that come next, numbered on, until there are none; `/show` knows them."""
    for name in "bcd":
        (folder / f"{name}.txt").write_text(f"The {name} of Veldhaven is here.\n", encoding="utf-8")
    fake_index(folder)
    written = talk("/more", "Veldhaven", "/more", "/show 3", "/more", "/more", quotes=2)
    assert written[0] == "there is no question to have more of\n  ask a question first\n"
    numbers = [[n for n in "12345" if f"[{n}]" in text] for text in written[1:]]
    assert numbers == [["1", "2"], ["3", "4"], ["3"], [], []]
    assert written[-1] == "there are no more quotes\n  ask in other words\n"


def test_more_of_articles_that_changed_begins_anew(talk: Talk, folder: Path, fake_index: Index) -> None:
    """Where the numbers are of other quotes than were shown, all are shown."""
    for name in "bcd":
        (folder / f"{name}.txt").write_text(f"The {name} of Veldhaven is here.\n", encoding="utf-8")
    fake_index(folder)
    (first,) = re.findall(r"\[1\].*articles/(.\.txt)", talk("Veldhaven")[0])
    (folder / first).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.article_commands.build", lambda store, roots: _built(store))
        written = talk("Veldhaven", "/index", "/more", quotes=2)
    assert [n for n in "12345" if f"[{n}]" in written[-1]] == ["1", "2", "3"]


@pytest.mark.parametrize(("quotes", "shown", "more"), [(None, ["1"], ["2"]), (3, ["1", "2"], [])])
def test_faint_quotes_come_on_more(
    talk: Talk, folder: Path, fake_store: Store, quotes: int | None, shown: list[str], more: list[str]
) -> None:
    """What hardly answers is shown and saved after `/more` alone, but at once to who says how many quotes to show."""
    with Engine(
        fake_store,
        notify=lambda _: None,
        open_embedder=lambda _: HashingEmbedder(),
        make_reader=finding(Veldhaven=9.0),
    ) as engine:
        asked = talk("Veldhaven", "/save a.md", "/more", "/save b.md", engine=engine, quotes=quotes)
        resumed = talk("/resume 1", "/more", engine=engine, quotes=quotes)
    for turns in ([asked[0], asked[2]], resumed):
        assert [[n for n in "123" if f"[{n}]" in text] for text in turns] == [shown, more]
    saved = [(folder.parent / name).read_text(encoding="utf-8").count("> —") for name in ("a.md", "b.md")]
    assert saved == [len(shown), 2]


class QuotingEngine:
    """An engine whose answers have quotes with given scores, as many as are asked for."""

    def __init__(self, *scores: float) -> None:
        self._quotes = tuple(
            replace(QUOTE, score=score, agrees=number == 1, citation=replace(CITATION, number=number))
            for number, score in enumerate(scores, start=1)
        )

    def ask(self, _: str, *, limit: int, **_others: object) -> Answer:
        """Answer with the first quotes."""
        return replace(ANSWER, answered=False, answer=None, quotes=self._quotes[:limit])

    def staleness(self) -> str:
        """Say nothing."""
        return ""


@pytest.mark.usefixtures("folder")
def test_more_begins_with_what_was_left_out(talk: Talk) -> None:
    """A faint quote between those that are shown comes on `/more`, and none of the others again."""
    engine = cast("Engine", QuotingEngine(0.012, 0.007, 0.011, 0.002, 0.001))
    turns = talk("Who?", "/more", "/more", engine=engine, quotes=None, logged=False)
    assert [[n for n in "12345" if f"[{n}]" in text] for text in turns] == [["1", "3"], ["2", "4", "5"], []]


def test_index(talk: Talk, folder: Path) -> None:
    """`/index` brings the index up to date without leaving."""
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("Nothing of the harbour.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.article_commands.build", lambda store, roots: _built(store))
        written = talk("/index", "/sources")
    assert re.sub(r"[0-9.]+ s", "0.0 s", written[1]) == "1 added, 1 removed (0.0 s)\n"
    assert written[2] == "Nothing of the harbour. — articles/b.txt\n"


def _built(store: Store) -> RunResult:
    """Run an index run with the fake embedder."""
    return update_index(
        store,
        BuildOptions(roots=()),
        notify=pytest.fail,
        progress=SilentProgress(),
        open_embedder=lambda _: HashingEmbedder(),
    )


def test_save(talk: Talk, folder: Path) -> None:
    """`/save` writes the conversation to a new file, and no other."""
    written = talk("/save", "/save a.md", "Veldhaven", "storm", "/save a.md", "/save a.md", "/save no/such/a.md")
    assert [written[0], written[1], *written[4:]] == [
        "/save takes the name of a file\n  as in /save call.md\n",
        "there is nothing to save\n  ask a question first\n",
        "saved a.md\n",
        "there is a a.md already\n  name another file\n",
        "no/such/a.md cannot be written: No such file or directory\n  name another file\n",
    ]
    saved = (folder.parent / "a.md").read_text(encoding="utf-8")
    assert saved.startswith("## Veldhaven\n\n**Veldhaven** (very likely, 99% sure)\n")
    assert talk("Veldhaven", "/save articles")[1] == (
        "articles is a folder\n  name a file, as in /save articles/call.md\n"
    )
    assert "\n## storm\n" in saved


def test_save_quotes_nothing_of_what_is_gone(folder: Path, fake_engine: Callable[[], Engine]) -> None:
    """An article that was deleted since is not quoted in a saved conversation either."""
    written: list[str] = []
    screen = ListScreen(written, scrolls=False, columns=PLAIN.width)
    session = Session(fake_engine(), screen, notify=written.append, here=folder.parent, quotes=3)
    Chat(session, ScriptedInput(["storm", "/save before.md"])).run()
    (folder / "a.txt").unlink()
    Chat(session, ScriptedInput(["/save after.md"])).run()
    before, after = ((folder.parent / name).read_text(encoding="utf-8") for name in ("before.md", "after.md"))
    assert "shut it in March" in before
    assert after == "## storm\n\nAnswered then, in an article that has changed since or is gone.\n"


@pytest.mark.parametrize("name", ["~nosuchuser/a.md", "a\0.md", "x" * 5000])
def test_names_that_no_file_can_have(talk: Talk, name: str) -> None:
    """A name that cannot be is told, and the chat goes on."""
    written = talk("Veldhaven", f"/save {name}", "storm")
    assert "cannot be written" in written[1]
    assert written[2] == _STORM


@pytest.mark.parametrize("command", ["/show", "/open", "/resume", "/article"])
@pytest.mark.parametrize("number", ["9" * 5000, "²", "0", "01", "-1", "1.5"])
def test_odd_numbers(talk: Talk, command: str, number: str) -> None:
    """Whatever stands for a number, the chat goes on."""
    talk("xylophone")
    written = talk("Veldhaven", f"{command} {number}", "storm")
    assert len(written) == 3
    assert written[2] == _STORM


def test_article_that_is_called_by_a_number(talk: Talk, folder: Path, fake_index: Index) -> None:
    """A title of digits is a title where no quote has that number."""
    (folder / "b.txt").write_text("---\ntitle: '1984'\n---\nIt was a year.\n", encoding="utf-8")
    fake_index(folder)
    assert talk("Veldhaven", "/article 1984")[1].startswith("1984 — articles/b.txt\n")


def test_more_and_why_of_a_resumed_conversation(talk: Talk, folder: Path, fake_index: Index) -> None:
    """What was asked last can be asked more of after it was resumed, too."""
    (folder / "b.txt").write_text("The town of Veldhaven is here.\n", encoding="utf-8")
    fake_index(folder)
    talk("Veldhaven", quotes=1)
    _, more, why = talk("/resume 1", "/more", "/why", quotes=1)
    assert "[2]" in more
    assert "99% sure: answered" in why


def test_history(talk: Talk) -> None:
    """`/history` lists what was asked, and what answered it."""
    assert talk("/history", "Veldhaven", "xylophone", "/history")[-1] == (
        "  1  Veldhaven  Veldhaven\n  2  xylophone  not answered\n"
    )


def test_lists_and_complaints_on_a_narrow_screen(talk: Talk) -> None:
    """What is longer than a line goes on below, indented, broken between words."""
    asked = "Veldhaven, that town by the sea, where is it?"
    sources, _, history, error = talk("/sources", asked, "/history", "/sources of a place nobody knows", columns=40)
    assert sources == "Harbour reopens — articles/a.txt\n    (Harbour Times)\n"
    assert history == "  1  Veldhaven, that town by the sea,\n     where is it? Veldhaven\n"
    assert error == (
        "no article has of a place nobody knows\nin its title, path or source\n  /sources lists all that are asked\n"
    )
    (listed,) = talk("/resume", columns=50)
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "2026-01-02 12:00", listed) == (
        "  1  2026-01-02 12:00  1 question    Veldhaven,\n"
        + "".join(f"{'':37}{part}\n" for part in ("that town by", "the sea,", "where is it?"))
        + "\n/resume N goes on with one.\n"
    )


def test_resume(talk: Talk) -> None:
    """An earlier conversation is listed, taken up again with its answers, and added to."""
    assert talk("/resume") == ["there is no earlier conversation\n  ask a question first\n"]
    talk("Veldhaven", "storm")
    talk("xylophone")
    listed = talk("/resume")[0].splitlines()
    assert [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "DAY", line) for line in listed] == [
        "  1  DAY  1 question    xylophone",
        "  2  DAY  2 questions   Veldhaven",
        "",
        "/resume N goes on with one.",
    ]
    written = talk("/resume 3", "/resume 2", "/history", "/show 1", "Veldhaven")
    assert written[0] == "there is no conversation 3\n  give a number from 1 to 2\n"
    questions = "  1  Veldhaven  Veldhaven\n  2  storm  storm\n"
    assert written[1:4] == [questions, f"qa> storm\n\n{_STORM}", questions]
    assert "»A storm had shut it in March.«" in written[4]
    assert "3 questions   Veldhaven" in talk("/resume")[0]


def test_resumed_conversation_is_of_the_same_articles(talk: Talk, folder: Path, fake_index: Index) -> None:
    """It goes on as narrowly as it ended, and says so, unless there are no such articles any more."""
    (folder / "b.txt").write_text("Town fair\n\nVeldhaven had a fair.\n", encoding="utf-8")
    fake_index(folder)
    talk("/only b.txt", "Veldhaven")
    narrowed, _, answer = talk("/resume 1", "Veldhaven")
    assert narrowed == "1 article\n"
    assert "Veldhaven had a fair." in answer
    assert "articles/a.txt" not in answer
    (folder / "b.txt").unlink()
    fake_index(folder)
    *_, answer = talk("/resume 1", "Veldhaven")
    assert "articles/a.txt" in answer


def test_nothing_is_logged_where_the_user_wants_that(talk: Talk, fake_store: Store) -> None:
    """Without a log nothing is kept in the store."""
    talk("Veldhaven", "/reset", "storm", logged=False)
    assert not fake_store.conversations.exists()


def test_reset_begins_another_conversation(talk: Talk) -> None:
    """After `/reset` nothing of what was said is known, and a new conversation is kept."""
    written = talk("Veldhaven", "/reset", "/history", "/more", "/show 1", "storm")
    assert written[1:5] == [
        "a new conversation begins\n",
        "nothing was asked yet\n  /resume lists earlier conversations\n",
        "there is no question to have more of\n  ask a question first\n",
        "there is no citation 1\n  ask a question first\n",
    ]
    assert [line.split()[-1] for line in talk("/resume")[0].splitlines()[:2]] == ["storm", "Veldhaven"]


def test_toolbar(folder: Path, fake_engine: Callable[[], Engine], fake_index: Index) -> None:
    """The line below the prompt tells articles, filters and changed folders."""
    (folder / "b.txt").write_text("Another one is here.\n", encoding="utf-8")
    fake_index(folder)
    session = Session(fake_engine(), ListScreen([]), notify=pytest.fail, here=folder.parent, quotes=3)
    assert session.toolbar() == "2 articles"
    session.narrow(Narrowing(only="b*"))
    assert session.toolbar() == "1 of 2 articles · only b* (/all: every article)"


def test_toolbar_of_an_index_that_cannot_be_read(folder: Path, fake_engine: Callable[[], Engine]) -> None:
    """What is amiss stands below the prompt, and the chat stays open."""
    engine = fake_engine()
    session = Session(engine, ListScreen([]), notify=pytest.fail, here=folder.parent, quotes=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "articles", lambda: _fail())
        assert session.toolbar() == "the index is busy"


def _fail() -> int:
    raise UsageError("the index is busy", "wait")


def test_toolbar_of_a_stale_index(folder: Path, fake_engine: Callable[[], Engine]) -> None:
    """It tells that the folders have changed, and what to do."""
    (folder / "new.txt").write_text("Another one is here.\n", encoding="utf-8")
    session = Session(fake_engine(), ListScreen([]), notify=pytest.fail, here=folder.parent, quotes=3)
    assert session.toolbar() == "1 article · 1 new: /index"


def test_open(talk: Talk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`/open` hands the article's file to the system."""
    opened: list[Path] = []
    monkeypatch.setattr("qa.opening_articles.open_file", opened.append)
    assert talk("Veldhaven", "/open 1", "/open 7")[1:] == [
        "opened articles/a.txt\n",
        "there is no citation 7\n  the last answer has 1\n",
    ]
    assert opened == [folder / "a.txt"]


def test_why(talk: Talk) -> None:
    """`/why` explains the last answer."""
    written = talk("/why", "Veldhaven", "/why")
    assert written[0] == "there is no answer to explain\n  ask a question first\n"
    assert "The harbour of Veldhaven reopened on Monday." in written[2]
