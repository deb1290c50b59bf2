"""Which articles are copies of each other, as `qa status --copies` lists them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.signatures import LEAST_SIMILARITY
from index.snapshot import Snapshot
from index.store import Store
from qa.cli import main
from qa.copies import list_copies
from tests.conftest import Index

_REPORT = " ".join(f"Sentence {n} tells that {n * 7} ships passed the harbour of Veldhaven." for n in range(12)) + "\n"
_SHORT = "Harbour shut\n\nNo ships today.\n"


@pytest.fixture
def news(tmp_path: Path, fake_index: Index, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an indexed folder of copies, near copies and others, which is also the current one."""
    folder = tmp_path / "news"
    folder.mkdir()
    files = {
        "a.txt": f"Harbour reopens\n\n{_REPORT}",
        "b.txt": f"Ships return\n\n{_REPORT}",
        "c.txt": f"Harbour reopens\n\n{_REPORT}",
        "d.md": "Nothing else\n\nThis is about something else altogether, at some length, so that it is signed, too.\n",
        "short.txt": _SHORT,
        "x.txt": _SHORT.replace("today", "tomorrow"),
        "y.txt": _SHORT,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    fake_index(folder)
    monkeypatch.chdir(folder)
    return folder


def _status(capsys: pytest.CaptureFixture[str], store: Store, *arguments: str) -> str:
    assert main(("status", "--store", str(store.path), *arguments)) == 0
    return capsys.readouterr().out


def _json(capsys: pytest.CaptureFixture[str], store: Store, *arguments: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_status(capsys, store, "--json", *arguments))
    return loaded


@pytest.mark.usefixtures("news")
def test_groups_are_in_the_order_of_their_first_places(fake_store: Store, read: Callable[[], Snapshot]) -> None:
    """Exact copies and near copies of an article are one group; short texts have exact copies alone."""
    groups = list_copies(fake_store, read())
    assert [[copy.path.name for copy in group] for group in groups] == [
        ["a.txt", "b.txt", "c.txt"],
        ["short.txt", "y.txt"],
    ]
    (first, near, same), (_, short) = groups
    assert [(copy.same_text, copy.similarity) for copy in (first, same, short)] == [(True, 1.0)] * 3
    assert not near.same_text
    assert LEAST_SIMILARITY <= near.similarity < 1
    assert near.title == "Ships return"


@pytest.mark.usefixtures("news")
def test_copies_are_listed(fake_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Under the title of the first stand the places, with what each has in common with it, and then the number."""
    shown = _status(capsys, fake_store, "--copies")
    percent = next(line.split()[-1] for line in shown.splitlines() if "b.txt" in line)
    assert 80 <= int(percent.removesuffix("%")) < 100
    assert shown == (
        "Harbour reopens\n"
        "  a.txt\n"
        f"  b.txt  {percent}\n"
        "  c.txt  same text\n"
        "\n"
        "Harbour shut\n"
        "  short.txt\n"
        "  y.txt  same text\n"
        "\n"
        "5 articles in 2 groups of copies\n"
    )


def test_one_group_and_none(
    news: Path, fake_index: Index, fake_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """One group is not called groups; where there are no copies, that is said."""
    for name in ("short.txt", "b.txt"):
        (news / name).unlink()
    fake_index(news)
    assert _status(capsys, fake_store, "--copies").endswith("\n\n2 articles in 1 group of copies\n")
    (news / "c.txt").unlink()
    fake_index(news)
    assert _status(capsys, fake_store, "--copies") == "no copies\n"
    assert _json(capsys, fake_store, "--copies")["copies"] == []


@pytest.mark.usefixtures("news")
def test_copies_in_json(fake_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json` the groups are a field beside what there is without them, paths given from here."""
    plain, told = _json(capsys, fake_store), _json(capsys, fake_store, "--copies")
    copies = told.pop("copies")
    assert told == plain
    assert [[copy["path"] for copy in group] for group in copies] == [
        ["a.txt", "b.txt", "c.txt"],
        ["short.txt", "y.txt"],
    ]
    assert copies[0][2] == {
        "title": "Harbour reopens",
        "path": "c.txt",
        "record": None,
        "same_text": True,
        "similarity": 1.0,
    }


def test_no_escape_of_a_name_or_title_reaches_the_screen(
    news: Path, fake_index: Index, fake_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Titles and paths are shown as text, whatever is in them."""
    for name in ("\x1b[2Ja.txt", "\x1b[2Jb.txt"):
        (news / name).write_text(f"\u202eTitle\n\nNo {_SHORT}", encoding="utf-8")
    fake_index(news)
    shown = _status(capsys, fake_store, "--copies")
    assert "<U+202E>Title\n  <U+001B>[2Ja.txt\n  <U+001B>[2Jb.txt  same text\n" in shown
    assert not set(shown) & {"\x1b", "\u202e"}
