"""Bring an index up to date: lock it, choose its model and recipe, run."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from index.catalog import Catalog
from index.embedder import Embedder, OnnxEmbedder
from index.errors import ModelError, NoIndexError, StoreDamagedError, StoreVersionError, UsageError
from index.export import DEFAULT_EMBEDDER, export_embedder
from index.inputs import BuildOptions, check_roots, choose_inputs
from index.lock import writing
from index.model_folder import ModelFolder
from index.passages import PASSAGE_TOKENS, TITLE_TOKENS
from index.records import Recipe, Settings
from index.run import IndexRun, Progress, RunResult
from index.schema import create_catalog
from index.staging import Stager
from index.store import Store, store_errors

CUTTER_VERSION = 2
"""Raised whenever sentences, passages or what is embedded of them change: texts are then cut and embedded again."""


def update_index(
    store: Store,
    options: BuildOptions,
    *,
    notify: Callable[[str], None],
    progress: Progress,
    open_embedder: Callable[[ModelFolder], Embedder] = OnnxEmbedder,
) -> RunResult:
    """Make the index in `store` equal to its folders.

    `notify` is told, in a line each, what takes long. Raises a `QaError` for what a user can mend.
    """
    check_roots(store, options)
    if not options.roots and not store.exists():
        raise NoIndexError(f"there is no index in {store.path}", "run qa index FOLDER")
    store.create()
    with writing(store, wait=options.wait, notify=notify), closing(_open(store, options)) as connection:
        catalog = Catalog(connection, store)
        with store_errors(store.path):
            before = catalog.snapshot().settings()
            inputs = choose_inputs(store, options, before)
            _sweep_models(catalog, store)
            folder = _model(catalog, store, options, before, notify)
            embedder = open_embedder(folder)
            recipe = _recipe(catalog, folder, before, budget=_budget(embedder), anew=options.full)
            stager = Stager(catalog, recipe, embedder, _budget(embedder))
            anew = before is not None and (before.recipe_id, before.fields) != (recipe.id, inputs.fields)
            run = IndexRun(catalog, store, recipe, stager, progress)
            return run.execute(inputs.with_anew(anew), before)


def _open(store: Store, options: BuildOptions) -> sqlite3.Connection:
    """Open the catalog; with `full`, one that cannot be used makes way for an empty one."""
    try:
        connection = create_catalog(store.catalog)
        if not options.full or _is_sound(connection):
            return connection
        connection.close()
    except (StoreVersionError, StoreDamagedError):
        if not options.full:
            raise
    if not options.roots:
        raise UsageError(f"the index in {store.path} cannot tell its folders any more", "run qa index --full FOLDER")
    for path in store.path.glob(f"{store.catalog.name}*"):
        path.unlink()
    shutil.rmtree(store.generations, ignore_errors=True)
    store.create()
    return create_catalog(store.catalog)


def _is_sound(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _model(
    catalog: Catalog, store: Store, options: BuildOptions, before: Settings | None, notify: Callable[[str], None]
) -> ModelFolder:
    """Return the model to embed with: the index's own, or one exported now."""
    current = catalog.snapshot().recipe(before.recipe_id) if before else None
    name = options.embedder or (current.embedder if current else DEFAULT_EMBEDDER)
    if Path(name).is_dir():
        name = str(Path(name).absolute())
    if current is not None and current.embedder == name and not options.full:
        folder = ModelFolder(store.models / current.model)
        folder.check()
        return folder
    # One that is there already will do, unless it was named to be read again.
    if not (options.full and options.embedder):
        for path in sorted(store.models.glob("[!.]*")):
            if (left := _usable(path, name)) is not None:
                return left
    notify(f"preparing the embedder {name}, once")
    return export_embedder(name, store.models)


def _usable(path: Path, name: str) -> ModelFolder | None:
    """Return a folder that was exported before, if it is whole and of that name."""
    folder = ModelFolder(path)
    try:
        folder.check()
        return folder if folder.read_settings().name == name else None
    except ModelError:
        return None


def _budget(embedder: Embedder) -> int:
    """Return the tokens of a passage: as many as leave room for a title before it."""
    return min(PASSAGE_TOKENS, embedder.most_tokens - min(TITLE_TOKENS, embedder.most_tokens // 4))


def _recipe(catalog: Catalog, folder: ModelFolder, before: Settings | None, *, budget: int, anew: bool) -> Recipe:
    """Return the recipe of this run; with `anew` one that the published texts are not of."""
    settings = folder.read_settings()
    parts = {"cutter": CUTTER_VERSION, "budget": budget, "model": folder.fingerprint}
    fingerprint = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    if before is not None and not anew:
        current = catalog.snapshot().recipe(before.recipe_id)
        if current.fingerprint == fingerprint:
            return current
    wanted = Recipe(0, fingerprint, folder.path.name, settings.name, settings.dimensions)
    return catalog.begin_recipe(wanted, after=before.recipe_id if before else 0)


def _sweep_models(catalog: Catalog, store: Store) -> None:
    """Delete models that no recipe names; not at the end of a run, since a question may be reading one."""
    named = catalog.models()
    for path in store.models.iterdir():
        if named and path.name not in named:
            shutil.rmtree(path, ignore_errors=True)
