"""Examine the catalog as a database: its pages, its references, its settings."""

import sqlite3
from collections.abc import Iterator

from index.articles import DateOrigin, read_landmarks
from index.checkup.findings import Cure, Finding, Section
from index.errors import StoreDamagedError
from index.schema import PATH_ORDER
from index.snapshot import Snapshot

_MOST = 5


def examine_catalog(connection: sqlite3.Connection, snapshot: Snapshot) -> Section:
    """Examine a catalog of our format; what is amiss in it is mended by salvaging it."""
    problems: list[str] = []
    miscounted: list[Finding] = []
    holds = ""
    try:
        problems += [line for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})") if line != "ok"]
        stray = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
        problems += [f"a row of {table} refers to one of {parent} that is not there" for table, _, parent, _ in stray]
        settings = snapshot.settings()
        if settings is not None:
            snapshot.recipe(settings.recipe_id)
            totals = snapshot.totals()
            holds = f"{totals.articles:,} articles, {totals.passages:,} passages"
            counted = snapshot.count_totals()
            if counted != totals:
                there = f"{counted.articles:,} articles and {counted.passages:,} passages"
                said = f"{there} are there, but others were counted"
                miscounted.append(Finding(said, Cure.RUN))
    except StoreDamagedError as error:
        problems.append(error.problem)
    except sqlite3.Error as error:
        problems.append(str(error))
    findings = tuple(Finding(problem.replace("\n", " "), Cure.SALVAGE) for problem in problems)
    return Section("catalog", holds, (*findings, *miscounted))


def examine_articles(connection: sqlite3.Connection) -> Section:
    """Examine what is kept of each article beside its text; damaged ones are read again."""
    (articles,) = connection.execute("SELECT count(*) FROM article").fetchone()
    damaged = [path for _, path in damaged_articles(connection)]
    findings = tuple(Finding(f"what is kept of {path} is damaged", Cure.TEXTS) for path in damaged[:_MOST])
    return Section("articles", f"{articles:,}", findings)


def damaged_articles(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield the text and the path of each article whose landmarks or date cannot have been written so."""
    rows = connection.execute(
        "SELECT text_id, path, landmarks, date_origin FROM article JOIN file ON file.id = file_id"
        f" ORDER BY {PATH_ORDER}"
    )
    for text_id, path, landmarks, origin in rows:
        try:
            read_landmarks(landmarks)
            if origin is not None:
                DateOrigin(origin)
        except (ValueError, TypeError):
            yield text_id, path
