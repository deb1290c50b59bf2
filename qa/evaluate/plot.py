"""Draw what confidence is worth: risk against coverage, and how often what is so sure is right."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UsageError
from qa.evaluate.figures import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIX = ".png"
_INCHES = (11.0, 4.8)
_DOTS_PER_INCH = 150


def check_plot(path: Path) -> None:
    """Raise `UsageError` where a plot could not be written to `path`: said before the questions are asked."""
    if importlib.util.find_spec("matplotlib") is None:
        raise UsageError("--plot needs matplotlib", "run pip install '.[eval]'")
    if path.suffix.lower() != SUFFIX:
        raise UsageError(f"{path} does not end in {SUFFIX}", f"name it so: --plot risk{SUFFIX}")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {path.absolute().parent}", "make it, or name another file")


def write_plot(reports: Sequence[Report], path: Path) -> None:
    """Write both diagrams as a PNG file, a line for each report."""
    # A figure of its own, without pyplot: no window, nothing kept between plots.
    from matplotlib.figure import Figure

    figure = Figure(figsize=_INCHES, layout="constrained")
    left, right = figure.subplots(1, 2)
    _draw_risk(left, reports)
    _draw_reliability(right, reports)
    figure.savefig(path, dpi=_DOTS_PER_INCH, format="png")


def _draw_risk(axes: "Axes", reports: Sequence[Report]) -> None:
    for report in reports:
        if report.curve is not None:
            axes.plot(report.curve.coverage, report.curve.risk, drawstyle="steps-post", label=report.name)
    axes.set(title="Risk and coverage", xlabel="share of questions kept", ylabel="share of them wrong")
    axes.set(xlim=(0, 1), ylim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend()


def _draw_reliability(axes: "Axes", reports: Sequence[Report]) -> None:
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1)
    for report in reports:
        bins = report.reliability
        axes.plot([bin.confidence for bin in bins], [bin.right for bin in bins], marker="o", label=report.name)
    axes.set(title="Reliability", xlabel="confidence", ylabel="share of top quotes that hit")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend()
