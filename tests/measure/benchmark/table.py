"""Lay the figures out: as text for a terminal, as Markdown for a file, as JSON for a program."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tests.measure.benchmark.machine import Machine
from tests.measure.benchmark.rows import QA, Row, Unit, slower
from tests.measure.benchmark.targets import Verdict

HEAD = (
    "measured",
    "by",
    "median",
    "min to max",
    "p95",
    "times qa's time",
    "peak MB",
    "first quote right, or found",
    "note",
)
TARGET_HEAD = ("target", "found", "met")

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run: what it was asked for, where, and what came out."""

    machine: Machine
    settings: tuple[str, ...]
    rows: tuple[Row, ...]
    verdicts: tuple[Verdict, ...]


def as_text(results: Results) -> str:
    """Return the tables in columns."""
    blocks = [
        "\n".join((*results.machine.lines(), *results.settings)),
        _columns((HEAD, *_cells(results.rows))),
        _columns((TARGET_HEAD, *_verdict_cells(results.verdicts))),
    ]
    return "\n\n".join(blocks) + "\n"


def as_markdown(results: Results) -> str:
    """Return a document with the tables."""
    blocks = [
        "# Benchmark",
        "\n".join(f"- {line}" for line in (*results.machine.lines(), *results.settings)),
        _markdown((HEAD, *_cells(results.rows))),
        "## Targets",
        _markdown((TARGET_HEAD, *_verdict_cells(results.verdicts))),
    ]
    return "\n\n".join(blocks) + "\n"


def as_json(results: Results) -> str:
    """Return everything, with all samples."""
    rows = [
        asdict(row) | {"median": row.median, "p95": row.p95, "slower": slower(results.rows, row)}
        for row in results.rows
    ]
    return json.dumps(
        {
            "machine": asdict(results.machine),
            "settings": results.settings,
            "rows": rows,
            "targets": [asdict(verdict) for verdict in results.verdicts],
        },
        indent=2,
    )


def _cells(rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
    return [
        (
            f"{row.measure}, {row.of}" if row.of else str(row.measure),
            row.by,
            _figure(row.median, row.unit, unit=True),
            f"{_figure(min(row.samples), row.unit)} to {_figure(max(row.samples), row.unit)}"
            if len(row.samples) > 1
            else "",
            _figure(row.p95, row.unit),
            _times(rows, row),
            f"{row.peak_bytes / _MEGABYTE:.0f}" if row.peak_bytes is not None else "",
            row.quality,
            row.note,
        )
        for row in rows
    ]


def _times(rows: tuple[Row, ...], row: Row) -> str:
    times = slower(rows, row)
    return "" if times is None or row.by == QA else f"{times:.2f}"


def _verdict_cells(verdicts: Sequence[Verdict]) -> list[tuple[str, ...]]:
    said = {True: "yes", False: "no", None: ""}
    return [(verdict.target, verdict.found, said[verdict.met]) for verdict in verdicts]


def _figure(value: float | None, what: Unit, *, unit: bool = False) -> str:
    """Return a figure with about three digits."""
    if value is None:
        return ""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}" + (f" {what}" if unit else "")


def _columns(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown; the first of the lines is its head."""
    head, *body = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *body))
