"""Articles of other kinds than text, shown and opened."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import UsageError
from index.spans import Span
from index.store import Store
from qa.last_answer import KeptCitation
from qa.opening_articles import open_citation
from qa.showing import show_article, show_citation, show_place
from tests.conftest import Index
from tests.index.stored import looking
from tests.qa.samples import PLAIN

_RECORDS = (
    {"title": "Harbour", "text": "The harbour reopened.\nIt rained.", "url": "https://e.org/h", "date": "2024-11"},
    {"title": "Bridge", "text": "The bridge fell."},
)


@pytest.fixture
def dump(fake_index: Index, tmp_path: Path) -> Path:
    """Return the indexed dump of two records."""
    path = tmp_path / "articles" / "dump.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, _RECORDS)), encoding="utf-8")
    assert fake_index(path.parent).report.added == 1
    return path


@pytest.fixture
def cite(fake_store: Store, dump: Path) -> Callable[[int, str], KeptCitation]:
    """Return a function that cites words of a record."""

    def kept(record: int, words: str) -> KeptCitation:
        with looking(fake_store) as snapshot:
            place = next(place for place in snapshot.places_at(fake_store.shorten(dump)) if place.record == record)
            start = snapshot.text(place.text_id).content.index(words)
        return KeptCitation(1, dump, record, Span(start, start + len(words)), place.text_sha256)

    return kept


def test_citation_of_a_record(fake_store: Store, tmp_path: Path, cite: Callable[[int, str], KeptCitation]) -> None:
    """The record's article is shown without numbers of lines, which the dump counts otherwise."""
    shown = show_citation(fake_store, cite(1, "It rained."), PLAIN, tmp_path, context=None)
    assert shown.text == (
        "[1] Harbour — articles/dump.jsonl, record 1 (2024-11)\n\n  The harbour reopened.\n  »It rained.«\n"
    )


def test_record_by_its_number(fake_store: Store, tmp_path: Path, dump: Path) -> None:
    """`FILE:N` is the article of record N."""
    shown = show_place(fake_store, "articles/dump.jsonl:2", PLAIN, tmp_path, context=3)
    assert shown == show_place(fake_store, "articles/dump.jsonl:record 2", PLAIN, tmp_path, context=3)
    assert shown.text == "Bridge — articles/dump.jsonl, record 2\n\n  The bridge fell.\n"
    assert show_article(fake_store, dump, 2, PLAIN, tmp_path) == shown


def test_heading_with_a_colon(fake_store: Store, tmp_path: Path, fake_index: Index) -> None:
    """A heading is named as a citation prints it, whatever it says; a path may have colons, too."""
    page = tmp_path / "articles" / "live: storm.html"
    page.parent.mkdir()
    page.write_text(
        "<html><body><h1>Storm</h1><p>It began.</p><h2>22:40: Roads shut</h2><p>The roads are shut.</p></body></html>",
        encoding="utf-8",
    )
    fake_index(page.parent)
    shown = show_place(fake_store, "articles/live: storm.html:22:40: Roads shut", PLAIN, tmp_path, context=0)
    assert shown.text.startswith("Storm — articles/live: storm.html, under “22:40: Roads shut”")
    assert "»22:40: Roads shut" in shown.text


@pytest.mark.parametrize("target", ["articles/dump.jsonl", "articles/dump.jsonl:3", "articles/dump.jsonl:x"])
def test_record_has_to_be_one_that_is_there(fake_store: Store, tmp_path: Path, dump: Path, target: str) -> None:
    """Without a record's number, or with a wrong one, those that there are are named."""
    with pytest.raises(UsageError) as told:
        show_place(fake_store, target, PLAIN, tmp_path, context=3)
    assert told.value.remedy == "name a record from 1 to 2: articles/dump.jsonl:1"


@pytest.mark.parametrize(("record", "opened"), [(1, "https://e.org/h"), (2, "articles/dump.jsonl")])
def test_record_is_opened_by_its_url(
    fake_store: Store,
    tmp_path: Path,
    cite: Callable[[int, str], KeptCitation],
    monkeypatch: pytest.MonkeyPatch,
    record: int,
    opened: str,
) -> None:
    """A record with a page on the web is opened there, another one in its file."""
    given: list[str] = []
    monkeypatch.setattr("qa.opener._open", given.append)
    assert open_citation(fake_store, cite(record, "The "), tmp_path) == opened
    assert given == [opened if record == 1 else str(tmp_path / opened)]
