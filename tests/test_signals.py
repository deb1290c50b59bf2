"""Signals and closed pipes: what is stopped is left in order, says what it had done, and nothing is said in vain."""

import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import QUESTION, QUOTE, SECONDS, Place, place_in, staged, start_run, write_articles
from tests.qa.train.toy import town_paragraphs, write_squad

_PROCESSES = Path("/proc")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, exported_models: Path) -> Place:
    """Return a folder with the seeds indexed."""
    place = place_in(tmp_path_factory.mktemp("signals"), exported_models)
    place.index("seeds")
    return place


@pytest.fixture
def place(indexed: Place) -> Iterator[Place]:
    """Return the folder, whose further articles go when a test is over."""
    seeds = set(indexed.seeds.iterdir())
    yield indexed
    for path in set(indexed.seeds.iterdir()) - seeds:
        path.unlink()
    indexed.index()


def children(pid: int) -> set[int]:
    """Return the processes that a process has started."""
    return {int(child) for tasks in _PROCESSES.glob(f"{pid}/task/*/children") for child in tasks.read_text().split()}


@pytest.mark.skipif(not _PROCESSES.is_dir(), reason="no list of processes")
def test_interrupted_run_leaves_the_index_and_says_what_is_prepared(place: Place) -> None:
    """Ctrl-C ends a run with status 130; what was embedded is kept and counted, and no process is left."""
    write_articles(place.seeds, 150, seed=1)
    process = start_run(place)
    parsing = children(process.pid)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=SECONDS)
    kept = staged(place)
    assert (process.returncode, output) == (130, "")
    assert errors.splitlines()[-1] == (
        f"qa: stopped; {kept} articles are prepared, and the same command goes on from there;"
        " the index is as it was before"
    )
    assert parsing
    assert not any((_PROCESSES / str(pid)).exists() for pid in parsing)
    assert not (place.store / "writer.json").exists()
    for path in place.seeds.glob("1-*.txt"):
        path.unlink()
    answer = place.ask(QUESTION)
    assert (answer["index"]["articles"], answer["quotes"][0]["text"]) == (2, QUOTE)


def test_ignored_hangup_does_not_stop_a_run(place: Place) -> None:
    """After `nohup` a run outlives its terminal."""
    code = (
        "import os, signal, sys\nfrom qa.cli import main\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "import index.build\n"
        "look = index.build.choose_inputs\n"
        "def hang_up(*given):\n    os.kill(os.getpid(), signal.SIGHUP)\n    return look(*given)\n"
        "index.build.choose_inputs = hang_up\n"
        "sys.exit(main(['index', '--no-wait']))"
    )
    done = place.run_python(code)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 unchanged (")


def piped(place: Place, command: str) -> subprocess.CompletedProcess[str]:
    """Run a shell's pipe; its status is that of `qa`."""
    line = f"set -o pipefail; {re.sub(r'(?:^|(?<=[;|] ))qa ', f'{place.command} ', command)}"
    return subprocess.run(
        ["/bin/bash", "-c", line],
        cwd=place.here,
        env=place.environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="pipes of a shell")
@pytest.mark.parametrize(
    "command",
    [
        f"qa ask '{QUESTION}' | head -1",
        f"qa ask --json '{QUESTION}' | head -c 1",
        "qa index | head -0",
        "qa index --dry-run | head -0",
        "qa index 2>&1 | head -0",
        "qa status | head -1",
        "qa show seeds/000_73104af2ca29bc90.txt | head -0",
        f"echo '{QUESTION}' | qa chat | head -0",
        f"echo '{QUESTION}' | qa chat >/dev/null; qa chat --list | head -0",
        f"printf '{QUESTION}\\n%.0s' {{1..100}} | qa ask --json - | head -1",
        "qa status --copies | head -0",
        "qa doctor | head -0",
        "qa doctor --json | head -c 1",
        "qa index --compact 2>&1 | head -0",
        "qa eval towns.json | head -0",
    ],
)
def test_closed_pipe_is_silent(place: Place, command: str) -> None:
    """Whoever reads no further is not told of it, and it is no failure."""
    write_squad(place.here / "towns.json", town_paragraphs(1, seed=0))
    done = piped(place, command)
    assert (done.returncode, done.stderr) == (0, "")


def test_run_outlives_who_reads_its_notices(place: Place) -> None:
    """A run whose standard error nobody reads any more is completed all the same."""
    (place.seeds / "binary.pdf").write_bytes(b"no document")
    write_articles(place.seeds, 1, seed=9)
    process = place.start("index")
    assert process.stderr is not None
    process.stderr.close()
    process.stderr = None
    output, _ = process.communicate(timeout=SECONDS)
    assert output.startswith("1 added, 2 unchanged, 1 failed (")
    assert process.returncode == 3
