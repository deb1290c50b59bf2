"""Near misses: questions about another name, and another paragraph's questions, that a paragraph does not answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qa.squad import read_squad
from tests.measure.near_misses import OTHER_NAME_SHARE, OTHER_PARAGRAPH_SHARE, find_names, main

CANADA = "Ottawa is the capital of Canada. Canada has ten provinces."
PERU = "Lima is the capital of Peru. The anthem of Peru is sung in Lima."
ASKED = {
    CANADA: {"What is the capital of Canada?": "Ottawa", "How many provinces are parts of Canada?": "ten"},
    PERU: {"What is the capital of Peru?": "Lima", "Where is the anthem of Peru sung?": "Lima"},
}


@pytest.fixture
def certain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make all that can be made."""
    monkeypatch.setattr("tests.measure.near_misses.OTHER_NAME_SHARE", 1.0)
    monkeypatch.setattr("tests.measure.near_misses.OTHER_PARAGRAPH_SHARE", 1.0)


def made_of(tmp_path: Path, asked: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Return the questions made for each context of one article."""
    paragraphs = [
        {
            "context": context,
            "qas": [
                {"question": question, "answers": [{"text": answer, "answer_start": context.index(answer)}]}
                for question, answer in questions.items()
            ],
        }
        for context, questions in asked.items()
    ]
    source, out = tmp_path / "train.json", tmp_path / "near.json"
    source.write_text(json.dumps({"data": [{"title": "America", "paragraphs": paragraphs}]}), encoding="utf-8")
    assert main([str(source), str(out)]) == 0
    articles = read_squad(out) if '"question"' in out.read_text(encoding="utf-8") else ()
    found = [paragraph for article in articles for paragraph in article.paragraphs]
    assert not any(question.answers for paragraph in found for question in paragraph.questions)
    return {paragraph.context: {question.text for question in paragraph.questions} for paragraph in found}


@pytest.mark.usefixtures("certain")
def test_another_name_is_asked_about(tmp_path: Path) -> None:
    """A paragraph's question is about a name that it lacks, and another's is about a name that it has."""
    assert made_of(tmp_path, ASKED) == {
        CANADA: {
            "What is the capital of Peru?",
            "How many provinces are parts of Peru?",
            "Where is the anthem of Canada sung?",
        },
        PERU: {
            "What is the capital of Canada?",
            "Where is the anthem of Canada sung?",
            "How many provinces are parts of Peru?",
        },
    }


@pytest.mark.usefixtures("certain")
def test_what_may_be_answered_is_not_made(tmp_path: Path) -> None:
    """Neither a name that the paragraph has is put in, nor a question put whose answer it has."""
    both = f"{CANADA} {PERU}"
    assert made_of(tmp_path, {both: ASKED[CANADA], PERU: ASKED[PERU]}) == {
        PERU: {
            "What is the capital of Canada?",
            "Where is the anthem of Canada sung?",
            "How many provinces are parts of Peru?",
        }
    }


def test_names_are_of_a_kind_after_the_same_word() -> None:
    """What stands before a name, its number of words and whether it is a year tell its kind; the first word is none."""
    question = "In 1999 who met Ana from New York in 2004?"
    assert [(name.text, name.kind) for name in find_names(question)] == [
        ("1999", ("in", False, True)),
        ("Ana", ("met", False, False)),
        ("New York", ("from", True, False)),
        ("2004", ("in", False, True)),
    ]
    assert find_names("Canada has ten provinces?") == []


@pytest.mark.usefixtures("certain")
def test_a_name_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    """Genitives and accents make no other name; what the article is about is not put in, nor a name cut short."""
    asked = {
        "Beyoncé's album came out in the US.": {"Which album of Beyonce's came out?": "Beyoncé's album"},
        "Bey left St. Barts.": {
            "Where was the house of Bey?": "St. Barts",
            "Which albums did Bey make?": "left",
        },
        "The US is large.": {"What is the size of America?": "large", "How large is the US?": "large"},
    }
    made = {question for questions in made_of(tmp_path, asked).values() for question in questions}
    assert "Which album of America's came out?" not in made  # the article is called America
    assert "Which album of Bey's came out?" in made


def test_same_files_give_the_same(tmp_path: Path) -> None:
    """What is drawn is drawn from a seed, in an order that no hash changes."""
    assert 0 < OTHER_NAME_SHARE < 1
    assert 0 < OTHER_PARAGRAPH_SHARE < 1
    many = {f"{context} {n}": questions for n in range(40) for context, questions in ASKED.items()}
    made_of(tmp_path, many)
    written = (tmp_path / "near.json").read_bytes()
    for seed in "12":
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "tests.measure.near_misses",
            tmp_path / "train.json",
            tmp_path / "again.json",
        ]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        assert (tmp_path / "again.json").read_bytes() == written
