"""A disk that fills up costs nothing but the run: what was there is still asked, and the next run completes it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import QUESTION, QUOTE, check_quotes, place_in, write_articles

SIZE = 128 << 20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small disk of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None:
        pytest.skip("no mount here")
    mounted = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    yield disk
    subprocess.run([unmount, "-l", str(disk)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    """Write a file that leaves so many bytes; return it."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - leave)
    return filler


@pytest.mark.parametrize("leave", [0, 300_000, 1_000_000])
def test_full_disk_loses_nothing(disk: Path, exported_models: Path, leave: int) -> None:
    """With no room, or room for a part of a run, the run says so; questions go on; with room again all is indexed."""
    place = place_in(disk, exported_models)
    place.index("seeds")
    write_articles(place.seeds, 100, seed=9)
    filler = fill(disk, leave=leave)
    done = place.run("index")
    assert done.returncode == 2
    assert f"the disk that holds {place.store} is full" in done.stderr
    assert "free some space" in done.stderr
    answer = place.ask(QUESTION)
    assert answer["quotes"][0]["text"] == QUOTE
    assert answer["index"]["articles"] == 2
    check_quotes(answer, place.here)
    filler.unlink()
    assert place.index().startswith("100 added, 2 unchanged (")
    assert place.ask("Who opened bridge 9-70?")["quotes"][0]["text"] == "Mayor Ann70 opened bridge 9-70."
    examined = place.run("doctor")
    assert examined.returncode == 0, examined.stdout
