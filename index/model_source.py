"""Find the folder of a model that a user names, and refuse what would have to be unpickled or run to load it.

Weights are loaded from safetensors alone. `torch.load`, which reads the others, unpickles; and classes that a
folder names are code that it chooses. Nothing heavy is imported here.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import ModelError

_READ = ("*.json", "*.safetensors", "*.txt", "*.model")
"""What is fetched of a hub's model: weights, settings, and what tokenizers are made of; neither code nor pickles."""

_LOADED = ("model.safetensors", "model.safetensors.index.json")
"""What libraries look for before they look for pickles."""

_PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle")
_MODULES = "modules.json"
_PACKAGE = "sentence_transformers."
_KNOWN = {
    *("Transformer", "StaticEmbedding", "CNN", "LSTM"),
    *("Pooling", "WeightedLayerPooling", "Normalize", "LayerNorm", "Dense", "Dropout"),
}
"""Classes of sentence-transformers that load nothing but numbers: none takes the name of another class from a file."""

_ACTIVATIONS = "torch.nn."


def find_model(name: str, *, owner: str = "", remedy: str) -> Path:
    """Return the folder of the model `name`: a folder, or a hub's name, of which what is read is fetched first.

    `owner` is whose model one without an owner is. Raises `ModelError` with `remedy` for one with pickled
    weights or code of its own; what the hub's library raises, `OSError` and `ValueError`, comes through.
    """
    folder = Path(name)
    if not folder.is_dir():
        from huggingface_hub import snapshot_download

        named = name if "/" in name or not owner else f"{owner}/{name}"
        folder = Path(snapshot_download(named, allow_patterns=list(_READ)))
    check_model(folder, name=name, remedy=remedy)
    return folder


def check_model(folder: Path, *, name: str, remedy: str) -> None:
    """Raise `ModelError` with `remedy` where loading the model in a folder would unpickle, or run code of its own."""
    if (folder / "adapter_config.json").exists():
        raise ModelError(f"{name} is an adapter of another model, which qa does not load", remedy)
    for part in (folder, *_modules(folder, name, remedy)):
        if not any((part / name).exists() for name in _LOADED):
            pickled = sorted(path.name for pattern in _PICKLED for path in part.glob(pattern))
            if pickled:
                raise ModelError(f"{name} has pickled weights only ({pickled[0]}): qa loads safetensors", remedy)


def _modules(folder: Path, name: str, remedy: str) -> Iterator[Path]:
    """Yield the folders of the modules of sentence-transformers; raise `ModelError` where one is code of its own."""
    for module in _objects(folder / _MODULES, name, remedy):
        kind, path = str(module.get("type", "")), str(module.get("path", ""))
        if not kind.startswith(_PACKAGE) or kind.rpartition(".")[2] not in _KNOWN:
            raise ModelError(f"{name} needs code of its own ({kind}), which qa does not run", remedy)
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise ModelError(f"{name} names files outside its folder ({path})", remedy)
        for settings in _objects(folder / path / "config.json", name, remedy):
            activation = settings.get("activation_function", _ACTIVATIONS)
            if kind.endswith(".Dense") and not str(activation).startswith(_ACTIVATIONS):
                raise ModelError(f"{name} needs code of its own ({activation}), which qa does not run", remedy)
        yield folder / path


def _objects(file: Path, name: str, remedy: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON file: one or an array of them; none where there is no such file."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{name} cannot be loaded: its {file.name} cannot be read", remedy) from error
    objects = found if isinstance(found, list) else [found]
    if not all(isinstance(each, dict) for each in objects):
        raise ModelError(f"{name} cannot be loaded: its {file.name} is not one", remedy)
    return objects
