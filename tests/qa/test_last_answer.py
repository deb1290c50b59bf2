"""The last answer's citations: kept, read back, and forgiving."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.spans import Span
from index.store import Store
from qa.last_answer import KeptCitation, keep_citations, read_citations
from tests.qa.samples import ANSWER, CITATION, QUOTE


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    store = Store(tmp_path / ".qa")
    store.create()
    return store


def test_citations_come_back(store: Store) -> None:
    """What was kept is read back in order."""
    second = replace(QUOTE, citation=replace(CITATION, number=2, record=5, start=0, end=3))
    keep_citations(store, replace(ANSWER, quotes=(QUOTE, second)))
    assert read_citations(store) == [
        KeptCitation(1, CITATION.path, None, Span(12, 49), CITATION.text_sha256),
        KeptCitation(2, CITATION.path, 5, Span(0, 3), CITATION.text_sha256),
    ]


def test_next_answer_takes_the_place(store: Store) -> None:
    """Only the last answer's citations are kept, even if it has none."""
    keep_citations(store, ANSWER)
    keep_citations(store, replace(ANSWER, quotes=()))
    assert read_citations(store) == []


def test_no_words_of_an_article_are_kept(store: Store) -> None:
    """Neither a quote, a title nor the question is written down, and no other file is left."""
    before = {path.name for path in store.path.iterdir()}
    keep_citations(store, ANSWER)
    kept = store.last_answer.read_text(encoding="utf-8")
    assert not any(words in kept for words in ("Germany", "rare", "Who"))
    assert {path.name for path in store.path.iterdir()} - before == {store.last_answer.name}


def test_path_of_any_name_comes_back(store: Store) -> None:
    """File names may have quotation marks, line breaks and other scripts."""
    path = CITATION.path.with_name('a "b"\n日本.txt')
    keep_citations(store, replace(ANSWER, quotes=(replace(QUOTE, citation=replace(CITATION, path=path)),)))
    assert read_citations(store)[0].path == path


def test_store_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """An answer is an answer where its citations cannot be kept."""
    store = Store(tmp_path / "nowhere" / ".qa")
    keep_citations(store, ANSWER)
    assert read_citations(store) == []


def test_no_answer_yet(store: Store) -> None:
    """Before the first answer there are no citations."""
    assert read_citations(store) == []


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"{",
        b"null",
        b"7",
        b'"text"',
        b"{}",
        b'{"a": 1}',
        b"[1]",
        b"[[]]",
        b'[{"number": 1}]',
        b"\xff\xfe",
        b"[null]",
    ],
)
def test_damaged_file_holds_no_citations(store: Store, kept: bytes) -> None:
    """A file that is not as it was written counts as none."""
    store.last_answer.write_bytes(kept)
    assert read_citations(store) == []
