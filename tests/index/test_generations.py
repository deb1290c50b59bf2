"""Generations of vectors in Chroma: complete when published, and kept while they are read."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import numpy as np
import pytest

from index.generations import (
    Generation,
    GenerationError,
    SketchedGeneration,
    newest_generation,
    sweep_generations,
    write_generation,
)
from index.store import Store
from index.vectors import Vector, VectorBatch

DIMENSIONS = 8


def vector(id: int) -> Vector:
    """Return a unit vector: ids that differ by less lie nearer."""
    angle = id / 100
    return np.array([np.cos(angle), np.sin(angle), *[0] * (DIMENSIONS - 2)], dtype=np.float32)


def load(ids: Sequence[int]) -> VectorBatch:
    return VectorBatch(ids, np.array([vector(id) for id in ids], dtype=np.float32))


def write(store: Store, number: int, *ids: int, base: int | None = None) -> None:
    write_generation(store, number, base=base, wanted=np.array(ids, dtype=np.int64), load=load)


@contextmanager
def opened(store: Store, number: int) -> Iterator[Generation]:
    generation = Generation(store, number)
    try:
        yield generation
    finally:
        generation.close()


def folders(store: Store) -> list[str]:
    return sorted(path.name for path in store.generations.iterdir() if path.is_dir())


def graph_bytes(store: Store) -> bytes:
    """Return what stands in the files of a generation's graph, but for its header."""
    paths = [path for path in sorted(store.generations.rglob("*.bin")) if path.name != "header.bin"]
    return b"".join(path.read_bytes() for path in paths)


def test_no_memory_of_a_process_is_left_in_a_small_graph(store: Store) -> None:
    """Of a graph too small to be kept Chroma writes memory that it never set: neither writer nor reader leaves it."""
    write(store, 1, *range(20))
    assert graph_bytes(store)
    assert not any(graph_bytes(store))
    with closing(Generation(store, 1)) as generation:
        assert generation.nearest(vector(7), 1) == [7]
        assert not any(graph_bytes(store))
        assert generation.nearest(vector(8), 1) == [8]
        assert not any(graph_bytes(store))
    with closing(Generation(store, 1)) as generation:
        assert len(generation.ids()) == 20
    assert not any(graph_bytes(store))


def test_nearest_come_first(store: Store) -> None:
    """The passages nearest to a vector come in the order of nearness, as many as are asked for."""
    write(store, 1, *range(1, 21))
    with opened(store, 1) as generation:
        assert generation.nearest(vector(1), 3) == [1, 2, 3]


def test_no_more_than_there_are(store: Store) -> None:
    """Asking for more than a generation holds gives all."""
    write(store, 1, 3, 7)
    with opened(store, 1) as generation:
        assert sorted(generation.nearest(vector(3), 50)) == [3, 7]


def test_generation_grows_from_the_one_before(store: Store) -> None:
    """A copy takes what is new, drops what is gone, and leaves the one before as it was."""
    write(store, 1, 1, 2, 3)
    write(store, 2, 2, 3, 4, base=1)
    with opened(store, 1) as first, opened(store, 2) as second:
        assert sorted(first.nearest(vector(1), 9)) == [1, 2, 3]
        assert sorted(second.nearest(vector(1), 9)) == [2, 3, 4]


def test_only_new_vectors_are_loaded(store: Store) -> None:
    """A copy reads the vectors that the one before lacks; the one more is for the first question."""
    write(store, 1, 1, 2, 3)
    loaded: list[list[int]] = []

    def remember(ids: Sequence[int]) -> VectorBatch:
        loaded.append(list(ids))
        return load(ids)

    write_generation(store, 2, base=1, wanted=np.arange(1, 5), load=remember)
    assert loaded == [[4], [1]]


def test_generation_can_be_copied_while_it_is_read(store: Store) -> None:
    """A reader does not stop a writer from making the next one."""
    write(store, 1, 1, 2)
    with opened(store, 1) as first:
        write(store, 2, 1, 2, 3, base=1)
        assert sorted(first.nearest(vector(1), 9)) == [1, 2]


def test_leftover_of_an_interrupted_run_is_replaced(store: Store) -> None:
    """A folder that was half written under the same number does not get into the new one."""
    write(store, 1, 8, 9)
    write(store, 1, 1, 2)
    with opened(store, 1) as generation:
        assert sorted(generation.nearest(vector(1), 9)) == [1, 2]


def test_missing_base_is_an_error(store: Store) -> None:
    """A generation cannot grow from one that is not there."""
    with pytest.raises((GenerationError, OSError)):
        write(store, 2, 1, base=1)


def test_missing_generation_cannot_be_opened(store: Store) -> None:
    """Opening what is not there is an error, and makes no empty one."""
    with pytest.raises(GenerationError, match="is not there"):
        Generation(store, 4)
    assert folders(store) == []


def test_damaged_generation_cannot_be_opened(store: Store) -> None:
    """A database that is none is an error that exact search can stand in for."""
    folder = store.generations / "000003"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"not a database at all" * 500)
    with pytest.raises(GenerationError):
        Generation(store, 3)


@pytest.mark.parametrize("name", ["data_level0.bin", "header.bin", "link_lists.bin", "length.bin"])
def test_graph_that_was_written_over_is_neither_opened_nor_copied(store: Store, name: str) -> None:
    """Chroma would end the process over a graph of the same size with other bytes; so it is not let near it."""
    ids = range(1, 1_202)
    write(store, 1, *ids)
    (graph,) = (store.generations / "000001").glob(f"*/{name}")
    graph.write_bytes(b"\xa5" * graph.stat().st_size)
    with pytest.raises(GenerationError, match="is not as it was written"):
        Generation(store, 1)
    with pytest.raises(GenerationError, match="is not as it was written"):
        write(store, 2, *ids, 1_202, base=1)


def test_sweep_keeps_the_published_one(store: Store) -> None:
    """Generations that nobody reads go, but for the one that is published."""
    for number in (1, 2, 3):
        write(store, number, 1)
    sweep_generations(store, keep=2)
    assert folders(store) == ["000002"]


def test_sweep_keeps_what_is_read(store: Store) -> None:
    """A generation that somebody has open stays until it is closed."""
    write(store, 1, 1, 2)
    write(store, 2, 1, 2)
    with opened(store, 1) as generation:
        sweep_generations(store, keep=2)
        assert folders(store) == ["000001", "000002"]
        assert sorted(generation.nearest(vector(1), 9)) == [1, 2]
    sweep_generations(store, keep=2)
    assert folders(store) == ["000002"]


def test_sweep_takes_the_lock_along(store: Store) -> None:
    """Nothing is left of a generation that went."""
    write(store, 1, 1)
    with opened(store, 1):
        pass
    sweep_generations(store, keep=2)
    assert list(store.generations.iterdir()) == []


def test_sweep_takes_a_lock_that_was_left_alone(store: Store) -> None:
    """A run that was killed between a generation and its lock left the lock, and SQLite's journal of it."""
    write(store, 2, 1)
    for name in ("000001.lock", "000003.lock", "000003.lock-journal"):
        (store.generations / name).touch()
    sweep_generations(store, keep=2)
    assert sorted(path.name for path in store.generations.iterdir()) == ["000002", "000002.lock"]


def test_lock_is_there_before_the_first_reader(store: Store) -> None:
    """One who may only read the store cannot make it."""
    write(store, 1, 1)
    assert (store.generations / "000001.lock").is_file()


def test_folder_with_another_number_is_no_generation(store: Store) -> None:
    """Only what is named as we name it is swept or counted."""
    (store.generations / "2024").mkdir()
    write(store, 1, 1)
    sweep_generations(store, keep=2)
    assert folders(store) == ["2024"]
    assert newest_generation(store) == 0


def test_two_readers_share_a_generation(store: Store) -> None:
    """Readers do not lock each other out."""
    write(store, 1, 1, 2)
    with opened(store, 1) as one, opened(store, 1) as two:
        assert one.nearest(vector(1), 1) == two.nearest(vector(1), 1) == [1]


def test_generation_may_move_with_its_store(store: Store) -> None:
    """A generation knows nothing of where it lies."""
    write(store, 1, 1, 2)
    moved = Store(store.path.parent / "moved")
    shutil.move(store.path, moved.path)
    with opened(moved, 1) as generation:
        assert generation.nearest(vector(1), 1) == [1]


def test_sketches_are_of_what_the_generation_holds(store: Store) -> None:
    """A generation that grew from another has sketches of what it holds, and of nothing that is gone."""
    write(store, 1, 1, 2, 3)
    write(store, 2, 2, 3, 4, base=1)
    with closing(SketchedGeneration(store, 1)) as first, closing(SketchedGeneration(store, 2)) as second:
        assert sorted(first.nearest(vector(1), 9)) == [1, 2, 3]
        assert sorted(second.nearest(vector(1), 9)) == [2, 3, 4]


def test_sketches_are_made_where_the_generation_before_has_none(store: Store) -> None:
    """A copy of a generation that was written before there were sketches has them."""
    write(store, 1, 1, 2, 3)
    for path in (store.generations / "000001").glob("s*"):  # and its seal
        path.unlink()
    with pytest.raises(GenerationError, match="no sketches"):
        SketchedGeneration(store, 1)
    write(store, 2, 2, 3, 4, base=1)
    with closing(SketchedGeneration(store, 2)) as second:
        assert sorted(second.nearest(vector(1), 9)) == [2, 3, 4]


def test_damaged_sketches_cannot_be_opened(store: Store) -> None:
    """A file of sketches that is none is an error that another search can stand in for."""
    write(store, 1, 1, 2)
    for path in (store.generations / "000001").glob("*sketch*"):
        path.write_bytes(b"not an array")
    with pytest.raises(GenerationError):
        SketchedGeneration(store, 1)


def test_sweep_keeps_what_is_read_by_its_sketches(store: Store) -> None:
    """A generation whose sketches somebody has open stays until they are closed."""
    write(store, 1, 1, 2)
    write(store, 2, 1, 2)
    with closing(SketchedGeneration(store, 1)):
        sweep_generations(store, keep=2)
        assert folders(store) == ["000001", "000002"]
    sweep_generations(store, keep=2)
    assert folders(store) == ["000002"]
