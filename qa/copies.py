"""List the articles of an index that are copies of each other."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from index.records import FiledArticle
from index.signatures import group_copies, similarity
from index.snapshot import Snapshot
from index.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article among its copies, beside the first of them: `similarity` to that is between 0 and 1.

    `same_text` says that nothing but what the articles say of themselves may differ.
    """

    title: str
    path: Path
    record: int | None
    same_text: bool
    similarity: float


Copies: TypeAlias = tuple[tuple[Copy, ...], ...]
"""Groups of copies."""


def list_copies(store: Store, snapshot: Snapshot) -> Copies:
    """Return the groups of two or more copies, in the order of paths and records, as their articles are."""
    articles = list(snapshot.articles())
    signatures = snapshot.signatures({article.text_id for article in articles})
    firsts = group_copies(signatures)
    groups: dict[int, list[FiledArticle]] = {}
    for article in articles:
        groups.setdefault(firsts[article.text_id], []).append(article)
    return tuple(_copies(group, signatures, store) for group in groups.values() if len(group) > 1)


def _copies(group: list[FiledArticle], signatures: dict[int, bytes], store: Store) -> tuple[Copy, ...]:
    first = group[0].text_id
    return tuple(
        Copy(
            title=article.title,
            path=store.expand(article.path),
            record=article.record,
            same_text=article.text_id == first,
            similarity=1.0 if article.text_id == first else similarity(signatures[first], signatures[article.text_id]),
        )
        for article in group
    )
