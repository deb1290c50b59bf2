"""Whole conversations, as they stand on the screen."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.store import Store
from index.vectors import Vector
from qa.chat import HELP, Chat
from qa.engine import Engine
from tests.conftest import Index
from tests.fakes import HashingEmbedder, KeywordReader
from tests.qa.samples import PLAIN

CTRL_C = "\x03"
_ARTICLE = """\
Harbour reopens
Harbour Times
The harbour of Veldhaven reopened on Monday.
A storm had shut it in March.
"""
_VELDHAVEN = """\
Veldhaven (100% sure)

  The harbour of Veldhaven reopened on Monday.
  [1] Harbour reopens — articles/a.txt:3 (Harbour Times)
"""
_STORM = """\
storm (100% sure)

  A storm had shut it in March.
  [1] Harbour reopens — articles/a.txt:4 (Harbour Times)
"""


class ScriptedInput:
    """An input that reads lines from a list, with Ctrl-C among them."""

    def __init__(self, lines: Sequence[str], *, is_prompt: bool = True) -> None:
        self._lines = iter(lines)
        self.is_prompt = is_prompt

    def read(self) -> str | None:
        """Return the next line, None at the end."""
        line = next(self._lines, None)
        if line == CTRL_C:
            raise KeyboardInterrupt
        return line


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


Talk = Callable[..., list[str]]


@pytest.fixture
def talk(folder: Path, fake_engine: Callable[[], Engine]) -> Talk:
    """Return a function that holds a conversation and returns what was written, turn by turn."""

    def run(*lines: str, engine: Engine | None = None, quotes: int = 3) -> list[str]:
        written: list[str] = []
        source = ScriptedInput(lines)
        chat = Chat(
            engine or fake_engine(),
            source,
            written.append,
            notify=lambda line: written.append(f"notice: {line}"),
            style=PLAIN,
            here=folder.parent,
            quotes=quotes,
        )
        chat.run()
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


@pytest.mark.parametrize("leave", ["/quit", "/QUIT", "/quit now", " /quit \n"])
def test_quit(talk: Talk, leave: str) -> None:
    """Nothing is read after the user leaves."""
    assert talk("Veldhaven", leave, "storm") == [_VELDHAVEN]


def test_help(talk: Talk) -> None:
    """`/help` lists every command that there is."""
    assert talk("/help") == [HELP]
    assert HELP == (
        "Type a question, or\n"
        "  /show N   the article around citation N of the last answer\n"
        "  /reset    forget what was said: the next question leans on nothing\n"
        "  /help     this\n"
        "  /quit     leave (Ctrl-D too); Ctrl-C drops the question\n"
    )


def test_follow_up_leans_on_what_was_said(talk: Talk) -> None:
    """A pronoun stands for what was just spoken of; how it was understood is shown first."""
    first, second = talk("Is Veldhaven open?", "Was it closed?")
    assert first == _VELDHAVEN
    assert second == f"Was Veldhaven closed?\n\n{_VELDHAVEN}"


def test_reset_forgets(talk: Talk) -> None:
    """After `/reset` a pronoun stands for nothing that was said before."""
    assert talk("Is Veldhaven open?", "/reset", "Was it closed?")[1:] == [_STORM.replace("storm (", "it (")]


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
    """A wrong number, none, or something else is told with what would do, and the chat goes on."""
    assert talk("/show 1", "Veldhaven", "/show 2", "/show", "/show a.txt", "/show -1", "storm") == [
        'there is no citation 1\n  ask first, as in qa ask "Who initiated the call?"\n',
        _VELDHAVEN,
        "there is no citation 2\n  the last answer has 1\n",
        "/show takes the number of a citation\n  as in /show 1\n",
        "/show takes the number of a citation\n  as in /show 1\n",
        "/show takes the number of a citation\n  as in /show 1\n",
        _STORM,
    ]


def test_unknown_command(talk: Talk) -> None:
    """A command that there is not is told, with its escape sequences made safe."""
    assert talk("/storm", "/a\x1b[2J b") == [
        "there is no /storm\n  /help lists what there is\n",
        "there is no /a<U+001B>[2J\n  /help lists what there is\n",
    ]


def test_unusable_question(talk: Talk) -> None:
    """A question without words is told, and the chat goes on."""
    assert talk("?!", "storm") == [
        'there are no words in the question\n  ask like this: qa ask "Who initiated the call?"\n',
        _STORM,
    ]


def test_ctrl_c_at_the_prompt(talk: Talk) -> None:
    """Ctrl-C at the prompt tells how to leave and stays."""
    assert talk(CTRL_C, CTRL_C, "storm") == ["(Ctrl-D or /quit leaves)\n", "(Ctrl-D or /quit leaves)\n", _STORM]


def test_ctrl_c_during_a_question(talk: Talk, fake_store: Store) -> None:
    """Ctrl-C drops the question; the next one is answered."""
    with Engine(
        fake_store,
        notify=lambda _: None,
        open_embedder=lambda _: InterruptedEmbedder(),
        make_reader=lambda _embedder, _stemmer: KeywordReader(),
    ) as engine:
        assert talk("storm", "Veldhaven", engine=engine) == ["(dropped)\n", _VELDHAVEN]


def test_stale_index_is_told_once(talk: Talk, folder: Path) -> None:
    """A notice, apart from the answers, says that the folder has changed, and not again after each answer."""
    (folder / "new.txt").write_text("Another one is here.\n", encoding="utf-8")
    assert talk("Veldhaven", "storm") == ["notice: 1 new: run qa index", _VELDHAVEN, _STORM]


def test_changed_file_is_told(talk: Talk, folder: Path) -> None:
    """A quote whose file has changed says so, and so does the chat."""
    (folder / "a.txt").write_text("Gone.\n", encoding="utf-8")
    assert talk("Veldhaven") == [
        "notice: 1 changed: run qa index",
        _VELDHAVEN + "  ! the file has changed since it was indexed, or is gone\n",
    ]


def test_ctrl_c_stops_a_script(folder: Path, fake_engine: Callable[[], Engine]) -> None:
    """Where nobody types the questions, Ctrl-C ends the chat and not one question."""
    source = ScriptedInput(["Veldhaven", CTRL_C, "storm"], is_prompt=False)
    written: list[str] = []
    chat = Chat(fake_engine(), source, written.append, notify=pytest.fail, style=PLAIN, here=folder.parent, quotes=3)
    with pytest.raises(KeyboardInterrupt):
        chat.run()
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
