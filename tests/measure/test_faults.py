"""What holds an index to its promises would notice if one were broken."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.run import RunResult
from index.store import Store
from tests.measure.faults.folder import Author, Mix, lay_out
from tests.measure.faults.holding import BrokenPromiseError, damages, differences, hold, leftovers, read_contents
from tests.measure.faults.moments import Stage, Write, spread

MIX = Mix(added=2, changed=2, renamed=2, deleted=1, copied=1)


@pytest.fixture
def indexed(fake_store: Store, fake_index: Callable[..., RunResult], tmp_path: Path) -> Store:
    """Return an index of a few articles."""
    lay_out(Author(1).begin(5), tmp_path / "articles")
    fake_index(tmp_path / "articles")
    return fake_store


def change(store: Store, *statements: str) -> None:
    """Do to a catalog what no run does."""
    with closing(sqlite3.connect(store.catalog, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@given(operations=st.integers(1, 200), kills=st.integers(1, 60))
def test_moments_are_different_and_spread_over_before_amid_and_after(operations: int, kills: int) -> None:
    """There are as many as asked for, no two the same, and all stages are among three of them."""
    moments = spread(Write.COPY, [1.0] * operations, kills)
    assert len(set(moments)) == len(moments) == kills
    assert {moment.stage for moment in moments} == set(list(Stage)[:kills])
    assert all(0 <= moment.nth < operations and 0 <= moment.seconds <= 1 for moment in moments)


def test_folder_is_what_its_state_says(tmp_path: Path) -> None:
    """Whatever is added, changed, renamed, deleted and copied, the files are those of the state, and nothing else."""
    author = Author(2)
    state = author.begin(10)
    for tick in range(4):
        lay_out(state, tmp_path, tick=tick)
        assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == state.texts
        assert all(fact in state.texts[name] for fact, name in state.facts.items())
        state = author.go_on(state, MIX)
    assert len(state.texts) == 10 + 4 * (MIX.added + MIX.copied - MIX.deleted)


def test_index_is_like_itself(indexed: Store) -> None:
    """Where nothing is amiss, nothing is said."""
    hold(differences(read_contents(indexed), read_contents(indexed)), "nothing")
    hold(damages(indexed), "nothing")
    hold(leftovers(indexed), "nothing")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM article WHERE id = 1", "lost articles"),
        ("UPDATE text SET sentences = x'0000000001000000' WHERE id = 1", "phantom or doubled texts"),
        ("DELETE FROM passage WHERE id = 1", "lost passages"),
        ("UPDATE passage SET vector = (SELECT vector FROM passage WHERE id = 9) WHERE id = 1", "is another"),
        ("INSERT INTO word (rowid, text) VALUES (1, 'phantom')", "phantom or doubled words"),
    ],
)
def test_what_is_lost_or_phantom_is_noticed(indexed: Store, statement: str, said: str) -> None:
    """An article, a sentence, a passage, a vector and a word are missed, and not taken for another."""
    wanted = read_contents(indexed)
    change(indexed, statement)
    assert any(said in each for each in differences(read_contents(indexed), wanted))


def test_passage_that_is_there_twice_is_noticed(indexed: Store) -> None:
    """No two passages of a text have the same span."""
    change(
        indexed, 'INSERT INTO passage (text_id, start, "end", vector) SELECT text_id, start, "end", vector FROM passage'
    )
    with pytest.raises(BrokenPromiseError, match="twice"):
        read_contents(indexed)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM passage WHERE id = 1", "passages are said to be there"),
        ("INSERT INTO unfolded VALUES (1)", "in Chroma and wait for it"),
        ("UPDATE passage SET vector = (SELECT vector FROM passage WHERE id = 9) WHERE id = 1", "a vector in Chroma"),
        ("UPDATE setting SET value = '2' WHERE name = 'generation'", "cannot be opened"),
    ],
)
def test_vectors_that_do_not_fit_are_noticed(indexed: Store, statement: str, said: str) -> None:
    """Chroma holds what the catalog says that it does."""
    change(indexed, statement)
    assert any(said in each for each in damages(indexed))


def test_leftovers_are_noticed(indexed: Store) -> None:
    """A staged text, a recipe, a generation, a lock, a half-exported model and a note are each too much."""
    change(
        indexed,
        "INSERT INTO text (recipe_id, sha256, title, content, sentences, signature) VALUES (1, '', '', '', '', '')",
        "INSERT INTO recipe (fingerprint, model, embedder, dimensions, cutter, budget)"
        " SELECT '', model, '', 0, 2, 120 FROM recipe",
    )
    for path in (indexed.generations / "000002", indexed.models / ".export-killed"):
        path.mkdir()
    for path in (indexed.generations / "000003.lock", indexed.writer_note):
        path.touch()
    said = "\n".join(leftovers(indexed))
    for each in ("1 staged", "1 recipes", "000002", "000003.lock", ".export-killed", "who writes"):
        assert each in said
