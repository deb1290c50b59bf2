"""What is embedded for a passage."""

from pathlib import Path

from index.signatures import sign
from index.store import Store
from tests.conftest import Index
from tests.fakes import HashingEmbedder
from tests.index.stored import looking, passage_ids, put

_BODY = "The mayor cut the ribbon on Monday morning. " * 30


def test_every_passage_is_embedded_with_its_own_title(fake_index: Index, folder: Path) -> None:
    """Of articles that are staged together, each passage has its own article's title."""
    put(folder / "one.txt", f"Bridge opens\n\n{_BODY}")
    put(folder / "two.txt", f"Harbour closes\n\n{_BODY}")
    embedder = HashingEmbedder()
    fake_index(folder, embedder=embedder)
    titles = ["Bridge opens" if text.startswith("Bridge opens") else "Harbour closes" for text in embedder.embedded]
    assert all(text.startswith(title) for text, title in zip(embedder.embedded, titles, strict=True))
    assert titles == sorted(titles)
    assert titles.count("Bridge opens") == titles.count("Harbour closes") > 1


def test_passages_are_quoted_without_the_title(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """What is stored of a passage is its place in the text, which has no title put before it."""
    content = f"Bridge opens\n\n{_BODY}"
    put(folder / "one.txt", content)
    fake_index(folder)
    with looking(fake_store) as snapshot:
        passages = snapshot.passages(passage_ids(fake_store), HashingEmbedder.dimensions)
        assert {snapshot.text(passage.text_id).content for passage in passages} == {content}
        assert sum(passage.span.of(content).startswith("Bridge opens") for passage in passages) == 1


def test_text_is_staged_with_its_own_signature(fake_index: Index, fake_store: Store, folder: Path) -> None:
    """Of texts that are staged together, each has the signature of its own words, title and all."""
    contents = {f"{name}.txt": f"{name} opens\n\n{_BODY}{name} was there." for name in ("Bridge", "Harbour")}
    for name, content in contents.items():
        put(folder / name, content)
    fake_index(folder)
    with looking(fake_store) as snapshot:
        places = [snapshot.places_at(fake_store.shorten(folder / name))[0] for name in contents]
        signatures = snapshot.signatures([place.text_id for place in places])
        assert [signatures[place.text_id] for place in places] == [sign(content) for content in contents.values()]
    assert len(set(signatures.values())) == 2


def test_passage_with_its_title_is_seen_whole(fake_index: Index, folder: Path) -> None:
    """The embedder reads a passage to its end, title and all."""
    put(folder / "one.txt", f"Bridge over the river opens after years of delay and dispute\n\n{_BODY}")
    embedder = HashingEmbedder()
    fake_index(folder, embedder=embedder)
    assert max(len(embedder.token_spans(text)) for text in embedder.embedded) <= HashingEmbedder.most_tokens
