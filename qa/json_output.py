"""Answers as JSON objects: a contract, in which fields are added but never changed."""

import json
from dataclasses import asdict
from pathlib import Path

from qa.answer import Answer, Citation, Quote
from qa.explanation import Explanation, RetrievedPassage, WeighedSentence
from qa.show_path import show_path

SCHEMA = 1


def answer_json(answer: Answer, here: Path) -> str:
    """Return an answer as one line of JSON, in ASCII for any stream; paths are given from the folder `here`."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "question": answer.question,
            "rewritten": answer.rewritten,
            "filters": dict(answer.filters),
            "answered": answer.answered,
            "answer": answer.answer,
            "answers": list(answer.answers),
            "day": answer.day,
            "confidence": _rounded(answer.confidence),
            "quotes": [_quote(quote, here) for quote in answer.quotes],
            "index": asdict(answer.index),
            "elapsed_ms": answer.elapsed_ms,
            "undated": answer.undated,
            "explanation": _explanation(answer.explanation, here) if answer.explanation else None,
        },
    )


def error_json(question: str, problem: str) -> str:
    """Return the line that stands for a question that could not be asked."""
    return json.dumps({"schema": SCHEMA, "question": question, "error": problem})


def _quote(quote: Quote, here: Path) -> dict[str, object]:
    return {
        "text": quote.text,
        "answer": quote.answer,
        "answer_start": quote.answer_start,
        "answer_end": quote.answer_end,
        "score": _rounded(quote.score),
        "agrees": quote.agrees,
        "verified": quote.verified,
        "context": quote.context,
        "context_start": quote.context_start,
        "citation": _citation(quote.citation, here),
        "copies": [_citation(citation, here) for citation in quote.copies],
    }


def _citation(citation: Citation, here: Path) -> dict[str, object]:
    return {
        "number": citation.number,
        "title": citation.title,
        "path": show_path(citation.path, here),
        "record": citation.record,
        "record_id": citation.record_id,
        "start": citation.start,
        "end": citation.end,
        "line": citation.line,
        "page": citation.page,
        "heading": citation.heading,
        "date": citation.date,
        "date_origin": citation.date_origin,
        "source": citation.source,
        "author": citation.author,
        "url": citation.url,
        "sha256": citation.sha256,
        "text_sha256": citation.text_sha256,
    }


def _explanation(explanation: Explanation, here: Path) -> dict[str, object]:
    return {
        "confidence": _rounded(explanation.confidence),
        "threshold": _rounded(explanation.threshold),
        "answered": explanation.answered,
        "retrieved": [_passage(passage, here) for passage in explanation.retrieved],
        "sentences": [_sentence(sentence, here) for sentence in explanation.sentences],
        "signs": [
            {"name": sign.name, "value": _rounded(sign.value), "weight": _rounded(sign.weight)}
            for sign in explanation.signs
        ],
        "bias": _rounded(explanation.bias),
    }


def _passage(passage: RetrievedPassage, here: Path) -> dict[str, object]:
    return {
        "title": passage.title,
        "path": show_path(passage.path, here),
        "record": passage.record,
        "line": passage.line,
        "page": passage.page,
        "heading": passage.heading,
        "nearness": _rounded(passage.nearness),
        "wording": _rounded(passage.wording),
        "score": _rounded(passage.score),
        "read": passage.read,
    }


def _sentence(sentence: WeighedSentence, here: Path) -> dict[str, object]:
    return {
        "text": sentence.text,
        "answer": sentence.answer,
        "title": sentence.title,
        "path": show_path(sentence.path, here),
        "record": sentence.record,
        "line": sentence.line,
        "page": sentence.page,
        "heading": sentence.heading,
        "score": _rounded(sentence.score),
        "features": {name: _rounded(value) for name, value in sentence.features.items()},
        "rank": _rounded(sentence.rank),
        "share": _rounded(sentence.share),
        "fate": str(sentence.fate),
        "quote": sentence.quote,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
