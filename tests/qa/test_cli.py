"""The command line, as far as it goes without a model."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.store import Store
from qa.cli import build_parser, main
from qa.version import VERSION
from tests.conftest import Index

COMMANDS = ("ask", "chat", "doctor", "eval", "index", "open", "show", "status", "train")
_README = Path(__file__).parent.parent.parent / "README.md"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run every test in an empty folder, with no index above it that could be meant."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("QA_STORE", str(folder / ".qa"))
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and returns its status, output and errors."""

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return command


def _subparsers() -> dict[str, argparse.ArgumentParser]:
    (action,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def test_commands() -> None:
    """These commands there are."""
    assert sorted(_subparsers()) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command(run: Run, command: str) -> None:
    """`--help` describes the command and each of its options, and is no error."""
    status, out, err = run(command, "--help")
    assert (status, err) == (0, "")
    assert out.startswith(f"usage: qa {command}")
    parser = _subparsers()[command]
    assert parser.description is not None
    assert all(action.help for action in parser._actions)


def test_help(run: Run) -> None:
    """`qa --help` lists the commands."""
    status, out, _ = run("--help")
    assert status == 0
    assert all(f"    {command} " in out for command in COMMANDS)


def test_nothing_is_asked(run: Run) -> None:
    """`qa` alone lists the commands, and is wrong usage."""
    status, out, err = run()
    assert (status, out) == (2, "")
    assert all(f"    {command} " in err for command in COMMANDS)


def test_version(run: Run) -> None:
    """`--version` says the version."""
    assert run("--version") == (0, f"qa {VERSION}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nosuch",),
        ("ask",),
        ("ask", "--nosuch", "a question"),
        ("ask", "-k", "0", "a question"),
        ("ask", "-k", "101", "a question"),
        ("ask", "-k", "few", "a question"),
        ("show",),
        ("show", "1", "2"),
        ("show", "-C", "few", "1"),
        ("status", "now"),
        ("index", "--store"),
        ("train",),
        ("train", "reader"),
        ("train", "reader", "data.json"),
        ("train", "writer", "data.json", "--output", "out"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    """What the parser does not know ends with status 2 and the usage on standard error."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("usage: qa")


@pytest.mark.parametrize(
    "number",
    ["0", "101", "few"],
)
def test_wrong_number_of_quotes_names_the_right_ones(run: Run, number: str) -> None:
    """A number of quotes that cannot be given is answered with those that can."""
    _, _, err = run("ask", "-k", number, "a question")
    assert f"{number} is not a number from 1 to 100" in err


@pytest.mark.parametrize(
    "arguments",
    [
        *(("index",), ("ask", "Who?"), ("ask", "--json", "Who?"), ("chat",), ("status",)),
        *(("show", "a.txt"), ("show", "1"), ("open", "1")),
    ],
)
def test_no_index(run: Run, empty_folder: Path, arguments: tuple[str, ...]) -> None:
    """Without an index a command says in two lines what to run, and leaves nothing behind."""
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    problem, remedy = err.splitlines()
    assert problem.startswith("qa: there is no index in ")
    assert remedy == "    run qa index FOLDER"
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize("arguments", [("index", ""), ("ask", "--articles", "", "Who?"), ("status", "--store", "")])
def test_empty_path_is_not_the_current_folder(run: Run, empty_folder: Path, arguments: tuple[str, ...]) -> None:
    """What a variable that is not set leaves of a command does not make an index of wherever it is run."""
    (empty_folder / "a.txt").write_text("It met.", encoding="utf-8")
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "the path is empty" in err
    assert [path.name for path in empty_folder.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("command", ["show", "open"])
def test_number_before_the_first_answer(run: Run, empty_folder: Path, command: str) -> None:
    """A citation's number without an answer is told to ask first."""
    store = Store(empty_folder / ".qa")
    store.create()
    store.catalog.touch()
    assert run(command, "1") == (2, "", "qa: there is no citation 1\n    ask a question first\n")


def test_questions_from_standard_input_need_json(run: Run) -> None:
    """`ask -` without `--json` says what to run instead."""
    status, out, err = run("ask", "-")
    assert (status, out) == (2, "")
    assert err == "qa: - reads questions for --json only\n    run qa ask --json -, or qa chat\n"


@pytest.mark.parametrize("words", [("",), ("  ", "\t")])
def test_empty_question(run: Run, words: tuple[str, ...]) -> None:
    """An empty question is told with an example."""
    status, out, err = run("ask", *words)
    assert (status, out) == (2, "")
    assert err == 'qa: the question is empty\n    ask like this: qa ask "Who initiated the call?"\n'


def test_folder_that_is_not_there(run: Run) -> None:
    """Indexing a folder that is not there makes no index."""
    status, out, err = run("index", "nosuch")
    assert (status, out) == (2, "")
    assert err == f"qa: there is no {Path.cwd() / 'nosuch'}\n    name a folder of articles, or one article\n"
    assert not Store(Path(os.environ["QA_STORE"])).exists()


def test_errors_are_made_safe(run: Run) -> None:
    """An escape sequence in an argument does not come back to the terminal."""
    status, _, err = run("index", "no\x1b[2Jsuch")
    assert status == 2
    assert "\x1b" not in err
    assert "no<U+001B>[2Jsuch" in err


def test_status_of_an_index(run: Run, fake_index: Index, fake_store: Store, articles: Path) -> None:
    """`status` needs no model: it reads what is indexed."""
    (articles / "copy.txt").write_bytes(min(articles.iterdir()).read_bytes())
    fake_index(articles)
    status, out, err = run("status", "--store", str(fake_store.path))
    rows = dict(line.split(maxsplit=1) for line in out.splitlines() if not line.startswith("last run"))
    assert (status, err) == (0, "")
    assert rows["articles"] == "3 (1 of them copies)"
    assert rows["folders"] == str(articles)
    assert rows["state"] == "up to date"
    assert "excluded" not in rows


def test_show_of_an_index(run: Run, fake_index: Index, fake_store: Store, tmp_path: Path) -> None:
    """`show PATH:LINE` needs no model: it shows what is indexed, from any folder."""
    article = tmp_path / "harbour.txt"
    article.write_text("Harbour reopens\nThe harbour reopened on Monday.\n", encoding="utf-8")
    fake_index(article)
    status, out, err = run("show", "--store", str(fake_store.path), "-C", "-3", f"{article}:2")
    assert (status, err) == (0, "")
    assert out == f"Harbour reopens — {article}:2\n\n   2  »The harbour reopened on Monday.«\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_in_the_readme(command: str) -> None:
    """Every command is shown in the README."""
    assert f"qa {command}" in _README.read_text(encoding="utf-8")


def test_complaints_keep_to_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow terminal what is wrong and what to do stand on lines of their own, broken between words."""
    monkeypatch.setenv("COLUMNS", "44")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    status, _, err = run("ask", "Who called?", "--since", "the day before yesterday")
    assert status == 2
    assert len(err.splitlines()) > 2
    assert all(len(line) <= 44 for line in err.splitlines())
    assert {line[:4] for line in err.splitlines()} == {"qa: ", "    "}
