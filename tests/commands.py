"""Run `qa` as its users do: in a process of its own."""

import json
import os
import random
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.store import STORE_NAME
from tests.conftest import SEEDS

SECONDS = 120
QUESTION = "Who initiated the call?"
QUOTE = "The conversation, reportedly initiated by Germany, comes at a politically sensitive time for Berlin."


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to run `qa` in, with the exported model in its store and `seeds/` beside it."""

    here: Path

    @property
    def store(self) -> Path:
        """The store's folder."""
        return self.here / STORE_NAME

    @property
    def seeds(self) -> Path:
        """The folder of articles."""
        return self.here / "seeds"

    def copied_to(self, here: Path, *, keep_times: bool = True) -> "Place":
        """Copy the folder, with its articles and its store, to `here`; return it there."""
        copy = shutil.copy2 if keep_times else shutil.copyfile
        shutil.copytree(
            self.here, here, dirs_exist_ok=True, copy_function=copy, ignore=shutil.ignore_patterns(here.name)
        )
        (here / STORE_NAME).chmod(0o700)
        return Place(here)

    @property
    def command(self) -> str:
        """What runs `qa` in a shell."""
        return f"{shlex.quote(sys.executable)} -m qa"

    @property
    def environment(self) -> dict[str, str]:
        """The environment that `qa` has: without a network, or settings of whoever runs the tests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
        root = Path(__file__).parent.parent
        return kept | {"PYTHONPATH": str(root), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `qa` with pipes for its streams."""
        return self._start("-m", "qa", *arguments)

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run `qa` to its end."""
        process = self.start(*arguments)
        output, errors = process.communicate(given, timeout=SECONDS)
        assert "Traceback" not in errors, errors
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    def run_python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run Python code to its end, in the environment that `qa` has."""
        process = self._start("-c", code)
        output, errors = process.communicate(timeout=SECONDS)
        return subprocess.CompletedProcess(code, process.returncode, output, errors)

    def ask(self, question: str) -> dict[str, Any]:
        """Ask one question; return its JSON object."""
        done = self.run("ask", "--json", question)
        assert done.returncode in (0, 1), done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def index(self, *arguments: str) -> str:
        """Run `qa index`, which has to succeed; return what it printed."""
        done = self.run("index", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout


def place_in(here: Path, models: Path) -> Place:
    """Lay out a folder with the seeds and a store that has the exported model but no index yet."""
    place = Place(here)
    shutil.copytree(SEEDS, place.seeds)
    shutil.copytree(models, place.store / "models")
    return place


def write_articles(folder: Path, count: int, *, seed: int) -> None:
    """Write articles made of the seeds' sentences in random order, each with a fact of its own."""
    folder.mkdir(exist_ok=True)
    draw = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())]
    sentences = [sentence for text in texts for sentence in text.replace("\n", " ").split(". ")]
    for number in range(count):
        body = ". ".join(draw.sample(sentences, 12))
        text = f"Report {number} of series {seed}\n\nMayor Ann{number} opened bridge {seed}-{number}. {body}.\n"
        (folder / f"{seed}-{number:04d}.txt").write_text(text, encoding="utf-8")


def check_quotes(answer: dict[str, Any], here: Path) -> None:
    """Hold that every quote is what stands at its place in its file."""
    for quote in answer["quotes"]:
        citation = quote["citation"]
        with (here / citation["path"]).open(encoding="utf-8", newline="") as file:
            assert file.read()[citation["start"] : citation["end"]] == quote["text"]


def staged(place: Place) -> int:
    """Return the number of texts that are embedded but not published; none before there is a catalog."""
    with closing(sqlite3.connect(place.store / "catalog.sqlite3")) as connection:
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            return 0
        (count,) = connection.execute(
            "SELECT count(*) FROM text WHERE id NOT IN (SELECT text_id FROM article)"
        ).fetchone()
        return int(count)


def start_run(place: Place, *arguments: str) -> subprocess.Popen[str]:
    """Start a `qa index`, and return when it has begun to stage texts."""
    before = staged(place)
    process = place.start("index", *arguments)
    deadline = time.monotonic() + 60
    while staged(place) <= before and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None
    return process
