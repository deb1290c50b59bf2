"""What is fuzzed holds for what fuzzing found once, and for damaged and made-up inputs.

`python -m tests.measure.fuzz` looks for more, guided by coverage. What it finds is kept in `inputs/TARGET/`.
"""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.texts import hostile
from tests.measure.fuzz.targets import TARGETS

_INPUTS = Path(__file__).parent / "inputs"
_FOUND = sorted(path for path in _INPUTS.glob("*/*") if path.is_file())
_DAMAGED = 6
_SLOW = ("load_pdf", "load_docx", "load_epub")


@pytest.mark.parametrize("path", _FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_fuzzing_found_holds(path: Path) -> None:
    """An input that was too much once is none any more."""
    TARGETS[path.parent.name].run(path.read_bytes())


def test_found_inputs_are_of_targets() -> None:
    """No input is kept for a target that there is not."""
    assert {path.parent.name for path in _FOUND} <= TARGETS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_samples_hold(name: str) -> None:
    """A sample holds whole, and with some bytes cut off, changed, doubled or swapped."""
    draw = random.Random(name)
    for seed in TARGETS[name].seeds():
        TARGETS[name].run(seed)
        for _ in range(_DAMAGED):
            TARGETS[name].run(_damaged(seed, draw))


def _damaged(data: bytes, draw: random.Random) -> bytes:
    at, end = sorted(draw.sample(range(len(data) + 1), 2))
    return draw.choice(
        (
            data[:end],
            data[:at] + draw.randbytes(min(end - at, 20)) + data[end:],
            data[:end] + data[at:end] + data[end:],
            data[end:] + data[:end],
        )
    )


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in _SLOW])
@settings(max_examples=20)
@given(data=st.binary(max_size=200) | hostile.map(lambda text: text.encode(errors="replace")))
def test_made_up_inputs_hold(name: str, data: bytes) -> None:
    """Bytes of any kind, and texts full of attacks, hold."""
    TARGETS[name].run(data)
