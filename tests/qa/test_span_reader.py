"""The reader over a model that knows words: which answer comes first, how sure, and what of it is shown."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.records import StoredText
from index.spans import Span
from index.words import Stemmer
from qa.confidence import SIGNS, Calibration, rank
from qa.evidence import FEATURES, features, gather
from qa.pairs import LONGEST_TITLE
from qa.question import Question
from qa.reader import Candidate
from qa.span_model import FoundSpan
from qa.span_reader import READ_HITS, SpanReader
from tests.fakes import WordSpanModel
from tests.qa.samples import asking, hit_on, stored

_CALIBRATION = Calibration(
    ranking=(1.0, *(0.0,) * (len(FEATURES) - 1)), weights=(1.0, *(0.0,) * (len(SIGNS) - 1)), bias=0.0, threshold=0.4
)
"""Sentences rank by margin alone, and the lead over the others alone is the first one's logit."""

_BY_NEARNESS = replace(_CALIBRATION, ranking=(0.3, 5.0, *(0.0,) * (len(FEATURES) - 2)))
_MARGINS = {"Scholz": 7.0, "Putin": 5.0, "Friday": 2.0, "hour": -3.0}

_WHO = asking("Who called Putin?", call=1.0, putin=1.0)


@pytest.fixture
def reader(stemmer: Stemmer) -> SpanReader:
    """Return a reader whose model knows the name of Scholz, and less surely some other words."""
    return SpanReader(WordSpanModel({"Scholz": 4.0, "Friday": 2.0, "hour": 1.0}), _CALIBRATION, stemmer)


def _read(reader: SpanReader, texts: Sequence[StoredText], question: Question = _WHO) -> tuple[Candidate, ...]:
    return reader.read(question, [hit_on(text) for text in texts], {text.id: text for text in texts}).candidates


def _answers(found: Sequence[Candidate], texts: Sequence[StoredText]) -> list[str]:
    contents = {text.id: text.content for text in texts}
    return [each.span.of(contents[each.text_id]) for each in found]


def test_best_span_of_each_sentence_is_a_candidate(reader: SpanReader) -> None:
    """Every sentence answers with its likeliest span, the likeliest sentence first."""
    texts = [stored("It lasted for an hour. On Friday he rang. The chancellor Scholz called on Friday.")]
    assert _answers(_read(reader, texts), texts) == ["Scholz", "Friday", "hour"]


def test_number_is_an_answer_with_its_unit(stemmer: Stemmer) -> None:
    """A model that stops at the number is not followed, where its unit stands behind it."""
    reader = SpanReader(WordSpanModel({"900": 4.0}), _CALIBRATION, stemmer)
    texts = [stored("The rings cost 900 dollars.")]
    assert _answers(_read(reader, texts, asking("What did the rings cost?", rings=1.0)), texts) == ["900 dollars"]


def test_weak_answer_is_not_buried_by_passages_without_one(stemmer: Stemmer) -> None:
    """A span that its own passage holds for likelier than none is first among many passages of none."""
    reader = SpanReader(WordSpanModel({"Scholz": 0.5}), _CALIBRATION, stemmer)
    empty = [stored(f"Nothing at all happened in town {id}.", id=id) for id in range(2, READ_HITS + 1)]
    texts = [*empty, stored("It was Scholz who rang.", id=1)]
    found = _read(reader, texts)
    assert _answers(found, texts)[0] == "Scholz"
    assert found[0].score > reader.threshold


def test_rival_takes_from_the_score(reader: SpanReader) -> None:
    """The first answer is less sure where another one is nearly as likely."""
    alone = stored("Chancellor Scholz rang.")
    rival = stored("It was on Friday that he rang.", id=2)
    assert _read(reader, [alone, rival])[0].score < _read(reader, [alone])[0].score


def test_scores_fall_and_are_probabilities(reader: SpanReader) -> None:
    """Scores lie between 0 and 1, the best first."""
    texts = [stored(f"In {word} nothing else was said.", id=id) for id, word in enumerate(("hour", "Scholz", "x"))]
    scores = [each.score for each in _read(reader, texts)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    assert len(set(scores)) == 3


def test_others_stand_to_the_first_as_their_shares(stemmer: Stemmer) -> None:
    """A rank lower by 1 is a score lower by the factor e."""
    reader = SpanReader(WordSpanModel({"Scholz": 3.0, "Friday": 2.0}, otherwise=-50.0), _CALIBRATION, stemmer)
    first, second = _read(reader, [stored("Chancellor Scholz rang."), stored("It was on Friday.", id=2)])
    assert first.score / second.score == pytest.approx(2.718281828, rel=1e-4)


def test_ties_keep_the_order_of_hits(reader: SpanReader) -> None:
    """Equal sentences come as their hits do, within one hit by offset."""
    texts = [stored("He said Scholz rang. She said Scholz rang.", id=id) for id in (7, 3, 5)]
    found = _read(reader, texts)
    assert [each.text_id for each in found] == [7, 7, 3, 3, 5, 5]
    assert found[0].span < found[1].span


def test_equal_input_has_equal_output(reader: SpanReader) -> None:
    """The same hits read again give the same candidates, threads or no threads."""
    texts = [stored(f"On Friday, Scholz rang for an hour in {id}.", id=id) for id in range(9)]
    assert len({_read(reader, texts) for _ in range(5)}) == 1


def test_only_the_first_hits_are_read(reader: SpanReader) -> None:
    """Hits beyond `READ_HITS` give no candidates, however good."""
    texts = [stored("Nothing happened here.", id=id) for id in range(READ_HITS)]
    best = stored("Scholz called him.", id=99)
    assert {each.text_id for each in _read(reader, [*texts, best])} == set(range(READ_HITS))


def test_no_hits_give_no_candidates(reader: SpanReader) -> None:
    """Nothing found is nothing read."""
    assert _read(reader, []) == ()


def test_passages_without_spans_give_no_candidates(reader: SpanReader) -> None:
    """Where the model finds no words, there are no candidates."""
    assert _read(reader, [StoredText(1, "", "— —", ())]) == ()


def test_threshold_is_the_calibration_s(reader: SpanReader) -> None:
    """What was fitted tells from where on a candidate is an answer."""
    assert reader.threshold == 0.4


_CALLED = stored("The office denied it for weeks; Scholz did call Putin on a quiet evening, and Kyiv objected.")


def test_yes_or_no_is_answered_by_the_clause(reader: SpanReader) -> None:
    """A question that wants yes or no gets the words that say so, not a name."""
    (found,) = _read(reader, [_CALLED], asking("Did Scholz call Putin?", call=1.0))
    assert found.span.of(_CALLED.content) == "Scholz did call Putin on a quiet evening"


def test_name_is_answered_by_the_span(reader: SpanReader) -> None:
    """A question for a name gets no more than that."""
    (found,) = _read(reader, [_CALLED])
    assert found.span.of(_CALLED.content) == "Scholz"


@pytest.mark.parametrize(("margin", "answer"), [(-1.0, "Scholz did call Putin on a quiet evening"), (3.0, "Scholz")])
def test_reason_that_is_unsure_is_answered_by_the_clause(stemmer: Stemmer, margin: float, answer: str) -> None:
    """A reason that the model is not sure of is given with its clause."""
    reader = SpanReader(WordSpanModel({"Scholz": margin}, otherwise=-50.0), _CALIBRATION, stemmer)
    (found,) = _read(reader, [_CALLED], asking("Why was the office embarrassed?", office=1.0))
    assert found.span.of(_CALLED.content) == answer


_WHEN = asking("When did Scholz call Putin?", call=1.0)


def test_answer_that_cannot_be_is_behind_one_that_can(stemmer: Stemmer) -> None:
    """No time is called a grave escalation, however likely the model finds it; and what is left is unsure."""
    reader = SpanReader(WordSpanModel({"escalation": 9.0, "Friday": 1.0}), _CALIBRATION, stemmer)
    text = stored("He spoke of an escalation. He called on Friday.")
    found = reader.read(_WHEN, [hit_on(text)], {1: text})
    assert _answers(found.candidates, [text]) == ["Friday", "escalation"]
    assert found.candidates[0].score < 0.01


def test_answer_that_cannot_be_is_none(stemmer: Stemmer) -> None:
    """Where nothing can be what is asked for, the confidence falls below what is needed, and the reasons say why."""
    sure = replace(_CALIBRATION, bias=3.0)
    text = stored("He spoke of an escalation.")
    for question, least, most in ((_WHO, 0.9, 1.0), (_WHEN, 0.0, 0.995)):
        reader = SpanReader(WordSpanModel({"escalation": 9.0}), sure, stemmer)
        found = reader.read(question, [hit_on(text)], {1: text})
        assert found.grounds is not None
        assert least <= found.candidates[0].score <= most
        assert (found.grounds.sign_names[-1] == "cannot be of the kind asked for") is (question is _WHEN)
        logit = float(found.grounds.signs @ np.array(found.grounds.weights)) + found.grounds.bias
        assert found.candidates[0].score == pytest.approx(1 / (1 + math.exp(-logit)))


def test_more_is_read_where_nothing_can_be_the_answer(stemmer: Stemmer) -> None:
    """A passage that has a time is read though the first ones hold likelier words that are none."""
    reader = SpanReader(WordSpanModel({"escalation": 9.0, "Friday": 1.0}), _BY_NEARNESS, stemmer)
    texts = [*(stored("It was an escalation.", id=id) for id in range(1, 8)), stored("He called on Friday.", id=8)]
    hits = [replace(hit_on(text), nearness=1.0 if text.id < 8 else 0.1) for text in texts]
    found = reader.read(_WHEN, hits, {text.id: text for text in texts})
    assert _answers(found.candidates, texts)[0] == "Friday"


def test_corrected_error_is_no_answer(stemmer: Stemmer) -> None:
    """What an article says that it once had wrong is passed over for what is right."""
    reader = SpanReader(WordSpanModel({"57": 9.0, "59": 1.0}), _CALIBRATION, stemmer)
    text = stored("An earlier version of this article said that she was 57. She is 59.")
    assert _answers(_read(reader, [text], asking("How old is she?", old=1.0)), [text])[0] == "59"


def test_spans_are_in_the_hit_s_own_offsets(reader: SpanReader) -> None:
    """What the model finds counts from the passage's beginning, one tuple for each hit in order."""
    text = stored("It rained. Scholz rang.")
    hits = [hit_on(text, text.sentences[1]), hit_on(text)]
    second, whole = reader.find(_WHO, hits, {1: text})
    assert (second[0].span.start, whole[0].span.start) == (0, len("It rained. "))


class _HeardModel(WordSpanModel):
    """Remember what was read."""

    def __init__(self, margins: Mapping[str, float]) -> None:
        super().__init__(margins)
        self.heard: list[str] = []

    def find_spans(self, question: str, passage: str, *, headings: Sequence[Span] = ()) -> tuple[FoundSpan, ...]:
        self.heard.append(passage)
        return super().find_spans(question, passage, headings=headings)


def test_passage_is_read_under_its_article_s_title(stemmer: Stemmer) -> None:
    """The model sees whom an article is about, once; the title is no answer, and spans count without it."""
    model = _HeardModel({"Scholz": 9.0, "Friday": 1.0})
    reader = SpanReader(model, _CALIBRATION, stemmer)
    text = replace(stored("Scholz calls Putin\n\nIt rained. He rang on Friday."), title="Scholz calls Putin")
    last = text.sentences[-1]
    (spans,) = reader.find(_WHEN, [hit_on(text, last)], {1: text})
    assert model.heard == ["Scholz calls Putin. He rang on Friday."]
    assert next(span.span.of(last.of(text.content)) for span in spans) == "Friday"
    assert "Scholz" not in [span.span.of(last.of(text.content)) for span in spans]
    reader.find(_WHEN, [hit_on(text)], {1: text})
    assert model.heard[1:] == [text.content]


def test_no_more_than_the_beginning_of_a_long_title_is_read(stemmer: Stemmer) -> None:
    """Metadata may hold a title as long as a book, which would be read with each passage."""
    model = _HeardModel({"Friday": 1.0})
    text = replace(stored("He rang on Friday."), title="Scholz " * 1000)
    SpanReader(model, _CALIBRATION, stemmer).find(_WHEN, [hit_on(text)], {1: text})
    assert len(model.heard[0]) == LONGEST_TITLE + len(". ") + len(text.content)


def test_grounds_are_of_the_candidates_in_their_order(reader: SpanReader) -> None:
    """Whoever asks why finds a row of features, a rank and a share for each candidate, and the first one's signs."""
    text = stored("It lasted for an hour. On Friday he rang. The chancellor Scholz called on Friday.")
    found = reader.read(_WHO, [hit_on(text)], {1: text})
    assert found.grounds is not None
    assert found.grounds.features.shape == (3, len(found.grounds.names)) == (3, len(FEATURES))
    assert sorted(found.grounds.ranks, reverse=True) == list(found.grounds.ranks)
    assert found.grounds.shares is not None
    assert found.grounds.shares.sum() == pytest.approx(1.0)
    scores = [each.score / found.candidates[0].score for each in found.candidates]
    assert list(found.grounds.shares / found.grounds.shares[0]) == pytest.approx(scores)


def test_signs_and_weights_come_to_the_score(reader: SpanReader) -> None:
    """The first candidate's score is the logistic function of its signs, weighed, and the bias."""
    text = stored("On Friday he rang. The chancellor Scholz called.")
    found = reader.read(_WHO, [hit_on(text)], {1: text})
    assert found.grounds is not None
    assert len(found.grounds.sign_names) == len(found.grounds.signs) == len(found.grounds.weights)
    logit = float(found.grounds.signs @ np.array(found.grounds.weights)) + found.grounds.bias
    assert found.candidates[0].score == pytest.approx(1 / (1 + math.exp(-logit)))


@pytest.mark.parametrize(("hits", "read"), [(0, 0), (3, 3), (READ_HITS + 3, READ_HITS)])
def test_hits_that_were_read_are_told(reader: SpanReader, hits: int, read: int) -> None:
    """They are all, up to the most, where each may hold an answer as good as the best."""
    texts = [stored("Scholz called him.", id=id) for id in range(hits)]
    found = reader.read(_WHO, [hit_on(text) for text in texts], {text.id: text for text in texts})
    assert list(found.read) == list(range(read))


def test_no_more_is_read_than_may_change_the_answer(stemmer: Stemmer) -> None:
    """The likeliest passages are read first, and those that could not be better are not read."""
    reader = SpanReader(WordSpanModel({"Scholz": 8.0}), _BY_NEARNESS, stemmer)
    texts = [stored(f"Scholz called {id}.", id=id) for id in range(READ_HITS)]
    near = [0.1] * READ_HITS
    near[7] = near[9] = 0.9
    found = reader.read(_WHO, [hit_on(t, nearness=near[t.id]) for t in texts], {text.id: text for text in texts})
    assert list(found.read) == [0, 1, 7, 9]
    assert {candidate.text_id for candidate in found.candidates[:2]} == {7, 9}


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.lists(st.sampled_from(sorted(_MARGINS)), min_size=1, max_size=6)), min_size=1
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_answer_is_that_of_reading_all(stemmer: Stemmer, drawn: list[tuple[float, list[str]]]) -> None:
    """What is not read could not have been first."""
    reader = SpanReader(WordSpanModel(_MARGINS), _BY_NEARNESS, stemmer)
    texts = [stored(f"It was {' '.join(words)}.", id=id) for id, (_, words) in enumerate(drawn)]
    hits = [hit_on(text, nearness=nearness) for text, (nearness, _) in zip(texts, drawn, strict=True)][:READ_HITS]
    of = {text.id: text for text in texts}
    evidence = gather(hits, reader.find(_WHO, hits, of), of)
    ranks = rank(features(_WHO, evidence, of, stemmer), _BY_NEARNESS.ranking)
    first = reader.read(_WHO, hits, of).candidates[0]
    assert ranks[[piece.text_id for piece in evidence].index(first.text_id)] == pytest.approx(ranks.max())
