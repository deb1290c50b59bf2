"""Notice folders whose articles leave an index though none of them may have been deleted."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.errors import NoArticlesError
from index.records import IndexedFile
from index.walk import FoundFile


def check_emptied(roots: Sequence[Path], found: Sequence[FoundFile], gone: Sequence[IndexedFile]) -> None:
    """Raise `NoArticlesError` where a folder had articles, by what is `gone` for good, and no file of any is found.

    More likely than that they were all deleted, the disk that holds them is away.
    """
    lost = [file.name for file in gone if file.has_articles]
    for root in roots:
        count = len(_below(root, lost))
        if count and not _below(root, (file.name for file in found)):
            files = f"{count:,} file{'s' if count > 1 else ''}"
            raise NoArticlesError(
                f"there are no articles in {root} any more, but those of {files} in the index",
                "bring them back, as by mounting their disk; if they were deleted, run qa index --allow-empty",
            )


def _below(root: Path, names: Iterable[str]) -> list[str]:
    """Return the paths that are a folder's, or the file itself that stands for one."""
    path = str(root)
    prefix = path.rstrip(os.sep) + os.sep
    return [name for name in names if name == path or name.startswith(prefix)]
