"""Folders of models from strangers: weights are numbers, nothing is unpickled, no code of theirs is run.

Held elsewhere: files of exported models that are not as they were written, in `tests/index/test_model_folder.py`,
`tests/qa/test_reader_folder.py` and `tests/index/test_build.py`.
"""

import json
import pickle
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from index import export, onnx_session
from index.errors import ModelError
from index.export import DEFAULT_EMBEDDER, export_embedder
from index.model_source import check_model, find_model
from index.onnx_session import open_session
from qa.confidence import Calibration
from qa.export_reader import export_reader
from qa.reader_folder import ReaderFolder
from qa.readers import SHIPPED_FOLDER, SMALL_FOLDER
from qa.train.base import load_base
from tests.qa.tiny_qa import save_tiny_qa
from tests.qa.tiny_reader import CALIBRATION

REMEDY = "name another"


class Harm:
    """What leaves a mark where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.mark,)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Return a file that is there once something harmful has run."""
    return tmp_path / "harmed"


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """Return a folder with a question-answering model in safetensors."""
    folder = tmp_path / "model"
    save_tiny_qa(folder, "Bert", positions=64, head=True)
    return folder


@pytest.fixture
def pickled(encoder: Path, mark: Path) -> Path:
    """Return the folder with pickled weights in place of safetensors, which do harm where they are unpickled."""
    (encoder / "model.safetensors").unlink()
    (encoder / "pytorch_model.bin").write_bytes(pickle.dumps(Harm(mark)))
    return encoder


def write_modules(folder: Path, *modules: dict[str, str]) -> None:
    (folder / "modules.json").write_text(json.dumps([{"idx": n, "name": str(n)} | m for n, m in enumerate(modules)]))


def test_harm_is_harmful(mark: Path) -> None:
    """What these tests put into folders would show where it was unpickled."""
    pickle.loads(pickle.dumps(Harm(mark)))  # noqa: S301 - our own
    assert mark.exists()


@pytest.mark.parametrize("use", ["embedder", "reader", "base"])
def test_pickled_weights_are_refused(pickled: Path, mark: Path, tmp_path: Path, use: str) -> None:
    """A folder with `pytorch_model.bin` alone is refused with its reason, and not unpickled."""
    with pytest.raises(ModelError, match=r"has pickled weights only \(pytorch_model.bin\): qa loads safetensors"):
        load(use, pickled, tmp_path)
    assert not mark.exists()


@pytest.mark.parametrize("use", ["embedder", "reader", "base"])
def test_pickled_weights_beside_other_safetensors_are_refused(
    pickled: Path, mark: Path, tmp_path: Path, use: str
) -> None:
    """Safetensors under a name that no library loads do not make the pickles harmless."""
    (pickled / "other.safetensors").touch()
    with pytest.raises(ModelError, match="has pickled weights only"):
        load(use, pickled, tmp_path)
    assert not mark.exists()


@pytest.mark.parametrize("use", ["embedder", "reader", "base"])
def test_code_in_a_folder_is_not_run(encoder: Path, mark: Path, tmp_path: Path, use: str) -> None:
    """A folder whose settings name code of its own is refused, and the code is neither run nor asked about."""
    code = f"from pathlib import Path\nPath({str(mark)!r}).touch()\n"
    (encoder / "modeling_own.py").write_text(code + "class Own: pass\nclass OwnConfig: pass\n")
    config = json.loads((encoder / "config.json").read_text())
    named = dict.fromkeys(("AutoModel", "AutoModelForQuestionAnswering"), "modeling_own.Own")
    config |= {
        "model_type": "own",
        "architectures": ["Own"],
        "auto_map": named | {"AutoConfig": "modeling_own.OwnConfig"},
    }
    (encoder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(use, encoder, tmp_path)
    assert not mark.exists()


def load(use: str, folder: Path, work: Path) -> None:
    if use == "embedder":
        export_embedder(str(folder), work / "models")
    elif use == "reader":
        export_reader(str(folder), work / "readers", CALIBRATION)
    else:
        load_base(str(folder), seed=0)


@pytest.mark.parametrize("kind", ["own.Module", "antigravity.Module", "sentence_transformers.models.WordEmbeddings"])
def test_module_of_its_own_is_refused(encoder: Path, tmp_path: Path, mark: Path, kind: str) -> None:
    """A sentence-transformers folder whose modules are other classes than those that hold numbers is refused."""
    (encoder / "own.py").write_text(f"from pathlib import Path\nPath({str(mark)!r}).touch()\nclass Module: pass\n")
    write_modules(encoder, {"type": "sentence_transformers.models.Transformer", "path": ""}, {"type": kind, "path": ""})
    with pytest.raises(ModelError, match="needs code of its own"):
        export_embedder(str(encoder), tmp_path / "models")
    assert not mark.exists()
    assert "antigravity" not in sys.modules


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ([{"type": "sentence_transformers.models.Dense", "path": "dense"}], "needs code of its own"),
        ([{"type": "sentence_transformers.models.Pooling", "path": "../other"}], "outside its folder"),
        ([{"type": "sentence_transformers.models.Pooling", "path": "/etc"}], "outside its folder"),
        ([3], "is not one"),
    ],
)
def test_settings_that_reach_too_far_are_refused(tmp_path: Path, modules: list[object], said: str) -> None:
    """An activation that is no layer of torch's, and paths out of the folder, are refused unread."""
    (tmp_path / "dense").mkdir()
    (tmp_path / "dense" / "config.json").write_text('{"activation_function": "os.abort"}')
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelError, match=said):
        check_model(tmp_path, name="it", remedy=REMEDY)


@pytest.mark.parametrize("content", [b"\xff", b"[" * 100_000, b"{"])
def test_settings_that_are_no_json_are_refused(tmp_path: Path, content: bytes) -> None:
    """Settings that cannot be read refuse their model."""
    (tmp_path / "modules.json").write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        check_model(tmp_path, name="it", remedy=REMEDY)


def test_pickled_module_beside_safetensors_is_refused(tmp_path: Path) -> None:
    """Each module's folder has to have its weights in safetensors."""
    (tmp_path / "model.safetensors").touch()
    (tmp_path / "dense").mkdir()
    (tmp_path / "dense" / "pytorch_model.bin").touch()
    write_modules(tmp_path, {"type": "sentence_transformers.models.Dense", "path": "dense"})
    with pytest.raises(ModelError, match="pickled"):
        check_model(tmp_path, name="it", remedy=REMEDY)


def test_adapter_is_refused(tmp_path: Path) -> None:
    """An adapter would have another model fetched."""
    (tmp_path / "adapter_config.json").touch()
    with pytest.raises(ModelError, match="adapter"):
        check_model(tmp_path, name="it", remedy=REMEDY)


def test_neither_code_nor_pickles_are_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a hub's model nothing is fetched but weights in safetensors, settings and words."""
    asked: list[tuple[str, list[str]]] = []

    def fetch(name: str, *, allow_patterns: list[str]) -> str:
        asked.append((name, allow_patterns))
        return str(tmp_path)

    monkeypatch.setattr("huggingface_hub.snapshot_download", fetch)
    assert find_model("no-such-model", owner="somebody", remedy=REMEDY) == tmp_path
    assert asked == [("somebody/no-such-model", ["*.json", "*.safetensors", "*.txt", "*.model"])]


def weights_at(location: str) -> TensorProto:
    """Return four numbers that lie in another file."""
    weights = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    for key, value in (("location", location), ("length", "16")):
        weights.external_data.add(key=key, value=value)
    return weights


def graph_with_weights_at(folder: Path, location: str) -> Path:
    """Write a graph that adds four numbers which lie in another file."""
    weights = weights_at(location)
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [4]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Add", ["x", "w"], ["y"])], "g", ends[:1], ends[1:], [weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path = folder / "graph.onnx"
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a file of sixteen bytes beside a folder for a model."""
    (tmp_path / "secret.bin").write_bytes(b"A" * 16)
    (tmp_path / "model").mkdir()
    return tmp_path / "secret.bin"


@pytest.mark.parametrize("way", ["up", "absolute", "link"])
def test_graph_that_reads_outside_its_folder_is_refused(outside: Path, way: str) -> None:
    """External data is not read from elsewhere, by dots, by its whole path or by a link."""
    folder = outside.parent / "model"
    (folder / "in.bin").symlink_to(outside)
    location = {"up": "../secret.bin", "absolute": str(outside), "link": "in.bin"}[way]
    with pytest.raises(Exception, match=r"External data path|other files"):
        open_session(graph_with_weights_at(folder, location))


def test_older_onnxruntime_is_not_trusted_to_refuse(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where onnxruntime may not refuse it, a graph with its weights in another file is not opened."""
    graph = graph_with_weights_at(outside.parent / "model", "../secret.bin")
    monkeypatch.setattr(onnxruntime, "__version__", "1.20.1")
    with pytest.raises(ValueError, match="in other files"):
        open_session(graph)


def hidden_in(place: str, weights: TensorProto) -> onnx.GraphProto:
    """Return a graph with weights at a place where few look."""
    graph = helper.make_graph([], "g", [], [])
    inner = helper.make_graph([], "inner", [], [], [weights])
    match place:
        case "a graph within":
            graph.node.append(helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=inner))
        case "graphs within":
            graph.node.append(helper.make_node("Own", [], ["y"], graphs=[inner]))
        case "a constant":
            graph.node.append(helper.make_node("Constant", [], ["y"], value=weights))
        case "tensors of a node":
            graph.node.append(helper.make_node("Own", [], ["y"], tensors=[weights]))
        case "sparse weights":
            graph.sparse_initializer.add(dims=[4]).values.CopyFrom(weights)
    return graph


@pytest.mark.parametrize(
    "place", ["a graph within", "graphs within", "a constant", "tensors of a node", "sparse weights"]
)
def test_weights_elsewhere_are_seen_wherever_a_graph_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Wherever a graph names another file, it is not opened by an onnxruntime that may not refuse it."""
    monkeypatch.setattr(onnx_session, "_CHECKED_FROM", (99, 0))
    model = helper.make_model(hidden_in(place, weights_at("secret.bin")))
    (tmp_path / "a.onnx").write_bytes(model.SerializeToString())
    with pytest.raises(ValueError, match="in other files"):
        open_session(tmp_path / "a.onnx")


def test_graph_that_only_says_location_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph whose weights are its own is opened, whatever its names."""
    monkeypatch.setattr(onnx_session, "_CHECKED_FROM", (99, 0))
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("location", "y")]
    graph = helper.make_graph([helper.make_node("Neg", ["location"], ["y"])], "g", ends[:1], ends[1:])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), tmp_path / "a.onnx")
    assert open_session(tmp_path / "a.onnx").run(None, {"location": np.ones(1, np.float32)})[0] == [-1.0]


def test_default_embedder_that_is_not_the_official_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packaged weights are loaded only where their hash is the one that is known."""
    monkeypatch.setattr(export, "DEFAULT_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="is not the official all-MiniLM-L6-v2"):
        export_embedder(DEFAULT_EMBEDDER, tmp_path)


@pytest.mark.parametrize("folder", [SHIPPED_FOLDER, SMALL_FOLDER], ids=lambda folder: folder.path.name)
def test_shipped_reader_is_as_it_was_written(folder: ReaderFolder) -> None:
    """A reader in the package has the hashes that are kept beside it."""
    folder.check(remedy=REMEDY)
    assert isinstance(folder.read_settings(remedy=REMEDY).calibration, Calibration)
