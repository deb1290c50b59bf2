"""The best spans of whole words, held against a search that tries every one."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.span_search import TokenSpan, best_spans

_FEW = st.sampled_from([-2.0, -1.0, 0.0, 0.5, 1.0, float("-inf")])
"""Few values, so that ties are common."""

_TOKENS = st.lists(st.tuples(_FEW, _FEW, st.booleans()), max_size=12)


def _arrays(
    drawn: list[tuple[float, float, bool]],
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return the logits, and the number of each token's word; the third of a token says whether it opens one."""
    start = np.array([each[0] for each in drawn], dtype=np.float32)
    end = np.array([each[1] for each in drawn], dtype=np.float32)
    return start, end, np.cumsum([each[2] for each in drawn]).astype(np.int64)


def _by_trying_all(
    start: npt.NDArray[np.float32], end: npt.NDArray[np.float32], words: npt.NDArray[np.int64], longest: int, limit: int
) -> list[TokenSpan]:
    found = []
    for first in range(len(start)):
        for last in range(first, min(first + longest, len(start))):
            opens = first == 0 or words[first - 1] != words[first]
            closes = last == len(start) - 1 or words[last + 1] != words[last]
            score = float(start[first]) + float(end[last])
            if opens and closes and score > float("-inf"):
                found.append(TokenSpan(first, last, score))
    return sorted(found, key=lambda span: (-span.score, span.first, span.last))[:limit]


@given(drawn=_TOKENS, longest=st.integers(1, 14), limit=st.integers(0, 20))
def test_best_spans_are_those_that_trying_all_finds(
    drawn: list[tuple[float, float, bool]], longest: int, limit: int
) -> None:
    """Whole words, the longest length, ties by position, the limit and impossible tokens: all as tried one by one."""
    arrays = _arrays(drawn)
    assert best_spans(*arrays, longest, limit) == _by_trying_all(*arrays, longest, limit)


def _best(
    start: list[float], end: list[float], words: list[int], *, longest: int = 9, limit: int = 9
) -> list[TokenSpan]:
    return best_spans(
        np.array(start, dtype=np.float32),
        np.array(end, dtype=np.float32),
        np.array(words, dtype=np.int64),
        longest,
        limit,
    )


def test_score_is_the_sum_of_the_ends() -> None:
    """A span's score is the start logit of its first token and the end logit of its last."""
    assert _best([3, 0], [0, 4], [0, 1], limit=1) == [TokenSpan(0, 1, 7.0)]


def test_end_is_never_before_the_start() -> None:
    """However likely the tokens, a span goes forward."""
    assert _best([-9, 5], [5, -9], [0, 1], limit=1) == [TokenSpan(0, 0, -4.0)]


def test_no_span_begins_or_ends_within_a_word() -> None:
    """Of a word in two pieces the whole is found, though its pieces would score better."""
    assert _best([0, 5], [5, 0], [0, 0]) == [TokenSpan(0, 1, 0.0)]


def test_longest_counts_tokens() -> None:
    """A span of `longest` tokens is found, and none of one more."""
    assert _best([5, 0, 0], [0, 0, 5], [0, 1, 2], longest=3, limit=1) == [TokenSpan(0, 2, 10.0)]
    assert TokenSpan(0, 2, 10.0) not in _best([5, 0, 0], [0, 0, 5], [0, 1, 2], longest=2)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_ties_go_by_position(limit: int) -> None:
    """Of equal spans the first is kept, then the shorter one of the same start."""
    wanted = [TokenSpan(0, 0, 2.0), TokenSpan(0, 1, 2.0), TokenSpan(1, 1, 2.0)]
    assert _best([1, 1], [1, 1], [0, 1], limit=limit) == wanted[:limit]


def test_no_tokens_have_no_spans() -> None:
    """Of an empty passage there is nothing to find."""
    assert _best([], [], []) == []
