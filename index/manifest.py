"""The folder of an exported model: its files, and a settings file with the size and hash of the others."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from index.errors import ModelError
from index.hashing import describe_file, hash_file


@dataclass(frozen=True, slots=True)
class ExportedFolder:
    """Name every file of an exported model's folder; `SETTINGS` is the name of its settings file."""

    SETTINGS: ClassVar[str]

    path: Path

    @property
    def graph(self) -> Path:
        """The ONNX graph."""
        return self.path / "graph.onnx"

    @property
    def tokenizer(self) -> Path:
        """The tokenizer, in the format of the tokenizers library."""
        return self.path / "tokenizer.json"

    @property
    def settings(self) -> Path:
        """The model's settings, with the size and hash of its other files."""
        return self.path / self.SETTINGS

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the settings file, and by the hashes in it of the whole folder."""
        return hash_file(self.settings)

    @property
    def hashed(self) -> tuple[Path, Path]:
        """The files that the settings keep the size and hash of."""
        return (self.graph, self.tokenizer)


def write_manifest(path: Path, values: Mapping[str, object], files: Sequence[Path]) -> None:
    """Write `values` to `path`, with the size and SHA-256 of `files`, which are there already."""
    kept = {file.name: describe_file(file) for file in files}
    text = json.dumps({**values, "files": kept}, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def read_manifest(path: Path, files: Sequence[Path], *, remedy: str) -> dict[str, Any]:
    """Return the values; raise `ModelError` where a file is missing or of another size."""
    values, kept = _read(path, remedy)
    _check_sizes(path, files, kept, remedy)
    return values


def _check_sizes(path: Path, files: Sequence[Path], kept: Mapping[str, Mapping[str, object]], remedy: str) -> None:
    for file in files:
        try:
            holds = file.stat().st_size == kept[file.name]["size"]
        except (OSError, KeyError, TypeError) as error:
            raise ModelError(f"the model in {path.parent} cannot be read: {error}", remedy) from error
        if not holds:
            raise ModelError(f"the model in {path.parent} is not as it was written", remedy)


def check_manifest(path: Path, files: Sequence[Path], *, remedy: str) -> None:
    """Raise `ModelError` where a file is not byte for byte what was written."""
    _, kept = _read(path, remedy)
    _check_sizes(path, files, kept, remedy)
    for file in files:
        if hash_file(file) != kept[file.name].get("sha256"):
            raise ModelError(f"{file} is not as it was written", remedy)


def _read(path: Path, remedy: str) -> tuple[dict[str, Any], Mapping[str, Mapping[str, object]]]:
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return values, values.pop("files")
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"the model in {path.parent} cannot be read: {error}", remedy) from error
