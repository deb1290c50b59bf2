"""Notice, without reading a file, that the folders are not what was indexed any more."""

from dataclasses import dataclass

from index.snapshot import Snapshot
from index.store import Store
from index.walk import walk_articles


@dataclass(frozen=True, slots=True)
class Staleness:
    """How many files differ from the index by name, size or time."""

    new: int
    changed: int
    gone: int

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def __str__(self) -> str:
        counts = ((self.new, "new"), (self.changed, "changed"), (self.gone, "gone"))
        return ", ".join(f"{count} {what}" for count, what in counts if count)


def find_staleness(store: Store, snapshot: Snapshot) -> Staleness:
    """Compare names, sizes and times with those of the last run; what cannot be looked at counts as gone.

    Files without an article, which were read or skipped to no avail, are not missed.
    """
    settings = snapshot.settings()
    if settings is None:
        return Staleness(0, 0, 0)
    roots = [store.expand(root) for root in settings.roots]
    walk = walk_articles(roots, exclude=settings.exclude, store=store.path)
    indexed, found = set(snapshot.file_states()), {file.state for file in walk.files}
    if indexed == found:
        return Staleness(0, 0, 0)
    before = {name for name, _, _ in indexed}
    now = {name for name, _, _ in found}
    changed = sum(1 for name, _, _ in found - indexed if name in before)
    gone = before - now
    if gone:
        gone -= {file.name for file in snapshot.files() if not file.has_articles}
    return Staleness(len(now - before), changed, len(gone))
