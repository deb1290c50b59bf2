"""Keep near copies from taking the places of what others say, among the passages that are read."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from index.records import StoredText
from index.spans import Span
from qa.prose import is_prose
from qa.quotes import folded
from qa.retrieval import Hit

MOST_REPEATS = 3
"""Passages of near copies that keep their places though most of their words stand in better ones."""


def distinct(hits: Sequence[Hit], copies: Mapping[int, int], text_of: Callable[[int], StoredText]) -> list[Hit]:
    """Return the hits, best first, without those of which every sentence stands in better ones of near copies.

    Those that say little new come last where there are many of a report: its versions are read, and
    still what twenty papers printed does not hide what others say. `copies` has the same id for near
    copies, by text id.
    """
    members = Counter(copies[id] for id in {hit.passage.text_id for hit in hits})
    said: defaultdict[int, set[str]] = defaultdict(set)
    repeats: Counter[int] = Counter()
    first: list[Hit] = []
    last: list[Hit] = []
    for hit in hits:
        group = copies[hit.passage.text_id]
        if members[group] == 1:
            first.append(hit)
            continue
        sentences = _sentences(hit, text_of(hit.passage.text_id))
        new = sentences - said[group]
        said[group] |= new
        if not new:
            continue
        is_repeat = 2 * sum(map(len, new)) < sum(map(len, sentences))
        repeats[group] += is_repeat
        (last if is_repeat and repeats[group] > MOST_REPEATS else first).append(hit)
    return first + last


def _sentences(hit: Hit, text: StoredText) -> set[str]:
    """Return the words of a hit's sentences, as far as the passage holds them; titles only where it holds no others."""
    span = hit.passage.span
    inside = text.sentences_in(span)
    parts = [text.sentences[at] for at in inside if is_prose(text, at)] or [text.sentences[at] for at in inside]
    return {folded(Span(max(p.start, span.start), min(p.end, span.end)).of(text.content)) for p in parts}
