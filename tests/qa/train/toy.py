"""A small world to train on: who is mayor of which town, and when its harbour opened."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TOWNS = ("Arle", "Borva", "Cleve", "Dorn", "Elst", "Farum", "Gavle", "Hoorn")
NAMES = ("Anna", "Boris", "Clara", "David", "Emma", "Felix")
YEARS = ("1901", "1912", "1923", "1934", "1945", "1956")
OTHERS = "A market is held on Monday. Nobody asks when."

PADDING, UNKNOWN, BEGIN, END, MASK = SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_SENTENCES = (
    "who is the mayor of the harbour in opened when did open a market held on monday nobody asks ? . ,",
    "can you tell me do know i would like to please ##s ##e ##n ##r",
    " ".join((*TOWNS, *NAMES, *YEARS)).lower(),
)
VOCABULARY = (*SPECIAL, *dict.fromkeys(" ".join(_SENTENCES).split()), *"abcdefghijklmnopqrstuvwxyz")


def squad(paragraphs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return SQuAD-format data of one article."""
    return {"version": "1.1", "data": [{"title": "Towns", "paragraphs": list(paragraphs)}]}


def asked(question: str, context: str, *answers: str) -> dict[str, Any]:
    """Return a question whose answers stand first where their words do; without answers, an unanswerable one."""
    given = [{"text": answer, "answer_start": context.index(answer)} for answer in answers]
    return {"id": question, "question": question, "answers": given, "is_impossible": not answers}


def town_paragraphs(count: int, *, seed: int) -> list[dict[str, Any]]:
    """Return paragraphs about towns, with two questions each."""
    draw = random.Random(seed)
    paragraphs = []
    for number in range(count):
        town, name, year = TOWNS[number % len(TOWNS)], draw.choice(NAMES), draw.choice(YEARS)
        sentences = [
            f"The mayor of {town} is {name}.",
            f"The harbour of {town} opened in {year}.",
            OTHERS,
        ]
        draw.shuffle(sentences)
        context = " ".join(sentences)
        questions = [
            asked(f"Who is the mayor of {town}?", context, name),
            asked(f"When did the harbour of {town} open?", context, year),
        ]
        paragraphs.append({"context": context, "qas": questions})
    return paragraphs


def write_squad(path: Path, paragraphs: Sequence[dict[str, Any]]) -> Path:
    """Write SQuAD-format data; return the file."""
    path.write_text(json.dumps(squad(paragraphs)), encoding="utf-8")
    return path
