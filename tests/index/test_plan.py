"""Comparing folders with the catalog, and matching renamed files."""

from pathlib import Path

import pytest

from index.plan import Differences, Renames, compare
from index.records import IndexedFile
from index.walk import Failure, FoundFile, Walk

SECOND = 1_000_000_000
NOW = 1_000


def found(name: str, *, size: int = 1, mtime_ns: int = 0, changed_ns: int = 0) -> FoundFile:
    return FoundFile(name, size, mtime_ns, changed_ns)


def indexed(name: str, *, size: int = 1, mtime_ns: int = 0, sha256: str = "hash") -> IndexedFile:
    return IndexedFile(name, size, mtime_ns, sha256, True, None)


def test_each_file_is_in_one_place() -> None:
    """Files are new, touched, the same or gone."""
    walk = Walk(files=[found("new"), found("same"), found("larger", size=2), found("later", mtime_ns=1)])
    known = [indexed("gone"), indexed("same"), indexed("larger"), indexed("later")]
    assert compare(walk, known, last_began=None) == Differences(
        new=(found("new"),),
        touched=(found("larger", size=2), found("later", mtime_ns=1)),
        same=(found("same"),),
        empty=(),
        gone=(indexed("gone"),),
        kept=(),
    )


@pytest.mark.parametrize(
    ("mtime_s", "touched"), [(NOW - 10, False), (NOW - 3, False), (NOW - 2, True), (NOW, True), (NOW + 10, True)]
)
def test_file_written_about_the_last_run_is_touched(mtime_s: int, touched: bool) -> None:
    """A file that may have been written again within one tick of a coarse clock is read again."""
    mtime_ns = mtime_s * SECOND
    walk = Walk(files=[found("a", mtime_ns=mtime_ns)])
    differences = compare(walk, [indexed("a", mtime_ns=mtime_ns)], last_began=float(NOW))
    assert bool(differences.touched) is touched
    assert bool(differences.same) is not touched


@pytest.mark.parametrize(("changed_s", "touched"), [(NOW - 1, False), (NOW, True), (NOW + 10, True)])
def test_file_that_was_changed_with_its_time_kept_is_touched(changed_s: int, touched: bool) -> None:
    """`cp -p` of an edit of the same length keeps size and time; the system still knows that something was done."""
    walk = Walk(files=[found("a", changed_ns=changed_s * SECOND)])
    differences = compare(walk, [indexed("a")], last_began=float(NOW))
    assert bool(differences.touched) is touched


@pytest.mark.parametrize("failed", ["top/sub/a", "top/sub", "top"])
def test_file_below_a_failure_is_kept(failed: str) -> None:
    """Nothing is known of what lies in a folder that could not be read, so it is not gone."""
    walk = Walk(failures=[Failure(Path(failed), "permission denied")])
    differences = compare(walk, [indexed("top/sub/a"), indexed("other/b")], last_began=None)
    assert differences.kept == (indexed("top/sub/a"),)
    assert differences.gone == (indexed("other/b"),)


def test_rename_is_taken_once() -> None:
    """Of two new files with the bytes of one gone file, one was renamed."""
    renames = Renames([indexed("old.txt")])
    assert renames.take("a.txt", "hash") == indexed("old.txt")
    assert renames.take("b.txt", "hash") is None


def test_renames_go_in_the_order_of_paths() -> None:
    """Of two gone files with the same bytes, the first by path is taken first."""
    renames = Renames([indexed("b.txt"), indexed("a.txt")])
    assert renames.take("new.txt", "hash") == indexed("a.txt")
    assert renames.left() == [indexed("b.txt")]


@pytest.mark.parametrize(("name", "sha256"), [("a.md", "hash"), ("a.txt", "other")])
def test_other_type_or_bytes_are_no_rename(name: str, sha256: str) -> None:
    """A file is the same one only with its bytes and its type."""
    renames = Renames([indexed("old.txt")])
    assert renames.take(name, sha256) is None
    assert renames.left() == [indexed("old.txt")]


def test_suffix_in_capitals_is_the_same_type() -> None:
    """`a.txt` may become `A.TXT`."""
    assert Renames([indexed("a.txt")]).take("A.TXT", "hash") == indexed("a.txt")
