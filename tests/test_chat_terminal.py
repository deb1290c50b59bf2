"""The real chat in a pseudo-terminal: keys, windows, streams that are no terminals."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from index.build import update_index
from index.inputs import BuildOptions
from index.store import Store
from tests.fakes import SilentProgress

pytestmark = [pytest.mark.real_model, pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")]

_TIMEOUT = 120
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[=>])")
_WHERE = "\x1b[6n"
"""How a terminal is asked where its cursor is."""
_GERMANY = "reportedly initiated by"
DOWN, TAB, CTRL_C, CTRL_D, CTRL_R, ENTER = "\x1b[B", "\t", "\x03", "\x04", "\x12", "\r"

Open = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def folder(articles: Path, real_store: Store) -> Path:
    """Return a folder with an index of the seeds."""
    update_index(real_store, BuildOptions(roots=(articles,)), notify=lambda _: None, progress=SilentProgress())
    return articles.parent


@pytest.fixture
def chat(folder: Path) -> Iterator[Open]:
    """Return a function that opens `qa chat` in a terminal of eighty columns and waits for its prompt."""
    opened: list[pexpect.spawn[str]] = []

    def run(*options: str, term: str = "xterm", waits: bool = True, **environment: str) -> "pexpect.spawn[str]":
        child = pexpect.spawn(
            sys.executable,
            ["-m", "qa", "chat", *options],
            cwd=str(folder),
            env=_environment(term, **environment),
            encoding="utf-8",
            codec_errors="replace",
            dimensions=(40, 80),
            timeout=_TIMEOUT,
        )
        opened.append(child)
        if waits:
            _wait_for_prompt(child)
        return child

    yield run
    for child in opened:
        child.close(force=True)


def _environment(term: str, **others: str) -> dict[str, str]:
    told = {"TERM": term, "PAGER": "cat", "PYTHONPATH": str(Path(__file__).parents[1])}
    kept = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "QA_STORE", "COLUMNS", "LINES")
    }
    return {**kept, **told, **others}


def _wait_for_prompt(child: "pexpect.spawn[str]") -> str:
    """Wait for the next prompt, and say where the cursor is if asked, as terminals do; return what came before."""
    if child.expect([re.escape(_WHERE), "qa> $"]) == 0:
        before = _before(child)
        child.send("\x1b[20;1R")
        child.expect("qa>")
        return before
    return _before(child)


def _before(child: "pexpect.spawn[str]") -> str:
    """Return what came before the text that was waited for."""
    assert isinstance(child.before, str)
    return child.before


def _leave(child: "pexpect.spawn[str]") -> int:
    """Press Ctrl-D; return the exit status."""
    child.send(CTRL_D)
    child.expect(pexpect.EOF)
    child.close()
    assert child.signalstatus is None
    status = child.exitstatus
    assert status is not None
    return status


def test_question_and_leaving(chat: Open) -> None:
    """A question is answered in colour, the toolbar tells of the articles, Ctrl-D leaves."""
    child = chat()
    child.send(f"Who initiated the call?{ENTER}")
    child.expect(_GERMANY)
    assert "\x1b[1;32mGermany" in _before(child)
    _wait_for_prompt(child)
    child.expect("2 articles")
    assert _leave(child) == 0


def test_completion_of_a_command(chat: Open) -> None:
    """A slash opens the commands by itself; Tab takes the one that is meant."""
    child = chat()
    child.send("/his")
    child.expect("the questions of this conversation")
    child.send(f"{TAB}{ENTER}")
    child.expect("nothing was asked yet")
    assert _leave(child) == 0


def test_completion_of_a_title(chat: Open) -> None:
    """Behind a command that takes an article, Tab offers titles."""
    child = chat()
    child.send("/article urges")
    child.expect("Scholz Urges Putin")
    child.send(f"{TAB}{ENTER}")
    child.expect("ICARO Media Group")
    assert _leave(child) == 0


def test_history_is_searched_and_kept(chat: Open, folder: Path) -> None:
    """Ctrl-R finds an earlier question, in the next chat, too; the history is its owner's only."""
    child = chat()
    child.send(f"Who initiated the call?{ENTER}")
    child.expect(_GERMANY)
    _wait_for_prompt(child)
    assert _leave(child) == 0
    again = chat()
    again.send(f"{CTRL_R}initiated")
    again.expect("the call")
    again.send(f"{ENTER}{ENTER}")
    again.expect(_GERMANY)
    assert _leave(again) == 0
    history = folder / ".qa" / "chat-history"
    assert history.stat().st_mode & 0o777 == 0o600
    assert history.read_text(encoding="utf-8").count("+Who initiated the call?") >= 1


def test_ctrl_c_at_the_prompt(chat: Open) -> None:
    """Ctrl-C drops what is typed, not the chat."""
    child = chat()
    child.send("Who is")
    child.send(CTRL_C)
    child.expect(r"\(Ctrl-D or /quit leaves\)")
    _wait_for_prompt(child)
    assert _leave(child) == 0


def test_ctrl_c_during_a_question(chat: Open) -> None:
    """An interrupt while a question is answered drops it at most; the chat goes on."""
    child = chat()
    child.send(f"Who initiated the call?{ENTER}")
    child.expect("\n")
    child.kill(signal.SIGINT)
    _wait_for_prompt(child)
    child.send(f"/help{ENTER}")
    child.expect("Type a question, or")
    assert _leave(child) == 0


def test_pasted_lines_are_one_question(chat: Open) -> None:
    """Several lines that are pasted at once are asked as one question."""
    child = chat("--no-log")
    child.send("\x1b[200~Who initiated\nthe call?\x1b[201~")
    child.send(ENTER)
    child.expect(_GERMANY)
    _wait_for_prompt(child)
    child.send(f"/history{ENTER}")
    child.expect("  1  Who initiated the call")
    assert _leave(child) == 0


def test_pasted_questions_are_asked_one_by_one(chat: Open) -> None:
    """Of several questions that are pasted at once each is answered, and shown above its answer."""
    child = chat("--no-log")
    child.send("\x1b[200~Who initiated the call?\nWhen was it?\x1b[201~")
    child.send(ENTER)
    child.expect(_GERMANY)
    child.expect("qa> When was it")
    _wait_for_prompt(child)
    child.send(f"/history{ENTER}")
    child.expect("  1  Who initiated the call")
    child.expect("  2  When was it")
    assert _leave(child) == 0


def test_window_that_changes_its_size(chat: Open) -> None:
    """After the window was made narrow, answers keep to it."""
    child = chat("--no-color")
    child.setwinsize(40, 50)
    child.send(f"Who initiated the call?{ENTER}")
    child.expect("% sure")
    child.expect("articles/001")
    lines = [_ESCAPES.sub("", line).rstrip("\r") for line in _before(child).split("\n")]
    quoted = [line for line in lines if line.startswith("  ") and "[1]" not in line]
    assert len(quoted) >= 3
    assert max(map(len, quoted)) <= 50


def test_vi_keys(chat: Open) -> None:
    """With vi's keys, Escape and `dd` take the line back, and the toolbar says so."""
    child = chat("--vi")
    child.send("xylophone")
    child.expect("vi keys")
    child.send("\x1b")
    child.expect(pexpect.TIMEOUT, timeout=1)
    child.send(f"ddi/history{ENTER}")
    child.expect("nothing was asked yet")


def test_dumb_terminal(chat: Open) -> None:
    """A dumb terminal gets text alone, with the answer between marks."""
    child = chat(term="dumb")
    child.send(f"Who initiated the call?{ENTER}")
    child.expect("»Germany«")
    assert "\x1b" not in _before(child)
    assert _leave(child) == 0


@pytest.mark.parametrize("variant", ["option", "variable"])
def test_no_colours(chat: Open, variant: str) -> None:
    """`--no-color` and `NO_COLOR` leave out colours and bold; the answer stands between marks."""
    child = chat("--no-color") if variant == "option" else chat(NO_COLOR="1")
    child.send(f"Who initiated the call?{ENTER}")
    child.expect("»Germany«")
    assert not re.search(r"\x1b\[(?:1|2|1;32|33)m[A-Z]", _before(child))
    assert _leave(child) == 0


@pytest.mark.parametrize("options", [["ask", "--no-color", "Who initiated the call?"], ["show", "--no-color", "1"]])
def test_no_colours_elsewhere(folder: Path, options: list[str]) -> None:
    """Other commands leave out colours and bold as well, and mark with signs."""
    first = [sys.executable, "-m", "qa", "ask", "Who initiated the call?"]
    subprocess.run(first, cwd=folder, env=_environment("xterm"), capture_output=True, timeout=_TIMEOUT, check=True)
    words = ["-m", "qa", *options]
    child = pexpect.spawn(sys.executable, words, cwd=str(folder), env=_environment("xterm"), encoding="utf-8")
    child.expect(pexpect.EOF, timeout=_TIMEOUT)
    assert "\x1b" not in _before(child)
    assert "»" in _before(child)
    child.close()


def test_conversation_is_continued(chat: Open) -> None:
    """`--continue` takes the last conversation up with its last answer."""
    child = chat()
    child.send(f"Who initiated the call?{ENTER}")
    child.expect(_GERMANY)
    _wait_for_prompt(child)
    assert _leave(child) == 0
    again = chat("--continue", waits=False)
    again.expect(_GERMANY)
    _wait_for_prompt(again)
    assert _leave(again) == 0


def test_pipe_instead_of_a_terminal(folder: Path) -> None:
    """From a pipe a question is read a line; what is written is text alone, and nothing prompts."""
    done = subprocess.run(
        [sys.executable, "-m", "qa", "chat"],
        cwd=folder,
        env=_environment("xterm"),
        input="Who initiated the call?\n/show 1\n/nonsense\n",
        capture_output=True,
        encoding="utf-8",
        timeout=_TIMEOUT,
        check=True,
    )
    assert done.stdout.startswith("Germany (")
    assert "»The conversation, reportedly initiated by Germany," in done.stdout
    assert done.stdout.endswith("there is no /nonsense\n  /help lists what there is\n\n")
    assert "\x1b" not in done.stdout
    assert "qa>" not in done.stdout


def test_follow_up_in_json(folder: Path) -> None:
    """The lines of `qa chat --json` are one conversation, those of `qa ask --json -` are not."""
    asked = "What did Zelensky call the conversation?\nWhy did he call it that?\n"
    run = [
        subprocess.run(
            [sys.executable, "-m", "qa", *words],
            cwd=folder,
            env=_environment("xterm"),
            input=asked,
            capture_output=True,
            encoding="utf-8",
            timeout=_TIMEOUT,
            check=True,
        ).stdout.splitlines()[1]
        for words in (["chat", "--json"], ["ask", "--json", "-"])
    ]
    assert '"rewritten": "' in run[0]
    assert '"rewritten": null' in run[1]
