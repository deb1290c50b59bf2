"""Reports as a table and as JSON."""

import json

import pytest

from qa.evaluate.answer_report import Asked, report_answers
from qa.evaluate.bootstrap import Interval
from qa.evaluate.figures import Figure, Report, Unit
from qa.evaluate.recall import Ranks
from qa.evaluate.report import report_table, reports_json
from tests.qa.evaluate.samples import OUTCOME

REPORT = Report(
    name="news.json",
    articles=2,
    questions=1_234,
    to_refuse=10,
    figures=(
        Figure("answers", "f1", "F1", Unit.PERCENT, 0.8149, Interval(0.79, 0.84), 1_234),
        Figure("answers", "refused", "refused", Unit.PERCENT, None, None, 0),
        Figure("confidence", "brier", "Brier score", Unit.NUMBER, 0.1234, Interval(0.1, 0.15), 1_234),
        Figure("time", "milliseconds_median", "milliseconds", Unit.MILLISECONDS, 12.34, None, 1_234),
    ),
)


def test_table() -> None:
    """A line a figure, groups apart, columns under one another."""
    assert report_table(REPORT).splitlines() == [
        "news.json: 2 articles, 1,234 questions, 10 of them to be refused",
        "",
        "                                       figure      95% interval  questions",
        "F1                                      81.5%     79.0% – 84.0%      1,234",
        "refused                                     –                            0",
        "",
        "Brier score                             0.123     0.100 – 0.150      1,234",
        "",
        "milliseconds                             12.3                        1,234",
    ]


@pytest.mark.parametrize("questions", [1, 3, 1_000])
def test_json(questions: int) -> None:
    """One line, with the curve to its last point; times apart."""
    asked = [Asked(OUTCOME, Ranks(1, 1, 1), n) for n in range(questions)]
    line = reports_json([report_answers("made", asked, articles=questions)], {"limit": None})
    found = json.loads(line)
    assert "\n" not in line
    assert (found["schema"], found["settings"], found["bootstrap"]["by"]) == (1, {"limit": None}, "article")
    (report,) = found["reports"]
    assert report["figures"]["top_quote_hit"]["value"] == 1.0
    assert (report["figures"]["top_quote_hit"]["low"] is None) is (questions == 1)
    assert report["milliseconds"] == {"median": 3.0, "95th_percentile": 3.0}
    assert report["risk_coverage"] == [{"coverage": 1.0, "risk": 0.0, "threshold": 0.8}]
    assert report["reliability"] == [
        {"low": 0.733333, "high": 0.8, "questions": questions, "confidence": 0.8, "right": 1.0}
    ]


def test_json_of_a_reader_has_no_curve() -> None:
    """What has no confidence has no curve."""
    (report,) = json.loads(reports_json([REPORT], {}))["reports"]
    assert "risk_coverage" not in report
    assert report["figures"]["refused"] == {"value": None, "low": None, "high": None, "questions": 0}
