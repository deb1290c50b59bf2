"""The whole product, run once where nothing can be sent, and everybody may read what is written."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from tests.commands import QUESTION
from tests.conftest import SEEDS
from tests.every_format import FACTS, write_every_format
from tests.qa.tiny_qa import save_tiny_qa
from tests.qa.train.toy import town_paragraphs, write_squad

_ROOT = Path(__file__).parent.parent.parent
SECONDS = 900
GUARD = Path(__file__).parent / "guard"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to run `qa` in, under a mask that lets everybody read. `sent` lists what was tried to be sent."""

    here: Path

    @property
    def sent(self) -> Path:
        """The file that the guard writes to."""
        return self.here / "sent"

    def run_python(
        self, *arguments: str, given: str = "", before: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run Python behind the guard, without what would keep it offline anyway."""
        unset = {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "ANONYMIZED_TELEMETRY"}
        kept = {name: value for name, value in os.environ.items() if name not in unset and not name.startswith("QA_")}
        return subprocess.run(
            [*before, sys.executable, *arguments],
            cwd=self.here,
            env=kept | {"PYTHONPATH": f"{GUARD}{os.pathsep}{_ROOT}", "QA_TEST_SENT": str(self.sent), "PYTHONUTF8": "1"},
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
            umask=0,
        )

    def run(self, *arguments: str, given: str = "", before: tuple[str, ...] = ()) -> str:
        """Run `qa`, which has to succeed; return what it printed."""
        done = self.run_python("-m", "qa", *arguments, given=given, before=before)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout


@pytest.fixture(scope="session")
def used(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a place where everything has been done: an export, indexes, answers, chats, an evaluation, training."""
    place = Place(tmp_path_factory.mktemp("used"))
    copytree(SEEDS, place.here / "seeds")
    place.run("index", "seeds")
    (place.here / "seeds" / "page.html").write_text(
        '<html><head><link rel="stylesheet" href="http://192.0.2.1/a.css"><script src="http://192.0.2.1/a.js"></script>'
        '</head><body><img src="http://192.0.2.1/a.png"><iframe src="http://192.0.2.1/"></iframe><article><h1>Bridge</h1>'
        "<p>The mayor opened the old bridge on Friday morning, and a great many people came to see it.</p>"
        "</article></body></html>"
    )
    (place.here / "seeds" / "page.xhtml").write_text(
        '<!DOCTYPE html SYSTEM "http://192.0.2.1/a.dtd" [<!ENTITY x SYSTEM "http://192.0.2.1/x"><!ENTITY p SYSTEM '
        '"file:///etc/passwd">]><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Storm</title></head>'
        "<body><p>The storm closed the harbour for three days &x; &p; and nobody could leave the island.</p>"
        "</body></html>"
    )
    place.run("index")
    place.run("ask", QUESTION)
    place.run("ask", "--explain", "--json", "-", given=f"{QUESTION}\nWhy?\n")
    place.run("chat", given=f"{QUESTION}\nWhy?\n/why\n/more\n/show 1\n/sources\n/save talk.md\n/index\n")
    place.run("show", "1")
    place.run("status", "--copies")
    write_squad(place.here / "towns.json", town_paragraphs(2, seed=0))
    json.loads(place.run("eval", "towns.json", "--json"))
    save_tiny_qa(place.here / "tiny", "Bert", positions=128, head=True)
    place.run_python("-m", "qa", "ask", "--reader", "tiny", QUESTION)
    sizes = ("--epochs", "1", "--max-tokens", "64", "--batch-tokens", "256", "--negatives", "0")
    place.run("train", "reader", "towns.json", "--base", "tiny", "--output", "trained", *sizes)
    (place.here / "formats").mkdir()
    write_every_format(place.here / "formats")
    place.run("index", "seeds", "formats")
    (place.here / "formats" / next(iter(FACTS))).unlink()
    place.run("index", "--compact")
    place.run("doctor", "--repair")
    for fact in list(FACTS.values())[1:]:
        assert fact.mayor in place.run("ask", fact.question)
    return place
