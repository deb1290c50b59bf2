"""Folders whose articles leave an index though none of them may have been deleted."""

import os
from pathlib import Path

import pytest

from index.errors import NoArticlesError
from index.lost_folders import check_emptied
from index.records import IndexedFile
from index.walk import FoundFile

NEWS = Path(os.path.abspath("news"))
OLD = Path(os.path.abspath("news old"))


def found(path: Path) -> FoundFile:
    return FoundFile(str(path), 1, 0, 0)


def gone(path: Path, *, has_articles: bool = True) -> IndexedFile:
    return IndexedFile(str(path), 1, 0, "hash", has_articles, None if has_articles else "empty")


def test_folder_that_lost_all_is_told_of_with_their_number() -> None:
    """Files of a folder whose name only begins like another's are not that one's."""
    with pytest.raises(NoArticlesError) as caught:
        check_emptied((OLD, NEWS), [found(OLD / "a.txt")], [gone(NEWS / "a.txt"), gone(NEWS / "b" / "c.txt")])
    assert caught.value.problem == f"there are no articles in {NEWS} any more, but those of 2 files in the index"
    assert "--allow-empty" in caught.value.remedy


def test_folder_that_lost_some_is_not_empty() -> None:
    """One file that is there still, in whatever folder below, shows that the disk is."""
    check_emptied((NEWS,), [found(NEWS / "b" / "c.txt")], [gone(NEWS / "a.txt")])


def test_files_without_articles_are_no_loss() -> None:
    """Where nothing could be quoted from a folder, nothing goes with it."""
    check_emptied((NEWS,), [], [gone(NEWS / "a.txt", has_articles=False)])


def test_folders_that_are_not_named_are_not_looked_at() -> None:
    """What leaves an index since its folder is not named any more is not gone by mistake."""
    check_emptied((NEWS,), [found(NEWS / "a.txt")], [gone(OLD / "a.txt")])


def test_root_of_the_file_system_is_a_folder() -> None:
    """Its path ends as no other one does."""
    root = Path(NEWS.anchor)
    check_emptied((root,), [found(root / "b.txt")], [gone(root / "a.txt")])
    with pytest.raises(NoArticlesError):
        check_emptied((root,), [], [gone(root / "a.txt")])
