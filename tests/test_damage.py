"""A damaged index gives a right answer or says what to do, and what it says mends it."""

import os
import re
import shlex
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import QUESTION, QUOTE, Place, check_quotes, place_in


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, exported_models: Path) -> Place:
    """Return a folder with the seeds indexed, to copy."""
    place = place_in(tmp_path_factory.mktemp("indexed"), exported_models)
    place.index("seeds")
    return place


@pytest.fixture
def place(indexed: Place, tmp_path: Path) -> Place:
    """Return a folder of its own with the seeds indexed."""
    return indexed.copied_to(tmp_path)


def catalog_of(place: Place) -> Path:
    return place.store / "catalog.sqlite3"


def change(place: Place, statement: str) -> None:
    with closing(sqlite3.connect(catalog_of(place))) as connection, connection:
        connection.execute(statement)


def rubbish_for_catalog(place: Place) -> None:
    for path in place.store.glob("catalog.sqlite3*"):
        path.write_bytes(b"rubbish" * 1000)


def catalog_cut_in_half(place: Place) -> None:
    path = catalog_of(place)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty_catalog(place: Place) -> None:
    catalog_of(place).write_bytes(b"")


def first_page_overwritten(place: Place) -> None:
    with catalog_of(place).open("r+b") as file:
        file.seek(100)
        file.write(b"\xa5" * 3000)


def settings_damaged(place: Place) -> None:
    change(place, "UPDATE setting SET value = '[1' WHERE name = 'roots'")


def vectors_damaged(place: Place) -> None:
    change(place, "UPDATE passage SET vector = x'00'")


def sentences_damaged(place: Place) -> None:
    change(place, "UPDATE text SET sentences = x'00'")


def content_damaged(place: Place) -> None:
    """Have articles say what they do not, at the same places: SQLite takes it for sound."""
    change(place, "UPDATE text SET content = replace(content, 'Germany', 'Bavaria')")


def landmarks_damaged(place: Place) -> None:
    change(place, "UPDATE article SET landmarks = 'no JSON'")


def model_cut(place: Place) -> None:
    (graph,) = place.store.glob("models/*/graph.onnx")
    graph.write_bytes(graph.read_bytes()[:1000])


def tokenizer_damaged(place: Place) -> None:
    (tokenizer,) = place.store.glob("models/*/tokenizer.json")
    tokenizer.write_bytes(b"{" * tokenizer.stat().st_size)


def model_settings_damaged(place: Place) -> None:
    (settings,) = place.store.glob("models/*/settings.json")
    settings.write_text("{}")


def model_gone(place: Place) -> None:
    for path in place.store.glob("models/*/*"):
        path.unlink()


DAMAGES: list[Callable[[Place], None]] = [
    rubbish_for_catalog,
    catalog_cut_in_half,
    empty_catalog,
    first_page_overwritten,
    settings_damaged,
    vectors_damaged,
    sentences_damaged,
    content_damaged,
    landmarks_damaged,
    model_cut,
    tokenizer_damaged,
    model_settings_damaged,
    model_gone,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_what_is_said_mends_it(place: Place, damage: Callable[[Place], None]) -> None:
    """After damage a question is refused in two lines, and the commands that are named bring the answer back."""
    damage(place)
    for _ in range(3):
        done = place.run("ask", "--json", QUESTION)
        if done.returncode != 2:
            break
        assert done.stdout == ""
        assert done.stderr.startswith("qa: ")
        assert len(done.stderr.splitlines()) == 2
        follow(place, done.stderr)
    answer = place.ask(QUESTION)
    assert answer["quotes"][0]["text"] == QUOTE
    assert answer["index"]["articles"] == 2
    check_quotes(answer, place.here)
    examined = place.run("doctor")
    assert examined.returncode == 0, examined.stdout


def follow(place: Place, said: str) -> None:
    """Run the command that a message names, and the one that this names in its turn, if it does."""
    for _ in range(2):
        found = re.search(r"run qa ((?:index|doctor)(?: --\S+| FOLDER)*)", said)
        assert found is not None, said
        done = place.run(*shlex.split(found[1].rstrip(":,").replace("FOLDER", "seeds")))
        if done.returncode != 2:
            return
        said = done.stderr


def test_index_moves_to_another_machine(place: Place, tmp_path: Path) -> None:
    """An index and its articles answer alike from another folder, and from a copy that kept no time of a file."""
    before = place.ask(QUESTION)
    moved = place.copied_to(tmp_path / "elsewhere", keep_times=False)
    after = moved.ask(QUESTION)
    assert after["quotes"] == before["quotes"]
    assert moved.index().startswith("2 unchanged (")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="no folder that may only be read")
def test_index_that_may_only_be_read_is_examined(place: Place) -> None:
    """`qa doctor` examines an index that it may not write."""
    for path in (place.store, *place.store.rglob("*")):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222)
    done = place.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")


def test_clock_that_went_back(place: Place) -> None:
    """A run that was in the future, as after a clock was set right, hides no change of a file."""
    change(place, "UPDATE setting SET value = json_set(value, '$.began', 4102444800.0) WHERE name = 'last_run'")
    (path,) = (path for path in place.seeds.iterdir() if QUOTE in path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    stamp = path.stat().st_mtime_ns
    path.write_text(text.replace("Germany", "Estonia"), encoding="utf-8")
    os.utime(path, ns=(stamp, stamp))
    assert place.index().startswith("1 changed, 1 unchanged (")
    assert place.index().startswith("2 unchanged (")
    assert "Estonia" in place.ask(QUESTION)["quotes"][0]["text"]
