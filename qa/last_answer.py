"""Remember where the last answer's quotes stand, for `qa show N`; no article's words are kept."""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from index.spans import Span
from index.store import Store
from qa.answer import Answer


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """A citation of the last answer. `path` is absolute."""

    number: int
    path: Path
    record: int | None
    span: Span


def keep_citations(store: Store, answer: Answer) -> None:
    """Write the answer's citations down; where the store cannot be written, do without."""
    kept = [
        {
            "number": quote.citation.number,
            "path": os.fspath(quote.citation.path),
            "record": quote.citation.record,
            "start": quote.citation.start,
            "end": quote.citation.end,
        }
        for quote in answer.quotes
    ]
    new = store.last_answer.with_name(f"{store.last_answer.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        new.write_text(json.dumps(kept), encoding="utf-8")
        new.replace(store.last_answer)


def read_citations(store: Store) -> list[KeptCitation]:
    """Return the citations of the last answer; none where there was no answer yet."""
    try:
        kept = json.loads(store.last_answer.read_text(encoding="utf-8"))
        return [
            KeptCitation(item["number"], Path(item["path"]), item["record"], Span(item["start"], item["end"]))
            for item in kept
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []
