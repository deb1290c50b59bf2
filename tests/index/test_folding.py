"""When the vectors of a run go into a new generation."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from index.catalog import Catalog, Changes
from index.errors import QaError
from index.folding import fold
from index.generations import Generation, GenerationError
from index.records import Recipe, Settings
from index.store import Store
from index.vectors import Ids
from tests.conftest import Index
from tests.fakes import HashingEmbedder
from tests.index.stored import cut, entry, publish, put, settings_of


@dataclass(frozen=True, slots=True)
class Written:
    """A generation that was asked for."""

    number: int
    base: int | None
    wanted: list[int]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Written]:
    """Return the generations that are asked for; none is written. Two loose passages are few."""
    asked: list[Written] = []

    def write(store: Store, number: int, *, base: int | None, wanted: Ids, load: object) -> None:
        asked.append(Written(number, base, wanted.tolist()))

    monkeypatch.setattr("index.folding.write_generation", write)
    monkeypatch.setattr("index.folding.LEAST_LOOSE", 2)
    return asked


def text(number: int) -> str:
    return f"Article number {number} is one sentence"


def hold(catalog: Catalog, recipe: Recipe, count: int, *, folded: int) -> Settings:
    """Publish texts of a passage each, the first `folded` of them in generation 1."""
    catalog.stage(recipe, [cut(text(number)) for number in range(count)])
    settings = settings_of(recipe, generation=1 if folded else 0, folded=folded)
    publish(catalog, recipe, *(entry(f"{n}", text(n)) for n in range(folded)), settings=settings, folded=True)
    publish(catalog, recipe, *(entry(f"{n}", text(n)) for n in range(folded, count)), settings=settings)
    return settings


def fold_now(
    catalog: Catalog,
    store: Store,
    recipe: Recipe,
    settings: Settings,
    *gone: str,
    rebuild: bool = False,
    forget: bool = False,
) -> Settings:
    with catalog.publishing(Changes(recipe.id, gone, ())):
        after = fold(catalog, store, settings, recipe, rebuild=rebuild, forget=forget)
        catalog.finish(after, folded=after.generation != settings.generation)
    return after


def test_first_passages_make_a_generation(
    catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]
) -> None:
    """An index without a generation gets one, however few passages it has."""
    settings = hold(catalog, recipe, 1, folded=0)
    after = fold_now(catalog, store, recipe, settings)
    assert (after.generation, after.folded) == (1, 1)
    assert written == [Written(1, None, [1])]


def test_few_loose_passages_stay_loose(catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]) -> None:
    """A few new passages are searched exactly and cost no generation."""
    settings = hold(catalog, recipe, 10, folded=8)
    assert fold_now(catalog, store, recipe, settings) == settings
    assert written == []
    assert catalog.snapshot().count("unfolded") == 2


def test_many_loose_passages_go_into_a_copy(
    catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]
) -> None:
    """More new passages than may be loose are added to a copy of the generation."""
    settings = hold(catalog, recipe, 11, folded=8)
    after = fold_now(catalog, store, recipe, settings)
    assert (after.generation, after.folded) == (2, 11)
    assert written == [Written(2, 1, list(range(1, 12)))]
    assert catalog.snapshot().count("unfolded") == 0


def test_gone_passages_count_as_loose(catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]) -> None:
    """What the generation still holds in vain counts with what it lacks."""
    settings = hold(catalog, recipe, 10, folded=8)
    after = fold_now(catalog, store, recipe, settings, "0")
    assert (after.generation, after.folded) == (2, 9)
    assert written == [Written(2, 1, list(range(2, 11)))]


def test_more_than_a_quarter_gone_makes_a_new_one(
    catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]
) -> None:
    """A generation that would have to forget much is not copied."""
    settings = hold(catalog, recipe, 8, folded=8)
    after = fold_now(catalog, store, recipe, settings, "0", "1", "2")
    assert (after.generation, after.folded) == (2, 5)
    assert written == [Written(2, None, [4, 5, 6, 7, 8])]


def test_a_quarter_gone_is_no_reason(catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]) -> None:
    """Up to a quarter the generation stays."""
    settings = hold(catalog, recipe, 8, folded=8)
    assert fold_now(catalog, store, recipe, settings, "0", "1") == settings
    assert written == []


def test_copies_of_copies_make_a_new_one_in_the_end(
    catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]
) -> None:
    """A generation that has forgotten half as many passages as it is to hold is not copied once more."""
    settings = replace(hold(catalog, recipe, 11, folded=8), held=14)
    after = fold_now(catalog, store, recipe, settings, "0")
    assert (after.generation, after.folded, after.held) == (2, 10, 10)
    assert written == [Written(2, None, list(range(2, 12)))]


def test_what_was_forgotten_is_counted(catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]) -> None:
    """A copy holds what the generation before held, forgotten ones too, and what is new."""
    settings = replace(hold(catalog, recipe, 11, folded=8), held=9)
    after = fold_now(catalog, store, recipe, settings, "0")
    assert (after.folded, after.held) == (10, 12)
    assert written == [Written(2, 1, list(range(2, 12)))]


def test_rebuild_makes_a_new_one(catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]) -> None:
    """A rebuild begins from nothing, though nothing changed."""
    settings = hold(catalog, recipe, 8, folded=8)
    assert fold_now(catalog, store, recipe, settings, rebuild=True).generation == 2
    assert written == [Written(2, None, list(range(1, 9)))]


def test_empty_index_needs_none(catalog: Catalog, store: Store, recipe: Recipe, written: list[Written]) -> None:
    """Without passages no generation is written, and the last one counts for nothing; none is current to forget it."""
    settings = hold(catalog, recipe, 2, folded=2)
    after = fold_now(catalog, store, recipe, settings, "0", "1")
    assert (after.generation, after.folded) == (1, 0)
    assert fold_now(catalog, store, recipe, after, forget=True).generation == 0
    assert written == []


@pytest.mark.parametrize("damage", ["lost", "overwritten"])
def test_damaged_base_is_replaced(
    fake_index: Index, fake_store: Store, folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the generation to be copied is lost or damaged, a new one is made of the catalog."""
    monkeypatch.setattr("index.folding.LEAST_LOOSE", 0)
    put(folder / "one.txt", text(1))
    fake_index(folder)
    base = fake_store.generations / "000001"
    if damage == "lost":
        shutil.rmtree(base)
    else:
        (base / "chroma.sqlite3").write_bytes(b"not a database at all" * 500)
    put(folder / "two.txt", text(2))
    fake_index()
    generation = Generation(fake_store, 2)
    assert len(generation.nearest(HashingEmbedder().embed_question(text(1)), 9)) == 2
    generation.close()


def test_chroma_s_failure_is_an_error_for_the_user(
    fake_index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Chroma cannot write at all, the user is told in a line what to do."""

    def refuse(*_: object, **__: object) -> None:
        raise GenerationError("Chroma: it cannot write")

    monkeypatch.setattr("index.folding.write_generation", refuse)
    put(folder / "one.txt", text(1))
    with pytest.raises(QaError):
        fake_index(folder)
