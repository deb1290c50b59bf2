"""The files of an exported model, and whether they are the ones that were written."""

from dataclasses import asdict, dataclass
from typing import ClassVar

from index.errors import ModelError
from index.manifest import ExportedFolder, check_manifest, read_manifest, write_manifest
from index.store import REPAIR


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """What an exported embedder is. `cosine` compares it with the original on real sentences."""

    name: str
    dimensions: int
    max_tokens: int
    question_prompt: str
    passage_prompt: str
    weights: str
    cosine: float


@dataclass(frozen=True, slots=True)
class ModelFolder(ExportedFolder):
    """The folder of an exported embedder. Its graph takes token ids and gives one vector of unit length."""

    SETTINGS: ClassVar[str] = "settings.json"

    def write_settings(self, settings: ModelSettings) -> None:
        """Write the settings beside the graph and tokenizer that are there already."""
        write_manifest(self.settings, asdict(settings), self.hashed)

    def read_settings(self) -> ModelSettings:
        """Return the settings; raise `ModelError` where a file is missing or of another size."""
        values = read_manifest(self.settings, self.hashed, remedy=REPAIR)
        try:
            return ModelSettings(**values)
        except TypeError as error:
            raise ModelError(f"the model in {self.path} cannot be read: {error}", REPAIR) from error

    def check(self) -> None:
        """Raise `ModelError` where a file is not byte for byte what was written."""
        check_manifest(self.settings, self.hashed, remedy=REPAIR)
