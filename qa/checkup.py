"""Examine what `qa` keeps beside the index: the shipped readers, and those that were exported into a store."""

import shutil
from collections.abc import Sequence

from index.checkup.findings import Cure, Finding, Section
from index.errors import ModelError
from index.store import Store
from qa.reader_folder import ReaderFolder
from qa.readers import SHIPPED, SHIPPED_FOLDER, SMALL, SMALL_FOLDER


def examine_readers(store: Store) -> Section:
    """Examine the files of all readers against their hashes."""
    findings = []
    kept = kept_readers(store)
    for folder in (SHIPPED_FOLDER, SMALL_FOLDER):
        if (problem := _problem(folder)) is not None:
            findings.append(Finding(f"{problem}: reinstall qa", Cure.USER))
    damaged = damaged_readers(kept)
    if damaged:
        names = ", ".join(folder.path.name for folder in damaged)
        findings.append(
            Finding(f"readers/{names} is not as it was written, and is exported again when asked for", Cure.TIDY)
        )
    holds = f"{SHIPPED}, {SMALL}{f', {len(kept)} more' if kept else ''}"
    return Section("readers", holds, tuple(findings))


def damaged_readers(folders: Sequence[ReaderFolder]) -> list[ReaderFolder]:
    """Return those of some readers that are not byte for byte what was written."""
    return [folder for folder in folders if _problem(folder) is not None]


def kept_readers(store: Store) -> list[ReaderFolder]:
    """Return the readers that were exported into a store."""
    return [ReaderFolder(path) for path in sorted(store.readers.glob("[!.]*"))]


def drop_damaged_readers(store: Store) -> None:
    """Delete the readers that cannot be used; one is exported again when it is asked for."""
    for folder in damaged_readers(kept_readers(store)):
        shutil.rmtree(folder.path, ignore_errors=True)


def _problem(folder: ReaderFolder) -> str | None:
    try:
        folder.check(remedy="")
    except ModelError as error:
        return error.problem
    return None
