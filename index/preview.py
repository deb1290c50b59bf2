"""Tell what a run would change, without changing anything."""

import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.build import CUTTER_VERSION
from index.errors import NoIndexError, StoreDamagedError, StoreVersionError
from index.hashing import hash_article
from index.inputs import BuildOptions, check_roots, choose_inputs
from index.lost_folders import LeftOut, check_emptied, find_left_out
from index.plan import Renames, compare, last_began
from index.records import IndexedFile, Recipe, Settings
from index.schema import open_catalog
from index.skipped import Skipped
from index.snapshot import reading
from index.store import Store
from index.walk import Failure, FoundFile, failure, in_order, path_order, walk_articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a run would do with the files of articles, in the order of paths; `renamed` holds old paths and new ones.

    A file that would be added may turn out to hold no article: none is parsed. With `anew` the
    unchanged ones would be read again, too.
    """

    added: tuple[Path, ...]
    changed: tuple[Path, ...]
    renamed: tuple[tuple[Path, Path], ...]
    removed: tuple[Path, ...]
    unchanged: int
    anew: bool
    failures: tuple[Failure, ...]
    skipped: Skipped
    left_out: LeftOut | None


def preview_index(store: Store, options: BuildOptions) -> Preview:
    """Compare the folders with the index by names, sizes, times and, where those differ, by the files' bytes."""
    check_roots(store, options)
    before, recipe, known = _indexed(store, full=options.full)
    inputs = choose_inputs(store, options, before)
    walk = walk_articles(inputs.roots, exclude=inputs.exclude, store=store.path)
    found = compare(walk, known.values(), last_began=last_began(before, time.time()))
    renames, failures, skipped = Renames(found.gone), list(walk.failures), walk.skipped
    added: list[Path] = []
    changed: list[Path] = []
    renamed: list[tuple[Path, Path]] = []
    same = list(found.same)
    for file in sorted((*found.new, *found.touched), key=in_order):
        try:
            sha256 = hash_article(file.path)
        except OSError as error:
            failures.append(failure(file.name, error))
            continue
        if file.name in known:
            _sort(file, known[file.name], sha256, same=same, changed=changed, added=added)
        elif (old := renames.take(file.name, sha256)) is not None:
            renamed.append((old.path, file.path))
        else:
            added.append(file.path)
    gone = renames.left()
    if not inputs.allow_empty:
        check_emptied(inputs.roots, walk.files, gone)
    return Preview(
        added=tuple(added),
        changed=tuple(changed),
        renamed=tuple(renamed),
        removed=tuple(file.path for file in gone if file.has_articles),
        unchanged=_count_articles(same, known, skipped),
        anew=before is not None and (options.full or before.fields != inputs.fields or _is_other(options, recipe)),
        failures=tuple(failures),
        skipped=skipped,
        left_out=find_left_out(inputs.roots, [store.expand(root) for root in before.roots] if before else [], gone),
    )


def _sort(
    file: FoundFile, known: IndexedFile, sha256: str, *, same: list[FoundFile], changed: list[Path], added: list[Path]
) -> None:
    """Put a file of a known name where it belongs; one that held no article so far would be added."""
    if sha256 == known.sha256:
        same.append(file)
    elif known.has_articles:
        changed.append(file.path)
    else:
        added.append(file.path)


def _indexed(store: Store, *, full: bool) -> tuple[Settings | None, Recipe | None, dict[str, IndexedFile]]:
    """Return how and what is indexed, by its path; nothing is where a `full` run would start over."""
    try:
        with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
            settings = snapshot.settings()
            recipe = snapshot.recipe(settings.recipe_id) if settings else None
            return settings, recipe, {file.name: file for file in snapshot.files()}
    except NoIndexError:
        return None, None, {}
    except (StoreVersionError, StoreDamagedError):
        if not full:
            raise
        return None, None, {}


def _is_other(options: BuildOptions, recipe: Recipe | None) -> bool:
    """Tell whether another embedder is asked for, or texts are cut otherwise now."""
    if recipe is None:
        return False
    if recipe.cutter != CUTTER_VERSION:
        return True
    if options.embedder is None:
        return False
    named = Path(options.embedder)
    return recipe.embedder not in (options.embedder, str(named.absolute()))


def _count_articles(same: list[FoundFile], known: dict[str, IndexedFile], skipped: Skipped) -> int:
    """Return how many unchanged files hold articles; count the others as skipped."""
    empty = [known[file.name] for file in same if not known[file.name].has_articles]
    for file in sorted(empty, key=lambda file: path_order(file.name)):
        skipped.add(file.name, file.reason or "")
    return len(same) - len(empty)
