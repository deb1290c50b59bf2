"""Retrieval over the hashing embedder: nearness and words fused, ties, what is gone or new."""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.nearest import VectorSearch
from index.records import Settings
from index.snapshot import Snapshot
from index.store import Store
from index.words import Stemmer
from qa.question import parse_question
from qa.retrieval import MATCHING, NEAREST, WORD_WEIGHT, Hit, retrieve
from tests.conftest import Index
from tests.fakes import HashingEmbedder

Retrieve = Callable[..., tuple[Hit, ...]]
_SUBJECTS = ("storm", "harbour", "election", "orchestra", "museum", "glacier", "railway", "vaccine", "satellite", "dam")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of ten articles of one sentence each."""
    folder = tmp_path / "ten"
    folder.mkdir()
    for subject in _SUBJECTS:
        (folder / f"{subject}.txt").write_text(f"The {subject} was in the news.\n", encoding="utf-8")
    return folder


@pytest.fixture
def search(fake_store: Store) -> Iterator[VectorSearch]:
    """Return the search of vectors, which has to do without notices."""

    def notify(line: str) -> None:
        raise AssertionError(line)

    with closing(VectorSearch(fake_store, notify=notify)) as search:
        yield search


@pytest.fixture
def find(read: Callable[[], Snapshot], search: VectorSearch, stemmer: Stemmer) -> Retrieve:
    """Return a function that retrieves what the index has now, with words or by vectors alone."""

    def run(text: str, *, words: bool = True, limit: int = 20, near: Collection[str] = ()) -> tuple[Hit, ...]:
        snapshot = read()
        question = parse_question(text, stemmer, snapshot)
        asked = question if words else replace(question, match='"nosuchword"')
        vector = HashingEmbedder().embed_question(question.text)
        return retrieve(asked, vector, snapshot, search, limit=limit, near=near)

    return run


def _contents(hits: tuple[Hit, ...], snapshot: Snapshot) -> list[str]:
    return [hit.passage.span.of(snapshot.text(hit.passage.text_id).content) for hit in hits]


def _settings(snapshot: Snapshot) -> Settings:
    settings = snapshot.settings()
    assert settings is not None
    return settings


def test_passage_with_the_words_comes_first(
    fake_index: Index, folder: Path, find: Retrieve, read: Callable[[], Snapshot]
) -> None:
    """The passage that has the question's word beats those that have it not."""
    fake_index(folder)
    assert _contents(find("glacier"), read())[0] == "The glacier was in the news."


def test_score_is_nearness_and_wording(fake_index: Index, folder: Path, find: Retrieve) -> None:
    """A hit's score is its cosine and its share of the ideal wording, weighted."""
    fake_index(folder)
    for hit in find("glacier news"):
        assert -1.001 <= hit.nearness <= 1.001
        assert 0 <= hit.wording <= 1
        assert hit.score == hit.nearness + WORD_WEIGHT * hit.wording


def test_hits_are_sorted_and_distinct(fake_index: Index, articles: Path, find: Retrieve) -> None:
    """Hits come best first, each passage once, though words and vectors find the same ones."""
    fake_index(articles)
    hits = find("Scholz called Putin about North Korean troops")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits) > 1


def test_no_more_hits_than_asked_for(fake_index: Index, folder: Path, find: Retrieve) -> None:
    """The limit holds, and the best are kept."""
    fake_index(folder)
    few, many = ([hit.passage.id for hit in find("glacier", limit=limit)] for limit in (3, 20))
    assert few == many[:3]
    assert len(many) == len(_SUBJECTS)


def test_ties_break_by_passage(fake_index: Index, tmp_path: Path, find: Retrieve) -> None:
    """Passages of the same words in another order score the same and come in the order of ids."""
    folder = tmp_path / "ties"
    folder.mkdir()
    for name, text in (("a", "storm hits coast"), ("b", "coast hits storm"), ("c", "hits storm coast")):
        (folder / f"{name}.txt").write_text(f"{text}.\n", encoding="utf-8")
    fake_index(folder)
    hits = find("storm coast")
    assert len({hit.score for hit in hits}) == 1
    assert [hit.passage.id for hit in hits] == sorted(hit.passage.id for hit in hits)
    assert len(hits) == 3


def test_gone_passage_is_no_hit(fake_index: Index, folder: Path, find: Retrieve, read: Callable[[], Snapshot]) -> None:
    """A passage that the generation of vectors still holds is not found when its article is gone."""
    fake_index(folder)
    before = _settings(read())
    (folder / "glacier.txt").unlink()
    fake_index(folder)
    assert (_settings(read()).generation, _settings(read()).folded) == (before.generation, before.folded)
    found = _contents(find("glacier", words=False), read())
    assert len(found) == len(_SUBJECTS) - 1
    assert not any("glacier" in content for content in found)


def test_passage_beside_the_generation_is_a_hit(
    fake_index: Index, folder: Path, find: Retrieve, read: Callable[[], Snapshot]
) -> None:
    """A passage that the generation lacks is found by its vector alone."""
    fake_index(folder)
    (folder / "volcano.txt").write_text("The volcano was in the news.\n", encoding="utf-8")
    fake_index(folder)
    assert read().count("unfolded") == 1
    assert _contents(find("volcano", words=False), read())[0] == "The volcano was in the news."


def test_question_of_unknown_words_has_nearest_hits(fake_index: Index, folder: Path, find: Retrieve) -> None:
    """Where no passage has a word of the question, the nearest come all the same, worded 0."""
    fake_index(folder)
    hits = find("zebra")
    assert len(hits) == len(_SUBJECTS)
    assert {hit.wording for hit in hits} == {0.0}


def test_empty_index_has_no_hits(fake_index: Index, folder: Path, find: Retrieve) -> None:
    """Where all articles are gone, nothing is found and nothing fails."""
    fake_index(folder)
    for path in folder.iterdir():
        path.unlink()
    fake_index(allow_empty=True)
    assert find("glacier") == ()


def test_crowd_outside_does_not_keep_a_selected_passage_out(
    fake_index: Index, tmp_path: Path, read: Callable[[], Snapshot], search: VectorSearch, stemmer: Stemmer
) -> None:
    """A passage that more others outrank than are looked up is found where the search is within its text."""
    folder = tmp_path / "crowd"
    folder.mkdir()
    for number in range(MATCHING + NEAREST):
        (folder / f"{number}.txt").write_text(f"Number {number}: storm, storm at the harbour.\n", encoding="utf-8")
    (folder / "last.txt").write_text("A storm of laughter met the mayor's plan for a new museum.\n", encoding="utf-8")
    fake_index(folder)
    snapshot = read()
    question = parse_question("storm harbour", stemmer, snapshot)
    vector = HashingEmbedder().embed_question(question.text)
    wanted = snapshot.places_at("crowd/last.txt")[0].text_id
    among_all = retrieve(question, vector, snapshot, search, limit=1_000)
    assert wanted not in {hit.passage.text_id for hit in among_all}
    (hit,) = retrieve(question, vector, snapshot, search, limit=20, within=[wanted])
    assert hit.passage.text_id == wanted
    assert hit.wording > 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the index is only read
@given(
    words=st.lists(st.sampled_from((*_SUBJECTS, "news", "zebra")), min_size=1, max_size=4),
    chosen=st.sets(st.integers(0, 2 * len(_SUBJECTS) - 1)),
    limit=st.integers(1, 8),
)
def test_ranking_within_texts_is_that_of_brute_force(
    fake_index: Index,
    folder: Path,
    read: Callable[[], Snapshot],
    search: VectorSearch,
    stemmer: Stemmer,
    words: list[str],
    chosen: set[int],
    limit: int,
) -> None:
    """Within any texts, the hits are the best of all their passages by nearness and wording."""
    if not list(folder.glob("two-*")):
        for one, two in zip(_SUBJECTS, reversed(_SUBJECTS), strict=True):
            (folder / f"two-{one}.txt").write_text(f"Of {one} and {two}, {one} first.\n", encoding="utf-8")
        fake_index(folder)
    snapshot = read()
    question = parse_question(" ".join(words), stemmer, snapshot)
    vector = HashingEmbedder().embed_question(question.text)
    texts = [article.text_id for number, article in enumerate(snapshot.articles()) if number in chosen]
    paths = snapshot.first_paths(texts)
    wording = {match.passage_id: match.bm25 / question.ideal for match in snapshot.matching(question.match, 1_000)}
    ranked = []
    for passage in snapshot.passages(range(1_000), HashingEmbedder.dimensions):
        if passage.text_id in paths:
            nearness, words_share = float(passage.vector @ vector), min(wording.get(passage.id, 0.0), 1.0)
            score = nearness + WORD_WEIGHT * words_share
            ranked.append((-score, paths[passage.text_id], passage.span, passage.id))
    hits = retrieve(question, vector, snapshot, search, limit=limit, within=texts)
    assert [hit.passage.id for hit in hits] == [id for *_, id in sorted(ranked)[:limit]]
    assert bool(hits) == bool(chosen)


def test_article_just_spoken_of_is_preferred_a_little(
    fake_index: Index, folder: Path, find: Retrieve, read: Callable[[], Snapshot]
) -> None:
    """Among passages that fit alike, its own come first; a passage that has the question's word still wins."""
    fake_index(folder)
    assert _contents(find("the news", near={"ten/storm.txt"}), read())[0] == "The storm was in the news."
    assert _contents(find("glacier", near={"ten/storm.txt"}), read())[0] == "The glacier was in the news."


def test_words_of_the_question_before_are_looked_for(
    fake_index: Index,
    folder: Path,
    read: Callable[[], Snapshot],
    search: VectorSearch,
    stemmer: Stemmer,
) -> None:
    """Among passages that fit alike, those with the words of a recalled question come first, and never a better one."""
    fake_index(folder)
    snapshot = read()
    recalled = parse_question("glacier", stemmer, snapshot)

    def first(text: str) -> str:
        question = parse_question(text, stemmer, snapshot)
        vector = HashingEmbedder().embed_question(question.text)
        return _contents(retrieve(question, vector, snapshot, search, limit=1, recalled=recalled), snapshot)[0]

    assert first("the news") == "The glacier was in the news."
    assert first("storm") == "The storm was in the news."
