"""Find the best starts and ends of an answer together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """The tokens from `first` to `last`, both included, and the sum of their start and end logits."""

    first: int
    last: int
    score: float


def best_spans(
    start: npt.NDArray[np.float32], end: npt.NDArray[np.float32], words: npt.NDArray[np.int64], longest: int, limit: int
) -> list[TokenSpan]:
    """Return the `limit` best spans of whole words of at most `longest` tokens, best first; ties by position.

    `start`, `end` and `words` have shape `(tokens,)`; `words` numbers the word of each token, so
    that an answer neither begins nor ends within one.
    """
    tokens = len(start)
    opens = np.ones(tokens, dtype=bool)
    opens[1:] = words[1:] != words[:-1]
    closes = np.ones(tokens, dtype=bool)
    closes[:-1] = opens[1:]
    starts = np.where(opens, start, -np.inf).astype(np.float64)
    ends = np.where(closes, end, -np.inf).astype(np.float64)
    # scores[i, n] is that of the span from token i over n + 1 tokens.
    padded = np.concatenate([ends, np.full(longest, -np.inf)])
    scores = starts[:, None] + np.lib.stride_tricks.sliding_window_view(padded, longest)[:tokens]
    flat = scores.ravel()
    count = min(limit, flat.size)
    # All that equal the last one wanted are kept until ties are broken.
    least = np.partition(flat, flat.size - count)[flat.size - count] if count else np.inf
    chosen = np.flatnonzero((flat >= least) & np.isfinite(flat))
    ordered = sorted(chosen.tolist(), key=lambda at: (-flat[at], at))[:count]
    return [TokenSpan(at // longest, at // longest + at % longest, float(flat[at])) for at in ordered]
