"""Run `qa index` in a process that is to be killed at a moment of its writes.

    python -m tests.measure.faults.victim "Chroma's writes" 3 amid 0.002 -- index articles

With `hashing` before the `--`, it embeds with the hashing embedder, and writes in small batches.
"""

import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.model_folder import ModelFolder
from qa.cli import main as run_command
from tests.conftest import HASHING, write_hashing_model
from tests.measure.faults.embedder import SignedEmbedder
from tests.measure.faults.moments import Durations, Moment, Stage, Write
from tests.measure.faults.parsers import make_parsers_ready
from tests.measure.faults.spying import Spy, watch

_SMALL_BATCH = 64
_SMALL_STEP = 32


@dataclass(frozen=True, slots=True)
class Order:
    """What a victim is to do: run a command in a folder, get a signal at a moment, if one is given.

    With `hashing`, the hashing embedder stands in for the real one. What it says goes to `said`, and how long
    its operations took to `durations`, where these are given.
    """

    here: Path
    arguments: Sequence[str]
    moment: Moment | None = None
    number: int = signal.SIGKILL
    hashing: bool = True
    said: Path | None = None
    durations: Path | None = None


def obey(order: Order) -> None:
    """Do as ordered and leave with the command's exit status, if there is one."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(order.here)
    if order.said is not None:
        with order.said.open("wb") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
    if order.hashing:
        _use_hashing()
    spy = Spy(order.moment, order.number)
    if order.moment is not None or order.durations is not None:
        watch(spy)
    status = run_command(list(order.arguments))
    if order.durations is not None:
        order.durations.write_text(json.dumps(spy.durations), encoding="utf-8")
    sys.stdout.flush()
    sys.exit(status)


def read_durations(path: Path) -> Durations:
    """Return what a victim wrote of its operations."""
    return {Write(write): taken for write, taken in json.loads(path.read_text(encoding="utf-8")).items()}


def _use_hashing() -> None:
    """Embed with the hashing embedder, whatever the store says, and let few articles be many writes."""
    import index.build
    import index.export
    import index.folding
    import index.generations
    import index.staging

    options = index.build.update_index.__kwdefaults__
    assert options is not None
    options["open_embedder"] = lambda _: SignedEmbedder()
    index.export.export_embedder = _export_hashing
    index.export.DEFAULT_EMBEDDER = HASHING
    index.folding.LEAST_LOOSE = 1
    index.generations._BATCH = _SMALL_BATCH
    index.staging.BATCH_PASSAGES = _SMALL_STEP
    make_parsers_ready()


def _export_hashing(name: str, models: Path) -> ModelFolder:
    """Export the hashing embedder as a model is, but in no time."""
    from index.onnx_export import export_folder

    def write(work: Path) -> str:
        write_hashing_model(ModelFolder(work))
        return name

    return ModelFolder(export_folder(models, write, what=name, remedy="none"))


def main(arguments: Sequence[str]) -> None:
    """Read an order from the command line and obey it."""
    own = list(arguments[: arguments.index("--")])
    hashing = own[-1:] == ["hashing"]
    write, nth, stage, *seconds = own[:-1] if hashing else own
    moment = Moment(Write(write), int(nth), Stage(stage), *map(float, seconds))
    obey(Order(Path.cwd(), arguments[arguments.index("--") + 1 :], moment, hashing=hashing))


if __name__ == "__main__":
    main(sys.argv[1:])
