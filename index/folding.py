"""Decide when the vectors of a run go into a new generation, and put them there."""

import errno
import os

from index.catalog import Catalog
from index.errors import StoreError
from index.generations import GenerationError, newest_generation, sweep_generations, write_generation
from index.records import Recipe, Settings
from index.store import Store, has_no_room

MOST_LOOSE = 5_000
"""At most so many passages are searched exactly, or dropped from the hits, at every question."""

LEAST_LOOSE = 500
"""No new generation for fewer: searching so many exactly takes about a millisecond."""

_LOOSE_SHARE = 50
_GONE_SHARE = 4
_FORGOTTEN_SHARE = 2


def fold(
    catalog: Catalog, store: Store, settings: Settings, recipe: Recipe, *, rebuild: bool, forget: bool = False
) -> Settings:
    """Write a generation if the index, as the open transaction shows it, needs one.

    Returns the settings with the generation that is then the current one. It is a copy of the one
    before with what changed, or new where it would have to forget more than a quarter, or have
    forgotten, with those that it is a copy of, more than half as many as it holds: Chroma gives
    their room back never, and a folder is to be no twice as large as a new one. With `rebuild`
    always new, with `forget` where it would have to forget anything.
    """
    snapshot = catalog.snapshot()
    passages, unfolded = snapshot.count("passage"), snapshot.count("unfolded")
    gone = settings.folded + unfolded - passages
    if not passages:
        return settings.with_generation(0 if forget else settings.generation, 0, 0)
    held = settings.held + unfolded
    is_worn = gone * _GONE_SHARE > settings.folded or (held - passages) * _FORGOTTEN_SHARE > passages
    fresh = rebuild or settings.folded == 0 or is_worn or (forget and held > passages)
    loose = min(max(LEAST_LOOSE, settings.folded // _LOOSE_SHARE), MOST_LOOSE)
    if not fresh and unfolded + gone <= loose:
        return settings
    sweep_generations(store, keep=settings.generation)
    # Beyond what an interrupted run left, or one whose catalog was lost: somebody may have that open.
    number = max(settings.generation, newest_generation(store)) + 1
    wanted = catalog.published_passages()
    base = None if fresh else settings.generation
    try:
        write_generation(
            store, number, base=base, wanted=wanted, load=lambda ids: catalog.vectors(ids, recipe.dimensions)
        )
    except GenerationError as error:
        if has_no_room(store.path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        if base is None:
            raise StoreError(f"the vectors cannot be written: {error}", "run qa index --rebuild-vectors") from error
        # The one before is damaged; everything in it is in the catalog too.
        return fold(catalog, store, settings, recipe, rebuild=True)
    return settings.with_generation(number, len(wanted), len(wanted) if fresh else held)
