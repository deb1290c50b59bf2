"""Draw what questions take over the number of passages."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.measure.scale.figures import Figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES = (12.0, 4.0)
_GIGABYTE = 1_000_000_000
_WARM_MS, _COLD_S = 250.0, 4.0


def write_plot(measured: Sequence[Figures], path: Path) -> None:
    """Write three diagrams beside each other: warm questions, cold ones, memory and disk."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=_INCHES, layout="constrained")
    warm, cold, room = figure.subplots(1, 3)
    sizes = [each.passages for each in measured]
    _draw(warm, sizes, "Warm question", "ms", {
        "95%": [each.warm_p95 * 1000 for each in measured],
        "median": [each.warm * 1000 for each in measured],
        "reading": [each.read * 1000 for each in measured],
        "vectors": [each.vectors * 1000 for each in measured],
    }, target=_WARM_MS)  # fmt: skip
    _draw(cold, sizes, "Cold question", "s", {
        "no file in memory": [each.first for each in measured],
        "median": [each.cold for each in measured],
    }, target=_COLD_S)  # fmt: skip
    _draw(room, sizes, "Memory and disk", "GB", {
        "disk": [(each.catalog + each.generation) / _GIGABYTE for each in measured],
        "memory, writing vectors": [each.built.peak_bytes / _GIGABYTE for each in measured],
        "memory, warm": [each.warm_peak / _GIGABYTE for each in measured],
        "memory, cold": [each.cold_peak / _GIGABYTE for each in measured],
    })  # fmt: skip
    figure.savefig(path)


def _draw(
    axes: "Axes",
    sizes: Sequence[int],
    title: str,
    unit: str,
    lines: dict[str, list[float]],
    *,
    target: float | None = None,
) -> None:
    for name, values in lines.items():
        axes.plot(sizes, values, marker="o", label=name)
    if target is not None:
        axes.axhline(target, color="grey", linestyle="--", linewidth=1, label=f"target: {target:g} {unit}")
    axes.set(title=title, xlabel="passages", ylabel=unit, xscale="log", ylim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend()
