"""Some of a file's questions: as many as asked for, each with its paragraph and article."""

import json
from pathlib import Path

from tests.measure.some_questions import main

ARTICLES = [
    {
        "title": title,
        "paragraphs": [
            {"context": f"{title} {number}", "qas": [{"question": f"{title} {number} {letter}?"} for letter in "abc"]}
            for number in range(3)
        ],
    }
    for title in ("Arle", "Boll", "Cleve")
]


def taken(folder: Path, *options: str) -> list[tuple[str, str, str]]:
    source, out = folder / "all.json", folder / "some.json"
    source.write_text(json.dumps({"data": ARTICLES}), encoding="utf-8")
    assert main([str(source), str(out), *options]) == 0
    return [
        (article["title"], paragraph["context"], question["question"])
        for article in json.loads(out.read_text(encoding="utf-8"))["data"]
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    ]


def test_all_is_taken(tmp_path: Path) -> None:
    """Without a number nothing is left out."""
    assert len(taken(tmp_path)) == 27


def test_articles_are_counted_from_0(tmp_path: Path) -> None:
    """The articles from one on to before another are taken."""
    assert {title for title, _, _ in taken(tmp_path, "--articles", "1:2")} == {"Boll"}
    assert {title for title, _, _ in taken(tmp_path, "--articles", "1:")} == {"Boll", "Cleve"}


def test_questions_are_drawn(tmp_path: Path) -> None:
    """So many are drawn, the same of one seed, and each stands with its own paragraph, in order."""
    found = taken(tmp_path, "--questions", "7", "--seed", "3")
    assert len(found) == 7
    assert found == sorted(found) == taken(tmp_path, "--questions", "7", "--seed", "3")
    assert found != taken(tmp_path, "--questions", "7", "--seed", "4")
    assert all(question.startswith(context) and context.startswith(title) for title, context, question in found)
    assert len(taken(tmp_path, "--questions", "99")) == 27


def test_nothing_empty_is_kept(tmp_path: Path) -> None:
    """Paragraphs and articles of which nothing is drawn are left out."""
    taken(tmp_path, "--questions", "1")
    (article,) = json.loads((tmp_path / "some.json").read_text(encoding="utf-8"))["data"]
    (paragraph,) = article["paragraphs"]
    assert len(paragraph["qas"]) == 1
