"""Following folders: changes are told once they have settled, and nothing else is."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.watching import Happened, follow

_SECONDS = 60
_SOON_MS = 300

Following = Callable[..., "queue.Queue[Happened]"]


@pytest.fixture
def following(tmp_path: Path) -> Iterator[Following]:
    """Return a function that follows folders in a thread, and gives what happens."""
    stop, threads = threading.Event(), []

    def start(*roots: Path, check_ms: int = 3_600_000) -> "queue.Queue[Happened]":
        happened: queue.Queue[Happened] = queue.Queue()

        def run() -> None:
            for each in follow(roots, store=tmp_path / "articles" / ".qa", stop=stop, check_ms=check_ms):
                happened.put(each)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return happened

    yield start
    stop.set()
    for thread in threads:
        thread.join(_SECONDS)
        assert not thread.is_alive()


def test_change_is_told(following: Following, folder: Path) -> None:
    """A new file, in a new folder too, is a change."""
    happened = following(folder)
    assert happened.get(timeout=_SECONDS) is Happened.CHECK
    (folder / "a.txt").write_text("It met.")
    assert happened.get(timeout=_SECONDS) is Happened.CHANGE
    (folder / "below").mkdir()
    assert happened.get(timeout=_SECONDS) is Happened.CHANGE
    (folder / "below" / "a.txt").write_text("It met.")
    assert happened.get(timeout=_SECONDS) is Happened.CHANGE


def test_many_changes_at_once_are_one(following: Following, folder: Path) -> None:
    """What happens within a moment is told once."""
    happened = following(folder)
    assert happened.get(timeout=_SECONDS) is Happened.CHECK
    for number in range(200):
        (folder / f"more-{number}.txt").write_text("It met.")
    assert happened.get(timeout=_SECONDS) is Happened.CHANGE
    with pytest.raises(queue.Empty):
        happened.get(timeout=2)


def test_own_and_hidden_files_are_not_looked_at(following: Following, folder: Path) -> None:
    """What an index run itself writes is no change, nor is a hidden file."""
    (folder / ".qa").mkdir()
    happened = following(folder)
    assert happened.get(timeout=_SECONDS) is Happened.CHECK
    (folder / ".qa" / "catalog.sqlite").write_text("It met.")
    (folder / ".hidden.txt").write_text("It met.")
    with pytest.raises(queue.Empty):
        happened.get(timeout=2)


def test_now_and_then_without_any_change(following: Following, folder: Path) -> None:
    """It is told when it is time to look, whatever happens."""
    happened = following(folder, check_ms=_SOON_MS)
    assert [happened.get(timeout=_SECONDS) for _ in range(3)] == [Happened.CHECK] * 3


def test_folder_that_goes_and_comes_again(following: Following, folder: Path) -> None:
    """A folder that is deleted and made anew is followed again."""
    happened = following(folder, check_ms=_SOON_MS)
    assert happened.get(timeout=_SECONDS) is Happened.CHECK
    folder.rmdir()
    folder.mkdir()

    def change(number: int) -> None:
        while not happened.empty():
            happened.get()
        (folder / f"{number}.txt").write_text("It met.")

    for number in range(_SECONDS):
        change(number)
        if any(happened.get(timeout=_SECONDS) is Happened.CHANGE for _ in range(3)):
            return
    raise AssertionError("the new folder is not followed")


def test_no_folder_yet(following: Following, folder: Path) -> None:
    """Where there is no folder, it is looked for."""
    happened = following(folder / "later", check_ms=_SOON_MS)
    assert [happened.get(timeout=_SECONDS) for _ in range(2)] == [Happened.CHECK] * 2
