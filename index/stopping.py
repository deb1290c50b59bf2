"""Say what a run had done when it was stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.catalog import Catalog
from index.errors import Stopped
from index.records import Settings


@contextmanager
def telling_if_stopped(catalog: Catalog, before: Settings | None, notify: Callable[[str], None]) -> Iterator[None]:
    """Tell what was done where Ctrl-C or `SystemExit` ends the block; `before` are the settings of the last run."""
    try:
        yield
    except KeyboardInterrupt as stop:
        notify(_what_was_done(catalog, before))
        raise Stopped from stop
    except SystemExit:
        notify(_what_was_done(catalog, before))
        raise


def _what_was_done(catalog: Catalog, before: Settings | None) -> str:
    catalog.roll_back()
    if catalog.snapshot().settings() != before:
        return "stopped; the index is up to date, and the next run clears up"
    count = catalog.count_staged()
    kept = f"{count} article{'s are' if count != 1 else ' is'} prepared, and the same command goes on from there"
    index = "the index is as it was before" if before else "there is no index yet"
    return f"stopped; {kept if count else 'nothing is prepared yet'}; {index}"
