"""The settings file of a model's folder, with the size and hash of every other file in it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.errors import ModelError


def write_manifest(path: Path, values: Mapping[str, object], files: Sequence[Path]) -> None:
    """Write `values` to `path`, with the size and SHA-256 of `files`, which are there already."""
    kept = {file.name: {"size": file.stat().st_size, "sha256": sha256(file)} for file in files}
    text = json.dumps({**values, "files": kept}, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def read_manifest(path: Path, files: Sequence[Path], *, remedy: str) -> dict[str, Any]:
    """Return the values; raise `ModelError` where a file is missing or of another size."""
    values, kept = _read(path, remedy)
    for file in files:
        try:
            holds = file.stat().st_size == kept[file.name]["size"]
        except (OSError, KeyError, TypeError) as error:
            raise ModelError(f"the model in {path.parent} cannot be read: {error}", remedy) from error
        if not holds:
            raise ModelError(f"the model in {path.parent} is not as it was written", remedy)
    return values


def check_manifest(path: Path, files: Sequence[Path], *, remedy: str) -> None:
    """Raise `ModelError` where a file is not byte for byte what was written."""
    read_manifest(path, files, remedy=remedy)
    _, kept = _read(path, remedy)
    for file in files:
        if sha256(file) != kept[file.name].get("sha256"):
            raise ModelError(f"{file} is not as it was written", remedy)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path, remedy: str) -> tuple[dict[str, Any], Mapping[str, Mapping[str, object]]]:
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return values, values.pop("files")
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"the model in {path.parent} cannot be read: {error}", remedy) from error
