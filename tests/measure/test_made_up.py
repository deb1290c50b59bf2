"""Articles made up to train on: sound, with nothing of what measures a reader."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from qa.squad import SquadArticle, read_squad
from tests.measure.made_up import BETWEEN, MADE_UP, among_neighbours, as_squad, asked_besides

FILES = [MADE_UP / "news.json", MADE_UP / "encyclopedia.json"]
MEASURING = [Path(__file__).parent / "news" / name for name in ("tuning.json", "held_out.json")]
SEEDS = Path(__file__).parent.parent.parent / "seeds"
_TWO_NAMES = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,} [A-Z][a-z]{3,}")
_SHARED = 3
"""Of hundreds of pairs of capitalised words: places and organisations that there are; an event would share more."""


def names_in(text: str) -> set[str]:
    return set(_TWO_NAMES.findall(text))


def text_of(article: SquadArticle) -> str:
    return " ".join((article.title, *(paragraph.context for paragraph in article.paragraphs)))


@pytest.mark.parametrize("path", [*FILES, *MEASURING], ids=lambda path: path.stem)
def test_questions_are_sound(path: Path) -> None:
    """Each answer stands where the file says, no question is asked twice, and about a third of them have no answer."""
    asked = [question for a in read_squad(path) for paragraph in a.paragraphs for question in paragraph.questions]
    assert len({question.text.casefold() for question in asked}) == len(asked)
    assert all(len(question.spans) == len(set(question.answers)) for question in asked)
    near = sum(not question.answers for question in asked)
    assert 0.3 < near / len(asked) < 0.4


@pytest.mark.parametrize(
    ("more", "name", "most_words"),
    [
        ("news_short", "news", 12),
        ("news_reworded", "news", 16),
        ("encyclopedia_reworded", "encyclopedia", 16),
    ],
)
def test_more_questions_are_sound(more: str, name: str, most_words: int) -> None:
    """They are short, each is asked of an article once, and about a third of them have no answer."""
    known = read_squad(MADE_UP / f"{name}.json")
    articles = asked_besides(known, MADE_UP / f"{more}.json")
    asked = [[question for paragraph in a.paragraphs for question in paragraph.questions] for a in articles]
    assert all(len({question.text.casefold() for question in each}) == len(each) >= 3 for each in asked)
    questions = [question for each in asked for question in each]
    assert max(len(question.text.split()) for question in questions) <= most_words
    near = sum(not question.answers for question in questions)
    assert 0.3 < near / len(questions) < 0.4
    once = {question.text for a in known for paragraph in a.paragraphs for question in paragraph.questions}
    assert len(once & {question.text for question in questions}) < len(questions) / 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_that_measures_is_trained_on(path: Path) -> None:
    """No article made up to train on tells of the people of one that measures, nor has its title."""
    trained = read_squad(path)
    measured = [article for measuring in MEASURING for article in read_squad(measuring)]
    assert not {article.title for article in trained} & {article.title for article in measured}
    known = set().union(*(names_in(text_of(article)) for article in trained))
    assert len(known) > 250
    told = [text_of(article) for article in measured]
    told += [path.read_text(encoding="utf-8") for path in SEEDS.rglob("*") if path.is_file()]
    for text in told:
        assert len(known & names_in(text)) < _SHARED


def test_more_questions_are_put_to_their_paragraphs(tmp_path: Path) -> None:
    """A file's questions take the place of those that the articles have; an answer that is not clear is refused."""
    source = tmp_path / "news.json"
    asked = {"question": "Who votes?", "answers": [{"text": "Arle", "answer_start": 0}]}
    told: list[Any] = [{"context": "Arle votes.", "qas": [asked]}, {"context": "Anna won. Anna wept.", "qas": []}]
    source.write_text(json.dumps({"data": [{"title": "Vote", "paragraphs": told}]}), encoding="utf-8")
    more = tmp_path / "more.json"
    more.write_text(json.dumps([[0, 1, "What did she do?", ["wept"]], [0, 1, "who lost", []]]), encoding="utf-8")
    (article,) = asked_besides(read_squad(source), more)
    assert not article.paragraphs[0].questions
    wept, lost = article.paragraphs[1].questions
    (both,) = asked_besides(read_squad(source), more, keep=True)
    assert [[question.text for question in paragraph.questions] for paragraph in both.paragraphs] == [
        ["Who votes?"],
        ["What did she do?", "who lost"],
    ]
    written = tmp_path / "both.json"
    written.write_text(json.dumps({"data": list(as_squad([both]))}), encoding="utf-8")
    assert read_squad(written) == (both,)
    assert (wept.text, [span.of("Anna won. Anna wept.") for span in wept.spans]) == ("What did she do?", ["wept"])
    assert (lost.text, lost.answers, lost.spans) == ("who lost", (), ())
    more.write_text(json.dumps([[0, 1, "Who won?", ["Anna"]]]), encoding="utf-8")
    with pytest.raises(ValueError, match="more than once"):
        asked_besides(read_squad(source), more)


def test_paragraphs_stand_among_their_neighbours(tmp_path: Path) -> None:
    """A paragraph that is asked about comes between the one before and the one after, its answers with it."""
    paragraphs = ["Arle votes.", "Anna won by two votes.", "Boris lost.", "It rained."]
    anna: dict[str, Any] = {"question": "Who won?", "answers": [{"text": "Anna", "answer_start": 0}]}
    nobody = {"question": "Who counted?", "answers": [], "is_impossible": True}
    rain = {"question": "What was the weather?", "answers": [{"text": "rained", "answer_start": 3}]}
    asked = [[], [anna, nobody], [], [rain]]
    told = [{"context": text, "qas": qas} for text, qas in zip(paragraphs, asked, strict=True)]
    data = [{"title": "Vote", "paragraphs": told}]
    source = tmp_path / "news.json"
    source.write_text(json.dumps({"data": data}), encoding="utf-8")
    written = tmp_path / "windows.json"
    written.write_text(json.dumps({"data": list(among_neighbours(read_squad(source)))}), encoding="utf-8")
    (article,) = read_squad(written)
    assert article.title == "Vote"
    assert [p.context for p in article.paragraphs] == [BETWEEN.join(paragraphs[:3]), BETWEEN.join(paragraphs[2:])]
    found = [
        (question.text, [span.of(paragraph.context) for span in question.spans])
        for paragraph in article.paragraphs
        for question in paragraph.questions
    ]
    assert found == [("Who won?", ["Anna"]), ("Who counted?", []), ("What was the weather?", ["rained"])]
