"""Notice folders whose articles leave an index though none of them may have been deleted."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import NoArticlesError
from index.records import IndexedFile
from index.walk import BESIDE_A_PAGE, FoundFile, hidden, is_there


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Folders of the last run that are not among those that this one `named`, and how many files leave for that."""

    folders: tuple[Path, ...]
    named: tuple[Path, ...]
    files: int

    @property
    def together(self) -> tuple[Path, ...]:
        """What to name in order to have all in the index."""
        return outermost((*self.folders, *self.named))


def find_left_out(named: tuple[Path, ...], earlier: Sequence[Path], gone: Sequence[IndexedFile]) -> LeftOut | None:
    """Return what leaves an index since its folder, one of the `earlier` ones, is there and not named any more.

    None where nothing does: what is `gone` and had articles lies below what was named, or its folder is gone, too.
    """
    lost = {file.name for file in gone if file.has_articles}
    for root in named:
        lost.difference_update(_below(root, lost))
    of_folders = {root: below for root in earlier if lost and is_there(root) and (below := _below(root, lost))}
    files = {name for below in of_folders.values() for name in below}
    return LeftOut(tuple(of_folders), named, len(files)) if files else None


def outermost(roots: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders that lie in none of the others, or may be left out where those are walked, each once."""
    distinct = dict.fromkeys(roots)
    return tuple(
        root for root in distinct if not any(_is_met(root, outer) for outer in root.parents if outer in distinct)
    )


def _is_met(inner: Path, outer: Path) -> bool:
    """Tell whether a walk of a folder comes to one within it."""
    below = inner.relative_to(outer).parts
    return not any(hidden(name) is not None or name.endswith(BESIDE_A_PAGE) for name in below)


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
                f"no articles are found in {root} any more, but those of {files} are in the index",
                "bring them back, as by mounting their disk; if they were deleted, run qa index --allow-empty",
            )


def _below(root: Path, names: Iterable[str]) -> list[str]:
    """Return the paths that are a folder's, or the file itself that stands for one."""
    path = str(root)
    prefix = path.rstrip(os.sep) + os.sep
    return [name for name in names if name == path or name.startswith(prefix)]
