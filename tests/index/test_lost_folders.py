"""Folders whose articles leave an index though none of them may have been deleted."""

import os
from pathlib import Path

import pytest

from index.errors import NoArticlesError
from index.lost_folders import LeftOut, check_emptied, find_left_out, outermost
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
    assert caught.value.problem == f"no articles are found in {NEWS} any more, but those of 2 files are in the index"
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


def test_folder_that_is_not_named_any_more_is_left_out(tmp_path: Path) -> None:
    """Of the folders of the last run, those that are there and lose articles for that are told, with their files."""
    names = ("a", "b", "c")
    a, b, c = (tmp_path / name for name in names)
    for folder in (a, b, c):
        folder.mkdir()
    lost = [gone(a / "sport" / "1.txt"), gone(b / "2.txt"), gone(b / "3.txt"), gone(c / "4.txt", has_articles=False)]
    found = find_left_out((a / "sport",), (a, b, c), lost)
    assert found == LeftOut((b,), (a / "sport",), 2)
    assert found.together == (b, a / "sport")


def test_folder_above_what_is_named_is_left_out(tmp_path: Path) -> None:
    """Whoever names a part of a folder has only that part, and gets all back by naming the whole."""
    found = find_left_out((tmp_path / "sport",), (tmp_path,), [gone(tmp_path / "a.txt")])
    assert found == LeftOut((tmp_path,), (tmp_path / "sport",), 1)
    assert found.together == (tmp_path,)


def test_nothing_is_left_out_where_articles_were_deleted(tmp_path: Path) -> None:
    """What lies below what is named was deleted, and so was a folder that is not there any more."""
    assert find_left_out((tmp_path,), (tmp_path / "a",), [gone(tmp_path / "a" / "1.txt")]) is None
    assert find_left_out((tmp_path / "b",), (tmp_path / "a",), [gone(tmp_path / "a" / "1.txt")]) is None
    assert find_left_out((tmp_path / "b",), (), []) is None


def test_folder_that_would_be_left_out_is_named_for_itself(tmp_path: Path) -> None:
    """A hidden folder, and one beside a saved page, within another that is named is named on purpose."""
    named = (tmp_path, tmp_path / ".archive" / "old", tmp_path / "a" / "Page_files", tmp_path / "a" / "b")
    assert outermost(named) == named[:3]


def test_outermost_folders_hold_the_others(tmp_path: Path) -> None:
    """A folder within another adds nothing, and comes once."""
    assert outermost((tmp_path / "a" / "b", tmp_path / "a", tmp_path / "a", tmp_path / "ab")) == (
        tmp_path / "a",
        tmp_path / "ab",
    )
