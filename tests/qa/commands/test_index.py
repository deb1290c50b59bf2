"""The options of `qa index` that only tell, or go on."""

from pathlib import Path

from tests.commands import Place, place_in


def test_dry_run_tells_and_changes_nothing(tmp_path: Path, exported_models: Path) -> None:
    """Every file that would change is named, and no index is there afterwards."""
    place = place_in(tmp_path, exported_models)
    (place.seeds / "photo.jpg").write_bytes(b"")
    lines = place.index("--dry-run", "seeds").splitlines()
    names = sorted(path.name for path in place.seeds.glob("*.txt"))
    assert lines == [
        "skipped  unknown type       1  seeds/photo.jpg",
        *(f"would add seeds/{name}" for name in names),
        f"{len(names)} to add (nothing was changed)",
    ]
    assert not (place.store / "catalog.sqlite3").exists()


def test_watch_indexes_what_is_added_until_it_is_stopped(tmp_path: Path, exported_models: Path) -> None:
    """An article that is put into the folder is found a moment later; it can be stopped at any time."""
    place = place_in(tmp_path, exported_models)
    place.index("seeds")
    process = place.start("index", "--watch")
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        assert process.stdout.readline().startswith("2 unchanged")
        assert process.stderr.readline() == "qa: watching; Ctrl-C stops\n"
        (place.seeds / "new.txt").write_text("Mayor Anna Ek opened the Veldhaven bridge on Monday.\n")
        assert process.stdout.readline().startswith("1 added, 2 unchanged")
        assert "Anna Ek" in place.ask("Who opened the Veldhaven bridge?")["answer"]
        process.terminate()
        output, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, output, errors) == (0, "", "qa: stopped watching\n")


def test_watching_changes_something(tmp_path: Path) -> None:
    """What only tells does not go on, and says so."""
    done = Place(tmp_path).run("index", "--dry-run", "--watch", "seeds")
    assert done.returncode == 2
    assert "--watch: not allowed with argument --dry-run" in done.stderr


def test_unknown_field_is_wrong_usage(tmp_path: Path) -> None:
    """A field that no article has is refused, with those that there are."""
    done = Place(tmp_path).run("index", "--field", "body=story", "seeds")
    assert done.returncode == 2
    assert "text, title, date, source, author, id, url" in done.stderr


def test_index_above_is_not_replaced_by_mistake(tmp_path: Path, exported_models: Path) -> None:
    """Another folder, named below an index, does not take the place of all that is in it."""
    place = place_in(tmp_path, exported_models)
    place.index("seeds")
    below = tmp_path / "below"
    (below / "more").mkdir(parents=True)
    (below / "more" / "a.txt").write_text("It met on Monday.\n")
    done = Place(below).run("index", "more")
    assert done.returncode == 2
    assert f"the index in {place.store} is of {place.seeds}" in done.stderr
    assert f"run qa index {place.seeds} {below / 'more'} to have both in it" in done.stderr
    named = f"import os; os.environ['QA_STORE'] = {str(place.store)!r}; import qa.cli; qa.cli.main()"
    done = Place(below).run_python(f"import sys; sys.argv = ['qa', 'index', '--dry-run', 'more']; {named}")
    assert "2 files would leave the index" in done.stdout
    assert place.index(str(place.seeds), str(below / "more")).startswith("1 added, 2 unchanged")
    done = Place(below).run("index", "--dry-run", "more")
    line = f"since only more was named, and not {place.seeds}: qa index {place.seeds} more takes all in"
    assert f"2 files would leave the index, {line}" in done.stdout
    done = Place(below).run("index", "more")
    assert done.stdout.startswith("2 removed, 1 unchanged")
    assert f"2 files left the index, {line}" in done.stderr
