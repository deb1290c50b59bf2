"""Signed weights are the unsigned ones shifted, and give the same on every processor."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto

from index import onnx_export, onnx_session, saturation
from index.onnx_export import make_signed, quantize
from index.onnx_session import open_session, settle
from tests.index.test_outlier_split import IDS, write_graph

_SETTING = "session.x64quantprecision"


@pytest.fixture
def unsigned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a graph of unsigned weights."""
    write_graph(tmp_path / "float.onnx")
    with monkeypatch.context() as patched:
        patched.setattr(onnx_export, "make_signed", lambda _graph: None)
        quantize(tmp_path / "float.onnx", tmp_path / "graph.onnx", asymmetric=True)
    return tmp_path / "graph.onnx"


def is_exact_by_setting(session: onnxruntime.InferenceSession) -> bool:
    try:
        return bool(session.get_session_options().get_session_config_entry(_SETTING) == "1")
    except RuntimeError:  # there is none
        return False


def types(graph: Path) -> set[int]:
    return {weight.data_type for weight in onnx.load(str(graph)).graph.initializer}


@pytest.mark.parametrize("adds_exactly", [False, True])
def test_signed_weights_give_the_same(unsigned: Path, monkeypatch: pytest.MonkeyPatch, *, adds_exactly: bool) -> None:
    """Shifting the bytes changes no result, whether or not the processor is taken to add up exactly."""
    if adds_exactly and not saturation.adds_exactly():
        pytest.skip("a processor that does not")
    monkeypatch.setattr(onnx_session, "adds_exactly", lambda: adds_exactly)
    assert TensorProto.UINT8 in types(unsigned)
    shutil.copy(unsigned, signed := unsigned.with_name("signed.onnx"))
    make_signed(signed)
    assert TensorProto.UINT8 not in types(signed)
    assert TensorProto.INT8 in types(signed)
    onnx.checker.check_model(str(signed))
    settle(unsigned)
    settle(signed)
    session = open_session(signed, exact=True)
    (found,), (wanted,) = session.run(None, dict(IDS)), open_session(unsigned).run(None, dict(IDS))
    assert np.array_equal(found, wanted)
    assert is_exact_by_setting(session) is not adds_exactly
    assert not is_exact_by_setting(open_session(signed))
