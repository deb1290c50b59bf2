"""Articles made of datasets: paragraphs at their places, what is left out, what distracts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import UsageError
from index.snapshot import Snapshot
from index.store import Store
from qa.evaluate.corpus import LeaveOut, Places, lay_out, locate, split_distractors
from qa.evaluate.dataset import Dataset, gold_questions, read_dataset
from qa.squad import SquadArticle, SquadParagraph
from tests.conftest import Index
from tests.qa.evaluate.samples import SUBJECTS, write_dataset


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Return the dataset of six articles of two paragraphs."""
    return read_dataset(str(write_dataset(tmp_path / "news.json")))


def _check(places: Places) -> None:
    """Hold that every paragraph stands where it is said to."""
    for context, found in places.items():
        for place in found:
            text = place.path.read_bytes().decode()
            assert text[place.start :].startswith(context.rstrip("\n"))


def _dataset(*contexts: str, title: str = "Made up") -> Dataset:
    return Dataset("made", (SquadArticle(title, tuple(SquadParagraph(context, ()) for context in contexts)),))


def test_paragraphs_stand_at_their_places(dataset: Dataset, tmp_path: Path) -> None:
    """Each article is a title, an empty line, and its paragraphs with empty lines between."""
    places = lay_out([dataset], [], tmp_path / "made", leave_out=None)
    _check(places)
    assert len(places) == 2 * len(SUBJECTS)
    first = min((tmp_path / "made").rglob("*.txt"))
    assert first.name == "0000_The_glacier.txt"
    assert first.read_text(encoding="utf-8") == (
        "The glacier\n\nOfficials inspected the glacier on Monday. Nothing was found.\n"
        "\nRepairs of the glacier cost nine0 million. The bill was paid.\n"
    )


@pytest.mark.parametrize(
    "context", ["One.\r\nTwo.\n\n", " Led by a space.", "Lone \ud800 half, é, 𝛼.", "\n\nBlank first."]
)
def test_odd_paragraphs_keep_their_code_points(tmp_path: Path, context: str) -> None:
    """Line ends, spaces and what UTF-8 cannot hold move nothing behind them."""
    after = "The next paragraph."
    places = lay_out([_dataset(context, after)], [], tmp_path / "made", leave_out=None)
    (place,) = places[after]
    assert place.path.read_bytes().decode()[place.start :].startswith(after)
    (place,) = places[context]
    assert place.path.read_bytes().decode()[place.start :].startswith(context.rstrip("\n").replace("\ud800", "?"))


def test_articles_left_out(dataset: Dataset, tmp_path: Path) -> None:
    """Every second article has no file and no places."""
    places = lay_out([dataset], [], tmp_path / "made", leave_out=LeaveOut.ARTICLES)
    titles = [path.stem[5:] for path in sorted((tmp_path / "made").rglob("*.txt"))]
    assert titles == ["The_glacier", "The_orchestra", "The_satellite"]
    assert not any("harbour" in context for context in places)


def test_paragraphs_left_out(dataset: Dataset, tmp_path: Path) -> None:
    """Every second paragraph of each article is gone."""
    places = lay_out([dataset], [], tmp_path / "made", leave_out=LeaveOut.PARAGRAPHS)
    assert len(places) == len(SUBJECTS)
    assert all(context.startswith("Officials") for context in places)
    _check(places)


def test_distractors_do_not_bring_back_what_was_left_out(dataset: Dataset, tmp_path: Path) -> None:
    """Articles that share a paragraph with those asked about are no distractors; others are."""
    other = _dataset("Something else.")
    places = lay_out([dataset], [dataset, other], tmp_path / "made", leave_out=LeaveOut.ARTICLES)
    assert len(list((tmp_path / "made").rglob("*.txt"))) == 4
    assert "Something else." in places
    assert not any("harbour" in context for context in places)


def test_copies_have_a_place_each(tmp_path: Path) -> None:
    """A paragraph of two datasets stands in both."""
    places = lay_out([_dataset("Same."), _dataset("Other.", "Same.")], [], tmp_path / "made", leave_out=None)
    assert len(places["Same."]) == 2
    _check(places)


def test_distractors_are_folders_or_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is taken as one, absolute; anything else is read as a dataset."""
    monkeypatch.chdir(tmp_path)
    Path("more").mkdir()
    write_dataset(Path("news.json"))
    folders, datasets = split_distractors(["more", "news.json:1"])
    assert folders == (tmp_path / "more",)
    assert [dataset.name for dataset in datasets] == ["news.json:1"]


def test_paragraphs_are_found_in_a_folder(
    dataset: Dataset, tmp_path: Path, fake_index: Index, fake_store: Store, read: Callable[[], Snapshot]
) -> None:
    """In articles that we did not make, a paragraph's place is where its words stand."""
    questions = gold_questions(dataset)
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Head\n\nBefore. {questions[0].context} After.\n", encoding="utf-8")
    fake_index(folder)
    places = locate(questions, read(), fake_store)
    assert list(places) == [questions[0].context]
    assert [(place.path.name, place.start) for place in places[questions[0].context]] == [("a.txt", 14)]
    with pytest.raises(UsageError, match="none of the dataset's paragraphs"):
        locate([replace(questions[0], context="Nowhere.")], read(), fake_store)
