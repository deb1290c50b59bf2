"""Retrieval with the real model: questions in an article's words, and questions in the asker's own."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.build import update_index
from index.embedder import OnnxEmbedder
from index.inputs import BuildOptions
from index.model_folder import ModelFolder
from index.nearest import VectorSearch
from index.schema import open_catalog
from index.snapshot import Snapshot, reading
from index.store import Store
from index.words import Stemmer
from qa.question import parse_question
from qa.retrieval import Hit, retrieve
from tests.fakes import SilentProgress

ARTICLES_WORDS = (
    ("Who initiated the conversation between Scholz and Putin?", "reportedly initiated by Germany"),
    ("What did Zelensky refer to as a Pandora's box?", "Pandora's box"),
    ("Which populist party accuses Scholz's administration of insufficient efforts?", "populist BSW accuse"),
    ("Where is the upcoming G20 summit?", "G20 summit in Rio de Janeiro"),
    ("Whom did Scholz consult before speaking to Putin?", "Scholz consulted Ukrainian President"),
    ("How did the Kremlin label the discussion?", "detailed and frank exchange"),
    ("What may North Korean servicemen be deployed to?", "North Korean servicemen may be deployed"),
    ("What did Putin insist any peace agreement must recognize?", "must recognize the territorial changes"),
    ("What has communication between the leaders been due to the political climate?", "has been sporadic"),
    ("Who is a long-standing energy partner?", "long-standing energy partner"),
)
OWN_WORDS = (
    ("Who phoned whom first?", "reportedly initiated by Germany"),
    ("How did Ukraine's leader react to the talk?", "Pandora's box"),
    ("Are there political groups at home that want more done to stop the fighting?", "populist BSW accuse"),
    ("In what Brazilian city will heads of state meet?", "G20 summit in Rio de Janeiro"),
    ("Is the ruling party popular with the electorate at the moment?", "struggling in the polls"),
    ("What was Moscow's description of the phone talk?", "detailed and frank exchange"),
    ("Might soldiers from Pyongyang fight on Moscow's side?", "North Korean servicemen may be deployed"),
    ("What does the Russian leader demand in return for ending the war?", "must recognize the territorial changes"),
    ("How often had the two heads of government been in touch lately?", "has been sporadic"),
    ("Will allied states be told about what comes next?", "allies, EU partners, and NATO leadership"),
)
FIRST = 3

Find = Callable[[str], tuple[Hit, ...]]


@pytest.fixture
def find(articles: Path, real_store: Store) -> Iterator[Find]:
    """Return a function that finds passages of the seeds for a question, all of them ranked."""
    options = BuildOptions(roots=(articles,))
    update_index(real_store, options, notify=lambda _: None, progress=SilentProgress())
    (model,) = real_store.models.iterdir()
    embedder = OnnxEmbedder(ModelFolder(model))
    search = VectorSearch(real_store, notify=pytest.fail)
    with (
        closing(search),
        closing(Stemmer()) as stemmer,
        closing(open_catalog(real_store.catalog)) as connection,
        reading(connection, real_store) as snapshot,
    ):

        def run(text: str) -> tuple[Hit, ...]:
            question = parse_question(text, stemmer, snapshot)
            return retrieve(question, embedder.embed_question(question.text), snapshot, search, limit=50)

        run.snapshot = snapshot  # type: ignore[attr-defined]
        yield run


def found_first(find: Find, question: str, words: str, key: Callable[[Hit], float]) -> bool:
    """Tell whether a passage with `words` is among the first, with hits in the order of `key`."""
    snapshot: Snapshot = find.snapshot  # type: ignore[attr-defined]
    ranked = sorted(find(question), key=key, reverse=True)[:FIRST]
    return any(words in hit.passage.span.of(snapshot.text(hit.passage.text_id).content) for hit in ranked)


@pytest.mark.parametrize("questions", [ARTICLES_WORDS, OWN_WORDS], ids=["article's words", "own words"])
def test_neither_kind_suffers_from_the_other(find: Find, questions: tuple[tuple[str, str], ...]) -> None:
    """Fused, each kind is found as often as by the better of vectors alone and words alone."""

    def count(key: Callable[[Hit], float]) -> int:
        return sum(found_first(find, question, words, key) for question, words in questions)

    fused = count(lambda hit: hit.score)
    assert fused >= max(count(lambda hit: hit.nearness), count(lambda hit: hit.wording))
    assert fused >= len(questions) - 1


def test_the_kinds_are_what_they_are_called(find: Find) -> None:
    """The first table's questions share more weight of words with their passages than the second's."""

    def wording(questions: tuple[tuple[str, str], ...]) -> float:
        return sum(max(hit.wording for hit in find(question)) for question, _ in questions) / len(questions)

    assert wording(ARTICLES_WORDS) > 2 * wording(OWN_WORDS)
