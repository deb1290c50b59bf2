"""Files are handed to the system's opener, as one argument."""

import stat
import time
from pathlib import Path

import pytest

from index.errors import UsageError
from qa.opener import open_file

pytestmark = pytest.mark.skipif("sys.platform != 'linux'")


def test_opener_gets_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is started with the path, whatever signs that has."""
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/part && mv {tmp_path}/part {tmp_path}/opened\n')
    opener.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    article = tmp_path / "a; $(touch x) 'b'.txt"
    article.write_text("An article.")
    open_file(article)
    until = time.monotonic() + 30
    while not (tmp_path / "opened").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert (tmp_path / "opened").read_text() == str(article)


def test_opener_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program says that it cannot, so does this one."""
    opener = tmp_path / "xdg-open"
    opener.write_text("#!/bin/sh\nexit 3\n")
    opener.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    (tmp_path / "a.txt").write_text("An article.")
    with pytest.raises(UsageError, match=r"xdg-open cannot open .*a\.txt"):
        open_file(tmp_path / "a.txt")


def test_opener_that_stays_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that runs as long as the file is open has opened it."""
    opener = tmp_path / "xdg-open"
    opener.write_text(f"#!/bin/sh\nwhile [ ! -e {tmp_path}/closed ]; do sleep 0.05; done\nexit 1\n")
    opener.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("qa.opener._FAILS_WITHIN", 0.05)
    (tmp_path / "a.txt").write_text("An article.")
    open_file(tmp_path / "a.txt")
    (tmp_path / "closed").touch()


def test_no_opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such program, that is said."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.txt").write_text("An article.")
    with pytest.raises(UsageError, match="no program to open files with"):
        open_file(tmp_path / "a.txt")


def test_file_that_is_gone(tmp_path: Path) -> None:
    """What is not there is not opened."""
    with pytest.raises(UsageError, match=r"a\.txt is gone"):
        open_file(tmp_path / "a.txt")
    with pytest.raises(UsageError, match="is gone"):
        open_file(tmp_path / ("a" * 300))
