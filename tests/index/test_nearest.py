"""Search by vectors: Chroma and exact search together know every published passage."""

import shutil
import threading
import time
from collections.abc import Iterator

import pytest

from index.catalog import Catalog, Changes
from index.folding import fold
from index.generations import Generation
from index.nearest import VectorSearch
from index.records import Recipe
from index.store import Store
from index.vectors import Vector
from tests.fakes import HashingEmbedder
from tests.index.stored import Entry, cut, enlist, entry, looking, publish, settings_of

ONE = "The council met. It approved the budget."
TWO = "The flood closed two bridges."
THREE = "A novelist won the prize."


@pytest.fixture
def said() -> list[str]:
    """Return what the search tells the user."""
    return []


@pytest.fixture
def search(store: Store, said: list[str]) -> Iterator[VectorSearch]:
    """Return a search that is closed in the end."""
    search = VectorSearch(store, notify=said.append)
    yield search
    search.close()


def publish_folded(catalog: Catalog, store: Store, recipe: Recipe, *entries: Entry) -> None:
    """Publish changes with a new generation that holds every passage."""
    before = catalog.snapshot().settings() or settings_of(recipe)
    enlist(catalog, *entries)
    with catalog.publishing(Changes(recipe.id, (), ())):
        after = fold(catalog, store, before, recipe, rebuild=True)
        catalog.finish(after, folded=True)


def find(store: Store, search: VectorSearch, text: str, limit: int = 10) -> set[str]:
    """Return the passages that a search finds and the catalog knows."""
    with looking(store) as snapshot:
        ids = search.nearest(snapshot, HashingEmbedder().embed_question(text), limit)
        found = snapshot.passages(ids, HashingEmbedder.dimensions)
        return {passage.span.of(snapshot.text(passage.text_id).content) for passage in found}


def test_empty_catalog_has_nothing_near(catalog: Catalog, store: Store, search: VectorSearch) -> None:
    """Before the first run there is nothing to find, and nothing to complain of."""
    assert find(store, search, ONE) == set()


def test_folded_passages_are_found(catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch) -> None:
    """Chroma finds what is in the generation, the nearest at least."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish_folded(catalog, store, recipe, entry("one.txt", ONE), entry("two.txt", TWO))
    assert find(store, search, TWO, limit=1) == {TWO}


def test_loose_passages_are_found_too(
    catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch, said: list[str]
) -> None:
    """What was added since the generation was written is searched exactly."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish_folded(catalog, store, recipe, entry("one.txt", ONE))
    settings = catalog.snapshot().settings()
    publish(catalog, recipe, entry("two.txt", TWO), settings=settings)
    assert find(store, search, TWO, limit=1) >= {TWO}
    assert said == []


def test_gone_passages_do_not_crowd_out_others(
    catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch
) -> None:
    """A deleted passage that Chroma still holds, and finds nearest, does not take another's place."""
    catalog.stage(recipe, [cut(ONE), cut(TWO), cut(THREE)])
    entries = [entry("one.txt", ONE), entry("two.txt", TWO), entry("three.txt", THREE)]
    publish_folded(catalog, store, recipe, *entries)
    publish(catalog, recipe, gone=["two.txt"], settings=catalog.snapshot().settings())
    assert len(find(store, search, TWO, limit=1)) == 1
    assert find(store, search, TWO) == {"The council met.", "It approved the budget.", THREE}


def test_exact_search_stands_in_for_a_lost_generation(
    catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch, said: list[str]
) -> None:
    """Without its generation an index still answers, and says once how to mend it."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish_folded(catalog, store, recipe, entry("one.txt", ONE), entry("two.txt", TWO))
    shutil.rmtree(store.generations / "000001")
    assert find(store, search, TWO, limit=1) == {TWO}
    assert find(store, search, ONE, limit=2) <= {"The council met.", "It approved the budget.", TWO}
    assert len(said) == 1
    assert "qa index --rebuild-vectors" in said[0]


def test_new_generation_is_opened(catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch) -> None:
    """A search that has one generation open goes over to the next when it is published."""
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish_folded(catalog, store, recipe, entry("one.txt", ONE))
    assert find(store, search, TWO) == {"The council met.", "It approved the budget."}
    publish_folded(catalog, store, recipe, entry("two.txt", TWO))
    assert TWO in find(store, search, TWO)


def test_search_can_be_used_after_closing(catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch) -> None:
    """Closing lets the generation go; another question opens it again."""
    catalog.stage(recipe, [cut(TWO)])
    publish_folded(catalog, store, recipe, entry("two.txt", TWO))
    find(store, search, TWO)
    search.close()
    search.close()
    assert find(store, search, TWO) == {TWO}


@pytest.fixture
def once(store: Store, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[VectorSearch]:
    """Return a search for one question, in an index that is too large for exact search and cannot use Chroma."""
    monkeypatch.setattr("index.nearest.MOST_EXACT", 0)
    monkeypatch.setattr("index.nearest.Generation", None)
    search = VectorSearch(store, notify=said.append, once=True)
    yield search
    search.close()


def test_single_question_is_searched_by_sketches(
    catalog: Catalog, store: Store, recipe: Recipe, once: VectorSearch, said: list[str]
) -> None:
    """What is folded, what is loose and what is gone since is told apart without Chroma."""
    catalog.stage(recipe, [cut(ONE), cut(TWO), cut(THREE)])
    publish_folded(catalog, store, recipe, entry("one.txt", ONE), entry("two.txt", TWO))
    settings = catalog.snapshot().settings()
    publish(catalog, recipe, entry("three.txt", THREE), gone=["two.txt"], settings=settings)
    assert find(store, once, TWO) == {"The council met.", "It approved the budget.", THREE}
    assert find(store, once, "The council met.", limit=1) == {"The council met.", THREE}
    assert said == []


def test_single_question_is_searched_by_chroma_where_there_are_no_sketches(
    catalog: Catalog, store: Store, recipe: Recipe, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation that was written before there were sketches is searched as ever."""
    monkeypatch.setattr("index.nearest.MOST_EXACT", 0)
    catalog.stage(recipe, [cut(ONE), cut(TWO)])
    publish_folded(catalog, store, recipe, entry("one.txt", ONE), entry("two.txt", TWO))
    for path in (store.generations / "000001").glob("s*"):  # and its seal
        path.unlink()
    search = VectorSearch(store, notify=said.append, once=True)
    assert find(store, search, TWO, limit=1) == {TWO}
    search.close()
    assert said == []


def test_graph_that_finds_hardly_anything_is_not_believed(
    catalog: Catalog,
    store: Store,
    recipe: Recipe,
    search: VectorSearch,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where Chroma finds less than half of what it holds, all is searched exactly, and that is said once."""
    catalog.stage(recipe, [cut(ONE), cut(TWO), cut(THREE)])
    entries = (entry("one.txt", ONE), entry("two.txt", TWO), entry("three.txt", THREE))
    publish_folded(catalog, store, recipe, *entries)
    monkeypatch.setattr("index.generations.Generation.nearest", lambda _self, _vector, _limit: [1])
    assert find(store, search, TWO) >= {TWO, THREE}
    assert find(store, search, TWO) >= {TWO, THREE}
    assert len(said) == 1
    assert "only 1 of 4 passages were found" in said[0]


def test_chroma_searches_beside_the_caller(
    catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search that was begun goes on while the caller does something else, and is waited for by who wants it."""
    catalog.stage(recipe, [cut(TWO)])
    publish_folded(catalog, store, recipe, entry("two.txt", TWO))
    begun = threading.Event()

    def nearest(_self: Generation, _vector: Vector, _limit: int) -> list[int]:
        assert begun.wait(60), "the caller was made to wait"
        return [1]

    monkeypatch.setattr("index.nearest.Generation.nearest", nearest)
    with looking(store) as snapshot:
        finish = search.begin(snapshot, HashingEmbedder().embed_question(TWO), 1)
        begun.set()
        assert finish() == [1]


def test_search_that_nobody_waits_for_is_over_before_its_generation_is_let_go(
    catalog: Catalog, store: Store, recipe: Recipe, search: VectorSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an interrupt in a question, closing waits for Chroma: nothing is closed that is in use."""
    catalog.stage(recipe, [cut(TWO)])
    publish_folded(catalog, store, recipe, entry("two.txt", TWO))
    done: list[str] = []

    def nearest(_self: Generation, _vector: Vector, _limit: int) -> list[int]:
        time.sleep(0.2)
        done.append("searched")
        return [1]

    monkeypatch.setattr("index.nearest.Generation.nearest", nearest)
    monkeypatch.setattr("index.nearest.Generation.close", lambda _self: done.append("closed"))
    with looking(store) as snapshot:
        search.begin(snapshot, HashingEmbedder().embed_question(TWO), 1)
        search.close()
    assert done == ["searched", "closed"]
