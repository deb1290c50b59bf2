"""What a user can cause is said in two lines, with what to do next, and never in a traceback."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from tests.commands import QUESTION, Place, place_in

COMMANDS = (
    ("index", "seeds"),
    ("index", "--dry-run", "seeds"),
    ("index",),
    ("ask", QUESTION),
    ("chat",),
    ("chat", "--list"),
    ("show", "1"),
    ("open", "1"),
    ("status",),
    ("doctor",),
    ("doctor", "--repair"),
)
"""Those that are about an index."""


@pytest.fixture
def place(tmp_path: Path, exported_models: Path) -> Place:
    """Return a folder with the seeds indexed."""
    place = place_in(tmp_path, exported_models)
    place.index("seeds")
    return place


def fails(place: Place, *arguments: str) -> str:
    """Run a command that has to exit 2 with nothing on stdout; return its two lines of stderr."""
    done = place.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("qa: preparing the embedder")]
    assert len(lines) == 2, done.stderr
    assert lines[0].startswith("qa: ")
    return done.stderr


def test_no_index(tmp_path: Path) -> None:
    """Without an index and without a folder to make one of, the way to make one is said."""
    assert "run qa index FOLDER" in fails(Place(tmp_path), "ask", QUESTION)
    assert "run qa index FOLDER" in fails(Place(tmp_path), "chat")
    assert "run qa index FOLDER" in fails(Place(tmp_path), "index")


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without articles is no index; what was skipped there is counted."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"\xff\xd8")
    said = fails(Place(tmp_path), "index", "photos")
    assert "there are no articles in" in said
    assert "1 unknown type" in said


@pytest.mark.parametrize("arguments", COMMANDS)
def test_file_in_the_place_of_an_index(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Where `.qa` is a file, every command about an index says that, and leaves it as it is."""
    (tmp_path / ".qa").write_text("mine")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("It met.")
    assert "/.qa is no folder" in fails(Place(tmp_path), *arguments)
    assert (tmp_path / ".qa").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="elsewhere arguments are Unicode")
@pytest.mark.parametrize("arguments", COMMANDS)
def test_store_whose_path_is_not_unicode(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """An index cannot be where no model can be opened: every command says so."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("It met.")
    said = fails(Place(tmp_path), *arguments, "--store", os.fsdecode(b"caf\xe9"))
    assert "caf<U+DCE9>, the place of the index, is not UTF-8" in said
    assert [path.name for path in tmp_path.iterdir()] == ["seeds"]


@pytest.mark.skipif(os.name == "nt", reason="a folder that is somebody's current one cannot be deleted there")
@pytest.mark.parametrize(
    "arguments",
    [*COMMANDS, ("eval", "data.json"), ("train", "reader", "data.json", "--output", "reader")],
)
def test_deleted_current_folder(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Where the folder that a command is run in has been deleted, that is what is said."""
    code = f"import os, sys\nfrom qa.cli import main\nos.rmdir(os.getcwd())\nsys.exit(main({list(arguments)}))"
    (tmp_path / "here").mkdir()
    done = Place(tmp_path / "here").run_python(code)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "qa: the current folder was deleted",
        "    change to one that is there, then run again",
    ]


def test_missing_folder(place: Place) -> None:
    """A folder that is not there is wrong usage, and the index stays as it was."""
    assert "there is no" in fails(place, "index", "nowhere")
    assert place.ask(QUESTION)["index"]["articles"] == 2


@pytest.mark.parametrize("question", ["", "   ", "?!", "\u0007"])
def test_question_without_words(place: Place, question: str) -> None:
    """An empty question is wrong usage."""
    assert "question" in fails(place, "ask", question)


def test_catalog_of_another_version(place: Place) -> None:
    """An index of another format is not touched; `--full` with its folder builds it anew."""
    with sqlite3.connect(place.store / "catalog.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "format 99" in fails(place, "ask", QUESTION)
    assert "format 99" in fails(place, "index")
    place.index("--full", "seeds")
    assert place.ask(QUESTION)["answered"]


def test_vectors_gone(place: Place) -> None:
    """Without Chroma's folder the same answer comes by exact search: for many questions with one line on stderr."""
    before = place.ask(QUESTION)
    for path in place.store.glob("generations/*/chroma.sqlite3"):
        path.unlink()
    done = place.run("ask", "--json", "-", given=f"{QUESTION}\n{QUESTION}\n")
    assert "qa index --rebuild-vectors" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["quotes"] for answer in answers] == [before["quotes"]] * 2
    place.index("--rebuild-vectors")
    assert place.run("ask", "--json", "-", given=QUESTION).stderr == ""


def test_single_question_needs_no_vectors_of_chroma(place: Place) -> None:
    """One question is searched for exactly, with Chroma's folder or without it."""
    before = place.ask(QUESTION)
    for path in place.store.glob("generations/*/chroma.sqlite3"):
        path.unlink()
    done = place.run("ask", "--json", QUESTION)
    assert json.loads(done.stdout)["quotes"] == before["quotes"]
    assert done.stderr == ""


def test_unknown_embedder(place: Place) -> None:
    """An embedder that cannot be had is said so, and the index stays as it was."""
    assert "--embedder" in fails(place, "index", "--embedder", str(place.here / "no-such-model"))[-200:]
    assert place.ask(QUESTION)["answered"]


def test_articles_outside_the_index(place: Place) -> None:
    """`--articles` with a folder that the index does not cover is wrong usage."""
    (place.here / "other").mkdir()
    assert "run qa index" in fails(place, "ask", "--articles", "other", QUESTION)


def test_closed_pipe_is_silent(place: Place) -> None:
    """A reader that stops reading stops the command without a word."""
    process = place.start("ask", "--json", "-")
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stdin.write(f"{QUESTION}\n" * 3)
    process.stdin.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0
    process.stderr.close()


def test_json_is_json_on_a_stream_of_any_encoding(place: Place) -> None:
    """Where stdout cannot hold a character, the object is still one that parses to it."""
    (place.seeds / "wolf.txt").write_text("Wolves\n\nA wolf \U0001f43a was seen in Łódź on Monday.\n", encoding="utf-8")
    place.index()
    code = (
        "import sys\nfrom qa.cli import main\n"
        "sys.stdout.reconfigure(encoding='latin-1')\n"
        "sys.exit(main(['ask', '--json', 'Where was a wolf seen?']))"
    )
    done = place.run_python(code)
    assert json.loads(done.stdout)["quotes"][0]["text"] == "A wolf \U0001f43a was seen in Łódź on Monday."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_output_is_said(place: Place) -> None:
    """An answer that cannot be written is an error, and not a refusal."""
    code = (
        "import sys\nfrom qa.cli import main\n"
        "sys.stdout = open('/dev/full', 'w')\n"
        f"sys.exit(main(['ask', {QUESTION!r}]))"
    )
    done = place.run_python(code)
    assert "qa: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr.split("Exception ignored")[0]


def test_closed_standard_input_has_no_questions(place: Place) -> None:
    """Without a standard input there is nothing to read, which is no error."""
    done = place.run_python("import sys\nfrom qa.cli import main\nsys.stdin = None\nsys.exit(main(['chat']))")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_vanished_folder_is_said(place: Place) -> None:
    """Articles whose folder is gone are not answered as if nothing were: the next run says what to do."""
    place.seeds.rename(place.here / "elsewhere")
    assert "2 gone: run qa index" in place.run("ask", QUESTION).stderr
    assert "bring it back, or name the folders" in fails(place, "index")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_store_that_may_only_be_read_is_asked(place: Place) -> None:
    """Questions need no write access: exact search stands in for Chroma, with a line on stderr."""
    for path in (place.store, place.store / "generations"):
        path.chmod(0o500)
    done = place.run("ask", QUESTION)
    for path in (place.store, place.store / "generations"):
        path.chmod(0o700)
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
