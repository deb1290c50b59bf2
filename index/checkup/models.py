"""Examine the embedder: its files against their hashes, and its vectors against those that are kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.checkup.findings import Cure, Finding, Section
from index.errors import ModelError
from index.late_embedder import LateEmbedder
from index.model_choice import embeds_alike
from index.model_folder import ModelFolder
from index.records import Recipe
from index.snapshot import Snapshot
from index.store import Store

if TYPE_CHECKING:
    from index.embedder import Embedder


def examine_model(
    store: Store, snapshot: Snapshot, recipe: Recipe, open_embedder: "Callable[[ModelFolder], Embedder]"
) -> Section:
    """Examine the model of a recipe, and embed a few of its passages again."""
    folder = ModelFolder(store.models / recipe.model)
    holds = recipe.embedder
    try:
        folder.check()
        alike = embeds_alike(snapshot, recipe, LateEmbedder(lambda: open_embedder(folder)))
    except ModelError as error:
        return Section("embedder", holds, (Finding(error.problem, Cure.MODEL),))
    if not alike:
        said = "it gives other vectors than those that are kept"
        return Section("embedder", holds, (Finding(said, Cure.EMBED),))
    return Section("embedder", f"{holds}, {folder.read_settings().weights}")
