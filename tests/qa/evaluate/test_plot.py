"""The plot: two diagrams in a PNG file, and what is needed for it."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import UsageError
from qa.evaluate.answer_report import Asked, report_answers
from qa.evaluate.plot import check_plot, write_plot
from qa.evaluate.recall import NOWHERE
from tests.qa.evaluate.samples import OUTCOME


def test_plot_without_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed, the way to install it is said."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError) as raised:
        check_plot(tmp_path / "risk.png")
    assert raised.value.remedy == "run pip install '.[eval]'"


@pytest.mark.parametrize("name", ["risk", "risk.jpg", "nosuch/risk.png"])
def test_file_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    """A file of another kind, or in no folder, is told before anything is asked."""
    pytest.importorskip("matplotlib")
    with pytest.raises(UsageError):
        check_plot(tmp_path / name)


def test_plot(tmp_path: Path) -> None:
    """A PNG file is written, the same every time."""
    pytest.importorskip("matplotlib")
    path = tmp_path / "risk.png"
    check_plot(path)
    outcomes = [replace(OUTCOME, confidence=n / 10, hit=n % 3 > 0) for n in range(10)]
    reports = [report_answers(name, [Asked(o, NOWHERE, 0) for o in outcomes], articles=1) for name in ("a", "_b")]
    drawn = []
    for _ in range(2):
        write_plot(reports, path)
        drawn.append(path.read_bytes())
    assert drawn[0].startswith(b"\x89PNG")
    assert drawn[0] == drawn[1]
