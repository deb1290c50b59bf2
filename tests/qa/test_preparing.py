"""Models that are loaded in the background: once, and never in the way."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ModelError
from index.model_folder import ModelFolder
from index.store import Store
from qa.engine import Engine
from tests.conftest import Index
from tests.fakes import HashingEmbedder, KeywordReader


class SlowOpening:
    """What opens an embedder, once it may; counts how often it was asked to."""

    def __init__(self, *, fails: bool = False) -> None:
        self.times = 0
        self.may_go_on = threading.Event()
        self.begun = threading.Event()
        self._fails = fails

    def __call__(self, _folder: ModelFolder) -> HashingEmbedder:
        """Return an embedder."""
        self.times += 1
        self.begun.set()
        assert self.may_go_on.wait(60)
        if self._fails:
            raise ModelError("the embedder is broken", "mend it")
        return HashingEmbedder()


@pytest.fixture
def folder(fake_index: Index, tmp_path: Path) -> Path:
    """Return the folder of one article, indexed."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("The harbour of Veldhaven reopened.\n", encoding="utf-8")
    fake_index(folder)
    return folder


@pytest.fixture
def opening() -> Iterator[SlowOpening]:
    """Return an opening that goes on at the end of the test at the latest."""
    slow = SlowOpening()
    yield slow
    slow.may_go_on.set()


def _engine(store: Store, opening: SlowOpening) -> Engine:
    return Engine(
        store, notify=pytest.fail, open_embedder=opening, make_reader=lambda _embedder, _stemmer: KeywordReader()
    )


@pytest.mark.usefixtures("folder")
def test_models_are_loaded_once(fake_store: Store, opening: SlowOpening) -> None:
    """A question that comes while the models are loaded waits for them, and does not load them again."""
    with _engine(fake_store, opening) as engine:
        engine.prepare()
        assert opening.begun.wait(60)
        assert engine.articles() == 1  # what needs no model does not wait
        opening.may_go_on.set()
        assert engine.ask("Veldhaven").answered
    assert opening.times == 1


@pytest.mark.usefixtures("folder")
def test_leaving_waits_for_what_is_loaded(fake_store: Store, opening: SlowOpening) -> None:
    """An engine is not closed under the thread that loads."""
    engine = _engine(fake_store, opening)
    engine.prepare()
    assert opening.begun.wait(60)
    closing = threading.Thread(target=engine.close)
    closing.start()
    closing.join(0.05)
    assert closing.is_alive()
    opening.may_go_on.set()
    closing.join(60)
    assert not closing.is_alive()


@pytest.mark.usefixtures("folder")
def test_what_is_amiss_is_told_by_the_question(fake_store: Store) -> None:
    """A model that cannot be loaded is no trouble until a question needs it."""
    broken = SlowOpening(fails=True)
    broken.may_go_on.set()
    with _engine(fake_store, broken) as engine:
        engine.prepare()
        with pytest.raises(ModelError, match="the embedder is broken"):
            engine.ask("Veldhaven")


@pytest.mark.usefixtures("folder")
def test_threads_take_turns(fake_store: Store, opening: SlowOpening) -> None:
    """Questions from several threads are answered one after another."""
    opening.may_go_on.set()
    answers: list[bool] = []
    with _engine(fake_store, opening) as engine:
        threads = [threading.Thread(target=lambda: answers.append(engine.ask("Veldhaven").answered)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert answers == [True] * 8
