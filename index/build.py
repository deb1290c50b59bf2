"""Bring an index up to date: lock it, choose its model and recipe, run."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from index.catalog import Catalog
from index.compaction import Compaction, begin_compaction, compact_catalog
from index.errors import StoreAccessError, StoreDamagedError, StoreError, StoreVersionError, UsageError
from index.generations import is_read_elsewhere
from index.inputs import BuildOptions, check_roots, choose_inputs
from index.late_embedder import LateEmbedder
from index.lock import writing
from index.model_choice import choose_model, embeds_alike, is_alike
from index.model_folder import ModelFolder, ModelSettings
from index.passages import PASSAGE_TOKENS, TITLE_TOKENS
from index.records import Recipe, Settings
from index.run import IndexRun, Progress, RunResult
from index.schema import create_catalog
from index.staging import Stager
from index.stopping import telling_if_stopped
from index.store import Store, size_of, store_errors

if TYPE_CHECKING:
    from index.embedder import Embedder

CUTTER_VERSION = 3
"""Raised whenever sentences, passages or what is embedded of them change: texts are then cut and embedded again."""

_SPECIAL_TOKENS = 16
"""More than a model adds to any text; most add two."""


def open_onnx(folder: ModelFolder) -> "Embedder":
    """Open an exported embedder, whose libraries are imported only then."""
    from index.embedder import OnnxEmbedder

    return OnnxEmbedder(folder)


def update_index(
    store: Store,
    options: BuildOptions,
    *,
    notify: Callable[[str], None],
    progress: Progress,
    open_embedder: "Callable[[ModelFolder], Embedder]" = open_onnx,
) -> RunResult:
    """Make the index in `store` equal to its folders.

    `notify` is told, in a line each, what takes long, and what was done where the run is stopped.
    Raises a `QaError` for what a user can mend, and `Stopped` after Ctrl-C.
    """
    check_roots(store, options)
    if not options.roots:
        store.check_exists()
    store.create()
    with writing(store, wait=options.wait, notify=notify), closing(_open(store, options, notify)) as connection:
        catalog = Catalog(connection, store)
        with store_errors(store.path):
            before = catalog.snapshot().settings()
            inputs = choose_inputs(store, options, before)
            inputs = replace(inputs, compact=begin_compaction(connection, wanted=options.compact))
            with telling_if_stopped(catalog, before, notify):
                _sweep_models(catalog, store)
                folder = choose_model(catalog.snapshot(), store, options, before, notify)
                embedder = LateEmbedder(lambda: open_embedder(_checked(folder)))
                budget = _budget(folder.read_settings(), embedder)
                recipe = _recipe(catalog, folder, embedder, before, budget=budget, anew=options.full)
                stager = Stager(catalog, recipe, embedder, budget=budget)
                anew = before is not None and (before.recipe_id, before.fields) != (recipe.id, inputs.fields)
                run = IndexRun(catalog, store, recipe, stager, progress)
                size = size_of(store.path) if inputs.compact else 0
                result = run.execute(inputs.with_anew(anew), before)
                if not store.catalog.exists():
                    raise StoreAccessError(f"{store.path} was deleted during the run", "run qa index FOLDER again")
                if not inputs.compact:
                    return result
                try:
                    is_read = compact_catalog(connection, store) or is_read_elsewhere(store)
                except StoreError as error:
                    if options.compact:
                        raise
                    # What was asked for is done; the compaction is an earlier run's.
                    notify(f"an earlier compaction is not ended yet: {error.problem}; {error.remedy}")
                    return result
                return replace(result, compaction=Compaction(size, size_of(store.path), is_read))


def _open(store: Store, options: BuildOptions, notify: Callable[[str], None]) -> sqlite3.Connection:
    """Open the catalog; with `full`, one that cannot be used makes way for an empty one."""
    try:
        connection = create_catalog(store.catalog, notify=notify)
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


def _checked(folder: ModelFolder) -> ModelFolder:
    """Return a model's folder; raise `ModelError` where it is not as it was written."""
    folder.check()
    return folder


def _budget(settings: ModelSettings, embedder: LateEmbedder) -> int:
    """Return the tokens of a passage: as many as leave room for a title before it.

    The embedder is asked only where it sees so few tokens that those which it adds matter.
    """
    if settings.max_tokens - _SPECIAL_TOKENS >= PASSAGE_TOKENS + TITLE_TOKENS:
        return PASSAGE_TOKENS
    return min(PASSAGE_TOKENS, embedder.most_tokens - min(TITLE_TOKENS, embedder.most_tokens // 4))


def _recipe(
    catalog: Catalog, folder: ModelFolder, embedder: LateEmbedder, before: Settings | None, *, budget: int, anew: bool
) -> Recipe:
    """Return the recipe of this run; with `anew` one that the published texts are not of."""
    settings = folder.read_settings()
    parts = {"cutter": CUTTER_VERSION, "budget": budget, "model": folder.fingerprint}
    fingerprint = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    wanted = Recipe(0, fingerprint, folder.path.name, settings.name, settings.dimensions, CUTTER_VERSION, budget)
    if before is not None and not anew:
        current = catalog.snapshot().recipe(before.recipe_id)
        if current.fingerprint == fingerprint:
            return current
        # The same model, exported again: what it has embedded stays.
        if is_alike(current, wanted) and embeds_alike(catalog.snapshot(), current, embedder):
            return catalog.adopt_model(current, wanted)
    return catalog.begin_recipe(wanted, after=before.recipe_id if before else 0)


def _sweep_models(catalog: Catalog, store: Store) -> None:
    """Delete models that no recipe names; not at the end of a run, since a question may be reading one.

    Before the first run there are no recipes: but for a half-exported one, a model may be used then.
    """
    named = catalog.models()
    for path in store.models.iterdir():
        if path.name not in named and (named or path.name.startswith(".")):
            shutil.rmtree(path, ignore_errors=True)
