"""The files of an exported model, and whether they are the ones that were written."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import ModelError

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
        return _sha256(self.settings)

    def write_settings(self, settings: ModelSettings) -> None:
        """Write the settings beside the graph and tokenizer that are there already."""
        files = {path.name: {"size": path.stat().st_size, "sha256": _sha256(path)} for path in self._others()}
        text = json.dumps({**asdict(settings), "files": files}, indent=2, sort_keys=True)
        self.settings.write_text(text + "\n", encoding="utf-8")

    def read_settings(self) -> ModelSettings:
        """Return the settings; raise `ModelError` where a file is missing or of another size."""
        try:
            kept = json.loads(self.settings.read_text(encoding="utf-8"))
            files: Mapping[str, Mapping[str, object]] = kept.pop("files")
            settings = ModelSettings(**kept)
            sizes_hold = all(path.stat().st_size == files[path.name]["size"] for path in self._others())
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ModelError(f"the model in {self.path} cannot be read: {error}", _REMEDY) from error
        if not sizes_hold:
            raise ModelError(f"the model in {self.path} is not as it was written", _REMEDY)
        return settings

    def check(self) -> None:
        """Raise `ModelError` where a file is not byte for byte what was written."""
        self.read_settings()
        files = json.loads(self.settings.read_text(encoding="utf-8"))["files"]
        for path in self._others():
            if _sha256(path) != files[path.name]["sha256"]:
                raise ModelError(f"{path} is not as it was written", _REMEDY)

    def _others(self) -> tuple[Path, Path]:
        return (self.graph, self.tokenizer)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
