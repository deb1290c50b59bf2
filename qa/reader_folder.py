"""The files of an exported reader, and whether they are the ones that were written."""

from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import ModelError
from index.manifest import check_manifest, read_manifest, sha256, write_manifest
from qa.confidence import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettings:
    """What an exported reader is.

    `max_tokens` counts a question and a passage with what the model adds; `weights` is `int8` or
    `float32`; `calibration` turns its margins into probabilities. `origin` stamps the folder that it was made
    from, empty for a hub's.
    """

    name: str
    max_tokens: int
    weights: str
    calibration: Calibration
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ReaderFolder:
    """Name every file of a reader's folder."""

    path: Path

    @property
    def graph(self) -> Path:
        """The ONNX graph: token ids in, start and end logits out."""
        return self.path / "model.onnx"

    @property
    def tokenizer(self) -> Path:
        """The tokenizer, in the format of the tokenizers library."""
        return self.path / "tokenizer.json"

    @property
    def settings(self) -> Path:
        """The reader's settings, with the size and hash of its other files."""
        return self.path / "reader.json"

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the settings file, and by the hashes in it of the whole folder."""
        return sha256(self.settings)

    def write_settings(self, settings: ReaderSettings) -> None:
        """Write the settings beside the graph and tokenizer that are there already."""
        write_manifest(self.settings, asdict(settings), self._others())

    def read_settings(self, *, remedy: str) -> ReaderSettings:
        """Return the settings; raise `ModelError` with `remedy` where a file is missing or of another size."""
        values = read_manifest(self.settings, self._others(), remedy=remedy)
        try:
            fitted = values["calibration"]
            weights = {name: tuple(fitted[name]) for name in ("ranking", "weights")}
            return ReaderSettings(**{**values, "calibration": Calibration(**{**fitted, **weights})})
        except (TypeError, KeyError) as error:
            raise ModelError(f"the reader in {self.path} cannot be read: {error}", remedy) from error

    def check(self, *, remedy: str) -> None:
        """Raise `ModelError` with `remedy` where a file is not byte for byte what was written."""
        check_manifest(self.settings, self._others(), remedy=remedy)

    def _others(self) -> tuple[Path, Path]:
        return (self.graph, self.tokenizer)
