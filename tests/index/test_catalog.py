"""The catalog: texts come back as they went in, and a run is seen whole or not at all."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.catalog import Catalog, Changes, Growth
from index.errors import NoIndexError, StoreBusyError, StoreDamagedError, StoreVersionError
from index.hashing import text_hash
from index.listing import ListedArticle
from index.records import Recipe, Settings
from index.schema import create_catalog, open_catalog
from index.signatures import sign
from index.snapshot import reading
from index.spans import Span
from index.store import Store
from tests.fakes import HashingEmbedder
from tests.index.stored import Entry, cut, enlist, entry, looking, publish, settings_of
from tests.strategies import article_text

ONE = "The council met. It approved the budget."
TWO = "The flood closed two bridges."
DIMENSIONS = HashingEmbedder.dimensions

DAY = ArticleDate("2024-11-15", DateOrigin.METADATA)


def held(store: Store) -> dict[str, str]:
    """Return the published texts by the names of their files."""
    with looking(store) as snapshot:
        places = [place for file in snapshot.files() for place in snapshot.places_at(store.shorten(file.path))]
        return {place.path.name: snapshot.text(place.text_id).content for place in places}


@settings(max_examples=12, deadline=None, database=None)
@given(st.lists(article_text(), min_size=1, max_size=15, unique=True))
def test_texts_and_sentences_come_back(drawn: list[str]) -> None:
    """Any text comes back as it was, NUL and marks included, with its sentences' spans."""
    with TemporaryDirectory() as name:
        store = Store(Path(name) / ".qa")
        store.create()
        with closing(create_catalog(store.catalog)) as connection:
            catalog = Catalog(connection, store)
            recipe = catalog.begin_recipe(Recipe(0, "fingerprint", "folder", "hashing", DIMENSIONS, 2, 120), after=0)
            catalog.stage(recipe, [cut(text) for text in drawn])
            for text in drawn:
                text_id = catalog.known_text(recipe, text_hash(text))
                assert text_id is not None
                stored = catalog.snapshot().text(text_id)
                assert (stored.content, stored.sentences) == (text, cut(text).sentences)


def test_staged_text_is_not_published(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """A text that is embedded but of no published article is seen by no question."""
    catalog.stage(recipe, [cut(ONE)])
    with looking(store) as snapshot:
        assert [snapshot.count(table) for table in ("article", "text", "passage", "unfolded")] == [0, 0, 0, 0]
        assert snapshot.passages([1, 2], DIMENSIONS) == []
        assert snapshot.matching("council", 5) == []
        assert snapshot.nearest(HashingEmbedder().embed_question(ONE), 5, only_unfolded=False) == []


def test_published_text_is_found_by_its_words(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """Words are found without regard to case and endings, best passage first."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish(catalog, recipe, entry("one.txt", ONE), entry("two.txt", TWO))
    with looking(store) as snapshot:
        matches = snapshot.matching("bridge OR council", 5)
        found = snapshot.passages([match.passage_id for match in matches], DIMENSIONS)
        assert {passage.span.of(snapshot.text(passage.text_id).content) for passage in found} == {
            "The council met.",
            "The flood closed two bridges.",
        }
        assert all(match.bm25 > 0 for match in matches)


def test_matches_come_best_first(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """A passage with a word twice comes before a longer one that has it once."""
    often, once = "Flood upon flood.", "The flood closed two bridges and a road to the north of the town."
    catalog.stage(recipe, [cut(once), cut(often), cut(ONE)])
    publish(catalog, recipe, entry("often.txt", often), entry("once.txt", once), entry("one.txt", ONE))
    with looking(store) as snapshot:
        scores = [match.bm25 for match in snapshot.matching("flood", 5)]
        best = snapshot.passages([snapshot.matching("flood", 1)[0].passage_id], DIMENSIONS)[0]
        assert scores == sorted(scores, reverse=True)
        assert snapshot.text(best.text_id).content == often


def test_document_counts_are_of_published_passages(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """A stem is counted once a passage, and one that no passage holds is left out."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish(catalog, recipe, entry("one.txt", ONE))
    with looking(store) as snapshot:
        assert snapshot.document_counts(["the", "council", "flood"]) == {"the": 2, "council": 1}


def test_exact_search_finds_the_nearest_first(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """Without Chroma the nearest passage comes first, among all or among those not folded."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish(catalog, recipe, entry("one.txt", ONE), folded=True)
    publish(catalog, recipe, entry("two.txt", TWO))
    vector = HashingEmbedder().embed_question("It approved the budget.")
    with looking(store) as snapshot:
        first = snapshot.passages(snapshot.nearest(vector, 1, only_unfolded=False), DIMENSIONS)[0]
        assert first.span.of(ONE) == "It approved the budget."
        loose = snapshot.passages(snapshot.nearest(vector, 9, only_unfolded=True), DIMENSIONS)
        assert [passage.span.of(TWO) for passage in loose] == [TWO]


def test_search_within_texts_knows_no_others(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """Within a text the nearest and the matching are its own, scored as among all."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish(catalog, recipe, entry("one.txt", ONE), entry("two.txt", TWO))
    vector = HashingEmbedder().embed_question(TWO)
    with looking(store) as snapshot:
        one = snapshot.places_at("one.txt")[0].text_id
        inside = {passage.id for passage in snapshot.passages(range(1, 9), DIMENSIONS) if passage.text_id == one}
        assert set(snapshot.nearest_within(vector, 9, [one])) == inside
        assert len(snapshot.nearest_within(vector, 1, [one])) == 1
        every = snapshot.matching("flood OR budget", 9)
        assert snapshot.matching_within("flood OR budget", 9, [one]) == [m for m in every if m.passage_id in inside]
        assert (snapshot.nearest_within(vector, 9, []), snapshot.matching_within("flood", 9, [])) == ([], [])


def test_passages_keep_their_vectors(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """A passage's vector comes back as near as half precision keeps it."""
    text = cut(ONE)
    catalog.stage(recipe, [text])
    publish(catalog, recipe, entry("one.txt", ONE))
    with looking(store) as snapshot:
        found = snapshot.passages([2, 1], DIMENSIONS)
        assert [passage.id for passage in found] == [1, 2]
        assert np.allclose([passage.vector for passage in found], text.vectors, atol=1e-3)


def test_signatures_come_back(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """The signatures of the texts that are asked for are those that were staged, empty ones too."""
    long = f"{ONE} {TWO} " * 3
    catalog.stage(recipe, [cut(ONE), cut(long), cut(TWO)])
    publish(catalog, recipe, entry("one.txt", ONE), entry("long.txt", long), entry("two.txt", TWO))
    with looking(store) as snapshot:
        assert snapshot.signatures([1, 2]) == {1: b"", 2: sign(long)}
        assert snapshot.signatures([]) == {}


def test_text_that_lost_its_last_article_is_deleted(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """A text goes with the last file that has it: its words, its passages, and what was to be folded."""
    catalog.stage(recipe, [cut(ONE)])
    publish(catalog, recipe, entry("one.txt", ONE), entry("copy.txt", ONE))
    publish(catalog, recipe, gone=["one.txt"])
    assert held(store) == {"copy.txt": ONE}
    publish(catalog, recipe, gone=["copy.txt"])
    assert catalog.known_text(recipe, text_hash(ONE)) is None
    with looking(store) as snapshot:
        assert [snapshot.count(table) for table in ("article", "text", "passage", "unfolded")] == [0, 0, 0, 0]
        assert snapshot.document_counts(["council"]) == {}


def test_file_without_articles_given_keeps_those_it_has(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """A touched file takes a new time and keeps its articles."""
    catalog.stage(recipe, [cut(ONE)])
    publish(catalog, recipe, entry("one.txt", ONE))
    publish(catalog, recipe, Entry("one.txt", 1, 77, "hash", None))
    with looking(store) as snapshot:
        assert [(file.mtime_ns, file.has_articles) for file in snapshot.files()] == [(77, True)]
    assert held(store) == {"one.txt": ONE}


def test_places_come_in_the_order_of_paths_and_records(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """The articles of one text are listed by path, then by record, with what each says of itself."""
    catalog.stage(recipe, [cut(ONE)])
    listed = [
        ListedArticle(
            text_sha256=text_hash(ONE),
            title=f"Record {n}",
            date=DAY,
            source="Reuters",
            record=n,
        )
        for n in (2, 1)
    ]
    publish(catalog, recipe, Entry("b.txt", 1, 0, "hash", tuple(listed)), entry("a.txt", ONE))
    with looking(store) as snapshot:
        places = snapshot.places(1)
    assert [(place.path, place.record, place.title) for place in places] == [
        (store.expand("a.txt"), None, "a.txt"),
        (store.expand("b.txt"), 1, "Record 1"),
        (store.expand("b.txt"), 2, "Record 2"),
    ]
    assert (places[1].date, places[1].source, places[1].sha256) == (DAY, "Reuters", "hash")


def test_settings_come_back(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """What a run was made from is kept as it was given."""
    last_run = settings_of(recipe).last_run
    kept = Settings(recipe.id, ("articles", "."), ("draft-*",), {"text": "story"}, 3, 17, 23, last_run)
    publish(catalog, recipe, settings=kept)
    with looking(store) as snapshot:
        assert snapshot.settings() == kept
        assert snapshot.recipe(recipe.id) == recipe


def test_new_catalog_has_no_settings(catalog: Catalog) -> None:
    """Before the first run is published there are none."""
    assert catalog.snapshot().settings() is None


def test_folding_clears_what_is_loose(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """New passages wait to be folded until a generation holds them."""
    catalog.stage(recipe, [cut(ONE)])
    publish(catalog, recipe, entry("one.txt", ONE))
    with looking(store) as snapshot:
        assert snapshot.count("unfolded") == 2
    publish(catalog, recipe, folded=True)
    with looking(store) as snapshot:
        assert snapshot.count("unfolded") == 0


def test_reader_keeps_its_snapshot(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """What a run publishes while a question is answered is not seen in the middle of it."""
    catalog.stage(recipe, [cut(ONE)])
    with looking(store) as snapshot:
        assert snapshot.count("article") == 0
        publish(catalog, recipe, entry("one.txt", ONE))
        assert snapshot.count("article") == 0
    assert held(store) == {"one.txt": ONE}


def test_publication_shows_itself_before_it_is_done(catalog: Catalog, recipe: Recipe) -> None:
    """Within the transaction the catalog shows the index as it will be."""
    catalog.stage(recipe, [cut(ONE)])
    enlist(catalog, entry("one.txt", ONE))
    with catalog.publishing(Changes(recipe.id, (), ())):
        assert catalog.snapshot().count("passage") == 2
        catalog.finish(settings_of(recipe), folded=False)


def test_failed_publication_is_undone(catalog: Catalog, store: Store, recipe: Recipe) -> None:
    """An error within the block leaves the catalog as it was, and able to publish again."""
    catalog.stage(recipe, [cut(ONE)])
    enlist(catalog, entry("one.txt", ONE))
    with pytest.raises(KeyboardInterrupt), catalog.publishing(Changes(recipe.id, (), ())):
        raise KeyboardInterrupt
    assert held(store) == {}
    publish(catalog, recipe, entry("one.txt", ONE))
    assert held(store) == {"one.txt": ONE}


def test_article_without_a_staged_text_is_refused(catalog: Catalog, recipe: Recipe) -> None:
    """An article whose text was never staged is not published."""
    with pytest.raises(StoreDamagedError):
        publish(catalog, recipe, entry("one.txt", ONE))


def test_drop_staged_forgets_what_no_article_has(catalog: Catalog, recipe: Recipe) -> None:
    """Staged texts go, published ones stay."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish(catalog, recipe, entry("one.txt", ONE))
    catalog.drop_staged()
    assert catalog.known_text(recipe, text_hash(ONE)) is not None
    assert catalog.known_text(recipe, text_hash(TWO)) is None


def test_drop_staged_forgets_what_was_staged_since(catalog: Catalog, recipe: Recipe) -> None:
    """What a later run staged goes as well, though only what is new since the last time is looked at."""
    catalog.stage(recipe, [cut(ONE)])
    publish(catalog, recipe, entry("one.txt", ONE))
    catalog.drop_staged()
    catalog.stage(recipe, [cut(TWO)])
    catalog.drop_staged()
    assert catalog.known_text(recipe, text_hash(ONE)) is not None
    assert catalog.known_text(recipe, text_hash(TWO)) is None


def test_publication_tells_how_the_passages_grew(catalog: Catalog, recipe: Recipe) -> None:
    """Passages count once a text: as added with its first article, as removed with its last."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])

    def grown(*entries: Entry, gone: tuple[str, ...] = ()) -> Growth:
        enlist(catalog, *entries)
        with catalog.publishing(Changes(recipe.id, gone, ())) as growth:
            catalog.finish(settings_of(recipe), folded=False)
        return growth

    assert grown(entry("one.txt", ONE), entry("copy.txt", ONE)) == Growth(2, 0)
    assert grown(gone=("one.txt",)) == Growth(0, 0)
    assert grown(entry("copy.txt", TWO)) == Growth(1, 2)
    assert grown(entry("other.txt", TWO), gone=("copy.txt",)) == Growth(0, 0)


def test_drop_staged_forgets_unused_recipes(catalog: Catalog, recipe: Recipe) -> None:
    """A recipe of an interrupted run goes, with its model; the index's own stays without any text."""
    publish(catalog, recipe)
    catalog.begin_recipe(Recipe(0, "other", "other-folder", "other", DIMENSIONS, 2, 120), after=recipe.id)
    assert catalog.models() == {"folder", "other-folder"}
    catalog.drop_staged()
    assert catalog.models() == {"folder"}


def test_recipe_is_taken_up_by_its_fingerprint(catalog: Catalog, recipe: Recipe) -> None:
    """The same way of cutting and embedding is the same recipe."""
    assert catalog.begin_recipe(recipe, after=0) == recipe


def test_recipe_is_made_anew_after_a_given_one(catalog: Catalog, recipe: Recipe) -> None:
    """A full run does not take up the recipe that it is to replace."""
    assert catalog.begin_recipe(recipe, after=recipe.id).id > recipe.id


def test_text_is_known_under_its_recipe_only(catalog: Catalog, recipe: Recipe) -> None:
    """A text that was embedded by another recipe has to be embedded again."""
    other = catalog.begin_recipe(recipe, after=recipe.id)
    catalog.stage(recipe, [cut(ONE)])
    assert catalog.known_text(other, text_hash(ONE)) is None


def test_vectors_are_read_in_the_order_of_ids(catalog: Catalog, recipe: Recipe) -> None:
    """A batch for a generation holds an id and a row for each passage, staged ones too."""
    text = cut(ONE)
    catalog.stage(recipe, [text])
    batch = catalog.vectors([2, 1], DIMENSIONS)
    assert list(batch.ids) == [1, 2]
    assert np.allclose(batch.vectors, text.vectors, atol=1e-3)


def test_published_passages_are_in_order(catalog: Catalog, recipe: Recipe) -> None:
    """The ids of published passages ascend, and staged ones are not among them."""
    catalog.stage(recipe, [cut(TWO), cut(ONE)])
    publish(catalog, recipe, entry("one.txt", ONE))
    assert catalog.published_passages().tolist() == [2, 3]


@pytest.mark.parametrize(
    ("span", "positions"),
    [
        (Span(0, 1), [0]),
        (Span(15, 18), [0, 1]),
        (Span(16, 17), []),
        (Span(0, 40), [0, 1]),
        (Span(17, 18), [1]),
        (Span(40, 50), []),
    ],
)
def test_sentences_in_a_span(catalog: Catalog, recipe: Recipe, span: Span, positions: list[int]) -> None:
    """Sentences that share a code point with a span are in it; the space between two is in none."""
    catalog.stage(recipe, [cut(ONE)])
    assert list(catalog.snapshot().text(1).sentences_in(span)) == positions


def test_second_writer_waits_for_the_first(
    catalog: Catalog, store: Store, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalog that another connection writes is busy, not damaged."""
    monkeypatch.setattr("index.schema._BUSY_SECONDS", 0.001)
    with closing(create_catalog(store.catalog)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with closing(create_catalog(store.catalog)) as second, pytest.raises(StoreBusyError):
            Catalog(second, store).stage(recipe, [cut(ONE)])


def test_reader_cannot_write(catalog: Catalog, store: Store) -> None:
    """A connection for questions refuses to change the catalog."""
    with closing(open_catalog(store.catalog)) as connection, pytest.raises(Exception, match="readonly"):
        connection.execute("DELETE FROM file")


def test_no_catalog_is_no_index(store: Store) -> None:
    """A store without a catalog asks for a first run."""
    with pytest.raises(NoIndexError, match="run qa index FOLDER"):
        open_catalog(store.catalog)


def test_empty_catalog_was_never_finished(store: Store) -> None:
    """A catalog without tables is no index to ask."""
    store.catalog.touch()
    with pytest.raises(NoIndexError, match="never finished"):
        open_catalog(store.catalog)


def test_catalog_of_another_version_is_refused(catalog: Catalog, store: Store) -> None:
    """A newer format is named, with the way out."""
    with closing(create_catalog(store.catalog)) as connection:
        connection.execute("PRAGMA user_version = 99")
    for opened in (open_catalog, create_catalog):
        with pytest.raises(StoreVersionError, match="has format 99"):
            opened(store.catalog)


def test_closed_reading_ends_its_transaction(catalog: Catalog, store: Store) -> None:
    """After the block the connection can begin another snapshot."""
    with closing(open_catalog(store.catalog)) as connection:
        with reading(connection, store):
            assert connection.in_transaction
        assert not connection.in_transaction


def test_damaged_catalog_is_named_as_such(store: Store) -> None:
    """A catalog that is no database is damaged, and a full run is what mends it."""
    store.catalog.write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    with pytest.raises(StoreDamagedError, match="run qa doctor --repair"):
        open_catalog(store.catalog)


def test_text_hash_is_of_utf8() -> None:
    """Texts that differ in a mark or a line end differ in their hash."""
    assert len({text_hash(text) for text in ("a\n", "a\r\n", "\ufeffa\n", "a")}) == 4
