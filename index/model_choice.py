"""Choose the model that an index run embeds with, and tell whether it is the one that has embedded what is there."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.errors import ModelError
from index.inputs import BuildOptions
from index.late_embedder import LateEmbedder
from index.model_folder import ModelFolder, ModelSettings
from index.passages import in_context
from index.records import Recipe, Settings
from index.snapshot import Snapshot
from index.store import Store

LEAST_ALIKE = 0.999
"""Vectors of one passage have at least this cosine where one model made both."""

_SAMPLE = 16


def choose_model(
    snapshot: Snapshot, store: Store, options: BuildOptions, before: Settings | None, notify: Callable[[str], None]
) -> ModelFolder:
    """Return the model to embed with: the index's own, which is checked when it is opened, or one exported now.

    That is done also where the index's own is not whole.
    """
    current = snapshot.recipe(before.recipe_id) if before else None
    name = options.embedder or (current.embedder if current else _default_embedder())
    # What is not asked for is no folder that happens to lie here under that name.
    if options.embedder and Path(name).is_dir():
        name = str(Path(name).absolute())
    if current is not None and current.embedder == name and not options.full:
        own = ModelFolder(store.models / current.model)
        if _settings_of(own, thoroughly=options.check_model) is not None:
            return own
        notify(f"the model in {own.path} is not as it was written")
    # One that is there already will do, unless it was named to be read again.
    if not (options.full and options.embedder):
        for left in map(ModelFolder, sorted(store.models.glob("[!.]*"))):
            settings = _settings_of(left, thoroughly=True)
            if settings is not None and settings.name == name:
                return left
    from index.export import export_embedder

    notify(f"preparing the embedder {name}, once")
    return export_embedder(name, store.models)


def _default_embedder() -> str:
    """Return the name of the embedder of whoever names none."""
    from index.export import DEFAULT_EMBEDDER

    return DEFAULT_EMBEDDER


def _settings_of(folder: ModelFolder, *, thoroughly: bool) -> ModelSettings | None:
    """Return a model's settings where its files are as they were written: by their sizes, or byte for byte."""
    try:
        if thoroughly:
            folder.check()
        return folder.read_settings()
    except ModelError:
        return None


def is_alike(current: Recipe, wanted: Recipe) -> bool:
    """Tell whether two recipes may differ in nothing but how their model was exported."""
    return (current.cutter, current.budget, current.embedder, current.dimensions) == (
        wanted.cutter,
        wanted.budget,
        wanted.embedder,
        wanted.dimensions,
    )


def embeds_alike(snapshot: Snapshot, recipe: Recipe, embedder: LateEmbedder) -> bool:
    """Tell whether `embedder` gives published passages of `recipe`, a few from all over, the vectors that they have."""
    sample = snapshot.sample(_SAMPLE, recipe.dimensions)
    if not sample:
        return True
    vectors = embedder.embed_passages([in_context(each.words, each.title) for each in sample])
    kept = np.array([each.vector for each in sample])
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    return bool((np.sum(vectors * kept, axis=1) >= LEAST_ALIKE).all())
