"""Walking folders: which files are found, what is skipped, in which order."""

import os
from pathlib import Path

import pytest

from index.walk import Failure, FoundFile, Walk, failure, find_first, walk_articles

NO_STORE = Path("/no/store")


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def walk(*roots: Path, exclude: tuple[str, ...] = (), store: Path = NO_STORE) -> Walk:
    return walk_articles(roots, exclude=exclude, store=store)


def names(found: Walk, root: Path) -> list[str]:
    return [file.path.relative_to(root).as_posix() for file in found.files]


def test_files_come_in_the_order_of_paths(folder: Path) -> None:
    """Files of all folders are sorted by path, whatever the order of the file system."""
    make(folder, "b.txt", "a/z.md", "c/d/e.txt", "a.txt")
    assert names(walk(folder), folder) == ["a/z.md", "a.txt", "b.txt", "c/d/e.txt"]


def test_found_file_has_size_and_time(folder: Path) -> None:
    """What a later run compares is taken from the file system as it is, with the time that no program can set."""
    make(folder, "a.txt")
    path = folder / "a.txt"
    os.utime(path, ns=(5, 1_234_567_890_123_456_700))
    status = path.stat()
    changed_ns = status.st_ctime_ns if os.name == "posix" else 0
    assert walk(folder).files == [FoundFile(str(path), 5, status.st_mtime_ns, changed_ns)]


@pytest.mark.parametrize("year_seconds", [10_413_792_000, -10_413_792_000])
def test_time_that_no_index_can_hold_is_cut(folder: Path, year_seconds: int) -> None:
    """A file of the year 2300, or 1640, is an article like others."""
    make(folder, "a.txt")
    try:
        os.utime(folder / "a.txt", (year_seconds, year_seconds))
    except OSError:
        pytest.skip("this file system has no such times")
    (found,) = walk(folder).files
    assert abs(found.mtime_ns) < 1 << 63


def test_first_file_is_enough_to_know_that_there_are_some(folder: Path) -> None:
    """A walk for any file stops in the folder of the first, and goes to the end where there is none."""
    make(folder, "a/b.txt", "z/c.txt")
    assert names(find_first([folder], exclude=(), store=NO_STORE), folder) == ["a/b.txt"]
    found = find_first([folder], exclude=("*.txt",), store=NO_STORE)
    assert (found.files, found.skipped.counts) == ([], {"excluded": 2})


def test_suffixes_are_read_in_any_case(folder: Path) -> None:
    """`.TXT` and `.Md` are articles."""
    make(folder, "A.TXT", "b.Md")
    assert names(walk(folder), folder) == ["A.TXT", "b.Md"]


def test_what_is_skipped_is_counted(folder: Path) -> None:
    """Hidden files and folders, unknown types and excluded names are left out, each with its reason."""
    make(folder, "a.txt", ".b.txt", ".git/c.txt", "d.png", "e", "draft.txt")
    found = walk(folder, exclude=("draft*",))
    assert names(found, folder) == ["a.txt"]
    assert found.skipped.counts == {"hidden": 2, "unknown type": 2, "excluded": 1}


def test_folder_of_a_saved_page_is_skipped(folder: Path) -> None:
    """Its frames and scripts are no articles; a folder of such a name without a page is like any other."""
    make(
        folder,
        "A call.html",
        "A call_files/frame.html",
        "A call_files/f.txt",
        "case_files/a.txt",
        "b.htm",
        "b_files.txt",
    )
    found = walk(folder)
    assert names(found, folder) == ["A call.html", "b.htm", "b_files.txt", "case_files/a.txt"]
    assert found.skipped.counts == {"part of a saved page": 1}
    assert names(walk(folder / "A call_files"), folder / "A call_files") == ["f.txt", "frame.html"]


def test_hidden_root_is_walked(tmp_path: Path) -> None:
    """A folder that is asked for by name is not hidden."""
    make(tmp_path / ".notes", "a.txt")
    assert names(walk(tmp_path / ".notes"), tmp_path) == [".notes/a.txt"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("old", ["a.txt", "sub/b.txt"]),
        ("old/", ["a.txt", "sub/b.txt"]),
        ("sub/old", ["a.txt", "old/d.txt", "sub/b.txt"]),
        ("*/b.txt", ["a.txt", "old/d.txt", "sub/old/c.txt"]),
        ("?.txt", []),
        ("b.txt", ["a.txt", "old/d.txt", "sub/old/c.txt"]),
    ],
)
def test_pattern_is_a_name_or_a_path_below_the_root(folder: Path, pattern: str, left: list[str]) -> None:
    """A name is left out at any depth, a path from the root only."""
    make(folder, "a.txt", "sub/b.txt", "sub/old/c.txt", "old/d.txt")
    assert names(walk(folder, exclude=(pattern,)), folder) == left


def test_store_is_not_walked(folder: Path) -> None:
    """The index's own folder is no source of articles, whatever its name."""
    make(folder, "a.txt", "index/b.txt")
    assert names(walk(folder, store=folder / "index"), folder) == ["a.txt"]


def test_root_may_be_a_file(folder: Path) -> None:
    """One article may be asked for by its name."""
    make(folder, "a.txt", "b.txt")
    assert names(walk(folder / "a.txt"), folder) == ["a.txt"]


def test_overlapping_roots_give_each_file_once(folder: Path) -> None:
    """A folder, one below it and a file in it are walked as one."""
    make(folder, "a.txt", "sub/b.txt")
    assert names(walk(folder, folder / "sub", folder / "a.txt"), folder) == ["a.txt", "sub/b.txt"]


def test_link_to_a_file_is_a_file(folder: Path) -> None:
    """A link to an article is an article under its own name."""
    make(folder, "a.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert names(walk(folder), folder) == ["a.txt", "b.txt"]


def test_linked_folder_is_walked_once(folder: Path) -> None:
    """Links to folders met already, and links that go in circles, add nothing."""
    make(folder, "sub/a.txt")
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "other").symlink_to(folder / "sub")
    assert len(walk(folder).files) == 1


def test_linked_folder_goes_by_its_first_name(folder: Path) -> None:
    """Of two names of one folder the first in the order of paths counts, as ties do elsewhere."""
    make(folder, "a/one.txt")
    (folder / "z").symlink_to(folder / "a")
    assert names(walk(folder), folder) == ["a/one.txt"]


def test_dangling_link_of_any_type_is_gone(folder: Path) -> None:
    """A link to nowhere is of no type, whatever its name."""
    (folder / "b.png").symlink_to(folder / "gone.png")
    assert walk(folder).skipped.counts == {"gone": 1}


def test_dangling_link_is_skipped(folder: Path) -> None:
    """A link to an article that is gone is no article, and the others are found."""
    make(folder, "a.txt")
    (folder / "b.txt").symlink_to(folder / "gone.txt")
    found = walk(folder)
    assert names(found, folder) == ["a.txt"]
    assert (found.failures, found.skipped.counts["gone"]) == ([], 1)


def test_missing_root_is_a_failure(folder: Path) -> None:
    """A folder that is not there fails, and the other is walked."""
    make(folder, "a.txt")
    found = walk(folder / "gone", folder)
    assert names(found, folder) == ["a.txt"]
    assert [failure.path for failure in found.failures] == [folder / "gone"]


def test_unreadable_folder_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be listed fails with the system's reason."""
    make(folder, "a.txt", "sub/b.txt")

    def refuse(path: str) -> object:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied")
        return os.scandir(path)

    monkeypatch.setattr("index.walk.scandir", refuse)
    found = walk(folder)
    assert names(found, folder) == ["a.txt"]
    assert [(failure.path.name, failure.reason) for failure in found.failures] == [("sub", "permission denied")]


def test_folder_with_an_article_s_name_is_a_folder(folder: Path) -> None:
    """`notes.txt/` is walked."""
    make(folder, "notes.txt/a.txt")
    assert names(walk(folder), folder) == ["notes.txt/a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_pipe_is_not_opened(folder: Path) -> None:
    """A named pipe is skipped, since reading it would wait for ever."""
    os.mkfifo(folder / "a.txt")
    found = walk(folder)
    assert (found.files, found.skipped.counts) == ([], {"not a file": 1})


def test_name_that_is_not_unicode_is_a_failure(folder: Path) -> None:
    """A file name that UTF-8 cannot hold is told of, and not indexed."""
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("text")
    except OSError:
        pytest.skip("the file system refuses such names")
    found = walk(folder)
    assert found.files == []
    assert [failure.reason for failure in found.failures] == ["its name is not UTF-8"]


def test_failure_says_what_the_system_says() -> None:
    """The reason is the system's, in lower case, or the error's own where the system is silent."""
    assert failure("a", PermissionError(13, "Permission denied")) == Failure(Path("a"), "permission denied")
    assert failure("a", OSError("Odd")) == Failure(Path("a"), "odd")
