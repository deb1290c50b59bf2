"""Indexes to be disturbed: a folder before and after, its index before, and what is right afterwards."""

import shutil
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path

from index.export import DEFAULT_EMBEDDER
from index.store import STORE_NAME, Store
from tests.conftest import HASHING, store_with_fakes
from tests.measure.faults.folder import Author, Mix, State, lay_out
from tests.measure.faults.holding import BrokenPromiseError, Contents, read_contents
from tests.measure.faults.moments import Moment
from tests.measure.faults.victim import Order, obey

FOLDER = "articles"
INDEX = ("index", FOLDER, "--embedder", HASHING)
EXPORT = (*INDEX, "--full")
REAL_INDEX = ("index", FOLDER)
REAL_EXPORT = (*REAL_INDEX, "--full", "--embedder", DEFAULT_EMBEDDER)
_PRELOADED = (
    "charset_normalizer",
    "chromadb",
    "datasketch",
    "index.build",
    "index.export",
    "index.formats.load_text",
    "index.run",
    "qa.indexing",
    "tests.measure.faults.victim",
)
_FEW = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """A place with a folder that was changed since it was indexed, if it was, and what a run makes of it.

    `facts` are some that a question tells: of articles that stay, come, go and change.
    """

    name: str
    here: Path
    arguments: Sequence[str]
    states: tuple[State, State]
    contents: tuple[Contents, Contents]
    facts: tuple[str, ...]
    hashing: bool

    def order(self, here: Path, moment: Moment | None = None, *, number: int = signal.SIGKILL) -> Order:
        """Return the order to run in a copy of the scene, with a signal at a moment if one is given."""
        return Order(here, self.arguments, moment, number, self.hashing, here / "said")

    def completing(self, here: Path) -> Order:
        """Return the order to complete in a copy of the scene what was begun."""
        return Order(here, INDEX if self.hashing else REAL_INDEX, hashing=self.hashing, said=here / "said")


def store_at(here: Path) -> Store:
    """Return the store of a place."""
    return Store(here / STORE_NAME)


_STARTING = threading.Lock()
"""`multiprocessing` looks after all processes whenever one is started, and not for several threads at once."""


class Victim:
    """A process that obeys an order: forked from one that has imported what takes long."""

    def __init__(self, order: Order) -> None:
        context = get_context("forkserver")
        with _STARTING:
            context.set_forkserver_preload(list(_PRELOADED))
            self._process = context.Process(target=obey, args=(order,))
            self._process.start()

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for its end, at most so many seconds; return its status, None while it runs."""
        if not wait([self._process.sentinel], seconds):
            return None
        with _STARTING:
            self._process.join()
            return self._process.exitcode

    def kill(self) -> int | None:
        """Kill it, if it still runs, and return its status."""
        with _STARTING:
            self._process.kill()
        return self.wait()


def run(order: Order, after: str) -> str:
    """Have an order obeyed to its end, which has to be a good one; return what was said."""
    assert order.said is not None
    status = Victim(order).wait()
    said = order.said.read_text(encoding="utf-8")
    if status != 0 or "Traceback" in said:
        raise BrokenPromiseError(f"after {after}: qa {' '.join(order.arguments)} left with {status}: {said}")
    return said


def set_scene(
    name: str,
    work: Path,
    *,
    articles: int,
    mix: Mix | None,
    seed: int,
    arguments: Sequence[str] = INDEX,
    models: Path | None = None,
) -> Scene:
    """Make a scene below `work`: with a mix of changes to an index of `articles`, or with None of a first run.

    With `models`, those are the real ones to begin with, none if that folder is empty; else the hashing embedder.
    """
    author = Author(seed)
    first = author.begin(articles)
    here, fresh = work / name / "here", work / name / "fresh"
    for place in (here, fresh):
        if models is None:
            store_with_fakes(place / STORE_NAME)
        else:
            shutil.copytree(models, place / STORE_NAME / "models")
        lay_out(first, place / FOLDER)
    said, hashing = work / name / "said", models is None
    build = INDEX if hashing else REAL_INDEX
    before, after = State({}, {}), first
    if mix is not None:
        run(Order(here, build, hashing=hashing, said=said), "nothing")
        before, after = first, author.go_on(first, mix)
        lay_out(after, here / FOLDER, tick=1)
        lay_out(after, fresh / FOLDER, tick=1)
    run(Order(fresh, build, hashing=hashing, said=said), "nothing")
    contents = (read_contents(store_at(here)) if mix else Contents.none(), read_contents(store_at(fresh)))
    return Scene(name, here, arguments, (before, after), contents, _telling(before, after), hashing)


def copy_scene(scene: Scene, here: Path) -> Path:
    """Lay a scene out in another folder; return that."""
    shutil.copytree(scene.here, here)
    return here


def _telling(before: State, after: State) -> tuple[str, ...]:
    """Return some facts that only one of two states has, and some that both have."""
    old, new = set(before.facts), set(after.facts)
    return tuple(fact for part in (old - new, new - old, old & new) for fact in sorted(part)[:_FEW:3])
