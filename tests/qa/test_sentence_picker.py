"""The sentence picker over the hashing embedder: what it considers, knows and scores."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.records import Passage, StoredText
from index.snapshot import Snapshot
from index.spans import Span
from index.words import Stemmer
from qa.question import Question, parse_question
from qa.retrieval import Hit
from qa.sentence_picker import FEATURES, READ_HITS, WEIGHTS, Considered, SentencePicker, consider
from tests.conftest import Index
from tests.fakes import HashingEmbedder
from tests.qa.samples import stored

_NEARNESS = 2
"""Features that are a cosine: the first two."""


@pytest.fixture
def picker(stemmer: Stemmer) -> SentencePicker:
    """Return a picker with the hashing embedder."""
    return SentencePicker(HashingEmbedder(), stemmer)


@pytest.fixture
def parse(
    fake_index: Index, articles: Path, read: Callable[[], Snapshot], stemmer: Stemmer
) -> Callable[[str], Question]:
    """Return `parse_question` over the seed articles."""
    fake_index(articles)
    snapshot = read()
    return lambda text: parse_question(text, stemmer, snapshot)


def _hit(text: StoredText, span: Span, *, id: int = 1, nearness: float = 0.5) -> Hit:
    vector = HashingEmbedder().embed_question(span.of(text.content))
    return Hit(Passage(id, text.id, span, vector), nearness, 0.0, nearness)


def _whole(text: StoredText) -> Span:
    return Span(0, len(text.content))


def test_every_sentence_of_a_hit_is_considered() -> None:
    """The sentences of a passage are considered, in order, with its nearness."""
    text = stored("First here. Second here. Third here.")
    found = consider([_hit(text, _whole(text), nearness=0.25)], {1: text})
    assert [sentence.span for sentence in found] == list(text.sentences)
    assert [sentence.position for sentence in found] == [0, 1, 2]
    assert {sentence.nearness for sentence in found} == {0.25}


def test_sentence_of_two_passages_is_considered_once() -> None:
    """A sentence where two passages overlap has the nearness of the nearer one."""
    text = stored("First here. Second here. Third here.")
    first, second, third = text.sentences
    hits = [
        _hit(text, Span(first.start, second.end), id=1, nearness=0.2),
        _hit(text, Span(second.start, third.end), id=2, nearness=0.7),
    ]
    found = {sentence.span: sentence.nearness for sentence in consider(hits, {1: text})}
    assert found == {first: 0.2, second: 0.7, third: 0.7}
    assert len(consider(hits, {1: text})) == 3


def test_overlong_sentence_is_considered_as_far_as_its_passage_goes() -> None:
    """Of a sentence that several passages share, each hit has its own part."""
    text = stored("word " * 300 + "end.")
    parts = [Span(0, 600), Span(600, 1200)]
    found = consider([_hit(text, part, id=number) for number, part in enumerate(parts)], {1: text})
    assert [sentence.span for sentence in found] == parts


def test_features_have_a_row_a_sentence(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """One row a sentence, one column a feature, and a weight for each."""
    text = stored("Scholz called Putin. They spoke for an hour. Nobody knows why.")
    considered = consider([_hit(text, _whole(text))], {1: text})
    features = picker.features(parse("Who called Putin?"), considered, {1: text})
    assert features.shape == (3, len(FEATURES))
    assert len(WEIGHTS) == len(FEATURES)


@pytest.mark.parametrize(
    "question", ["Who called Putin?", "Who is who?", "zebra", "How many North Korean troops were sent to Russia?", "42"]
)
def test_features_keep_to_their_ranges(
    picker: SentencePicker, parse: Callable[[str], Question], articles: Path, question: str
) -> None:
    """Cosines lie between -1 and 1, the other features between 0 and 1."""
    paths = sorted(articles.iterdir())
    texts = {id: stored(path.read_text(encoding="utf-8"), id=id) for id, path in enumerate(paths)}
    considered = consider([_hit(text, _whole(text), id=id) for id, text in texts.items()], texts)
    features = picker.features(parse(question), considered, texts)
    assert np.all(np.abs(features[:, :_NEARNESS]) <= 1 + 1e-6)
    assert np.all((features[:, _NEARNESS:] >= 0) & (features[:, _NEARNESS:] <= 1 + 1e-12))


def test_features_of_a_sentence_that_says_it_all(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """A sentence with every word in the question's order has full shares, and one that follows sees it before it."""
    text = stored("Who called Putin on Friday afternoon, sources say. Nothing else.")
    considered = consider([_hit(text, _whole(text))], {1: text})
    features = dict(zip(FEATURES, picker.features(parse("Who called Putin?"), considered, {1: text}).T, strict=True))
    assert features["share of the question's words"].tolist() == [1.0, 0.0]
    assert features["share of the question's word pairs"].tolist() == [1.0, 0.0]
    assert features["share in the sentence before"].tolist() == [0.0, 1.0]
    assert features["share in the sentence after"].tolist() == [0.0, 0.0]
    assert features["words of its own"].tolist() == [1.0, 0.5]


def test_candidates_are_sentences_with_chances(
    picker: SentencePicker, parse: Callable[[str], Question], articles: Path
) -> None:
    """Candidates are sentences of the text, scored strictly between 0 and 1, best first."""
    text = stored(min(articles.iterdir()).read_text(encoding="utf-8"))
    candidates = picker.read(parse("Who called Putin?"), [_hit(text, _whole(text))], {1: text}).candidates
    scores = [candidate.score for candidate in candidates]
    assert {candidate.span for candidate in candidates} == set(text.sentences)
    assert all(0 < score < 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_sentence_with_the_words_is_the_best(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """The sentence that says what was asked comes before those that do not."""
    text = stored("The weather was fine. On Friday, Scholz called Putin. Markets fell a little.")
    best = picker.read(parse("Who called Putin?"), [_hit(text, _whole(text))], {1: text}).candidates[0]
    assert best.span.of(text.content) == "On Friday, Scholz called Putin."


def test_ties_keep_the_order_of_hits(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """The same sentences in two texts come in the order of hits, then by offset."""
    texts = {id: stored("Scholz called Putin. Scholz called Putin. Scholz called Putin.", id=id) for id in (1, 2)}
    hits = [_hit(texts[2], _whole(texts[2]), id=2), _hit(texts[1], _whole(texts[1]), id=1)]
    candidates = picker.read(parse("zebra"), hits, texts).candidates
    assert len({candidate.score for candidate in candidates}) == 1
    assert [candidate.text_id for candidate in candidates] == [2, 2, 2, 1, 1, 1]
    assert all(first.span < second.span for first, second in pairwise(candidates[:3]))


@pytest.mark.parametrize("heading", ["# Scholz called Putin", "**Scholz called Putin**", "Scholz called Putin", "---"])
def test_headings_answer_nothing(picker: SentencePicker, parse: Callable[[str], Question], heading: str) -> None:
    """A title, a heading or a rule is no candidate beside prose."""
    text = stored(f"{heading}\n\nThe chancellor rang on Friday.")
    candidates = picker.read(parse("Who called Putin?"), [_hit(text, _whole(text))], {text.id: text}).candidates
    assert [candidate.span.of(text.content) for candidate in candidates] == ["The chancellor rang on Friday."]


def test_headings_are_read_where_there_is_nothing_else(
    picker: SentencePicker, parse: Callable[[str], Question]
) -> None:
    """An article of a title alone can still be quoted."""
    text = stored("Scholz called Putin")
    candidates = picker.read(parse("Who called Putin?"), [_hit(text, _whole(text))], {text.id: text}).candidates
    assert [candidate.span.of(text.content) for candidate in candidates] == ["Scholz called Putin"]


def test_only_the_best_hits_are_read(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """Hits beyond `READ_HITS` give no candidates."""
    texts = {id: stored("Scholz called Putin.", id=id) for id in range(READ_HITS + 3)}
    hits = [_hit(text, _whole(text), id=id) for id, text in texts.items()]
    candidates = picker.read(parse("Who called Putin?"), hits, texts).candidates
    assert {candidate.text_id for candidate in candidates} == set(range(READ_HITS))


def test_no_hits_give_no_candidates(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """Nothing found is nothing read."""
    assert picker.read(parse("Who called Putin?"), [], {}).candidates == ()


def test_part_of_an_overlong_sentence_is_a_candidate(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """The candidate of an overlong sentence is the part that the passage holds, scored on its own words."""
    text = stored("word " * 300 + "end.")
    part = Span(5, 105)
    (candidate,) = picker.read(parse("Who called Putin?"), [_hit(text, part)], {1: text}).candidates
    assert candidate.span == part
    considered = [Considered(1, part, 0, 0.5)]
    assert picker.features(parse("word"), considered, {1: text}).shape == (1, len(FEATURES))


def test_grounds_come_to_the_scores(picker: SentencePicker, parse: Callable[[str], Question]) -> None:
    """Each score is the logistic function of its rank, the first one's rank that of its signs, weighed."""
    text = stored("The weather was fine. On Friday, Scholz called Putin. Markets fell a little.")
    found = picker.read(parse("Who called Putin?"), [_hit(text, _whole(text))], {1: text})
    grounds = found.grounds
    assert grounds is not None
    assert found.read == range(1)
    assert grounds.features.shape == (3, len(FEATURES))
    assert [each.score for each in found.candidates] == pytest.approx(1 / (1 + np.exp(-grounds.ranks)))
    assert grounds.signs @ np.array(grounds.weights) + grounds.bias == pytest.approx(grounds.ranks[0])
    assert grounds.shares is None
