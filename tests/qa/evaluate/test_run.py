"""A whole evaluation with the fakes: what is indexed, asked and reported."""

from pathlib import Path
from typing import Any

import pytest

from index.errors import UsageError
from index.store import Store
from qa.evaluate.corpus import LeaveOut
from qa.evaluate.figures import Report
from qa.evaluate.run import TOGETHER, EvalOptions, evaluate
from tests.conftest import HASHING
from tests.fakes import HashingEmbedder, KeywordReader
from tests.qa.evaluate.samples import QuietScreen, articles, paragraph, write_dataset


class Evaluation:
    """Evaluate over datasets in a folder, with the fakes."""

    def __init__(self, folder: Path, models: Path) -> None:
        self.folder = folder
        self.models = models
        self.told: list[str] = []
        self.runs = 0

    def run(self, *datasets: str, **options: Any) -> list[Report]:
        """Return the reports over datasets in the folder."""
        self.runs += 1
        work = self.folder / f"work-{self.runs}"
        work.mkdir()
        return evaluate(
            EvalOptions(
                datasets=tuple(str(self.folder / name) for name in datasets),
                embedder=HASHING,
                models=self.models,
                **options,
            ),
            work,
            screen=QuietScreen(self.told),
            make_reader=lambda _embedder, _stemmer: KeywordReader(),
            open_embedder=lambda _: HashingEmbedder(),
        )


@pytest.fixture
def evaluation(tmp_path: Path, fake_store: Store) -> Evaluation:
    """Return what evaluates; `news.json` is there."""
    write_dataset(tmp_path / "news.json")
    return Evaluation(tmp_path, fake_store.models)


def _values(report: Report) -> dict[str, float | None]:
    return {figure.key: figure.value for figure in report.figures if not figure.key.startswith("milliseconds")}


def test_all_articles_indexed(evaluation: Evaluation) -> None:
    """Every question is present, and this reader's quotes are of the right articles."""
    (report,) = evaluation.run("news.json")
    values = _values(report)
    assert (report.name, report.articles, report.questions, report.to_refuse) == ("news.json", 6, 12, 0)
    assert values["recall_at_5_words"] == 1.0
    assert values["right_article_first"] == 1.0
    assert values["refused"] is None
    assert evaluation.told == []


def test_same_input_has_the_same_figures(evaluation: Evaluation) -> None:
    """Nothing but the times depends on the run."""
    first, second = (evaluation.run("news.json", leave_out=LeaveOut.ARTICLES) for _ in range(2))
    assert [_values(report) for report in first] == [_values(report) for report in second]
    assert [f.interval for f in first[0].figures] == [f.interval for f in second[0].figures]


@pytest.mark.parametrize("leave_out", LeaveOut)
def test_questions_of_what_is_left_out(evaluation: Evaluation, leave_out: LeaveOut) -> None:
    """Half of the questions are then to be refused, and each is counted on its own side."""
    (report,) = evaluation.run("news.json", leave_out=leave_out)
    counts = {figure.key: figure.questions for figure in report.figures}
    assert (report.questions, report.to_refuse) == (12, 6)
    assert (counts["answered"], counts["refused"], counts["brier"]) == (6, 6, 12)


def test_datasets_apart_and_together(evaluation: Evaluation) -> None:
    """Several datasets share an index; each is reported, and then all."""
    reports = evaluation.run("news.json:0,1", "news.json:2,5", limit=3)
    assert [(r.name, r.articles, r.questions) for r in reports] == [
        ("news.json:0,1", 2, 3),
        ("news.json:2,5", 2, 3),
        (TOGETHER, 4, 6),
    ]


def test_articles_of_the_users(evaluation: Evaluation, tmp_path: Path) -> None:
    """Paragraphs are found in a folder; the questions of those that are not are left out, and counted."""
    folder = tmp_path / "own"
    folder.mkdir()
    contexts = [p["context"] for article in articles()[:2] for p in article["paragraphs"]]
    (folder / "all.txt").write_text("Reports\n\n" + "\n\n".join(contexts), encoding="utf-8")
    (report,) = evaluation.run("news.json", articles=folder)
    assert (report.questions, report.to_refuse) == (4, 0)
    assert _values(report)["recall_at_20_fused"] == 1.0
    assert evaluation.told == [
        "news.json: 8 of 12 questions left out, their answers or paragraphs are not where they should be"
    ]


def test_distractors_are_indexed(evaluation: Evaluation, tmp_path: Path) -> None:
    """Folders and datasets are searched too, and make answers harder to find."""
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"{number}: {'glacier inspected ' * 6}\n", encoding="utf-8")
    (alone,) = evaluation.run("news.json:0")
    (crowded,) = evaluation.run("news.json:0", distractors=(str(folder), str(tmp_path / "news.json")))
    assert _values(alone)["recall_at_1_words"] == 1.0
    assert _values(crowded)["recall_at_1_words"] == 0.0


def test_answers_without_places_are_not_asked(evaluation: Evaluation, tmp_path: Path) -> None:
    """A dataset none of whose answers is where it says cannot be asked."""
    data: list[dict[str, Any]] = [
        {"title": "Odd", "paragraphs": [paragraph("The mayor spoke.", {"Who spoke?": ["The mayor"]})]}
    ]
    data[0]["paragraphs"][0]["qas"][0]["answers"][0]["answer_start"] = 3
    write_dataset(tmp_path / "odd.json", data)
    with pytest.raises(UsageError, match=r"no question of odd\.json can be asked"):
        evaluation.run("odd.json")
