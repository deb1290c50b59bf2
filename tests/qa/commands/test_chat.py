"""`qa chat` as a command: what it lists, and what it refuses."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from index.store import Store
from qa.cli import main
from qa.conversation import NOTHING_SAID
from qa.conversation_log import ConversationLog
from qa.engine import Engine
from tests.conftest import Index


@pytest.fixture
def engine(fake_index: Index, fake_engine: Callable[[], Engine], tmp_path: Path) -> Engine:
    """Return an engine over one article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("The harbour of Veldhaven reopened.\n", encoding="utf-8")
    fake_index(folder)
    return fake_engine()


def test_list(engine: Engine, fake_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """`--list` prints a line a conversation, made safe, and asks nothing."""
    ConversationLog(fake_store).keep(engine.ask("Veldhaven \x1b[2J?"), NOTHING_SAID)
    assert main(["chat", "--list", "--store", str(fake_store.path)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("  1  ")
    assert shown.endswith("  1 question    Veldhaven <U+001B>[2J?\n")


@pytest.mark.usefixtures("engine")
def test_list_of_nothing(fake_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing was asked yet, that is said beside an empty list."""
    assert main(["chat", "--list", "--store", str(fake_store.path)]) == 0
    assert capsys.readouterr() == ("", "qa: there is no earlier conversation\n")


def test_list_without_an_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no index, that is said."""
    assert main(["chat", "--list", "--store", str(tmp_path / "none")]) == 2
    assert "there is no index in" in capsys.readouterr().err


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--continue"], "there is no earlier conversation"),
        (["--continue", "7"], "there is no earlier conversation"),
        (["--since", "soon"], "soon is not a date"),
        (["--only", "zzz*"], "no article matches: only zzz*"),
    ],
)
def test_what_cannot_be(
    fake_store: Store,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    said: str,
) -> None:
    """Wrong numbers, dates and patterns end the command before it begins."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["chat", "--store", str(fake_store.path), *options]) == 2
    assert said in capsys.readouterr().err


def test_number_that_there_is_not(engine: Engine, fake_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """A number behind the last conversation names those there are."""
    ConversationLog(fake_store).keep(engine.ask("Veldhaven"), NOTHING_SAID)
    assert main(["chat", "--store", str(fake_store.path), "--continue", "2"]) == 2
    assert "qa chat --list has 1 to 1" in capsys.readouterr().err


def test_list_and_continue_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    """One cannot list and go on at once."""
    with pytest.raises(SystemExit) as left:
        main(["chat", "--list", "--continue"])
    assert left.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
