"""Figures of a span model: the best span against the gold answers, refusals where there are any."""

from collections.abc import Sequence

import pytest

from index.spans import Span
from qa.evaluate.dataset import GoldQuestion
from qa.evaluate.figures import Report
from qa.evaluate.reader_report import Read, report_reader
from qa.evaluate.reading import read_all
from qa.span_model import FoundSpan

CONTEXT = "The mayor spoke."
ANSWERED = GoldQuestion("sure?", 0, CONTEXT, ("Mayor", "the mayor spoke"), (Span(4, 9),))
UNSURE = GoldQuestion("unsure", 0, CONTEXT, ("Mayor",), (Span(4, 9),))
UNANSWERABLE = GoldQuestion("unsure", 1, CONTEXT, (), ())
WORDLESS = GoldQuestion("sure?", 1, "…", (), ())


class FakeModel:
    """A model that always finds the first two words, and is sure where the question says so."""

    def find_spans(self, question: str, passage: str, *, headings: Sequence[Span] = ()) -> tuple[FoundSpan, ...]:
        """Return two spans, or none in a passage without words."""
        if "mayor" not in passage:
            return ()
        margin = 2.0 if question == "sure?" else -1.0
        return (FoundSpan(Span(0, 9), margin), FoundSpan(Span(10, 15), margin - 1))


def _report(questions: Sequence[GoldQuestion], *, refusable: bool) -> Report:
    readings = read_all(FakeModel(), questions)
    return report_reader("made", [Read(r, r.question.article, refusable) for r in readings], articles=2)


def _values(report: Report) -> dict[str, float | None]:
    return {figure.key: figure.value for figure in report.figures if not figure.key.startswith("milliseconds")}


def test_answerable_questions_are_always_answered() -> None:
    """Over SQuAD 1.1 the best span counts, whatever its margin."""
    report = _report([ANSWERED, UNSURE], refusable=False)
    assert _values(report) == {"exact_match": 1.0, "f1": 1.0}
    assert report.to_refuse == 0


def test_margin_below_zero_is_a_refusal() -> None:
    """Over SQuAD 2.0 it is right for the unanswerable and wrong for the others."""
    report = _report([ANSWERED, UNSURE, UNANSWERABLE, WORDLESS], refusable=True)
    assert _values(report) == {
        "exact_match": 0.75,
        "f1": 0.75,
        "exact_match_answerable": 0.5,
        "f1_answerable": 0.5,
        "refused": 1.0,
        "refusal_auroc": pytest.approx((2 + 1.5) / 4),
    }
    assert report.to_refuse == 2


def test_confident_answer_to_an_unanswerable_question_is_wrong() -> None:
    """Where there is no answer, any span is wrong."""
    report = _report([GoldQuestion("sure?", 0, CONTEXT, (), ()), ANSWERED], refusable=True)
    assert _values(report)["exact_match"] == 0.5
    assert _values(report)["refused"] == 0.0
