"""`qa doctor` tells what is amiss in an index, and mends it."""

import json
from pathlib import Path

import pytest

from tests.commands import QUESTION, QUOTE, Place, place_in

SOUND = """\
catalog    sound: 2 articles, 12 passages
texts      sound: 2
articles   sound: 2
words      sound: of 12 passages
vectors    sound: 12 in Chroma, generation 1
embedder   sound: all-MiniLM-L6-v2, int8
leftovers  sound: none
access     sound: for its owner only
readers    sound: default, small
"""


@pytest.fixture
def place(tmp_path: Path, exported_models: Path) -> Place:
    """Return a folder with the seeds indexed."""
    place = place_in(tmp_path, exported_models)
    place.index("seeds")
    return place


def test_sound_index(place: Place) -> None:
    """Of a sound index every part is named, and the exit status is 0; there is nothing to repair."""
    done = place.run("doctor")
    assert (done.returncode, done.stdout, done.stderr) == (0, SOUND, "")
    again = place.run("doctor", "--repair")
    assert (again.returncode, again.stdout, again.stderr) == (0, SOUND, "")


def test_damage_is_told_and_mended(place: Place) -> None:
    """What is amiss is named below its part, with exit status 1; after `--repair` all is sound."""
    (sketches,) = place.store.glob("generations/*/sketches.npy")
    sketches.write_bytes(b"")
    (place.store / "models" / ".export-killed").mkdir()
    done = place.run("doctor")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[4] == "vectors    NOT SOUND: 12 in Chroma, generation 1"
    assert lines[5].startswith("           - ")
    assert lines[5].endswith("sketches.npy is not as it was written")
    assert lines[8] == "           - models/.export-killed are of no use any more"
    assert lines[-1] == "qa doctor --repair mends it"
    mended = place.run("doctor", "--repair")
    assert mended.returncode == 0
    assert mended.stdout == SOUND.replace("generation 1", "generation 2")
    assert "qa: 2 unchanged (" in mended.stderr
    assert place.ask(QUESTION)["quotes"][0]["text"] == QUOTE


def test_json(place: Place) -> None:
    """`--json` prints one object with every part and what would mend it."""
    (place.store / "models" / ".export-killed").mkdir()
    done = place.run("doctor", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found["sound"] is False
    unsound = [part for part in found["parts"] if not part["sound"]]
    assert unsound == [
        {
            "part": "leftovers",
            "sound": False,
            "holds": "0.0 MB",
            "findings": [{"problem": "models/.export-killed are of no use any more", "cure": "tidy"}],
        }
    ]


def test_without_an_index(tmp_path: Path) -> None:
    """Without an index that is said, with exit status 2."""
    done = Place(tmp_path).run("doctor")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no index in" in done.stderr


def test_compaction_is_told(place: Place) -> None:
    """`qa index --compact` tells how large the index was and is."""
    (place.seeds / "000_73104af2ca29bc90.txt").unlink()
    done = place.run("index", "--compact")
    assert done.returncode == 0
    assert "compacted: " in done.stderr
    assert done.stderr.strip().endswith("nothing of deleted articles is left")
