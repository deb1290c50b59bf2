"""`qa index --watch`: what it runs, and what it says."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import QaError
from index.inputs import BuildOptions
from index.run import RunResult
from index.store import Store
from index.watching import Happened
from qa.watching import Watch
from tests.conftest import Index
from tests.index.stored import put, texts


class Told:
    """What a watch said, as summaries of runs and problems."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, result: RunResult) -> None:
        """Keep a run's counts."""
        report = result.report
        self.said.append(f"{report.added} added, {report.removed} removed, {report.failed} failed")

    def complain(self, error: QaError) -> None:
        """Keep a problem."""
        self.said.append(error.problem)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    put(folder / "a.txt", "It met.")
    return folder


def watch(
    monkeypatch: pytest.MonkeyPatch,
    store: Store,
    index: Index,
    folder: Path,
    happens: list[tuple[Happened, Callable[[], object]]],
) -> list[str]:
    """Watch while things happen, each after it was done; return what was said."""
    told, first = Told(), index(folder)

    def follow(*_: object, **__: object) -> Iterator[Happened]:
        for happened, done in happens:
            done()
            yield happened

    monkeypatch.setattr("qa.watching.follow", follow)

    def run(_: Store, options: BuildOptions) -> RunResult:
        assert (options.roots, options.full) == ((), False)
        return index()

    options = BuildOptions(roots=(folder,), full=True)
    Watch(store, options, first, run=run, say=told.say, complain=told.complain).keep(threading.Event())
    return told.said


def test_changes_are_said_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, fake_store: Store, fake_index: Index, folder: Path
) -> None:
    """A change that changes no article is not worth a word; a look finds what went unnoticed."""
    said = watch(
        monkeypatch,
        fake_store,
        fake_index,
        folder,
        [
            (Happened.CHECK, lambda: None),
            (Happened.CHANGE, lambda: (folder / "photo.jpg").write_bytes(b"")),
            (Happened.CHANGE, lambda: put(folder / "b.txt", "It voted.")),
            (Happened.CHECK, lambda: put(folder / "c.txt", "It left.")),
            (Happened.CHANGE, lambda: (folder / "a.txt").unlink()),
            (Happened.CHECK, lambda: None),
        ],
    )
    assert said == ["1 added, 0 removed, 0 failed", "1 added, 0 removed, 0 failed", "0 added, 1 removed, 0 failed"]


def test_failures_are_said_once(
    monkeypatch: pytest.MonkeyPatch, fake_store: Store, fake_index: Index, folder: Path
) -> None:
    """A file that cannot be read is told of when that is new, and not at each change after it."""
    bad = folder / "bad.txt"
    said = watch(
        monkeypatch,
        fake_store,
        fake_index,
        folder,
        [
            (Happened.CHANGE, lambda: put(bad, b"\xff\xfe\x00")),
            (Happened.CHANGE, lambda: put(folder / "photo.jpg", "")),
            (Happened.CHANGE, bad.unlink),
        ],
    )
    assert said == ["0 added, 0 removed, 1 failed", "0 added, 0 removed, 0 failed"]


def test_folder_that_is_empty_now_is_told_of(
    monkeypatch: pytest.MonkeyPatch, fake_store: Store, fake_index: Index, folder: Path
) -> None:
    """While a disk is away its articles stay; it is told of once each time that it goes."""
    away = folder.with_name("away")

    def unmount() -> None:
        folder.rename(away)
        folder.mkdir()

    def mount() -> None:
        folder.rmdir()
        away.rename(folder)

    said = watch(
        monkeypatch,
        fake_store,
        fake_index,
        folder,
        [
            (Happened.CHANGE, unmount),
            (Happened.CHECK, lambda: None),
            (Happened.CHECK, mount),
            (Happened.CHANGE, unmount),
            (Happened.CHANGE, mount),
        ],
    )
    assert said == [f"no articles are found in {folder} any more, but those of 1 file are in the index"] * 2
    assert texts(fake_store) == {"a.txt": "It met."}


def test_errors_are_said_once_and_survived(
    monkeypatch: pytest.MonkeyPatch, fake_store: Store, fake_index: Index, folder: Path
) -> None:
    """A folder that is gone for a while is told of once; what comes after is indexed."""
    away = folder.with_name("away")

    def come_back() -> None:
        away.rename(folder)
        put(folder / "b.txt", "It voted.")

    said = watch(
        monkeypatch,
        fake_store,
        fake_index,
        folder,
        [
            (Happened.CHECK, lambda: folder.rename(away)),
            (Happened.CHECK, lambda: None),
            (Happened.CHECK, come_back),
        ],
    )
    assert said == [f"there is no {folder} any more", "1 added, 0 removed, 0 failed"]
