"""Explanations put together: what was read, what each sentence came to, and what became of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from index.records import StoredText
from index.spans import Span
from qa.explaining import explain_answer
from qa.explanation import Explanation, Fate, Sign
from qa.finding import Findings
from qa.quotes import quote_candidates
from qa.reader import Candidate, Grounds, Reading
from tests.qa.samples import HERE, PLACE, asking, hit_on, stored

_CALL = stored("A rare call\nGermany initiated it. It lasted for an hour.\n", id=1)
_COPY = stored("An echo\nGermany  initiated it. Nobody knew.\n", id=2)
_TEXTS = {1: _CALL, 2: _COPY}
_PLACES = {id: replace(PLACE, text_id=id, path=HERE / f"{id}.txt", title=f"T{id}") for id in _TEXTS}


def _candidate(text: StoredText, words: str, score: float) -> Candidate:
    start = text.content.index(words)
    return Candidate(text.id, Span(start, start + len(words)), score)


_CANDIDATES = (
    _candidate(_CALL, "Germany", 0.8),
    _candidate(_CALL, "initiated it. It", 0.4),
    _candidate(_COPY, "Germany", 0.3),
    _candidate(_COPY, "Nobody", 0.2),
    _candidate(_CALL, "hour", 0.1),
)
_GROUNDS = Grounds(
    names=("margin", "nearness"),
    features=np.array([[3.0, 0.5], [2.0, 0.5], [1.0, 0.25], [0.0, 0.25], [-1.0, 0.5]]),
    ranks=np.array([3.5, 2.5, 1.25, 0.25, -0.5]),
    shares=np.array([0.6, 0.2, 0.1, 0.06, 0.04]),
    sign_names=("lead", "margin"),
    signs=np.array([1.5, 3.0]),
    weights=(0.5, 0.25),
    bias=-0.5,
)


def _explain(candidates: Sequence[Candidate] = _CANDIDATES, grounds: Grounds | None = _GROUNDS) -> Explanation:
    hits = [hit_on(_CALL, nearness=0.5), hit_on(_COPY, _COPY.sentences[-1], nearness=0.25)]
    reading = Reading(tuple(candidates), range(1), grounds)
    found = Findings(asking("Who initiated the call?"), hits, _TEXTS, {id: id for id in _TEXTS}, reading)
    quoted = quote_candidates(candidates, _TEXTS, limit=2)
    return explain_answer(found, quoted, _PLACES, threshold=0.26, answered=True)


def test_passages_are_told_in_the_order_of_hits() -> None:
    """Each hit has its place and scores, and those that the reader passed over are said."""
    told = [(p.title, p.path.name, p.line, p.nearness, p.wording, p.score, p.read) for p in _explain().retrieved]
    assert told == [("T1", "1.txt", 1, 0.5, 0.25, 0.5, True), ("T2", "2.txt", 2, 0.25, 0.25, 0.25, False)]


def test_sentences_come_with_what_became_of_them() -> None:
    """A quote has its number; what overlaps a quote, repeats one or comes too late says so."""
    told = [(s.answer, s.text, s.fate, s.quote) for s in _explain().sentences]
    assert told == [
        ("Germany", "Germany initiated it.", Fate.QUOTED, 1),
        ("initiated it. It", "Germany initiated it. It lasted for an hour.", Fate.OVERLAPS, 1),
        ("Germany", "Germany  initiated it.", Fate.REPEATS, 1),
        ("Nobody", "Nobody knew.", Fate.QUOTED, 2),
        ("hour", "It lasted for an hour.", Fate.BELOW, None),
    ]


def test_sentences_have_their_numbers_by_name() -> None:
    """Features, rank and share are those of the candidate's row, the score is the quote's."""
    third = _explain().sentences[2]
    assert (third.features, third.rank, third.share, third.score) == ({"margin": 1.0, "nearness": 0.25}, 1.25, 0.1, 0.3)
    assert (third.title, third.line) == ("T2", 2)


def test_signs_have_their_weights() -> None:
    """What speaks for the first sentence is named, with its weight and where the sum begins."""
    told = _explain()
    assert told.signs == (Sign("lead", 1.5, 0.5), Sign("margin", 3.0, 0.25))
    assert (told.bias, told.confidence, told.threshold, told.answered) == (-0.5, 0.8, 0.26, True)


def test_reader_without_grounds_is_explained_by_scores() -> None:
    """Where a reader weighs nothing, sentences have their scores and fates alone."""
    told = _explain(grounds=None)
    assert {(s.rank, s.share, len(s.features)) for s in told.sentences} == {(None, None, 0)}
    assert [s.score for s in told.sentences] == [0.8, 0.4, 0.3, 0.2, 0.1]
    assert (told.signs, told.bias) == ((), 0.0)


@pytest.mark.parametrize("grounds", [None, _GROUNDS])
def test_nothing_found_is_explained(grounds: Grounds | None) -> None:
    """Without candidates there are passages and no sentences."""
    told = _explain(candidates=(), grounds=grounds)
    assert (told.sentences, len(told.retrieved)) == ((), 2)
