"""Find the index that a command is about, build it on first use, open it."""

import os
import shlex
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import NoIndexError, UsageError
from index.store import STORE_NAME, Store, find_store
from qa.sanitise import sanitise
from qa.streams import tell

if TYPE_CHECKING:
    from index.records import Settings
    from qa.engine import Engine

FIRST_FOLDERS = ("articles", "seeds")
"""Folders that are indexed on first use, if the current one holds them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Which index a command asks for, and how to read it: options as given, None where not."""

    store: Path | None
    articles: Path | None
    refresh: bool
    reader: str | None = None
    least_confidence: float | None = None


def notify(line: str) -> None:
    """Tell the user something that is not the answer: on standard error."""
    tell(sanitise(line))


def current_folder() -> Path:
    """Return the current folder; raise `UsageError` where it was deleted meanwhile."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the current folder was deleted", "change to one that is there, then run again") from error


def store_named(named: Path | None, environment: Mapping[str, str] = os.environ) -> Path | str | None:
    """Return the store that `--store` or `QA_STORE` names; none where the nearest one is meant."""
    return named or environment.get("QA_STORE") or None


def choose_store(named: Path | None, here: Path, environment: Mapping[str, str] = os.environ) -> Store:
    """Return the store that `--store` or `QA_STORE` names, else the nearest one upward, else `here`'s.

    Raises `UsageError` where it cannot be there.
    """
    name = store_named(named, environment)
    store = Store(Path(os.path.abspath(name))) if name else find_store(here) or Store(here / STORE_NAME)
    store.check_place()
    return store


def open_engine(opening: Opening, here: Path, *, once: bool = False) -> "Engine":
    """Return an engine over the index, with `once` for one question only; build or refresh it first where due."""
    from qa.engine import Engine
    from qa.readers import SHIPPED, reader_maker

    store = choose_store(opening.store, here)
    settings = _published(store)
    if settings is None:
        _build(store, _first_folder(opening.articles, store, here), here)
    elif opening.articles is not None:
        _check_covers(store, settings, Path(os.path.abspath(opening.articles)))
    if settings is not None and opening.refresh:
        _update(store, (), here)
    return Engine(
        store,
        notify=notify,
        make_reader=reader_maker(opening.reader or SHIPPED, store, notify=notify),
        least_confidence=opening.least_confidence,
        once=once,
    )


def tell_stale(engine: "Engine") -> None:
    """Say in one line when the folders have changed since the last run."""
    staleness = engine.staleness()
    if staleness:
        notify(f"{staleness}: run qa index")


def _published(store: Store) -> "Settings | None":
    """Return what the index was made from, None where no run was ever finished."""
    from index.schema import open_catalog
    from index.snapshot import reading

    if not store.exists():
        return None
    try:
        with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
            return snapshot.settings()
    except NoIndexError:
        return None


def _first_folder(articles: Path | None, store: Store, here: Path) -> Path:
    if articles is not None:
        return Path(os.path.abspath(articles))
    for name in FIRST_FOLDERS:
        if (here / name).is_dir():
            return here / name
    where = f"{here} or above it" if store.path == here / STORE_NAME else str(store.path)
    raise NoIndexError(f"there is no index in {where}", "run qa index FOLDER")


def _check_covers(store: Store, settings: "Settings", articles: Path) -> None:
    if not articles.exists():
        raise UsageError(f"there is no {articles}", "name a folder of articles")
    roots = [store.expand(root) for root in settings.roots]
    if not any(articles.is_relative_to(root) for root in roots):
        indexed = shlex.join(map(str, roots))
        raise UsageError(
            f"the index in {store.path} is of {indexed}", f"run qa index {indexed} {shlex.quote(str(articles))}"
        )


def check_not_replaced(store: Store, roots: Sequence[Path], here: Path) -> None:
    """Raise `UsageError` where an index that was found above `here` is of quite other folders than `roots`.

    Whoever names a folder below an index seldom means to have it instead of all that is indexed there.
    """
    settings = _published(store) if roots and store.path.parent != here else None
    if settings is None:
        return
    indexed = [store.expand(root) for root in settings.roots]
    if not any(new.is_relative_to(old) or old.is_relative_to(new) for new in roots for old in indexed):
        both = shlex.join(map(str, (*indexed, *roots)))
        raise UsageError(
            f"the index in {store.path} is of {shlex.join(map(str, indexed))}",
            f"run qa index {both} to have both in it, or add --store {STORE_NAME} to make one here",
        )


def _build(store: Store, folder: Path, here: Path) -> None:
    shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
    notify(f"no index yet: indexing {shown}")
    _update(store, (folder,), here)


def _update(store: Store, roots: tuple[Path, ...], here: Path) -> None:
    from qa.indexing import build, result_lines

    for line in result_lines(build(store, roots=roots), here):
        notify(line)
