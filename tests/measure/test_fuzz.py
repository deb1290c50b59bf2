"""The fuzzer's table and options; the targets are in `tests/hostile/test_fuzz_targets.py`."""

import pytest

from index.loaders import FORMATS
from tests.measure.fuzz.__main__ import Fuzzed, main, table
from tests.measure.fuzz.targets import TARGETS


def test_table_has_a_row_a_target() -> None:
    """Figures are those of each target, in their order."""
    assert table([Fuzzed("split", 60.4, 12_345, 678, 0), Fuzzed("cut", 61.0, 9, 8, 1)]) == (
        "| target | seconds | executions | coverage | crashes |\n"
        "| --- | ---: | ---: | ---: | ---: |\n"
        "| split | 60 | 12,345 | 678 | 0 |\n"
        "| cut | 61 | 9 | 8 | 1 |"
    )


def test_every_loader_is_a_target() -> None:
    """No kind of file is forgotten, and each has a sample to begin with."""
    assert {known.module for known in FORMATS.values()} <= TARGETS.keys()
    assert [name for name, target in TARGETS.items() if not target.seeds()] == []


def test_unknown_target_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is none is wrong usage."""
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "there is no nothing" in capsys.readouterr().err
