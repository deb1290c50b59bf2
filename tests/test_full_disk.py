"""A disk that fills up costs nothing but the run: what was there is still asked, and the next run completes it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import QUESTION, QUOTE, Place, check_quotes, place_in, write_articles

SIZE = 128 << 20
SIZE_TO_EXPORT = 512 << 20


@pytest.fixture
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return a small disk of its own; a test may give its size."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None:
        pytest.skip("no mount here")
    size = f"size={getattr(request, 'param', SIZE)}"
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], capture_output=True, check=False)
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
    told_of_full_disk(place.run("index"), place)
    answer = place.ask(QUESTION)
    assert answer["quotes"][0]["text"] == QUOTE
    assert answer["index"]["articles"] == 2
    check_quotes(answer, place.here)
    filler.unlink()
    assert place.index().startswith("100 added, 2 unchanged (")
    assert place.ask("Who opened bridge 9-70?")["quotes"][0]["text"] == "Mayor Ann70 opened bridge 9-70."
    examined = place.run("doctor")
    assert examined.returncode == 0, examined.stdout


def test_full_disk_in_a_first_run(disk: Path, exported_models: Path) -> None:
    """A first run that finds no room says so, and the next one with room indexes everything."""
    place = place_in(disk, exported_models)
    filler = fill(disk, leave=0)
    told_of_full_disk(place.run("index", "seeds"), place)
    assert place.run("ask", QUESTION).returncode == 2
    filler.unlink()
    assert place.index("seeds").startswith("2 added (")
    assert place.ask(QUESTION)["quotes"][0]["text"] == QUOTE


@pytest.mark.parametrize("disk", [SIZE_TO_EXPORT], indirect=True)
@pytest.mark.parametrize("leave", [0, 40_000_000])
def test_full_disk_in_an_export(disk: Path, exported_models: Path, leave: int) -> None:
    """Without room for a model nothing is left of it but the room, and the next run exports it."""
    place = place_in(disk, exported_models)
    shutil.rmtree(place.store / "models")
    filler = fill(disk, leave=leave)
    told_of_full_disk(place.run("index", "seeds"), place)
    assert not list(place.store.glob("models/*"))
    filler.unlink()
    assert place.index("seeds").startswith("2 added (")
    assert place.run("doctor").returncode == 0


@pytest.mark.parametrize("leave", [0, 100_000, 500_000])
def test_full_disk_in_a_compaction(disk: Path, exported_models: Path, leave: int) -> None:
    """A compaction without room for a second catalog says so and changes no answer; the next run ends it."""
    place = place_in(disk, exported_models)
    write_articles(place.seeds, 60, seed=9)
    place.index("seeds")
    for path in place.seeds.glob("9-*.txt"):
        path.unlink()
    filler = fill(disk, leave=leave)
    told_of_full_disk(place.run("index", "--compact"), place)
    quotes = place.ask(QUESTION)["quotes"]
    assert quotes[0]["text"] == QUOTE
    # What was deleted may still be quoted, since no run has published that, and is told of.
    assert all(quote["verified"] is (place.here / quote["citation"]["path"]).exists() for quote in quotes)
    filler.unlink()
    done = place.run("index", "--compact")
    assert (done.returncode, "nothing of deleted articles is left" in done.stderr) == (0, True)
    assert place.run("doctor").returncode == 0


@pytest.mark.parametrize("leave", [0, 100_000])
def test_full_disk_in_a_repair(disk: Path, exported_models: Path, leave: int) -> None:
    """A repair without room says so, and leaves a catalog that the next one mends."""
    place = place_in(disk, exported_models)
    write_articles(place.seeds, 60, seed=9)
    place.index("seeds")
    catalog = place.store / "catalog.sqlite3"
    content = catalog.read_bytes()
    half = len(content) // 2 // 4096 * 4096
    catalog.write_bytes(content[:half] + b"\xa5" * 4096 + content[half + 4096 :])
    filler = fill(disk, leave=leave)
    told_of_full_disk(place.run("doctor", "--repair"), place)
    filler.unlink()
    repaired = place.run("doctor", "--repair")
    assert repaired.returncode == 0, repaired.stdout + repaired.stderr
    assert place.ask(QUESTION)["index"]["articles"] == 62
    assert place.ask("Who opened bridge 9-7?")["quotes"][0]["text"] == "Mayor Ann7 opened bridge 9-7."


def told_of_full_disk(done: subprocess.CompletedProcess[str], place: Place) -> None:
    """Hold that a command failed over the disk, and said so with what to do."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert f"the disk that holds {place.store} is full" in done.stderr
    assert "free some space" in done.stderr
