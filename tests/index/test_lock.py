"""One writer at a time."""

import json
import os
import threading

import pytest

from index.errors import StoreBusyError
from index.lock import writing
from index.store import Store


def ignore(_: str) -> None:
    """Tell nobody."""


def test_writer_says_who_it_is(store: Store) -> None:
    """While the lock is held, a note names the process; afterwards it is gone."""
    with writing(store, wait=0, notify=pytest.fail):
        assert json.loads(store.writer_note.read_text())["pid"] == os.getpid()
    assert not store.writer_note.exists()


def test_lock_can_be_had_again(store: Store) -> None:
    """A writer that is done leaves the store to the next one, also when it failed."""
    with pytest.raises(RuntimeError), writing(store, wait=0, notify=ignore):
        raise RuntimeError
    with writing(store, wait=0, notify=pytest.fail):
        pass


def test_second_writer_is_told_who_writes(store: Store) -> None:
    """Without waiting, a second writer ends at once and names the first."""
    with (
        writing(store, wait=0, notify=ignore),
        pytest.raises(StoreBusyError, match=rf"written by another qa index \(process {os.getpid()}, since .*\)"),
        writing(store, wait=0, notify=pytest.fail),
    ):
        pass


def test_second_writer_gives_up_after_its_wait(store: Store) -> None:
    """A second writer says whom it waits for, and gives up in the end."""
    said: list[str] = []
    with (
        writing(store, wait=0, notify=ignore),
        pytest.raises(StoreBusyError),
        writing(store, wait=0.05, notify=said.append),
    ):
        pass
    assert len(said) == 1
    assert said[0].startswith("waiting for another qa index (process ")


def test_second_writer_gets_the_lock_when_the_first_is_done(store: Store) -> None:
    """Waiting ends as soon as the first writer does."""
    held, waited = threading.Event(), threading.Event()

    def write_first() -> None:
        with writing(store, wait=0, notify=ignore):
            held.set()
            waited.wait(10)

    first = threading.Thread(target=write_first)
    first.start()
    held.wait(10)
    with writing(store, wait=10, notify=lambda _: waited.set()):
        first.join(10)
        assert store.writer_note.exists()
    assert waited.is_set()


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"pid": 1, "since": "noon"}'])
def test_unreadable_note_is_no_error(store: Store, note: str) -> None:
    """Where the first writer's note says nothing, it is still another qa index."""
    with writing(store, wait=0, notify=ignore):
        store.writer_note.write_text(note)
        with (
            pytest.raises(StoreBusyError, match="written by another qa index\n"),
            writing(store, wait=0, notify=ignore),
        ):
            pass


def test_note_that_comes_a_moment_after_the_lock_is_waited_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second writer names the first, though it looked before that had written who it is."""
    with writing(store, wait=0, notify=ignore):
        note = store.writer_note.read_text()
        store.writer_note.unlink()
        monkeypatch.setattr("index.lock.time.sleep", lambda _: store.writer_note.write_text(note))
        with (
            pytest.raises(StoreBusyError, match=rf"another qa index \(process {os.getpid()}, "),
            writing(store, wait=0, notify=ignore),
        ):
            pass
