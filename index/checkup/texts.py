"""Examine the texts: each against its hash, its spans against its length, its vectors by their shape."""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from index.checkup.findings import Cure, Finding, Section
from index.hashing import text_hash
from index.vectors import unpack

_MOST_OFF = 0.01
"""By how much a kept vector's length may differ from one: float16 makes 0.0005 of it."""

_BOUNDS = np.dtype("<u4")


def examine_texts(connection: sqlite3.Connection, *, staged: int) -> Section:
    """Examine all texts; so many of them are `staged`."""
    (count,) = connection.execute("SELECT count(*) FROM text").fetchone()
    damaged = list(damaged_texts(connection))
    findings = []
    if damaged:
        findings.append(Finding(f"{len(damaged):,} of {count:,} are not as they were written", Cure.TEXTS))
    if staged:
        said = f"{staged:,} of them wait for the next run to publish them, or to drop them"
        findings.append(Finding(said, Cure.NONE))
    return Section("texts", f"{count:,}", tuple(findings))


def damaged_texts(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield the ids of texts that are not what their hash says, or whose spans or vectors cannot be theirs."""
    dimensions = dict(connection.execute("SELECT id, dimensions FROM recipe"))
    rows = connection.execute(
        "SELECT id, recipe_id, sha256, CAST(title AS BLOB), CAST(content AS BLOB), sentences FROM text ORDER BY id"
    )
    for text_id, recipe_id, sha256, title, content, sentences in rows:
        passages = connection.execute(
            'SELECT start, "end", vector FROM passage WHERE text_id = ? ORDER BY start', (text_id,)
        ).fetchall()
        if not is_whole(sha256, title, content, sentences, passages, dimensions.get(recipe_id, 0)):
            yield text_id


def is_whole(
    sha256: str,
    title: bytes,
    content: bytes,
    sentences: bytes,
    passages: list[tuple[int, int, bytes]],
    dimensions: int,
) -> bool:
    """Tell whether a text is as it was written, as far as it can be told; `content` and `title` are UTF-8.

    The passages have to cover every sentence: a missing one would be found by no question.
    """
    try:
        title.decode("utf-8", "surrogatepass")
        text = content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    if text_hash(text) != sha256 or len(sentences) % (2 * _BOUNDS.itemsize):
        return False
    bounds = np.frombuffer(sentences, dtype=_BOUNDS).reshape(-1, 2).tolist()
    spans = [(start, end) for start, end, _ in passages]
    if not (_lie_within(bounds, len(text)) and _cover(spans, bounds, len(text))):
        return False
    return _may_be_vectors([vector for _, _, vector in passages], dimensions)


def _lie_within(bounds: list[list[int]], length: int) -> bool:
    """Tell whether spans follow each other within a text."""
    return all(0 <= start < end <= length for start, end in bounds) and all(
        one[1] <= other[0] for one, other in pairwise(bounds)
    )


def _cover(passages: list[tuple[int, int]], sentences: list[list[int]], length: int) -> bool:
    """Tell whether passages, in order, lie within a text and hold every sentence, if need be in pieces."""
    if not all(0 <= start < end <= length for start, end in passages):
        return False
    at = 0
    for start, end in sentences:
        covered = start
        while covered < end:
            while at < len(passages) and passages[at][1] <= covered:
                at += 1
            if at == len(passages) or passages[at][0] > covered:
                return False
            covered = passages[at][1]
    return True


def _may_be_vectors(kept: list[bytes], dimensions: int) -> bool:
    """Tell whether what is kept are vectors of about unit length."""
    if any(len(vector) != 2 * dimensions for vector in kept):
        return False
    lengths = np.linalg.norm(unpack(kept, dimensions), axis=1) if kept else np.ones(0)
    return bool((np.abs(lengths - 1) <= _MOST_OFF).all())  # false for what is no number, too
