"""Index runs over any text and any history of a folder; test_run.py has the single cases."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.nearest import VectorSearch
from index.store import Store
from tests.fakes import HashingEmbedder
from tests.index.stored import contents, home, index_folder, looking, passage_ids, put
from tests.strategies import file_text, short_texts

ALWAYS = "The council met on Monday. It approved the budget."


@settings(max_examples=10, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(file_text(), min_size=1, max_size=12, unique=True))
def test_spans_slice_the_file_as_python_opens_it(fake_store: Store, tmp_path: Path, drawn: list[str]) -> None:
    """A span cuts the same text from the file, opened as UTF-8 without newline translation, as from the catalog."""
    with home(fake_store, tmp_path) as (store, folder):
        put(folder / "always.txt", ALWAYS)
        for number, text in enumerate(drawn):
            put(folder / f"{number}.txt", text)
        index_folder(store, folder)
        for held in contents(store):
            with (folder / held.name).open(encoding="utf-8", newline="") as file:
                opened = file.read()
            for span in (*held.passages, *held.sentences):
                assert span.of(opened) == span.of(held.text)


WORDS = ("the", "bridg", "flight", "senat", "prize", "later", "zurich", "alpha", "beta")
_DUMPS = st.sampled_from(("e.jsonl", "f.jsonl"))
NAMES = st.sampled_from(("a.txt", "b.txt", "c.txt", "d.md"))
TITLES, BODIES = ("Alpha", "Beta"), ("The mayor opened the bridge.", "The senate voted. It was late.")


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """Draw what may happen to a folder: a kind of step, a name, another name, a text."""
    few = draw(short_texts(3))
    text = st.one_of(st.sampled_from((*few, "", "\0")), file_text())
    kind = st.sampled_from(("write", "write", "write", "copy", "delete", "rename", "swap", "run", "run"))
    record = st.fixed_dictionaries({"title": st.sampled_from(TITLES), "text": st.sampled_from(BODIES)})
    dump = st.lists(record, min_size=1, max_size=2).map(lambda records: "\n".join(map(json.dumps, records)))
    any_file = st.tuples(kind, NAMES, NAMES, text)
    # Titles that are no part of a text: several articles may have the same one under several titles.
    titled = st.tuples(kind, _DUMPS, _DUMPS, dump)
    return draw(st.lists(any_file | titled, min_size=2, max_size=12))


def take_step(folder: Path, kind: str, name: str, other: str, text: str, tick: int) -> None:
    """Change the folder as a user might; steps for which a file is missing do nothing."""
    path, second = folder / name, folder / other
    if kind == "write":
        put(path, text, tick=tick)
    elif not path.exists():
        return
    elif kind == "delete":
        path.unlink()
    elif kind == "rename":
        path.rename(second)
    elif kind == "copy" and name != other:
        put(second, path.read_bytes(), tick=tick)
    elif kind == "swap" and name != other and second.exists():
        path.rename(folder / "aside")
        second.rename(path)
        (folder / "aside").rename(second)


def found_by_words(store: Store) -> dict[str, list[str]]:
    """Return the text of the passages that each word finds."""
    with looking(store) as snapshot:
        return {
            word: sorted(
                passage.span.of(snapshot.text(passage.text_id).content)
                for passage in snapshot.passages(
                    [match.passage_id for match in snapshot.matching(f'"{word}"', 1_000)], HashingEmbedder.dimensions
                )
            )
            for word in WORDS
        }


def embedded(store: Store) -> list[tuple[str, int, int, bytes]]:
    """Return every passage with its vector, without ids."""
    with looking(store) as snapshot:
        return sorted(
            (snapshot.text(each.text_id).content, each.span.start, each.span.end, each.vector.tobytes())
            for each in snapshot.passages(passage_ids(store), HashingEmbedder.dimensions)
        )


def found_by_vectors(store: Store) -> set[int]:
    """Return the passages that a search by vectors knows, and the catalog too."""
    search = VectorSearch(store, notify=lambda message: pytest.fail(message))
    with looking(store) as snapshot:
        found = search.nearest(snapshot, HashingEmbedder().embed_question("the vote"), 1_000)
        search.close()
        return {passage.id for passage in snapshot.passages(found, HashingEmbedder.dimensions)}


@settings(max_examples=10, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=steps())
def test_any_history_ends_as_a_fresh_index(
    fake_store: Store, tmp_path: Path, drawn: list[tuple[str, str, str, str]]
) -> None:
    """However a folder came to be, its index holds and finds what an index made of it at once does."""
    with home(fake_store, tmp_path) as (store, folder), home(fake_store, tmp_path) as (fresh, _):
        put(folder / "always.txt", ALWAYS)
        for tick, (kind, name, other, text) in enumerate(drawn, start=1):
            if kind == "run":
                index_folder(store, folder)
            else:
                take_step(folder, kind, name, other, text, tick)
        index_folder(store, folder)
        index_folder(fresh, folder)
        assert contents(store) == contents(fresh)
        assert found_by_words(store) == found_by_words(fresh)
        assert embedded(store) == embedded(fresh)
        assert found_by_vectors(store) == set(passage_ids(store))
