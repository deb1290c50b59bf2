"""Find what is left over in a store, and what others may read of it; and tidy that up."""

import os
import shutil
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from index.checkup.findings import Cure, Finding, Section
from index.generations import other_generations, sweep_generations
from index.onnx_export import killed_exports
from index.store import STORE_NAME, Store, size_of

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine_leftovers(store: Store, *, generation: int, models: Collection[str]) -> Section:
    """Find folders of interrupted exports, generations but for the published one, and half-written files.

    `models` are those in use: the next run deletes the others, which a question may be reading still.
    """
    left = [*_half_written(store), *other_generations(store, keep=generation)]
    others = list(_other_models(store, models))
    findings = []
    if left:
        findings.append(Finding(f"{_named(store, left)} are of no use any more", Cure.TIDY))
    if others:
        findings.append(Finding(f"{_named(store, others)} wait for the next run to delete them", Cure.NONE))
    size = sum(map(size_of, (*left, *others)))
    return Section("leftovers", f"{size / 1e6:,.1f} MB" if findings else "none", tuple(findings))


def _named(store: Store, paths: list[Path]) -> str:
    """Return the first few of some paths, as they are called in the store."""
    return ", ".join(sorted(path.relative_to(store.path).as_posix() for path in paths)[:5])


def examine_access(store: Store) -> Section:
    """Find what others than the owner may read; where the system knows of no others, nothing."""
    open_to_others = sum(1 for _ in _open_to_others(store))
    if not open_to_others:
        return Section("access", "for its owner only")
    said = f"others may read or write {open_to_others:,} of its files or folders"
    return Section("access", "", (Finding(said, Cure.TIDY),))


def tidy(store: Store, *, generation: int) -> None:
    """Delete what is left over, and close the store to others. The caller holds the writer's lock."""
    for path in _half_written(store):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    sweep_generations(store, keep=generation)
    for path in list(_open_to_others(store)):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)


def _other_models(store: Store, models: Collection[str]) -> Iterator[Path]:
    """Yield the models that no recipe names."""
    for path in store.models.glob("[!.]*"):
        if path.name not in models:
            yield path


def _half_written(store: Store) -> Iterator[Path]:
    yield from store.models.glob(".*")
    yield from killed_exports(store.readers)  # others may be under way: a question exports without the writer's lock
    yield from store.path.glob(f"{store.last_answer.name}.*")
    yield from store.path.glob(f"{store.catalog.name}.salvaged*")


def _open_to_others(store: Store) -> Iterator[Path]:
    """Yield what others may reach; nothing where the store's folder itself is closed to them."""
    if os.name != "posix" or not store.path.stat().st_mode & _OTHERS:
        return
    if store.path.name == STORE_NAME:
        yield store.path
    for own in store.files():
        for path in (own, *own.rglob("*")):
            if not path.is_symlink() and path.stat().st_mode & _OTHERS:
                yield path
