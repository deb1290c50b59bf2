"""Choose which passages are worth scoring by their words, where that would be too many."""

from collections.abc import Mapping

MOST_SCORED = 20_000
"""Passages that are scored at most, or not many more: BM25 takes some 2 ms a thousand, finding them far less."""


def worth_scoring(counts: Mapping[str, int], passages: int) -> str | None:
    """Return an FTS5 query for the passages that are worth scoring; None for all, empty for none.

    `counts` tells how many of so many passages each term is in that is searched for. Worth it are those
    with one of the rare terms, as many as come to no more than `MOST_SCORED`; where none is so rare,
    those with several of the others, as far as they are expected to be few enough. A single word that
    stands everywhere tells nothing.
    """
    if sum(counts.values()) <= MOST_SCORED:
        return None
    rising = sorted((term for term in counts if counts[term]), key=lambda term: counts[term])
    rare, total = [], 0
    for term in rising:
        total += counts[term]
        if total > MOST_SCORED:
            break
        rare.append(term)
    if rare:
        return " OR ".join(rare)
    together, expected = [], float(passages)
    for term in rising:
        together.append(term)
        expected *= counts[term] / passages
        if expected <= MOST_SCORED:
            break
    return " AND ".join(together) if expected <= MOST_SCORED else ""
