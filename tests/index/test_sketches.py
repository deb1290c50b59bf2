"""Sketches of vectors: what is nearest is among the few that they choose."""

from pathlib import Path

import numpy as np
import pytest

from index.sketches import Sketches, gather_sketches, read_sketches, sketch
from index.vectors import Vectors

DIMENSIONS = 100


@pytest.fixture
def vectors() -> Vectors:
    """Return unit vectors in thirty heaps."""
    random = np.random.default_rng(5)
    middles = random.standard_normal((30, DIMENSIONS))
    given = middles[random.integers(30, size=3_000)] + 0.7 * random.standard_normal((3_000, DIMENSIONS))
    unit: Vectors = (given / np.linalg.norm(given, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture
def sketches(vectors: Vectors) -> Sketches:
    """Return the sketches of the vectors, whose ids are ten times their positions."""
    return gather_sketches(np.arange(0, 30_000, 10), [sketch(vectors)])


def test_nearest_are_among_the_chosen(vectors: Vectors, sketches: Sketches) -> None:
    """The ten nearest vectors are nearly all among two hundred chosen."""
    held = 0
    for asked in vectors[:20]:
        nearest = np.argsort(-(vectors @ asked))[:10] * 10
        held += len(set(nearest.tolist()).intersection(sketches.nearest(asked, 200)))
    assert held >= 198


def test_a_vector_is_its_own_nearest(vectors: Vectors, sketches: Sketches) -> None:
    """Nothing has more signs in common with a vector than itself."""
    assert [sketches.nearest(vector, 1) for vector in vectors[:10]] == [[number * 10] for number in range(10)]


def test_no_more_than_there_are(sketches: Sketches, vectors: Vectors) -> None:
    """Asking for more than there are gives all."""
    assert sorted(sketches.nearest(vectors[0], 5_000)) == list(range(0, 30_000, 10))


def test_sketches_are_read_as_they_were_written(sketches: Sketches, vectors: Vectors, tmp_path: Path) -> None:
    """What a folder holds chooses what was chosen before it was written."""
    sketches.write(tmp_path)
    read = read_sketches(tmp_path)
    assert read is not None
    assert read.nearest(vectors[3], 20) == sketches.nearest(vectors[3], 20)


def test_folder_without_sketches_has_none(tmp_path: Path) -> None:
    """A folder in which none were written is no error."""
    assert read_sketches(tmp_path) is None


def test_damaged_sketches_are_an_error(sketches: Sketches, tmp_path: Path) -> None:
    """A file that was cut is told by an error that names what is wrong."""
    sketches.write(tmp_path)
    np.save(tmp_path / "sketch-ids.npy", np.array([1]))
    with pytest.raises(ValueError, match="1 ids, but sketches of shape"):
        read_sketches(tmp_path)


def test_rows_are_put_in_the_order_of_ids() -> None:
    """Parts come in any order of ids; each id keeps its own sketch."""
    signs = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [-1, -1, 1, 1]], dtype=np.float32)
    gathered = gather_sketches(np.array([7, 2, 5]), [sketch(signs[:2]), sketch(signs[2:])])
    assert gathered.ids.tolist() == [2, 5, 7]
    assert gathered.of(np.array([7, 5])).tolist() == sketch(signs[[0, 2]]).tolist()
    with pytest.raises(ValueError, match="no sketches"):
        gathered.of(np.array([2, 8]))
