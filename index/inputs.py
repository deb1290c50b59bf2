"""What a run is asked for, and what it indexes by that and by the last run."""

from dataclasses import dataclass, replace
from pathlib import Path

from index.articles import NO_FIELDS, Fields
from index.errors import NoArticlesError, UsageError
from index.loaders import FORMATS
from index.lost_folders import outermost
from index.records import Settings
from index.store import Store
from index.walk import find_first, is_there


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What a user asked of a run. Empty `roots`, or None, stand for those of the last run.

    `fields` are the names that dumps' records have for those of an article. With `check_model` the
    model is exported again where a byte of it has changed, with `compact` nothing of deleted articles
    is left. With `allow_empty` folders may hold no articles, whatever was indexed of them. `wait` is
    how long to wait for another writer, in seconds.
    """

    roots: tuple[Path, ...] = ()
    exclude: tuple[str, ...] | None = None
    fields: Fields | None = None
    embedder: str | None = None
    full: bool = False
    rebuild_vectors: bool = False
    check_model: bool = False
    compact: bool = False
    allow_empty: bool = False
    wait: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a run indexes: absolute paths, patterns to leave out, names of records' fields.

    `anew` reads all files again, `compact` leaves nothing of deleted articles. `allow_empty` is as in the options.
    """

    roots: tuple[Path, ...]
    exclude: tuple[str, ...]
    anew: bool
    rebuild_vectors: bool
    compact: bool
    allow_empty: bool
    fields: Fields

    def with_anew(self, anew: bool) -> "Inputs":
        """Return the same inputs, to be read again or not."""
        return replace(self, anew=anew)


def check_roots(store: Store, options: BuildOptions) -> None:
    """Raise `UsageError` where a folder that was named is not there, `NoArticlesError` where they hold no article.

    With `allow_empty` they need not.
    """
    for root in options.roots:
        if not root.exists():
            raise UsageError(f"there is no {root}", "name a folder of articles, or one article")
    if options.roots and not options.allow_empty:
        _check_articles(store, options)


def _check_articles(store: Store, options: BuildOptions) -> None:
    """Raise `NoArticlesError` where the folders that were named hold none."""
    walk = find_first(options.roots, exclude=options.exclude or (), store=store.path)
    if walk.files:
        return
    counts = [f"{count} {reason}" for reason, count in sorted(walk.skipped.counts.items())]
    counts += [f"{len(walk.failures)} unreadable"] if walk.failures else []
    where = ", ".join(str(root) for root in options.roots)
    raise NoArticlesError(
        f"there are no articles in {where}" + (f" (skipped: {', '.join(counts)})" if counts else ""),
        f"put files there that end in {', '.join(FORMATS)}, then run qa index again, or add --allow-empty",
    )


def choose_inputs(store: Store, options: BuildOptions, before: Settings | None) -> Inputs:
    """Return what to index; `before` is what the last run was made from, None before the first.

    Raises `UsageError` where that is not known, or not there.
    """
    if not options.roots and before is None:
        raise UsageError("which folders to index is not known", "run qa index FOLDER")
    last_exclude = before.exclude if before and not options.roots else ()
    last_fields = before.fields if before and not options.roots else NO_FIELDS
    fields = last_fields if options.fields is None else options.fields
    roots = options.roots or tuple(store.expand(root) for root in (before.roots if before else ()))
    for root in roots:
        if not is_there(root):
            raise UsageError(f"there is no {root} any more", "bring it back, or name the folders: qa index FOLDER")
    return Inputs(
        roots=outermost(roots),
        exclude=last_exclude if options.exclude is None else options.exclude,
        anew=False,
        rebuild_vectors=options.rebuild_vectors or options.full,
        compact=options.compact,
        allow_empty=options.allow_empty,
        fields=dict(fields),
    )
