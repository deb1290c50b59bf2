"""Several processes on one store, and processes that die on it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import QUESTION, QUOTE, Place, check_quotes, place_in, staged, start_run, write_articles

ASKERS = 8


@pytest.fixture
def place(tmp_path: Path, exported_models: Path) -> Place:
    """Return a folder with the seeds indexed."""
    place = place_in(tmp_path, exported_models)
    place.index("seeds")
    return place


def contents(place: Place) -> list[tuple[object, ...]]:
    """Return what the index publishes: path, title, text, passage span and vector, by path and place."""
    with closing(sqlite3.connect(place.store / "catalog.sqlite3")) as connection:
        return connection.execute(
            'SELECT path, article.title, content, sentences, start, "end", vector FROM article'
            " JOIN file ON file.id = file_id JOIN text ON text.id = article.text_id"
            " JOIN passage ON passage.text_id = text.id ORDER BY path, start"
        ).fetchall()


def built_anew(place: Place, models: Path, elsewhere: Path) -> list[tuple[object, ...]]:
    """Return the contents of an undisturbed index of the same folder."""
    fresh = place_in(elsewhere, models)
    for path in place.seeds.iterdir():
        (fresh.seeds / path.name).write_bytes(path.read_bytes())
    for path in fresh.seeds.iterdir():
        if not (place.seeds / path.name).exists():
            path.unlink()
    fresh.index("seeds")
    return contents(fresh)


def test_two_runs_at_once_both_succeed(place: Place) -> None:
    """Of two `qa index` at once the second waits for the first, says so, and finds nothing to do."""
    write_articles(place.seeds, 120, seed=1)
    first = start_run(place)
    second = place.start("index")
    (first_did, _), (second_did, second_said) = (process.communicate(timeout=120) for process in (first, second))
    assert (first.returncode, second.returncode) == (0, 0)
    assert first_did.startswith("120 added, 2 unchanged (")
    assert second_did.startswith("122 unchanged (")
    assert "waiting for another qa index (process" in second_said
    assert place.ask(QUESTION)["index"]["articles"] == 122


def test_second_writer_may_refuse_to_wait(place: Place) -> None:
    """With `--no-wait` a second writer says who holds the lock, and exits 2."""
    write_articles(place.seeds, 120, seed=2)
    first = start_run(place)
    second = place.run("index", "--no-wait")
    assert second.returncode == 2
    assert f"is being written by another qa index (process {first.pid}" in second.stderr
    first.communicate(timeout=120)
    assert first.returncode == 0


def test_lock_of_a_dead_writer_is_not_in_the_way(place: Place) -> None:
    """A writer that was killed leaves no lock behind."""
    write_articles(place.seeds, 120, seed=5)
    first = start_run(place)
    first.kill()
    first.communicate(timeout=60)
    assert place.index("--no-wait").startswith("120 added, 2 unchanged (")


def test_eight_askers_during_index_runs(place: Place) -> None:
    """Questions asked while runs add and delete articles all get verbatim quotes and no error."""
    askers = [place.start("ask", "--json", "-") for _ in range(ASKERS)]
    for asker in askers:
        assert asker.stdin is not None
        asker.stdin.write("".join(f"{QUESTION}\nWho opened bridge 3-{n}?\n" for n in range(12)))
        asker.stdin.close()
        asker.stdin = None
    write_articles(place.seeds, 80, seed=3)
    place.index()
    for path in sorted(place.seeds.glob("3-00[0-3]*.txt")):
        path.unlink()
    place.index("--rebuild-vectors")
    for asker in askers:
        output, errors = asker.communicate(timeout=180)
        assert asker.returncode == 0
        assert errors == "" or all("run qa index" in line for line in errors.splitlines()), errors
        answers = [json.loads(line) for line in output.splitlines()]
        assert len(answers) == 24
        assert all("error" not in answer for answer in answers)
        assert all(answer["quotes"][0]["text"] == QUOTE for answer in answers[::2])
    assert place.ask("Who opened bridge 3-70?")["quotes"][0]["text"] == "Mayor Ann70 opened bridge 3-70."


def test_killed_run_is_completed_by_the_next(
    place: Place, exported_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After a kill the old index answers; the next run takes up the embedded texts and completes."""
    write_articles(place.seeds, 150, seed=4)
    (place.seeds / "000_73104af2ca29bc90.txt").unlink()
    process = start_run(place)
    process.kill()
    process.communicate(timeout=60)
    kept = staged(place)
    assert 0 < kept < 150
    answer = place.ask(QUESTION)
    assert answer["index"]["articles"] == 2
    assert answer["quotes"][0]["text"] == QUOTE
    assert place.index().startswith("150 added, 1 removed, 1 unchanged")
    assert staged(place) == 0
    assert contents(place) == built_anew(place, exported_models, tmp_path_factory.mktemp("fresh"))
    check_quotes(place.ask("Who opened bridge 4-149?"), place.here)
