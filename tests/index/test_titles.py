"""Titles of texts that several articles share: that of the first one, however the index came to be."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.passages import in_context
from index.records import WordMatch
from index.store import Store
from tests.conftest import Index
from tests.fakes import HashingEmbedder
from tests.index.stored import contents, holders, looking, passage_ids, put

BODY = "The council met. It voted."


def dump(folder: Path, name: str, *titles: str, tick: int = 0, body: str = BODY) -> None:
    """Write a file of articles that share a text under several titles."""
    records = [json.dumps({"title": title, "text": body}) for title in titles]
    put(folder / name, "\n".join(records), tick=tick)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def found(store: Store, word: str) -> int:
    """Return how many passages a word finds."""
    with looking(store) as snapshot:
        matches: Sequence[WordMatch] = snapshot.matching(word, 100)
        ids = {match.passage_id for match in matches}
        assert ids <= set(passage_ids(store))
        return len(ids)


def embedded_as(store: Store, title: str) -> bool:
    """Tell whether the text's passages have the vectors that they have under a title."""
    wanted = HashingEmbedder().embed_passages([in_context(BODY, title)])
    with looking(store) as snapshot:
        (passage,) = snapshot.passages(passage_ids(store), HashingEmbedder.dimensions)
    return bool(passage.vector @ wanted[0] > 0.999)


def titled(store: Store, title: str, *others: str) -> bool:
    """Tell whether the one text is searched, by words and by its vector, under a title and under no other."""
    words = found(store, title) == 1 and not any(found(store, other) for other in others)
    return words and embedded_as(store, title) and not any(embedded_as(store, other) for other in others)


def test_first_article_gives_its_title(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """Of several articles with one text the first, by path and record, gives it the title that is searched."""
    dump(folder, "b.jsonl", "Zebra", "Lion")
    fake_index(folder)
    assert titled(fake_store, "Zebra", "Lion")
    dump(folder, "a.jsonl", "Tiger")
    fake_index()
    assert titled(fake_store, "Tiger", "Zebra", "Lion")
    assert [article.title for article in contents(fake_store)] == ["Tiger", "Lion", "Zebra"]


def test_title_goes_with_its_article(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """A title whose article was deleted finds the text no more, which another article still has."""
    dump(folder, "a.jsonl", "Zebra")
    dump(folder, "b.jsonl", "Lion")
    fake_index(folder)
    (folder / "a.jsonl").unlink()
    fake_index()
    assert titled(fake_store, "Lion", "Zebra")


def test_title_that_alone_changed_is_searched(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """Another title over the same text takes the place of the old one; no other text is embedded again."""
    dump(folder, "a.jsonl", "Zebra")
    dump(folder, "b.jsonl", "Another", body="The bridge was opened.")
    fake_index(folder)
    dump(folder, "a.jsonl", "Lion", tick=5)
    (folder / "b.jsonl").unlink()
    embedder = HashingEmbedder()
    fake_index(embedder=embedder)
    assert titled(fake_store, "Lion", "Zebra")
    assert embedder.embedded == [in_context(BODY, "Lion")]


def test_renamed_file_may_come_first(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """A file that is renamed may become the first, or be it no more."""
    dump(folder, "b.jsonl", "Zebra")
    dump(folder, "c.jsonl", "Lion")
    fake_index(folder)
    (folder / "c.jsonl").rename(folder / "a.jsonl")
    result = fake_index()
    assert result.report.renamed == 1
    assert titled(fake_store, "Lion", "Zebra")


def test_compaction_leaves_no_title_of_what_was_deleted(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """After a compaction no file holds the title of a deleted article whose text another one has."""
    dump(folder, "a.jsonl", "Quibblethorpe")
    dump(folder, "b.jsonl", "Lion")
    fake_index(folder)
    assert holders(fake_store, "Quibblethorpe")
    (folder / "a.jsonl").unlink()
    fake_index(compact=True)
    assert holders(fake_store, "Quibblethorpe") == []
    assert titled(fake_store, "Lion")


def test_title_goes_in_a_run_that_embeds_everything_anew(
    fake_store: Store, fake_index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of another recipe, over a folder that changed, has the titles of the articles that are there."""
    dump(folder, "a.jsonl", "Zebra", "Lion")
    dump(folder, "b.jsonl", "Tiger")
    fake_index(folder)
    dump(folder, "a.jsonl", "Lion", tick=5)
    monkeypatch.setattr("index.build.CUTTER_VERSION", 98)
    fake_index()
    assert titled(fake_store, "Lion", "Zebra", "Tiger")
    (folder / "a.jsonl").write_text("{ no record")
    monkeypatch.setattr("index.build.CUTTER_VERSION", 99)
    assert fake_index().report.failed == 1
    assert titled(fake_store, "Tiger", "Zebra", "Lion")


def test_first_article_is_the_first_that_is_read(fake_store: Store, fake_index: Index, folder: Path) -> None:
    """A folder's articles come before those of one whose longer name begins with its; nothing is embedded twice."""
    for name, title in (("news-archive", "Zebra"), ("news", "Lion")):
        (folder / name).mkdir()
        dump(folder / name, "a.jsonl", title)
    embedder = HashingEmbedder()
    fake_index(folder, embedder=embedder)
    assert titled(fake_store, "Lion", "Zebra")
    assert embedder.embedded == [in_context(BODY, "Lion")]
    with looking(fake_store) as snapshot:
        (text_id,) = {article.text_id for article in snapshot.articles()}
        assert [place.title for place in snapshot.places(text_id)] == ["Lion", "Zebra"]
