"""Keep what is said of one file short."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.articles import Warn

MOST_WARNINGS = 5


@contextmanager
def few_warnings(warn: Warn) -> Iterator[Warn]:
    """Pass on the first `MOST_WARNINGS` warnings, and at the end how many more there were."""
    count = 0

    def tell(warning: str) -> None:
        nonlocal count
        count += 1
        if count <= MOST_WARNINGS:
            warn(warning)

    yield tell
    if count > MOST_WARNINGS:
        warn(f"… and {count - MOST_WARNINGS} more")
