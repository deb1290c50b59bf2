"""What is indexed, in figures."""

from dataclasses import dataclass
from pathlib import Path

from index.model_folder import ModelFolder
from index.nearest import Way, way_to_search
from index.records import RunReport
from index.snapshot import Snapshot
from index.staleness import Staleness, find_staleness
from index.store import Store, size_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of an index. Sizes are in bytes; `loose` passages are not in the generation yet.

    Vectors are searched in the way `search_once` for a single question, and in the way `search` for many.
    """

    store: Path
    folders: tuple[Path, ...]
    exclude: tuple[str, ...]
    articles: int
    texts: int
    passages: int
    loose: int
    generation: int
    search_once: Way
    search: Way
    embedder: str
    dimensions: int
    weights: str
    catalog_bytes: int
    vectors_bytes: int
    model_bytes: int
    last_run: RunReport
    staleness: Staleness


def read_status(store: Store, snapshot: Snapshot) -> Status | None:
    """Return the state of the index, None before its first run was published."""
    settings = snapshot.settings()
    if settings is None:
        return None
    totals = snapshot.totals()
    recipe = snapshot.recipe(settings.recipe_id)
    model = ModelFolder(store.models / recipe.model)
    return Status(
        store=store.path,
        folders=tuple(store.expand(root) for root in settings.roots),
        exclude=settings.exclude,
        articles=totals.articles,
        texts=snapshot.count("text"),
        passages=totals.passages,
        loose=snapshot.count("unfolded"),
        generation=settings.generation,
        search_once=way_to_search(settings, totals, once=True),
        search=way_to_search(settings, totals, once=False),
        embedder=recipe.embedder,
        dimensions=recipe.dimensions,
        weights=model.read_settings().weights,
        catalog_bytes=sum(path.stat().st_size for path in store.path.glob(f"{store.catalog.name}*")),
        vectors_bytes=size_of(store.generations),
        model_bytes=size_of(model.path),
        last_run=settings.last_run,
        staleness=find_staleness(store, snapshot),
    )
