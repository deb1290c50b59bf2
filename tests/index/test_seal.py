"""A generation whose files are not as they were written is not searched: it would find other passages, or none."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.generations import (
    Generation,
    GenerationError,
    SketchedGeneration,
    _folder,
    check_generation,
    write_generation,
)
from index.hashing import hash_file
from index.store import Store
from index.vectors import VectorBatch

PASSAGES = 1_100
"""More than Chroma keeps in its database before it writes a graph."""

VECTORS = np.random.default_rng(0).normal(size=(PASSAGES + 1, 8)).astype(np.float32)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with one generation that has a graph, to copy."""
    store = Store(tmp_path_factory.mktemp("written") / ".qa")
    store.create()
    ids = np.arange(1, PASSAGES + 1)
    write_generation(store, 1, base=None, wanted=ids, load=lambda some: VectorBatch(some, VECTORS[list(some)]))
    return store.path


@pytest.fixture
def store(written: Path, tmp_path: Path) -> Store:
    """Return a store with a generation of its own."""
    shutil.copytree(written, tmp_path / ".qa")
    return Store(tmp_path / ".qa")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def lose(path: Path) -> None:
    path.unlink()


SEALED = (
    "sketches.npy",
    "sketch-ids.npy",
    "*/data_level0.bin",
    "*/header.bin",
    "*/index_metadata.pickle",
    "*/length.bin",
    "*/link_lists.bin",
)


def test_sound_generation_opens(store: Store) -> None:
    """What was written is as it was written; searching changes no sealed file."""
    before = [hash_file(path) for name in SEALED for path in _folder(store, 1).glob(name)]
    assert len(before) == len(SEALED)
    with closing(Generation(store, 1)) as generation:
        assert generation.nearest(VECTORS[7], 1) == [7]
    check_generation(store, 1)
    assert [hash_file(path) for name in SEALED for path in _folder(store, 1).glob(name)] == before


@pytest.mark.parametrize("name", SEALED)
@pytest.mark.parametrize("damage", [cut, empty, lose])
def test_damaged_file_is_noticed(store: Store, name: str, damage: Callable[[Path], None]) -> None:
    """A file that was cut off, emptied or lost keeps a generation from being opened, in either way."""
    (path,) = _folder(store, 1).glob(name)
    damage(path)
    for way in (Generation, SketchedGeneration):
        with pytest.raises(GenerationError, match=r"is not as it was written|has no sketches"):
            way(store, 1)


@pytest.mark.parametrize("name", SEALED)
def test_changed_byte_is_noticed_by_a_thorough_look(store: Store, name: str) -> None:
    """One changed byte is found where hashes are compared."""
    (path,) = _folder(store, 1).glob(name)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(GenerationError, match="is not as it was written"):
        check_generation(store, 1)


def test_generation_of_before_there_were_seals_opens(store: Store) -> None:
    """A generation without a seal is searched as it is."""
    (_folder(store, 1) / "seal.json").unlink()
    with closing(Generation(store, 1)) as generation:
        assert generation.nearest(VECTORS[7], 1) == [7]


def test_few_vectors_have_no_graph_to_seal(tmp_path: Path) -> None:
    """Of so few vectors that Chroma keeps them in its database alone, it writes the graph's files at every opening."""
    store = Store(tmp_path / ".qa")
    store.create()
    write_generation(
        store, 1, base=None, wanted=np.arange(1, 20), load=lambda some: VectorBatch(some, VECTORS[list(some)])
    )
    for _ in range(3):
        with closing(Generation(store, 1)) as generation:
            assert generation.nearest(VECTORS[7], 1) == [7]
        check_generation(store, 1)
