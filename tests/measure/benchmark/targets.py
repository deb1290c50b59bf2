"""The targets that the figures are held against."""

from dataclasses import dataclass

from tests.measure.benchmark.rows import BARE, PLAIN, SENTENCE_TRANSFORMERS, TORCH, Measure, Row, find, slower

THOUSAND = 1_000
"""Articles that the targets of a warm question and of memory are for."""

TEN_THOUSAND = 10_000
"""Files that the targets of index runs are for."""

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target, what was found, and whether that meets it: None where this run cannot say."""

    target: str
    found: str
    met: bool | None


def judge(rows: tuple[Row, ...], *, articles: int, files: int) -> tuple[Verdict, ...]:
    """Hold a run's rows against the targets; it had `articles`, and `files` in the large index, 0 for none."""
    small = "" if articles >= THOUSAND else f"of {articles:,} articles; --articles {THOUSAND}"
    few = "" if files >= TEN_THOUSAND else (f"of {files:,} files" if files else "--index-10k")
    warm = find(rows, Measure.WARM)
    return (
        _ratio("cold qa ask at least 8 times as fast as the plain script", rows, Measure.COLD, PLAIN, 8.0),
        _limit("warm question 100 ms at the median", _median(rows, Measure.WARM), 100, "ms", small),
        _limit("warm question 200 ms at p95", warm.p95 if warm else None, 200, "ms", small),
        _ratio("reading at least 4 times as fast as the same weights in torch", rows, Measure.READING, TORCH, 4.0),
        _ratio(
            "embedding at least 5.5 times the tokens/s of SentenceTransformer.encode",
            rows,
            Measure.EMBEDDING,
            SENTENCE_TRANSFORMERS,
            5.5,
        ),
        _ratio("embedding at least 0.9 of bare sessions, one a core", rows, Measure.EMBEDDING, BARE, 0.9),
        _limit(
            "index run with nothing changed at most 1 s at 10,000 files",
            _median(rows, Measure.UNCHANGED_MANY),
            1,
            "s",
            few,
        ),
        _limit("one article added to 10,000 at most 2 s", _median(rows, Measure.ADDED_MANY), 2, "s", few),
        _limit("peak memory of qa ask at most 350 MB", _megabytes(rows, Measure.COLD), 350, "MB", small),
        _limit("peak memory of qa index at most 350 MB", _megabytes(rows, Measure.MAKING), 350, "MB", small),
    )


def _ratio(target: str, rows: tuple[Row, ...], measure: Measure, by: str, least: float) -> Verdict:
    other = find(rows, measure, by)
    times = slower(rows, other) if other else None
    if times is None:
        return Verdict(target, "not measured", None)
    return Verdict(target, f"{times:.3g} times", times >= least)


def _limit(target: str, found: float | None, most: float, unit: str, elsewhere: str) -> Verdict:
    """Judge a figure that must not exceed `most`; `elsewhere` says that it was not taken at the target's size."""
    if found is None:
        return Verdict(target, f"not measured: {elsewhere}" if elsewhere else "not measured", None)
    figure = f"{found:.2f} s" if unit == "s" else f"{found:.0f} {unit}"
    return Verdict(target, f"{figure} ({elsewhere})", None) if elsewhere else Verdict(target, figure, found <= most)


def _median(rows: tuple[Row, ...], measure: Measure) -> float | None:
    row = find(rows, measure)
    return None if row is None else row.median


def _megabytes(rows: tuple[Row, ...], measure: Measure) -> float | None:
    row = find(rows, measure)
    return row.peak_bytes / _MEGABYTE if row is not None and row.peak_bytes is not None else None
