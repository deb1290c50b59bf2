"""The look at the folders goes on beside the question, and is waited for where nothing is known."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import NoIndexError
from index.snapshot import Snapshot
from index.staleness import Staleness
from index.store import Store
from qa.lookout import Lookout
from tests.conftest import Index


@pytest.fixture
def lookout(fake_store: Store) -> Iterator[Lookout]:
    """Return a lookout over the index under test."""
    lookout = Lookout(fake_store)
    yield lookout
    lookout.close()


@pytest.fixture
def run(fake_index: Index, articles: Path, read: Callable[[], Snapshot]) -> float:
    """Index the seed articles; return when that run began."""
    fake_index(articles)
    settings = read().settings()
    assert settings is not None
    return settings.last_run.began


def test_first_look_is_waited_for(lookout: Lookout, run: float, articles: Path) -> None:
    """Without patience, or where nothing is known yet, it is looked to the end."""
    (articles / "new.txt").write_text("News of the day.", encoding="utf-8")
    lookout.begin(run)
    assert lookout.staleness(run, patience=0.0) == Staleness(new=1, changed=0, gone=0)


def test_later_look_is_not_waited_for_long(
    lookout: Lookout, run: float, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was seen before stands until what goes on is done."""
    monkeypatch.setattr("qa.lookout.FRESH_SECONDS", 0.0)
    monkeypatch.setattr("qa.lookout.FRESH_TIMES", 0)
    lookout.begin(run)
    assert not lookout.staleness(run)
    (articles / "new.txt").write_text("News of the day.", encoding="utf-8")
    may_go_on = threading.Event()

    def slow(_store: Store, _snapshot: Snapshot) -> Staleness:
        assert may_go_on.wait(60)
        return Staleness(new=1, changed=0, gone=0)

    monkeypatch.setattr("qa.lookout.find_staleness", slow)
    lookout.begin(run)
    lookout.begin(run)  # one look at a time
    assert not lookout.staleness(run, patience=0.01)
    may_go_on.set()
    assert lookout.staleness(run)


def test_look_is_taken_for_fresh(lookout: Lookout, run: float, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders are not looked at for every question."""
    monkeypatch.setattr("qa.lookout.FRESH_SECONDS", 3600.0)
    lookout.begin(run)
    assert not lookout.staleness(run)
    (articles / "new.txt").write_text("News of the day.", encoding="utf-8")
    lookout.begin(run)
    assert not lookout.staleness(run)


def test_look_that_took_long_is_taken_for_longer(
    lookout: Lookout, run: float, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large folders are looked at the less often the longer that takes."""
    monkeypatch.setattr("qa.lookout.FRESH_SECONDS", 0.0)
    monkeypatch.setattr("qa.lookout.FRESH_TIMES", 1e6)
    lookout.begin(run)
    assert not lookout.staleness(run)
    (articles / "new.txt").write_text("News of the day.", encoding="utf-8")
    lookout.begin(run)
    assert not lookout.staleness(run)


def test_error_comes_through(tmp_path: Path) -> None:
    """What goes wrong beside the question is not lost."""
    lookout = Lookout(Store(tmp_path / ".qa"))
    lookout.begin(0.0)
    with pytest.raises(NoIndexError):
        lookout.staleness(0.0)
