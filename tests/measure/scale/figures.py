"""What was measured of indexes of several sizes: as values, and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Built:
    """What it took to put the passages of an index into a generation: seconds, and bytes of memory at most."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one index. Times are in seconds, sizes and memory in bytes.

    `cold` is a process of its own with the files in the system's memory, `first` with none of the
    index's files there; of the warm ones `read`, `embed`, `vectors` and `retrieve` are medians of
    stages, the last with the search by vectors in it.
    """

    passages: int
    articles: int
    cold: float
    cold_slowest: float
    first: float
    cold_peak: int
    warm: float
    warm_p95: float
    warm_peak: int
    embed: float
    vectors: float
    parse: float
    retrieve: float
    read: float
    stale: float
    recall: float
    recall_once: float
    verified: bool
    catalog: int
    generation: int
    built: Built


def table(measured: Sequence[Figures]) -> str:
    """Return a Markdown table, a column an index."""
    rows: list[tuple[str, ...]] = [
        ("passages", *(f"{each.passages:,}" for each in measured)),
        ("articles", *(f"{each.articles:,}" for each in measured)),
        ("warm question, median", *(_ms(each.warm) for each in measured)),
        ("warm question, 95%", *(_ms(each.warm_p95) for each in measured)),
        ("… its vector", *(_ms(each.embed) for each in measured)),
        ("… search by vectors", *(_ms(each.vectors) for each in measured)),
        ("… taking it apart", *(_ms(each.parse) for each in measured)),
        ("… retrieval, with vectors", *(_ms(each.retrieve) for each in measured)),
        ("… reading", *(_ms(each.read) for each in measured)),
        ("one look at the folders", *(_ms(each.stale) for each in measured)),
        ("cold question, median", *(f"{each.cold:.1f} s" for each in measured)),
        ("cold question, slowest", *(f"{each.cold_slowest:.1f} s" for each in measured)),
        ("… with no file in memory", *(f"{each.first:.1f} s" for each in measured)),
        ("recall at 50, warm", *(f"{each.recall:.3f}" for each in measured)),
        ("recall at 50, cold", *(f"{each.recall_once:.3f}" for each in measured)),
        ("quotes verified", *("all" if each.verified else "NOT ALL" for each in measured)),
        ("memory, warm", *(_mb(each.warm_peak) for each in measured)),
        ("memory, cold", *(_mb(each.cold_peak) for each in measured)),
        ("disk, catalog", *(_mb(each.catalog) for each in measured)),
        ("disk, vectors", *(_mb(each.generation) for each in measured)),
        ("time to write the vectors", *(f"{each.built.seconds:,.0f} s" for each in measured)),
        ("memory to write the vectors", *(_mb(each.built.peak_bytes) for each in measured)),
    ]
    head, *body = rows
    lines = [head, ("---", *("---:" for _ in measured)), *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def _mb(size: int) -> str:
    return f"{size / _MEGABYTE:,.0f} MB"
