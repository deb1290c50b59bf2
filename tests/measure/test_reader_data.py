"""What the reader is trained on: whole articles apart, QAMR as text, offsets that hold."""

import json
from pathlib import Path

import pytest

from index.spans import Span
from tests.measure.qamr import QamrArticle, QamrQuestion, SentenceId, parse_id, read_qamr, thinned, token_range
from tests.measure.reader_data import read_articles, split, write_all

SENTENCES = {
    "Wiki1k:wikinews:7:1:0": "`` We ca n't stay , '' he said .",
    "Wiki1k:wikinews:7:1:1": "The -LRB- old -RRB- mayor left in 2007 -- 08 .",
    "Wiki1k:wikinews:7:2:0": "Nobody asked .",
    "Wiki1k:wikinews:7:10:0": "The last one .",
    "Wiki1k:wikinews:20:0:0": "Canada was seventh .",
    "Wiki1k:wikinews:20:0:1": "Spain was fifth .",
    "Wiki1k:wikinews:30:0:0": "France was third .",
    "Wiki1k:wikipedia:40:0:0": "Latin is old .",
    "Wiki1k:wikipedia:41:0:0": "Greek is older .",
    "Wiki1k:wikipedia:42:0:0": "Nobody knows .",
}


def row(id: str, question: str, *answers: str) -> str:
    writer, *validators = answers
    return "\t".join((id, "0", "1", "0", "0", question, writer, *(f"9:{answer}" for answer in validators)))


ROWS = (
    row("Wiki1k:wikinews:7:1:1", "Which mayor left in 2007 ?", "1 2 3 4", "2", "2"),
    row("Wiki1k:wikinews:7:1:1", "When did somebody leave ?", "7 8 9", "7 8 9", "7 9"),
    row("Wiki1k:wikinews:7:1:1", "Who left ?", "0 4", "Invalid", "4"),
    row("Wiki1k:wikinews:20:0:0", "Who was seventh ?", "0", "0", "0"),
    row("Wiki1k:wikipedia:40:0:0", "Which language is said old ?", "0", "0", "0"),
)


@pytest.fixture
def qamr(tmp_path: Path) -> Path:
    """Return a folder in QAMR's format."""
    folder = tmp_path / "data" / "qamr"
    folder.mkdir(parents=True)
    lines = [f"{id}\t{text}\n" for id, text in SENTENCES.items()]
    (folder / "wiki-sentences.tsv").write_text("".join(lines), encoding="utf-8")
    (folder / "dev.tsv").write_text("\n".join(ROWS[:2]) + "\n", encoding="utf-8")
    (folder / "test.tsv").write_text("\n".join(ROWS[2:]) + "\n", encoding="utf-8")
    return folder


def test_answers_stand_in_the_context(qamr: Path) -> None:
    """A question's answers are their words, in the sentence among its neighbours."""
    train, _ = read_qamr(qamr)
    news = train[0]
    assert news.name == "Wiki1k:wikinews:7:1:1"
    assert news.context == ('"We can\'t stay," he said. The (old) mayor left in 2007–08. Nobody asked. The last one.')
    said = {question.text: [answer.of(news.context) for answer in question.answers] for question in news.questions}
    assert said == {
        "Which mayor left in 2007 ?": ["(old) mayor", "old", "old"],
        "When did somebody leave ?": ["2007–08", "2007–08"],
    }


def test_dev_documents_are_apart(qamr: Path) -> None:
    """Wikinews documents whose number divides by ten are in dev alone, with their neighbours and fillers."""
    train, dev = read_qamr(qamr)
    assert [article.name for article in dev] == ["Wiki1k:wikinews:20:0:0"]
    assert dev[0].context.count("France was third.") == 1
    assert not any(team in article.context for article in train for team in ("Canada", "Spain", "France"))


def test_wikipedia_is_never_dev() -> None:
    """Only news is reported on."""
    assert not parse_id("Wiki1k:wikipedia:40:0:0").in_dev
    assert parse_id("Wiki1k:wikinews:40:0:0") == SentenceId("wikinews", 40, 0, 0)
    assert parse_id("Wiki1k:wikinews:40:0:0").in_dev


@pytest.mark.parametrize(
    ("answer", "tokens"),
    [("3", (3, 3)), ("3 4 5", (3, 5)), ("5 4", (4, 5)), ("3 5", None), ("", None), ("Invalid", None)],
)
def test_answers_in_one_piece(answer: str, tokens: tuple[int, int] | None) -> None:
    """Only tokens without a gap are a span of text."""
    assert token_range(answer) == tokens


def test_questions_are_thinned() -> None:
    """Of the questions of five words and more a sample stays, always the same."""
    questions = tuple(QamrQuestion(f"what is it that {number}", (Span(0, 1),)) for number in range(20))
    article = QamrArticle("a", "text", (QamrQuestion("who left ?", (Span(0, 1),)), *questions))
    (first,), (second,) = thinned([article], 9, seed=1), thinned([article], 9, seed=1)
    assert first == second
    assert len(set(first.questions)) == 9
    assert all(question in questions for question in first.questions)


def test_split_keeps_articles_whole() -> None:
    """Every article is in one part."""
    articles = [{"title": str(number)} for number in range(5)]
    assert split(articles, {1}, {0, 3}) == ([articles[2], articles[4]], [articles[1]], [articles[0], articles[3]])


def test_all_files_are_written(qamr: Path, tmp_path: Path) -> None:
    """The files are SQuAD's format, dev articles apart from those to train on."""
    for name, count in (
        ("squadshifts/new_wiki", 48),
        ("squadshifts/reddit", 1),
        ("squadshifts/amazon_reviews", 1),
        ("squad/articles44", 44),
        ("squad/paragraphs", 1),
    ):
        path = qamr.parent / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        articles = [{"title": str(number), "paragraphs": []} for number in range(count)]
        path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    write_all(qamr.parent, tmp_path / "out")
    counts = {
        path.stem: len(json.loads(path.read_text(encoding="utf-8"))["data"]) for path in (tmp_path / "out").iterdir()
    }
    squad = {"train-squad": 40, "dev-a-squad": 2, "dev-b-squad": 2}
    wiki = {"train-wiki": 40, "dev-a-wiki": 4, "dev-b-wiki": 4}
    qamr_only = {"train-qamr": 2, "train-qamr-few": 2, "dev-b-qamr": 1}
    others = {"train-paragraphs": 1, "train-reddit": 1, "train-amazon": 1}
    news = {"train-news": 504, "train-news-short": 504, "train-news-reworded": 504, "dev-a-news": 36}
    encyclopedia = {"train-encyclopedia": 324, "train-encyclopedia-reworded": 324}
    assert counts == squad | wiki | qamr_only | others | news | encyclopedia
    for article in read_articles(tmp_path / "out" / "train-qamr.json"):
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                for answer in question["answers"]:
                    assert paragraph["context"].startswith(answer["text"], answer["answer_start"])
    trained = {
        article["title"]
        for name in news
        if "train" in name
        for article in read_articles(tmp_path / "out" / f"{name}.json")
    }
    assert trained.isdisjoint(article["title"] for article in read_articles(tmp_path / "out" / "dev-a-news.json"))
