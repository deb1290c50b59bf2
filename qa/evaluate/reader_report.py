"""Take the figures of a span model that was given the right paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluate import metrics
from qa.evaluate.bootstrap import Positions
from qa.evaluate.figures import Measure, Report, Unit, mean, take, times
from qa.evaluate.reading import Reading


@dataclass(frozen=True, slots=True)
class Read:
    """A question's reading and the number of its article; `refusable` where its dataset has unanswerable ones.

    Only then does a margin below 0 count as a refusal: SQuAD 1.1 has every question answered.
    """

    reading: Reading
    article: int
    refusable: bool

    @property
    def answer(self) -> str:
        """The answer as it is scored: empty for a refusal."""
        return "" if self.refusable and self.reading.margin < 0 else self.reading.answer


def report_reader(name: str, read: Sequence[Read], *, articles: int) -> Report:
    """Return the report over some questions, at least one, about so many articles."""
    gold = [r.reading.question.answers for r in read]
    answerable = np.array([bool(answers) for answers in gold])
    margin = np.array([r.reading.margin for r in read])
    every = np.ones_like(answerable)
    exact = mean(np.array([metrics.exact_match(r.answer, answers) for r, answers in zip(read, gold, strict=True)]))
    f1 = mean(np.array([metrics.f1(r.answer, answers) for r, answers in zip(read, gold, strict=True)]))

    def auroc(at: Positions) -> float:
        return metrics.auroc(margin[at[answerable[at]]], margin[at[~answerable[at]]])

    measures = [
        Measure("reader", "exact_match", "exact match", Unit.PERCENT, every, exact),
        Measure("reader", "f1", "F1", Unit.PERCENT, every, f1),
    ]
    if not answerable.all():
        measures += [
            Measure("reader", "exact_match_answerable", "exact match, answerable", Unit.PERCENT, answerable, exact),
            Measure("reader", "f1_answerable", "F1, answerable", Unit.PERCENT, answerable, f1),
            Measure("reader", "refused", "refused, of the unanswerable", Unit.PERCENT, ~answerable, exact),
            Measure("reader", "refusal_auroc", "refusal AUROC", Unit.NUMBER, every, auroc),
        ]
    measures += times([r.reading.milliseconds for r in read])
    return Report(
        name=name,
        articles=articles,
        questions=len(read),
        to_refuse=int((~answerable).sum()),
        figures=take(measures, [r.article for r in read]),
    )
