"""The files of an exported model, and whether they are the ones that were written."""

from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import ModelError
from index.manifest import check_manifest, read_manifest, sha256, write_manifest

_REMEDY = "run qa index --full to export it again"


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
class ModelFolder:
    """Name every file of a model's folder."""

    path: Path

    @property
    def graph(self) -> Path:
        """The ONNX graph: token ids in, one vector of unit length out."""
        return self.path / "model.onnx"

    @property
    def tokenizer(self) -> Path:
        """The tokenizer, in the format of the tokenizers library."""
        return self.path / "tokenizer.json"

    @property
    def settings(self) -> Path:
        """The model's settings, with the size and hash of its other files."""
        return self.path / "settings.json"

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the settings file, and by the hashes in it of the whole folder."""
        return sha256(self.settings)

    def write_settings(self, settings: ModelSettings) -> None:
        """Write the settings beside the graph and tokenizer that are there already."""
        write_manifest(self.settings, asdict(settings), self._others())

    def read_settings(self) -> ModelSettings:
        """Return the settings; raise `ModelError` where a file is missing or of another size."""
        values = read_manifest(self.settings, self._others(), remedy=_REMEDY)
        try:
            return ModelSettings(**values)
        except TypeError as error:
            raise ModelError(f"the model in {self.path} cannot be read: {error}", _REMEDY) from error

    def check(self) -> None:
        """Raise `ModelError` where a file is not byte for byte what was written."""
        check_manifest(self.settings, self._others(), remedy=_REMEDY)

    def _others(self) -> tuple[Path, Path]:
        return (self.graph, self.tokenizer)
