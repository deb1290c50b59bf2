"""What a run did, in words."""

from dataclasses import replace

import pytest

from index.lost_folders import LeftOut
from index.records import RunReport
from index.run import RunResult
from index.skipped import Skipped
from index.walk import Failure
from qa.indexing import result_lines, summary
from tests.qa.samples import HERE

_NOTHING = RunReport(
    began=0.0, seconds=1.25, added=0, changed=0, removed=0, renamed=0, unchanged=0, failed=0, skipped=0
)


def _result(report: RunReport = _NOTHING, *, failures: int = 0, warnings: int = 0, **skipped: int) -> RunResult:
    failed = tuple(Failure(HERE / f"f{number}.txt", "permission denied") for number in range(failures))
    warned = tuple(Failure(HERE / f"w{number}.txt", "not UTF-8, read as cp1252") for number in range(warnings))
    tally = Skipped()
    for name, count in skipped.items():
        for number in range(count):
            tally.add(str(HERE / f"s{number}"), name.replace("_", " "))
    return RunResult(report, failed, warned, tally)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (_NOTHING, "nothing to do (1.2 s)"),
        (replace(_NOTHING, added=2), "2 added (1.2 s)"),
        (
            replace(_NOTHING, added=1, changed=2, renamed=3, removed=4, unchanged=5, failed=6),
            "1 added, 2 changed, 3 renamed, 4 removed, 5 unchanged, 6 failed (1.2 s)",
        ),
    ],
)
def test_summary(report: RunReport, said: str) -> None:
    """One line counts what was done, and leaves out what was not."""
    assert summary(_result(report)) == said


def test_skipped_files_are_counted_by_reason() -> None:
    """A table gives the reasons, the commonest first, with a few files by name; the summary has the sum."""
    assert list(result_lines(_result(hidden=1, unknown_type=5), HERE)) == [
        "skipped  unknown type       5  s0, s1, s2, …",
        "skipped  hidden             1  s0",
        "nothing to do; 6 skipped (1.2 s)",
    ]


def test_failures_and_warnings_come_first() -> None:
    """Each file that failed or needed a guess has a line, then the count follows."""
    assert list(result_lines(_result(failures=1, warnings=1), HERE)) == [
        "could not read f0.txt: permission denied",
        "read w0.txt: not UTF-8, read as cp1252",
        "nothing to do (1.2 s)",
    ]


@pytest.mark.parametrize(
    ("folders", "named", "files", "said"),
    [
        (
            ("a",),
            ("a/new",),
            1,
            "1 file left the index, since only a/new was named, and not a: qa index a takes all in",
        ),
        (
            ("a", "b c"),
            ("d",),
            2_000,
            "2,000 files left the index, since only d was named, and not a, b c: qa index a 'b c' d takes all in",
        ),
    ],
)
def test_folders_that_are_not_named_any_more_are_told(
    folders: tuple[str, ...], named: tuple[str, ...], files: int, said: str
) -> None:
    """Articles that leave the index though nobody deleted them have a line, with how to have them again."""
    left_out = LeftOut(tuple(HERE / name for name in folders), tuple(HERE / name for name in named), files)
    assert list(result_lines(replace(_result(), left_out=left_out), HERE)) == [said, "nothing to do (1.2 s)"]


def test_many_failures_are_cut() -> None:
    """Twenty are listed, the others counted."""
    lines = list(result_lines(_result(failures=23), HERE))
    assert len(lines) == 22
    assert lines[20] == "… and 3 more"


def test_escapes_in_file_names_are_shown_by_number() -> None:
    """A file name cannot move the cursor."""
    evil = RunResult(_NOTHING, (Failure(HERE / "a\x1b[2J.txt", "\x1b[31m"),), (), Skipped())
    assert next(result_lines(evil, HERE)) == "could not read a<U+001B>[2J.txt: <U+001B>[31m"
