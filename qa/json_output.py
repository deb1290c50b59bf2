"""Answers as JSON objects: a contract, in which fields are added but never changed."""

import json
from dataclasses import asdict
from pathlib import Path

from qa.answer import Answer, Quote
from qa.render import show_path

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
            "confidence": round(answer.confidence, 4),
            "quotes": [_quote(quote, here) for quote in answer.quotes],
            "index": asdict(answer.index),
            "elapsed_ms": answer.elapsed_ms,
            "undated": answer.undated,
        },
    )


def error_json(question: str, problem: str) -> str:
    """Return the line that stands for a question that could not be asked."""
    return json.dumps({"schema": SCHEMA, "question": question, "error": problem})


def _quote(quote: Quote, here: Path) -> dict[str, object]:
    citation = quote.citation
    return {
        "text": quote.text,
        "answer": quote.answer,
        "answer_start": quote.answer_start,
        "answer_end": quote.answer_end,
        "score": round(quote.score, 4),
        "agrees": quote.agrees,
        "verified": quote.verified,
        "context": quote.context,
        "context_start": quote.context_start,
        "citation": {
            "number": citation.number,
            "title": citation.title,
            "path": show_path(citation.path, here),
            "record": citation.record,
            "start": citation.start,
            "end": citation.end,
            "line": citation.line,
            "page": citation.page,
            "date": citation.date,
            "source": citation.source,
            "sha256": citation.sha256,
        },
    }
