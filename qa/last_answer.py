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
    """A citation of the last answer, of the article with the text of that hash. `path` is absolute."""

    number: int
    path: Path
    record: int | None
    span: Span
    text_sha256: str


def keep_citations(store: Store, answer: Answer) -> None:
    """Write the answer's citations down; where the store cannot be written, do without."""
    kept = [
        {
            "number": citation.number,
            "path": os.fspath(citation.path),
            "record": citation.record,
            "start": citation.span.start,
            "end": citation.span.end,
            "text_sha256": citation.text_sha256,
        }
        for citation in kept_citations(answer)
    ]
    new = store.last_answer.with_name(f"{store.last_answer.name}.{os.getpid()}")
    try:
        new.write_text(json.dumps(kept), encoding="utf-8")
        new.replace(store.last_answer)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def kept_citations(answer: Answer) -> list[KeptCitation]:
    """Return an answer's citations as they are kept."""
    cited = [quote.citation for quote in answer.quotes]
    return [KeptCitation(c.number, c.path, c.record, Span(c.start, c.end), c.text_sha256) for c in cited]


def read_citations(store: Store) -> list[KeptCitation]:
    """Return the citations of the last answer; none where there was no answer yet."""
    try:
        kept = json.loads(store.last_answer.read_text(encoding="utf-8"))
        return [
            KeptCitation(
                item["number"],
                Path(item["path"]),
                item["record"],
                Span(item["start"], item["end"]),
                item["text_sha256"],
            )
            for item in kept
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []
