"""Examine the generation of vectors against the catalog: what it holds, and whether its passages find themselves."""

from contextlib import closing

import numpy as np

from index.catalog import Catalog
from index.checkup.findings import Cure, Finding, Section
from index.generations import Generation, GenerationError, check_database, sketches_of
from index.records import Settings
from index.sketches import sketch
from index.store import Store
from index.vectors import Vector

LEAST_SAME = 0.999
"""The cosine that a vector in Chroma has at least to the catalog's."""

_SAMPLE = 200
_NEAREST = 10
_BATCH = 5_000


def examine_vectors(store: Store, catalog: Catalog, settings: Settings, *, dimensions: int) -> Section:
    """Examine the published generation; all of it is in the catalog, too, and is made anew from there."""
    if not settings.folded:
        return Section("vectors", "none in Chroma: so few are searched exactly")
    try:
        check_database(store, settings.generation)
        with closing(Generation(store, settings.generation)) as generation:
            problems = _differences(generation, catalog, settings, dimensions)
        sketched = sketches_of(store, settings.generation)
        if sketched is not None:
            ids = sketched.ids.tolist()
            for start in range(0, len(ids), _BATCH):
                batch = catalog.vectors(ids[start : start + _BATCH], dimensions)
                if not np.array_equal(sketch(batch.vectors), sketched.of(np.array(batch.ids, dtype=np.int64))):
                    problems.append("the sketches are not those of the vectors")
                    break
    except (GenerationError, ValueError) as error:
        problems = [str(error).replace("\n", " ")]
    holds = f"{settings.folded:,} in Chroma, generation {settings.generation}"
    return Section("vectors", holds, tuple(Finding(problem, Cure.VECTORS) for problem in problems))


def _differences(generation: Generation, catalog: Catalog, settings: Settings, dimensions: int) -> list[str]:
    """Return what a generation has that the catalog does not say, in a line each."""
    problems = []
    held = np.sort(generation.ids())
    published = catalog.published_passages()
    unfolded = catalog.unfolded_passages()
    if len(held) != settings.folded:
        problems.append(f"{len(held):,} are there instead of {settings.folded:,}")
    if (lacking := np.setdiff1d(np.setdiff1d(published, unfolded), held)).size:
        problems.append(f"{lacking.size:,} passages have none in Chroma")
    if (twice := np.intersect1d(unfolded, held)).size:
        problems.append(f"{twice.size:,} passages would be found twice")
    both = np.intersect1d(held, published)
    unlike = sum(
        _count_unlike(generation, catalog, both[start : start + _BATCH].tolist(), dimensions)
        for start in range(0, len(both), _BATCH)
    )
    if unlike:
        problems.append(f"{unlike:,} of {len(both):,} are other ones than the catalog's")
    if both.size:
        chosen = both[np.unique(np.linspace(0, len(both) - 1, _SAMPLE, dtype=np.int64))].tolist()
        lost = _count_lost(generation, catalog, chosen, dimensions)
        if lost:
            problems.append(f"{lost:,} of {len(chosen):,} passages do not find themselves")
    return problems


def _count_unlike(generation: Generation, catalog: Catalog, ids: list[int], dimensions: int) -> int:
    """Count the passages whose vectors in Chroma are not the catalog's."""
    ours, theirs = catalog.vectors(ids, dimensions).vectors, generation.vectors(ids)
    # Of what is no number nothing is true.
    alike = np.sum(ours * theirs, axis=1) >= LEAST_SAME * np.linalg.norm(theirs, axis=1)
    return len(ids) - int(alike.sum())


def _count_lost(generation: Generation, catalog: Catalog, ids: list[int], dimensions: int) -> int:
    """Count the passages that are not found by their own vectors."""
    lost = 0
    for id, vector in zip(ids, catalog.vectors(ids, dimensions).vectors, strict=True):
        near = generation.nearest(vector, min(_NEAREST, len(ids)))
        lost += id not in near and not _is_among_equals(catalog, vector, near, dimensions)
    return lost


def _is_among_equals(catalog: Catalog, vector: Vector, near: list[int], dimensions: int) -> bool:
    """Tell whether the nearest passages have the same vector: then any of them will do."""
    return bool((catalog.vectors(near, dimensions).vectors @ vector > LEAST_SAME).any())
