"""Write what our own reader is trained and measured on, as SQuAD-format files, from the public data.

    python -m tests.measure.reader_data DATA_FOLDER OUT_FOLDER

DATA_FOLDER holds `squad/articles44.json`, `squad/paragraphs.json`, `squadshifts/*.json` and
`qamr/*.tsv`; what is in `tests/measure/made_up` is taken from there. OUT_FOLDER gets `train-*.json`, to
train on, `dev-a-*.json`, to choose on, and `dev-b-*.json`, to report on; no article, and no document of
QAMR, is in two of them.
"""

import argparse
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.squad import read_squad
from tests.measure.made_up import MADE_UP, among_neighbours, as_squad, asked_besides
from tests.measure.qamr import QamrArticle, read_qamr, thinned

WIKI_DEV_A = frozenset({0, 12, 24, 36})
"""Articles of new_wiki.json, counted from 0, to choose on."""

WIKI_DEV_B = frozenset({6, 18, 30, 42})
"""Articles of new_wiki.json to report on, and for nothing else."""

SQUAD_DEV_A = frozenset({0, 22})
"""Articles of articles44.json, counted from 0, to choose on."""

SQUAD_DEV_B = frozenset({11, 33})
"""Articles of articles44.json to report on, and for nothing else."""

MADE_UP_DEV_A = frozenset(range(504, 540))
"""Articles of the made-up `news.json` to choose on."""

FEW_QAMR = 4
"""Questions of a QAMR sentence, at most, in `train-qamr-few.json`, for the last epochs: its answers are not SQuAD's."""

Squad = Sequence[Mapping[str, Any]]
"""The articles of a SQuAD-format file, as they are."""


def split(articles: Squad, dev_a: Collection[int], dev_b: Collection[int]) -> tuple[Squad, Squad, Squad]:
    """Return the articles to train on, those to choose on and those to report on, each in order."""
    numbered = list(enumerate(articles))
    rest = [article for number, article in numbered if number not in dev_a and number not in dev_b]
    chosen = [[article for number, article in numbered if number in dev] for dev in (dev_a, dev_b)]
    return rest, chosen[0], chosen[1]


def write_all(data: Path, out: Path) -> None:
    """Write all files; say how many questions each has."""
    out.mkdir(parents=True, exist_ok=True)
    for name, source, dev_a, dev_b in (
        ("wiki", "squadshifts/new_wiki.json", WIKI_DEV_A, WIKI_DEV_B),
        ("squad", "squad/articles44.json", SQUAD_DEV_A, SQUAD_DEV_B),
    ):
        parts = split(read_articles(data / source), dev_a, dev_b)
        for use, articles in zip(("train", "dev-a", "dev-b"), parts, strict=True):
            write_articles(out / f"{use}-{name}.json", articles)
    for name, source in (
        ("paragraphs", "squad/paragraphs.json"),
        ("reddit", "squadshifts/reddit.json"),
        ("amazon", "squadshifts/amazon_reviews.json"),
    ):
        write_articles(out / f"train-{name}.json", read_articles(data / source))
    _write_made_up(out)
    train, dev = read_qamr(data / "qamr")
    write_articles(out / "train-qamr.json", [_in_squad(article) for article in train])
    few = thinned(train, FEW_QAMR, seed=4)
    write_articles(out / "train-qamr-few.json", [_in_squad(article) for article in few])
    write_articles(out / "dev-b-qamr.json", [_in_squad(article) for article in dev])


def _write_made_up(out: Path) -> None:
    news, encyclopedia = (read_squad(MADE_UP / f"{name}.json") for name in ("news", "encyclopedia"))
    short, reworded = (MADE_UP / f"news_{kind}.json" for kind in ("short", "reworded"))
    for name, asked in (
        ("news", news),
        ("news-short", asked_besides(news, short)),
        ("news-reworded", asked_besides(news, reworded)),
    ):
        kept = [article for number, article in enumerate(asked) if number not in MADE_UP_DEV_A]
        write_articles(out / f"train-{name}.json", among_neighbours(kept))
    every = asked_besides(asked_besides(news, short, keep=True), reworded, keep=True)
    write_articles(out / "dev-a-news.json", as_squad([every[number] for number in sorted(MADE_UP_DEV_A)]))
    write_articles(out / "train-encyclopedia.json", as_squad(encyclopedia))
    besides = asked_besides(encyclopedia, MADE_UP / "encyclopedia_reworded.json")
    write_articles(out / "train-encyclopedia-reworded.json", as_squad(besides))


def _in_squad(article: QamrArticle) -> Mapping[str, Any]:
    qas = [
        {
            "id": f"{article.name}-{number}",
            "question": question.text,
            "answers": [{"text": a.of(article.context), "answer_start": a.start} for a in question.answers],
        }
        for number, question in enumerate(article.questions)
    ]
    return {"title": article.name, "paragraphs": [{"context": article.context, "qas": qas}]}


def read_articles(path: Path) -> Squad:
    """Return the articles of a file."""
    articles: Squad = json.loads(path.read_text(encoding="utf-8"))["data"]
    return articles


def write_articles(path: Path, articles: Squad) -> None:
    """Write a file of articles; say how many questions it has."""
    text = json.dumps({"version": "2.0", "data": list(articles)}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    questions = sum(len(paragraph["qas"]) for article in articles for paragraph in article["paragraphs"])
    print(f"{path.name}: {len(articles):,} articles, {questions:,} questions")


def main() -> None:
    """Write all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the public data")
    parser.add_argument("out", type=Path, help="a folder for the files to train and measure on")
    options = parser.parse_args()
    write_all(options.data, options.out)


if __name__ == "__main__":
    main()
