"""Show reports: a table for people, one JSON object for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from qa.evaluate.bootstrap import CONFIDENCE, RESAMPLES, SEED
from qa.evaluate.figures import Figure, Report, Unit
from qa.sanitise import sanitise
from qa.version import VERSION

SCHEMA = 1
_NAME, _VALUE, _INTERVAL, _COUNT = 36, 9, 18, 11
_POINTS = 200
_DIGITS = 6


def report_table(report: Report) -> str:
    """Return a report as lines of text, a figure a line, with a 95% interval by article."""
    counts = f"{report.articles:,} articles, {report.questions:,} questions"
    if report.to_refuse:
        counts += f", {report.to_refuse:,} of them to be refused"
    head = f"{'':<{_NAME}}{'figure':>{_VALUE}}{f'{CONFIDENCE:.0%} interval':>{_INTERVAL}}{'questions':>{_COUNT}}"
    blocks = [
        "\n".join(_row(figure) for figure in figures) for _, figures in groupby(report.figures, lambda f: f.group)
    ]
    return "\n".join([f"{sanitise(report.name)}: {counts}", "", head, *"\n\n".join(blocks).split("\n")]) + "\n"


def _row(figure: Figure) -> str:
    interval = ""
    if figure.interval is not None:
        interval = f"{_shown(figure.interval.low, figure.unit)} – {_shown(figure.interval.high, figure.unit)}"
    value = "–" if figure.value is None else _shown(figure.value, figure.unit)
    return f"{figure.name:<{_NAME}}{value:>{_VALUE}}{interval:>{_INTERVAL}}{figure.questions:>{_COUNT},}"


def _shown(value: float, unit: Unit) -> str:
    if unit is Unit.PERCENT:
        return f"{value:.1%}"
    return f"{value:.1f}" if unit is Unit.MILLISECONDS else f"{value:.3f}"


def reports_json(reports: Sequence[Report], settings: Mapping[str, object]) -> str:
    """Return one line of JSON: shares between 0 and 1, times apart, since they alone differ from run to run."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "version": VERSION,
            "settings": dict(settings),
            "bootstrap": {"resamples": RESAMPLES, "seed": SEED, "confidence": CONFIDENCE, "by": "article"},
            "reports": [_report(report) for report in reports],
        }
    )


def _report(report: Report) -> dict[str, object]:
    found: dict[str, object] = {
        "name": report.name,
        "articles": report.articles,
        "questions": report.questions,
        "to_refuse": report.to_refuse,
        "figures": {f.key: _figure(f) for f in report.figures if f.unit is not Unit.MILLISECONDS},
        "milliseconds": {
            f.key.removeprefix("milliseconds_"): None if f.value is None else round(f.value, 1)
            for f in report.figures
            if f.unit is Unit.MILLISECONDS
        },
    }
    if report.curve is not None:
        found["risk_coverage"] = list(_points(report))
        found["reliability"] = [
            {
                "low": _rounded(bin.low),
                "high": _rounded(bin.high),
                "questions": bin.questions,
                "confidence": _rounded(bin.confidence),
                "right": _rounded(bin.right),
            }
            for bin in report.reliability
        ]
    return found


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "value": None if figure.value is None else _rounded(figure.value),
        "low": None if figure.interval is None else _rounded(figure.interval.low),
        "high": None if figure.interval is None else _rounded(figure.interval.high),
        "questions": figure.questions,
    }


def _points(report: Report) -> Iterator[dict[str, float]]:
    """Yield points of the risk–coverage curve, evenly spread where there are many, the last one always."""
    curve = report.curve
    assert curve is not None
    size = len(curve.coverage)
    count = min(size, _POINTS)
    for number in range(1, count + 1):
        at = number * size // count - 1
        yield {
            "coverage": _rounded(curve.coverage[at]),
            "risk": _rounded(curve.risk[at]),
            "threshold": _rounded(curve.threshold[at]),
        }


def _rounded(value: float) -> float:
    return round(float(value), _DIGITS)
