"""Look at the files that may have changed, and have those parsed that did, ahead of whoever takes them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from index.articles import Fields
from index.hashing import hash_article
from index.parsing import Parse, Parsers
from index.plan import Renames
from index.records import IndexedFile
from index.walk import FoundFile, failure

_AHEAD_FOR_EACH = 3
"""Files that are parsed, or wait for it, ahead of the one that is taken, for each process that parses."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that was looked at: what is indexed of it, under its name or its `old` one.

    `parse` is None where its bytes are those that are indexed under its name; `error` says why they could not be
    read, and `sha256` is empty then.
    """

    found: FoundFile
    known: IndexedFile | None
    old: IndexedFile | None
    sha256: str
    parse: Parse | None
    error: str | None

    @property
    def before(self) -> IndexedFile | None:
        """What is indexed of the file."""
        return self.known or self.old

    @property
    def same_bytes(self) -> bool:
        """Whether the file's bytes are those that are indexed."""
        return self.before is not None and self.before.sha256 == self.sha256


def look_at(
    files: Iterable[FoundFile],
    find: Callable[[str], IndexedFile | None],
    renames: Renames,
    parsers: Parsers,
    *,
    anew: bool,
    fields: Fields,
) -> Iterator[LookedAt]:
    """Yield the files in their order; what has other bytes than before, or all with `anew`, is being parsed already.

    `find` returns what is indexed under a file's name.
    """
    waiting: deque[LookedAt] = deque()
    for found in files:
        waiting.append(_look(found, find(found.name), renames, parsers, anew=anew, fields=fields))
        if len(waiting) > _AHEAD_FOR_EACH * parsers.count:
            yield waiting.popleft()
    yield from waiting


def _look(
    found: FoundFile, known: IndexedFile | None, renames: Renames, parsers: Parsers, *, anew: bool, fields: Fields
) -> LookedAt:
    try:
        sha256 = hash_article(found.path)
    except OSError as error:
        return LookedAt(found, known, None, "", None, failure(found.name, error).reason)
    old = renames.take(found.name, sha256) if known is None else None
    same = known is not None and known.sha256 == sha256
    # A file's name says what kind it is, and maybe when it appeared: one of another name is parsed again.
    parse = None if same and not anew else parsers.start(found.name, fields)
    return LookedAt(found, known, old, sha256, parse, None)
