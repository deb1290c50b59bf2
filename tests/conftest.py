"""Fixtures that several test files share."""

import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest

from index.build import update_index
from index.export import DEFAULT_EMBEDDER, export_embedder
from index.inputs import BuildOptions
from index.model_folder import ModelFolder, ModelSettings
from index.run import RunResult
from index.store import Store
from qa.engine import Engine
from tests.fakes import HashingEmbedder, KeywordReader, SilentProgress

# A slow machine is no failure.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")

SEEDS = Path(__file__).parent.parent / "seeds"
HASHING = "hashing"
"""The name under which a store made by `fake_store` knows the hashing embedder."""


@pytest.fixture(scope="session", autouse=True)
def usual_signals() -> Iterator[None]:
    """Let the programs that tests start be stopped as usual, where a shell has the tests ignore that themselves.

    What runs in the background, or under `nohup`, ignores some signals, and so does what it starts.
    """
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]
    ignored = [number for number in numbers if signal.getsignal(number) == signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with copies of the two seed articles."""
    folder = tmp_path / "articles"
    shutil.copytree(SEEDS, folder)
    return folder


@pytest.fixture
def fake_store(tmp_path: Path) -> Store:
    """Return an empty store that holds the hashing embedder in place of an exported model."""
    return store_with_fakes(tmp_path / ".qa")


def store_with_fakes(path: Path) -> Store:
    """Make an empty store that holds the hashing embedder in place of an exported model."""
    store = Store(path)
    store.create()
    folder = ModelFolder(store.models / HASHING)
    folder.path.mkdir()
    write_hashing_model(folder)
    return store


def write_hashing_model(folder: ModelFolder) -> None:
    """Fill an empty folder with what stands for an exported hashing embedder."""
    folder.graph.write_bytes(b"no graph")
    folder.tokenizer.write_bytes(b"{}")
    folder.write_settings(
        ModelSettings(
            name=HASHING,
            dimensions=HashingEmbedder.dimensions,
            max_tokens=HashingEmbedder.most_tokens + 2,
            question_prompt="",
            passage_prompt="",
            weights="none",
            cosine=1.0,
        )
    )


Index = Callable[..., RunResult]


@pytest.fixture
def fake_index(fake_store: Store) -> Index:
    """Return a function that runs `qa index` on `fake_store` with the hashing embedder."""
    return partial(run_fake_index, fake_store)


def run_fake_index(store: Store, *roots: Path, embedder: HashingEmbedder | None = None, **options: object) -> RunResult:
    """Run `qa index` on a store with the hashing embedder."""
    return update_index(
        store,
        BuildOptions(roots=roots, embedder=HASHING, **options),  # type: ignore[arg-type]
        notify=lambda _: None,
        progress=SilentProgress(),
        open_embedder=lambda _: embedder or HashingEmbedder(),
    )


@pytest.fixture
def fake_engine(fake_store: Store) -> Iterator[Callable[[], Engine]]:
    """Return a function that opens an engine over `fake_store` with the fakes."""
    opened: list[Engine] = []

    def open_engine() -> Engine:
        opened.append(open_fake_engine(fake_store))
        return opened[-1]

    yield open_engine
    for engine in opened:
        engine.close()


def open_fake_engine(store: Store) -> Engine:
    """Open an engine over a store with the fakes."""
    return Engine(
        store,
        notify=lambda _: None,
        open_embedder=lambda _: HashingEmbedder(),
        make_reader=lambda _embedder, _stemmer: KeywordReader(),
    )


@pytest.fixture(scope="session")
def exported_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the real embedder once; return the folder to copy to a store's `models`."""
    models = tmp_path_factory.mktemp("exported") / "models"
    export_embedder(DEFAULT_EMBEDDER, models)
    return models


@pytest.fixture
def real_store(tmp_path: Path, exported_models: Path) -> Store:
    """Return an empty store that holds the real embedder, as an interrupted first run leaves it."""
    store = Store(tmp_path / ".qa")
    store.create()
    shutil.copytree(exported_models, store.models, dirs_exist_ok=True)
    return store
