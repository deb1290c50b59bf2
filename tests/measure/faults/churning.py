"""Change much of a folder again and again: every passage is found by its vector, and Chroma's folder stays small."""

import re
import shutil
from collections.abc import Iterator, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.generations import SketchedGeneration, write_generation
from index.nearest import _SKETCHED, VectorSearch
from index.schema import open_catalog
from index.snapshot import reading
from index.store import STORE_NAME, Store
from tests.conftest import store_with_fakes
from tests.fakes import HashingEmbedder
from tests.measure.faults.folder import Author, Mix, lay_out
from tests.measure.faults.holding import damages, hold, leftovers
from tests.measure.faults.scenes import FOLDER, INDEX, run
from tests.measure.faults.victim import Order

MOST_TIMES = 2.0
"""Chroma's folder may be so many times as large as one that is written anew."""

_SCRATCH = 999_999
_WORD = re.compile(rb"[0-9a-f]{3}x\d{5}")
"""The end of a fact: where words are in order, one that begins as the one before is kept without its beginning."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round left: how many passages, and how many times as large as a new one Chroma's folder is."""

    passages: int
    times_as_large: float


def churn(work: Path, *, articles: int, share: float, rounds: int, seed: int) -> Iterator[Round]:
    """Change or delete a share of the articles in each round, half of them each, and add as many as go."""
    store, folder = store_with_fakes(work / STORE_NAME), work / FOLDER
    author = Author(seed)
    seen: set[str] = set()
    state = author.begin(articles)
    touched = round(articles * share / 2)
    for number in range(rounds + 1):
        if number:
            state = author.go_on(state, Mix(added=touched, changed=touched, deleted=touched))
        lay_out(state, folder, tick=number)
        seen |= state.facts.keys()
        after = f"round {number} of changing or deleting {share:.0%}"
        run(Order(work, INDEX, said=work / "said"), after)
        _hold_whole(store, after)
        done = _measure(store)
        if done.times_as_large > MOST_TIMES:
            hold(iter([f"Chroma's folder is {done.times_as_large:.2f} times as large as a new one"]), after)
        if number in (rounds // 2, rounds):
            run(Order(work, (*INDEX, "--compact"), said=work / "said"), f"{after}, compacting")
            _hold_whole(store, f"{after} and a compaction")
            hold(_traces(store, seen - state.facts.keys()), f"{after} and a compaction")
        if number:
            yield done


def _hold_whole(store: Store, after: str) -> None:
    """Hold that an index is sound, finds each of its passages, and that nothing else is left."""
    hold(damages(store), after)
    hold(_not_found(store), after)
    hold(leftovers(store), after)


def _traces(store: Store, gone: Set[str]) -> Iterator[str]:
    """Yield the files of a store in which a word can be read that only deleted texts had."""
    if not gone:
        yield "nothing was deleted that could be looked for"
    for path in sorted(store.path.rglob("*")):
        words = set(_WORD.findall(path.read_bytes().lower())) if path.is_file() else set()
        if left := words & {fact.lower().encode()[-9:] for fact in gone}:
            yield f"{path} still has {len(left)} deleted words, such as {min(left)!r}"


def _not_found(store: Store) -> Iterator[str]:
    """Yield passages that neither are found by their own vectors nor others as near: by Chroma, and by sketches."""
    complaints: list[str] = []
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        settings = snapshot.settings()
        assert settings is not None
        ids = Catalog(connection, store).published_passages().tolist()
        passages = snapshot.passages(ids, HashingEmbedder.dimensions)
        vectors = {passage.id: passage.vector for passage in passages}
        gone = settings.folded + snapshot.count("unfolded") - len(ids)
        unfolded = {id for (id,) in connection.execute("SELECT passage_id FROM unfolded")}
        with (
            closing(VectorSearch(store, notify=complaints.append)) as chroma,
            closing(SketchedGeneration(store, settings.generation)) as sketches,
        ):
            for passage in passages:
                own = passage.vector @ passage.vector
                found = chroma.nearest(snapshot, passage.vector, 1)
                if not any(vectors[id] @ passage.vector >= own - 1e-3 for id in found if id in vectors):
                    yield f"passage {passage.id} of {len(ids)} is not found by its own vector"
                if passage.id in unfolded:
                    continue
                chosen = sketches.nearest(passage.vector, _SKETCHED + gone)
                if not any(vectors[id] @ passage.vector >= own - 1e-3 for id in chosen if id in vectors):
                    yield f"passage {passage.id} of {len(ids)} is not among those that sketches choose"
    yield from complaints


def _measure(store: Store) -> Round:
    """Compare Chroma's folders with one that is written anew of the same passages."""
    with closing(open_catalog(store.catalog)) as connection:
        catalog = Catalog(connection, store)
        settings = catalog.snapshot().settings()
        assert settings is not None
        wanted = catalog.published_passages()
        there = _size(store.generations)
        write_generation(
            store,
            _SCRATCH,
            base=None,
            wanted=wanted,
            load=lambda ids: catalog.vectors(ids, HashingEmbedder.dimensions),
        )
    fresh = store.generations / f"{_SCRATCH:06d}"
    size = _size(fresh)
    shutil.rmtree(fresh)
    return Round(len(wanted), there / size)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def worst(rounds: list[Round]) -> float:
    """Return how many times as large as a new one Chroma's folder was at most."""
    return float(np.max([each.times_as_large for each in rounds]))
