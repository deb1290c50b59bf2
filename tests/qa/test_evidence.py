"""Spans of overlapping passages become the evidence of sentences."""

import math

import pytest

from index.records import StoredText
from index.spans import Span
from index.words import Stemmer
from qa.evidence import CROSSING_LEAD, FEATURES, LONG_ANSWER, Evidence, features, gather
from qa.retrieval import Hit
from qa.span_model import FoundSpan
from tests.qa.samples import asking, hit_on, stored

_TEXT = stored("Scholz called Putin on Friday. They spoke for an hour. Kyiv objected to it.")


def _span(text: StoredText, words: str) -> Span:
    start = text.content.index(words)
    return Span(start, start + len(words))


def _found(hit: Hit, text: StoredText, **margins: float) -> tuple[FoundSpan, ...]:
    """Return spans of words with their margins, in the hit's own offsets, as a model would."""
    shift = hit.passage.span.start
    spans = {word: _span(text, word.replace("_", " ")) for word in margins}
    return tuple(FoundSpan(Span(s.start - shift, s.end - shift), margins[word]) for word, s in spans.items())


def _gather(*hits: tuple[Hit, tuple[FoundSpan, ...]], texts: tuple[StoredText, ...] = (_TEXT,)) -> list[Evidence]:
    return gather([hit for hit, _ in hits], [found for _, found in hits], {text.id: text for text in texts})


def test_span_speaks_for_its_sentence() -> None:
    """A span gives evidence of the sentence that it stands in, with its place in the text."""
    hit = hit_on(_TEXT, Span(_TEXT.sentences[1].start, len(_TEXT.content)))
    (piece,) = _gather((hit, _found(hit, _TEXT, hour=2.0)))
    assert piece == Evidence(1, _TEXT.sentences[1], 1, 1, _span(_TEXT, "hour"), 2.0, hit)


def test_spans_of_a_sentence_add_their_odds() -> None:
    """The margin is the logarithm of the summed odds, the best span the likeliest."""
    hit = hit_on(_TEXT)
    (piece,) = _gather((hit, _found(hit, _TEXT, Putin=math.log(2), Scholz=math.log(3))))
    assert piece.margin == pytest.approx(math.log(5))
    assert piece.best == _span(_TEXT, "Scholz")


def test_span_of_two_passages_counts_once() -> None:
    """A span where two passages overlap keeps its better margin, and the passage that gave it."""
    first, second = hit_on(_TEXT), hit_on(_TEXT, Span(7, len(_TEXT.content)), nearness=0.25)
    (piece,) = _gather((first, _found(first, _TEXT, Putin=1.0)), (second, _found(second, _TEXT, Putin=3.0)))
    assert (piece.margin, piece.hit) == (3.0, second)


def test_equal_spans_of_two_passages_are_the_first_one_s() -> None:
    """Where two passages give a span the same margin, the earlier hit has it."""
    first, second = hit_on(_TEXT), hit_on(_TEXT, Span(7, len(_TEXT.content)))
    (piece,) = _gather((first, _found(first, _TEXT, Putin=1.0)), (second, _found(second, _TEXT, Putin=1.0)))
    assert piece.hit is first


def test_equal_spans_go_by_offset() -> None:
    """Of equally likely spans of a sentence the first, and of these the shortest, is the best."""
    hit = hit_on(_TEXT)
    (piece,) = _gather((hit, _found(hit, _TEXT, Putin=1.0, Scholz_called=1.0, Scholz=1.0)))
    assert piece.best == _span(_TEXT, "Scholz")


def _crossing(margin: float) -> FoundSpan:
    """Return a span from the first sentence of `_TEXT` into the second."""
    return FoundSpan(Span(_span(_TEXT, "Friday").start, _span(_TEXT, "They").end), margin)


def test_span_over_two_sentences_speaks_for_both_together() -> None:
    """A span that crosses a sentence's end is evidence apart from that of its first sentence."""
    hit = hit_on(_TEXT)
    alone, both = _gather((hit, (*_found(hit, _TEXT, Putin=0.5), _crossing(9.0))))
    assert (alone.first, alone.last, alone.margin) == (0, 0, 0.5)
    assert (both.first, both.last, both.margin) == (0, 1, 9.0)
    assert both.sentences == Span(0, _TEXT.sentences[1].end)


@pytest.mark.parametrize("word", ["Putin", "hour"])
@pytest.mark.parametrize(("lead", "kept"), [(CROSSING_LEAD, True), (CROSSING_LEAD - 0.01, False)])
def test_span_over_two_sentences_needs_a_lead(word: str, lead: float, *, kept: bool) -> None:
    """It is dropped unless it is far likelier than all within the one sentence or the other."""
    hit = hit_on(_TEXT)
    pieces = _gather((hit, (_crossing(1.0 + lead), *_found(hit, _TEXT, **{word: 1.0}))))
    assert len(pieces) == 1 + kept


def test_span_over_two_sentences_does_not_need_a_lead_over_others() -> None:
    """A sentence that it does not touch does not count against it."""
    hit = hit_on(_TEXT)
    assert len(_gather((hit, (*_found(hit, _TEXT, Kyiv=9.0), _crossing(-5.0))))) == 2


def test_span_between_sentences_is_left_out() -> None:
    """White space between two sentences is evidence of nothing."""
    hit = hit_on(_TEXT)
    end = _TEXT.sentences[0].end
    assert _gather((hit, (FoundSpan(Span(end, end + 1), 5.0),))) == []


def test_marks_are_no_answer() -> None:
    """A span without a letter or a digit is left out, however likely the model finds it."""
    hit = hit_on(_TEXT)
    full_stop = FoundSpan(Span(_TEXT.content.index("."), _TEXT.content.index(".") + 1), 9.0)
    assert [piece.best.of(_TEXT.content) for piece in _gather((hit, (full_stop, *_found(hit, _TEXT, Putin=1.0))))] == [
        "Putin"
    ]


def test_evidence_comes_in_the_order_of_hits() -> None:
    """Sentences stand as hits bring them up, whatever their margins."""
    other = stored("Nothing happened on Monday.", id=2)
    first, second = hit_on(other), hit_on(_TEXT)
    pieces = _gather(
        (first, _found(first, other, Monday=-5.0)),
        (second, _found(second, _TEXT, hour=1.0, Scholz=0.0)),
        texts=(_TEXT, other),
    )
    assert [(piece.text_id, piece.first) for piece in pieces] == [(2, 0), (1, 1), (1, 0)]


def test_title_answers_nothing_beside_prose() -> None:
    """However sure the model is of a title, a sentence goes before it."""
    text = stored("Scholz calls Putin\n\nThe chancellor rang on Friday.")
    hit = hit_on(text)
    (piece,) = _gather((hit, _found(hit, text, Putin=9.0, Friday=-3.0)), texts=(text,))
    assert piece.best == _span(text, "Friday")


def test_title_answers_where_there_is_nothing_else() -> None:
    """An article of a title alone can answer."""
    text = stored("Scholz calls Putin")
    hit = hit_on(text)
    (piece,) = _gather((hit, _found(hit, text, Putin=-3.0)), texts=(text,))
    assert piece.best == _span(text, "Putin")


def _features(question: str, stemmer: Stemmer, **weights: float) -> list[dict[str, float]]:
    """Return the features of the three sentences of `_TEXT`, by name."""
    hit = hit_on(_TEXT, nearness=0.5, wording=0.25)
    pieces = _gather((hit, _found(hit, _TEXT, Scholz=1.5, hour=-1.0, Kyiv=-2.0)))
    known = features(asking(question, **weights), pieces, {1: _TEXT}, stemmer)
    assert known.shape == (3, len(FEATURES))
    return [dict(zip(FEATURES, row.tolist(), strict=True)) for row in known]


def test_features_of_margin_and_passage(stemmer: Stemmer) -> None:
    """A sentence has its margin, and the nearness and wording of the passage that gave it."""
    first, second, _ = _features("Who called?", stemmer, call=1.0)
    assert (first["margin"], second["margin"]) == (1.5, -1.0)
    assert (first["nearness of the passage"], first["wording of the passage"]) == (0.5, 0.25)


def test_share_of_words_goes_by_their_weights(stemmer: Stemmer) -> None:
    """A sentence has as much of the question as the words that it has weigh, whatever their endings."""
    first, second, third = _features("Who calls Putin in Kyiv?", stemmer, call=1.0, putin=2.0, kyiv=5.0)
    shares = [row["share of the question's words"] for row in (first, second, third)]
    assert shares == pytest.approx([3 / 8, 0, 5 / 8])


def test_words_around_count_where_the_sentence_lacks_them(stemmer: Stemmer) -> None:
    """The sentences before and after add what is not in the sentence itself; at the ends there are none."""
    first, second, third = _features("Who calls Kyiv?", stemmer, call=1.0, kyiv=3.0)
    before = [row["share in the sentence before"] for row in (first, second, third)]
    after = [row["share in the sentence after"] for row in (first, second, third)]
    assert before == pytest.approx([0, 1 / 4, 0])
    assert after == pytest.approx([0, 3 / 4, 0])


def test_word_of_both_is_no_word_of_the_sentence_before(stemmer: Stemmer) -> None:
    """A word that the sentence has itself does not count as its neighbour's."""
    text = stored("Kyiv was calm. Kyiv objected.")
    hit = hit_on(text)
    pieces = _gather((hit, _found(hit, text, objected=0.0)), texts=(text,))
    row = features(asking("Kyiv?", kyiv=1.0), pieces, {1: text}, stemmer)[0]
    assert row[FEATURES.index("share of the question's words")] == 1.0
    assert row[FEATURES.index("share in the sentence before")] == 0.0


def test_kind_of_words_is_looked_for(stemmer: Stemmer) -> None:
    """A sentence with a time has the kind of words that `when` asks for."""
    assert [row["kind of words asked for"] for row in _features("When?", stemmer, when=1.0)] == [1.0, 0.0, 0.0]


def test_answer_is_of_the_kind_or_not(stemmer: Stemmer) -> None:
    """A name is no length of time, though the sentence beside it tells one."""
    known = _features("How long did they speak?", stemmer, speak=1.0)
    assert [row["answer may be of the kind asked for"] for row in known] == [0.0, 1.0, 0.0]


def test_kind_of_each_answer_is_told_by_its_own_text(stemmer: Stemmer) -> None:
    """Answers of several articles are each looked up in theirs."""
    other = stored("It rained in Kyiv for an hour. Nobody spoke.", id=2)
    hits = hit_on(_TEXT), hit_on(other)
    pieces = _gather(
        (hits[0], _found(hits[0], _TEXT, hour=1.0)), (hits[1], _found(hits[1], other, Kyiv=1.0)), texts=(_TEXT, other)
    )
    known = features(asking("How long did they speak?", speak=1.0), pieces, {1: _TEXT, 2: other}, stemmer)
    assert known[:, FEATURES.index("answer may be of the kind asked for")].tolist() == [1.0, 0.0]


def test_words_of_the_answer_are_counted(stemmer: Stemmer) -> None:
    """A longer answer has more of them, up to where it counts as no longer; articles are none."""
    text = stored(f"He rang. It was the call of the year. It was {'very ' * 20}late.")
    hit = hit_on(text)
    spans = [FoundSpan(Span(0, 2), 1.0), FoundSpan(text.sentences[1], 1.0), FoundSpan(text.sentences[2], 1.0)]
    known = features(asking("Who?"), _gather((hit, tuple(spans)), texts=(text,)), {1: text}, stemmer)
    assert known[:, FEATURES.index("words of the answer")].tolist() == [1 / LONG_ANSWER, 5 / LONG_ANSWER, 1.0]


def test_evidence_of_two_sentences_is_marked(stemmer: Stemmer) -> None:
    """What crosses a sentence's end is told from what does not."""
    hit = hit_on(_TEXT)
    pieces = _gather((hit, (*_found(hit, _TEXT, Putin=0.5), _crossing(9.0))))
    known = features(asking("Who?"), pieces, {1: _TEXT}, stemmer)
    assert known[:, FEATURES.index("crosses a sentence's end")].tolist() == [0.0, 1.0]


def test_question_without_weights_has_no_shares(stemmer: Stemmer) -> None:
    """Where no word weighs anything, shares are 0 and no error."""
    assert {row["share of the question's words"] for row in _features("What?", stemmer)} == {0.0}


def test_no_evidence_has_no_rows(stemmer: Stemmer) -> None:
    """Of nothing there are no features, in the shape that others expect."""
    assert features(asking("Who?"), [], {}, stemmer).shape == (0, len(FEATURES))
