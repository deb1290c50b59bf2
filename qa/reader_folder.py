"""The files of an exported reader, and whether they are the ones that were written."""

from dataclasses import asdict, dataclass
from typing import ClassVar

from index.errors import ModelError
from index.manifest import ExportedFolder, check_manifest, read_manifest, write_manifest
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
class ReaderFolder(ExportedFolder):
    """The folder of an exported reader. Its graph takes token ids and gives start and end logits."""

    SETTINGS: ClassVar[str] = "reader.json"

    def write_settings(self, settings: ReaderSettings) -> None:
        """Write the settings beside the graph and tokenizer that are there already."""
        write_manifest(self.settings, asdict(settings), self.hashed)

    def read_settings(self, *, remedy: str) -> ReaderSettings:
        """Return the settings; raise `ModelError` with `remedy` where a file is missing or of another size."""
        values = read_manifest(self.settings, self.hashed, remedy=remedy)
        try:
            fitted = values["calibration"]
            weights = {name: tuple(fitted[name]) for name in ("ranking", "weights")}
            return ReaderSettings(**{**values, "calibration": Calibration(**{**fitted, **weights})})
        except (TypeError, KeyError) as error:
            raise ModelError(f"the reader in {self.path} cannot be read: {error}", remedy) from error

    def check(self, *, remedy: str) -> None:
        """Raise `ModelError` with `remedy` where a file is not byte for byte what was written."""
        check_manifest(self.settings, self.hashed, remedy=remedy)
