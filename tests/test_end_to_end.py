"""The whole product over the seeds, with the real model, as a user runs it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands import QUESTION, QUOTE, Place, check_quotes, place_in


@pytest.fixture
def place(tmp_path: Path, exported_models: Path) -> Place:
    """Return a folder with the seeds, ready for its first command."""
    return place_in(tmp_path, exported_models)


@pytest.fixture
def indexed(place: Place) -> Place:
    """Return a folder with the seeds indexed."""
    place.index("seeds")
    return place


def test_first_question_builds_the_index_and_is_answered(place: Place) -> None:
    """`qa ask` beside `seeds/` indexes it, says so on stderr, and quotes the README's sentence."""
    done = place.run("ask", QUESTION)
    assert done.returncode == 0
    assert "indexing seeds" in done.stderr
    assert QUOTE in " ".join(done.stdout.split())
    assert "[1] Scholz Urges Putin" in done.stdout
    assert "seeds/001_2fcf8e468ea0dd33.txt:7 (ICARO Media Group)" in done.stdout


def test_json_object_is_the_contract(indexed: Place) -> None:
    """`qa ask --json` prints the documented object, its offsets those of the decoded file."""
    answer = indexed.ask(QUESTION)
    assert list(answer) == [
        "schema", "question", "rewritten", "filters", "answered", "answer", "answers", "day", "confidence",
        "quotes", "index", "elapsed_ms", "undated", "explanation",
    ]  # fmt: skip
    assert (answer["schema"], answer["question"], answer["answered"]) == (1, QUESTION, True)
    assert answer["index"] == {"articles": 2, "generation": 1, "stale": False}
    first = answer["quotes"][0]
    assert (first["text"], first["agrees"], first["verified"]) == (QUOTE, True, True)
    assert (answer["answer"], answer["answers"], first["context"]) == ("Germany", ["Germany"], None)
    citation = first["citation"]
    assert (citation["path"], citation["line"]) == ("seeds/001_2fcf8e468ea0dd33.txt", 7)
    assert (citation["start"], citation["end"]) == (1167, 1267)
    check_quotes(answer, indexed.here)


def test_off_topic_question_is_refused(indexed: Place) -> None:
    """A question that the articles do not answer exits 1, with the nearest quotes listed."""
    done = indexed.run("ask", "--json", "What is the recipe for sourdough bread?")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert (answer["answered"], answer["answer"]) == (False, None)
    assert len(answer["quotes"]) == 3


def test_one_question_a_line(indexed: Place) -> None:
    """`qa ask --json -` answers each line in order; an unusable one gives an object with `error`."""
    done = indexed.run("ask", "--json", "-", given=f"{QUESTION}\n\n???\nWhere is the G20 summit?\n")
    first, empty, marks, last = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert first["quotes"][0]["text"] == QUOTE
    assert "error" in empty
    assert "error" in marks
    assert "Rio de Janeiro" in last["quotes"][0]["text"]


@pytest.mark.parametrize("reader", ["default", "none"])
def test_answer_is_explained(indexed: Place, reader: str) -> None:
    """`--explain` tells, after the answer, how sure it is and of what, in lines that fit eighty columns."""
    done = indexed.run("ask", "--explain", "--reader", reader, QUESTION)
    told = done.stdout[done.stdout.index("% needed, ") - 2 :]
    assert "% sure: answered\n" in told
    assert "\n[1] " in told
    assert max(map(len, told.splitlines())) <= 80


def test_questions_are_narrowed(indexed: Place) -> None:
    """Flags narrow a question before anything is ranked, with the undated told; what leaves nothing exits 2."""
    (indexed.seeds / "old.txt").write_text("---\ndate: 2023-05\n---\nBerlin\n\nFrance initiated the call.\n")
    (indexed.seeds / "new.txt").write_text("---\ndate: 2024-05-01\n---\nBerlin\n\nItaly initiated the call.\n")
    indexed.index()
    done = indexed.run("ask", "--since", "2024", "--only", "*.txt", QUESTION)
    assert done.stderr == "qa: 2 articles without an exact date left out\n"
    assert "Italy initiated the call." in done.stdout
    assert "seeds/new.txt" in done.stdout
    assert "Germany" not in done.stdout
    lines = indexed.run("ask", "--json", "-", "--source", "icaro", "--only", "scholz", given=f"{QUESTION}\n")
    answer = json.loads(lines.stdout)
    assert (answer["answer"], answer["filters"]) == ("Germany", {"only": "scholz", "source": "icaro"})
    nothing = indexed.run("ask", "--json", "--before", "2020", QUESTION)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert nothing.stderr.startswith(
        "qa: no article matches: before 2020 (2 articles without an exact date left out)\n"
    )


def test_chat_reads_a_pipe(indexed: Place) -> None:
    """`qa chat` answers lines of a pipe, and its commands work there too."""
    done = indexed.run("chat", given=f"{QUESTION}\n/show 1\n/quit\nnever asked\n")
    assert done.returncode == 0
    assert QUOTE in " ".join(done.stdout.split())
    assert f"»{QUOTE}«" in done.stdout
    assert "never" not in done.stdout


def test_open_chat_sees_articles_come_change_move_and_go(indexed: Place) -> None:
    """A chat left open answers from what the latest `qa index` published, question by question."""
    chat = indexed.start("chat", "--json")
    assert chat.stdin is not None
    assert chat.stdout is not None
    question = "Which bird was seen in Dunmore harbour?"

    def ask() -> dict[str, Any]:
        print(question, file=chat.stdin, flush=True)
        assert chat.stdout is not None
        found: dict[str, Any] = json.loads(chat.stdout.readline())
        check_quotes(found, indexed.here)
        return found

    assert not ask()["answered"]
    news = indexed.seeds / "news.txt"
    news.write_text("Rare visitor\n\nA black heron was seen in Dunmore harbour on Monday.\n", encoding="utf-8")
    assert indexed.index().startswith("1 added")
    assert "heron" in ask()["quotes"][0]["text"]
    news.write_text("Rare visitor\n\nA snowy egret was seen in Dunmore harbour on Monday.\n", encoding="utf-8")
    assert indexed.index().startswith("1 changed")
    assert "egret" in ask()["quotes"][0]["text"]
    moved = news.rename(indexed.seeds / "moved.txt")
    assert indexed.index().startswith("1 renamed")
    assert ask()["quotes"][0]["citation"]["path"] == "seeds/moved.txt"
    moved.unlink()
    assert indexed.index().startswith("1 removed")
    assert not ask()["answered"]
    chat.communicate(timeout=60)
    assert chat.returncode == 0


def test_stale_index_is_said_and_refreshed(indexed: Place) -> None:
    """A changed folder is noticed in one line on stderr; `--refresh` updates first."""
    (indexed.seeds / "new.txt").write_text("Weather\n\nIt snowed in Oslo on Sunday.\n", encoding="utf-8")
    done = indexed.run("ask", "--json", QUESTION)
    assert done.stderr == "qa: 1 new: run qa index\n"
    assert json.loads(done.stdout)["index"]["stale"] is True
    fresh = indexed.run("ask", "--json", "--refresh", "Where did it snow on Sunday?")
    assert json.loads(fresh.stdout)["quotes"][0]["text"] == "It snowed in Oslo on Sunday."
    assert json.loads(fresh.stdout)["index"] == {"articles": 3, "generation": 1, "stale": False}


def test_changed_file_is_not_verified(indexed: Place) -> None:
    """A quote whose file no longer has it at its place says so."""
    cited = indexed.seeds / "001_2fcf8e468ea0dd33.txt"
    cited.write_text("Now it says something else.", encoding="utf-8")
    done = indexed.run("ask", QUESTION)
    assert "! the file has changed since it was indexed" in done.stdout


def test_show_prints_the_article_around_a_citation(indexed: Place) -> None:
    """`qa show 1` marks the last answer's first quote; `qa show PATH:LINE` the line's sentence."""
    indexed.ask(QUESTION)
    assert f"   7  »{QUOTE}« Amidst" in indexed.run("show", "1").stdout
    by_place = indexed.run("show", "seeds/001_2fcf8e468ea0dd33.txt:7", "--context", "0").stdout
    assert f"   7  »{QUOTE}« Amidst" in by_place
    wrong = indexed.run("show", "9")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "there is no citation 9" in wrong.stderr


def test_status_says_what_is_indexed(indexed: Place) -> None:
    """`qa status --json` counts articles and passages and names the model."""
    status = json.loads(indexed.run("status", "--json").stdout)
    assert (status["articles"], status["folders"], status["stale"]) == (2, ["seeds"], False)
    assert (status["embedder"], status["weights"]) == ("all-MiniLM-L6-v2", "int8")


def test_python_interface_answers_in_three_lines(indexed: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of the README's Python example work as they stand."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    example = readme.split("```python\n")[1].split("```")[0]
    printed: list[str] = []
    monkeypatch.chdir(indexed.here)
    exec(example, {"print": printed.append})  # noqa: S102
    assert printed == [QUOTE]


def test_index_moves_with_its_folder(indexed: Place, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder of articles moved together with its store needs no new index."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "moved"
    shutil.move(indexed.here, elsewhere)
    assert Place(elsewhere).ask(QUESTION)["quotes"][0]["verified"] is True
    assert Place(elsewhere).index() == "2 unchanged (0.0 s)\n"


def test_store_is_its_owners_only(indexed: Place) -> None:
    """Nobody else may look into the store."""
    assert indexed.store.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("arguments", [("ask", "--json", QUESTION), ("index",), ("show", "1"), ("status",)])
def test_nothing_heavy_is_imported_once_the_index_is_there(indexed: Place, arguments: tuple[str, ...]) -> None:
    """Questions and later runs do without torch, transformers and sentence-transformers, and signing."""
    indexed.ask(QUESTION)
    code = (
        "import sys\nfrom qa.cli import main\n"
        f"status = main({list(arguments)!r})\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'datasketch', 'scipy'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "sys.exit(status)"
    )
    done = indexed.run_python(code)
    assert (done.returncode, done.stderr) == (0, "[]\n")
