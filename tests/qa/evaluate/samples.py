"""Small datasets in SQuAD's format, and questions and outcomes to start from."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from index.run import Progress
from qa.evaluate.asking import Outcome
from qa.evaluate.dataset import GoldQuestion
from tests.fakes import SilentProgress

_Item = TypeVar("_Item")

GOLD = GoldQuestion(text="Who spoke?", article=0, context="The mayor spoke.", answers=("The mayor",), spans=())

OUTCOME = Outcome(
    question=GOLD,
    present=True,
    answer="The mayor",
    answered=True,
    confidence=0.8,
    hit=True,
    hit_in_five=True,
    right_article=True,
    sentences=1,
    overlap=0.5,
    milliseconds=3.0,
)


@dataclass(frozen=True, slots=True)
class QuietScreen:
    """A screen that shows nothing and keeps what it was told."""

    told: list[str]

    def notify(self, line: str) -> None:
        """Keep a line."""
        self.told.append(line)

    def indexing(self) -> Progress:
        """Show nothing."""
        return SilentProgress()

    def counted(self, items: Iterable[_Item], total: int, what: str) -> Iterable[_Item]:
        """Yield the items."""
        return items


def asked(question: str, context: str, *answers: str) -> dict[str, Any]:
    """Return a question of SQuAD's format; without answers, an unanswerable one."""
    given = [{"text": answer, "answer_start": context.index(answer)} for answer in answers]
    return {"id": question, "question": question, "answers": given, "is_impossible": not answers}


def paragraph(context: str, questions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return a paragraph of SQuAD's format; `questions` maps each to its answers."""
    return {"context": context, "qas": [asked(question, context, *answers) for question, answers in questions.items()]}


SUBJECTS = ("glacier", "harbour", "orchestra", "railway", "satellite", "vaccine")


def articles() -> list[dict[str, Any]]:
    """Return six articles of two paragraphs, each with one question."""
    return [
        {
            "title": f"The_{subject}",
            "paragraphs": [
                paragraph(
                    f"Officials inspected the {subject} on Monday. Nothing was found.",
                    {f"Who inspected the {subject}?": ["Officials"]},
                ),
                paragraph(
                    f"Repairs of the {subject} cost nine{number} million. The bill was paid.",
                    {f"What did repairs of the {subject} cost?": [f"nine{number} million"]},
                ),
            ],
        }
        for number, subject in enumerate(SUBJECTS)
    ]


def write_dataset(path: Path, data: Sequence[Mapping[str, Any]] | None = None) -> Path:
    """Write articles as a dataset: those above unless others are given."""
    path.write_text(json.dumps({"version": "1.1", "data": articles() if data is None else data}), encoding="utf-8")
    return path
