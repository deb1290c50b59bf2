"""The JSON contract: exactly these fields, of these types."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from qa.answer import Quote
from qa.json_output import SCHEMA, answer_json, error_json
from tests.qa.samples import ANSWER, CITATION, EXPLANATION, HERE, QUOTE
from tests.qa.strategies import hostile_text


def _loaded(quote: Quote = QUOTE) -> dict[str, Any]:
    answer = replace(ANSWER, quotes=(quote,))
    loaded: dict[str, Any] = json.loads(answer_json(answer, HERE))
    return loaded


def test_whole_answer() -> None:
    """An answer has exactly these fields in this order, scores with four digits, paths from here."""
    assert json.dumps(_loaded()) == json.dumps(
        {
            "schema": 1,
            "question": "Who initiated the call?",
            "rewritten": None,
            "filters": {},
            "answered": True,
            "answer": "Germany initiated the call on Friday.",
            "answers": ["Germany initiated the call on Friday."],
            "day": None,
            "confidence": 0.8765,
            "quotes": [
                {
                    "text": "Germany initiated the call on Friday.",
                    "answer": "Germany initiated the call on Friday.",
                    "answer_start": 0,
                    "answer_end": 37,
                    "score": 0.8765,
                    "agrees": True,
                    "verified": True,
                    "context": None,
                    "context_start": None,
                    "citation": {
                        "number": 1,
                        "title": "A rare call",
                        "path": "articles/call.txt",
                        "record": None,
                        "record_id": None,
                        "start": 12,
                        "end": 49,
                        "line": 2,
                        "page": None,
                        "heading": None,
                        "date": "2024-11-15",
                        "date_origin": "metadata",
                        "source": "ICARO",
                        "author": None,
                        "url": None,
                        "sha256": "0" * 64,
                        "text_sha256": "1" * 64,
                    },
                    "copies": [],
                }
            ],
            "index": {"articles": 2, "generation": 1, "stale": False},
            "elapsed_ms": 7,
            "undated": 0,
            "explanation": None,
        }
    )


def test_absent_values_are_null() -> None:
    """What is not known is null; no field is left out."""
    bare = replace(CITATION, line=None, date=None, source=None)
    loaded = _loaded(replace(QUOTE, verified=None, answer=None, answer_start=None, answer_end=None, citation=bare))
    (quote,) = loaded["quotes"]
    assert [quote[name] for name in ("verified", "answer", "answer_start", "answer_end")] == [None] * 4
    assert [quote["citation"][name] for name in ("line", "date", "source")] == [None] * 3


def test_answer_is_a_slice_of_its_quote() -> None:
    """A quote's answer is `text[answer_start:answer_end]`, in code points."""
    quote = replace(QUOTE, text="🙂 é Germany called.", answer="Germany", answer_start=4, answer_end=11)
    (loaded,) = _loaded(quote)["quotes"]
    assert loaded["text"][loaded["answer_start"] : loaded["answer_end"]] == loaded["answer"] == "Germany"


def test_refusal() -> None:
    """A refusal has no answer and may have no quotes."""
    loaded = json.loads(answer_json(replace(ANSWER, answered=False, answer=None, quotes=()), HERE))
    assert (loaded["answered"], loaded["answer"], loaded["quotes"]) == (False, None, [])


def test_several_answers() -> None:
    """The answers to a question for several are a list, in their order."""
    loaded = json.loads(answer_json(replace(ANSWER, answers=("Germany", "Ukraine")), HERE))
    assert loaded["answers"] == ["Germany", "Ukraine"]


def test_refusal_has_no_answers() -> None:
    """Where nothing answers, the list is empty and there all the same."""
    loaded = json.loads(answer_json(replace(ANSWER, answered=False, answer=None, answers=()), HERE))
    assert loaded["answers"] == []


def test_narrowing_is_echoed() -> None:
    """The filters are given by name, with the number of articles left out for want of a date."""
    loaded = json.loads(answer_json(replace(ANSWER, filters={"only": "a*", "since": "2024"}, undated=3), HERE))
    assert (loaded["filters"], loaded["undated"]) == ({"only": "a*", "since": "2024"}, 3)


def test_explanation() -> None:
    """An explanation that was asked for has exactly these fields, numbers with four digits, paths from here."""
    passage = replace(EXPLANATION.retrieved[0], nearness=0.123456)
    told = replace(EXPLANATION, retrieved=(passage,), sentences=EXPLANATION.sentences[:1])
    loaded = json.loads(answer_json(replace(ANSWER, explanation=told), HERE))["explanation"]
    assert json.dumps(loaded) == json.dumps(
        {
            "confidence": 0.8,
            "threshold": 0.26,
            "answered": True,
            "retrieved": [
                {
                    "title": "A rare call",
                    "path": "articles/call.txt",
                    "record": None,
                    "line": 2,
                    "page": None,
                    "heading": None,
                    "nearness": 0.1235,
                    "wording": 0.25,
                    "score": 0.875,
                    "read": True,
                }
            ],
            "sentences": [
                {
                    "text": "Germany initiated the call on Friday.",
                    "answer": "Germany",
                    "title": "A rare call",
                    "path": "articles/call.txt",
                    "record": None,
                    "line": 2,
                    "page": None,
                    "heading": None,
                    "score": 0.8,
                    "features": {"margin": 3.0, "nearness of the passage": 0.5},
                    "rank": 2.5,
                    "share": 0.75,
                    "fate": "quoted",
                    "quote": 1,
                }
            ],
            "signs": [
                {"name": "lead over other answers", "value": 2.0, "weight": 0.5},
                {"name": "margin", "value": 3.0, "weight": 0.25},
            ],
            "bias": -0.36,
        }
    )


def test_context_stands_beside_the_quote() -> None:
    """The sentence before a quote has its own words and place."""
    (quote,) = _loaded(replace(QUOTE, context="Scholz was tired.", context_start=3))["quotes"]
    assert (quote["context"], quote["context_start"]) == ("Scholz was tired.", 3)
    assert quote["text"] == QUOTE.text


def test_copies_are_citations() -> None:
    """The other places of a quote have all that a citation has, in their order, under the quote's number."""
    places = [
        replace(CITATION, path=HERE / name, line=line, record=7) for name, line in (("b.txt", 3), ("c.txt", None))
    ]
    (quote,) = _loaded(replace(QUOTE, copies=tuple(places)))["quotes"]
    assert [list(copy) for copy in quote["copies"]] == [list(quote["citation"])] * 2
    assert [(copy["number"], copy["path"], copy["line"], copy["record"]) for copy in quote["copies"]] == [
        (1, "b.txt", 3, 7),
        (1, "c.txt", None, 7),
    ]


def test_path_elsewhere_is_whole() -> None:
    """A path that is not below the current folder is absolute."""
    (quote,) = _loaded(replace(QUOTE, citation=replace(CITATION, path=Path("/elsewhere/a.txt"))))["quotes"]
    assert quote["citation"]["path"] == "/elsewhere/a.txt"


@given(hostile=hostile_text)
def test_any_text_comes_back_from_one_line(hostile: str) -> None:
    """Text is verbatim in JSON, and an answer is one line whatever it quotes."""
    quote = replace(QUOTE, text=hostile, citation=replace(CITATION, title=hostile))
    line = answer_json(replace(ANSWER, question=hostile, quotes=(quote,)), HERE)
    assert "\n" not in line
    assert "\r" not in line
    loaded = json.loads(line)
    assert loaded["question"] == loaded["quotes"][0]["text"] == loaded["quotes"][0]["citation"]["title"] == hostile


@pytest.mark.parametrize("question", ["", "?", 'a "b"', "é🙂"])
def test_error(question: str) -> None:
    """A question that could not be asked has the same schema and says why."""
    line = error_json(question, "there are no words in the question")
    assert json.loads(line) == {
        "schema": SCHEMA,
        "question": question,
        "error": "there are no words in the question",
    }


def test_day_of_a_weekday() -> None:
    """The day that an answer means by its article's date is given beside it."""
    answer = replace(ANSWER, question="When was it?", answer="Friday", answers=("Friday",))
    assert json.loads(answer_json(answer, HERE))["day"] == "2024-11-15"
