"""What exporting any model to ONNX takes: quiet libraries, int8 weights."""

import errno
import logging
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from index.errors import ModelError, QaError
from index.store import has_no_room

OPSET = 17
"""Of the graphs: old enough for every onnxruntime that is supported."""

_QUANTIZED = ("_quantized", "_zero_point")
"""End the names of what onnxruntime's quantizer makes of weights."""

_PREFIX = ".export-"
_MOST_SECONDS = 24 * 60 * 60


_QUIET = ("TQDM_DISABLE", "HF_HUB_DISABLE_PROGRESS_BARS", "HF_HUB_DISABLE_TELEMETRY")


def export_folder(models: Path, write: Callable[[Path], str], *, what: str, remedy: str) -> Path:
    """Make a folder below `models`, whole or not at all; return it.

    `write` fills an empty folder and returns the name that it is to have. `what` and `remedy` are
    for the `ModelError` that is raised where it cannot.
    """
    models.mkdir(parents=True, exist_ok=True)
    _sweep_killed(models)
    work = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=models))
    try:
        done = models / write(work)
        _put_in_place(work, done)
        return done
    except (QaError, OSError):
        raise
    except Exception as error:  # those of torch, onnx, protobuf and onnxruntime share no base
        if has_no_room(models):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(models)) from error
        raise ModelError(f"{what} cannot be exported: {first_line(error)}", remedy) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep_killed(models: Path) -> None:
    for path in list(killed_exports(models)):
        shutil.rmtree(path, ignore_errors=True)


def killed_exports(models: Path) -> Iterator[Path]:
    """Yield what exports left that were killed: nobody exports for so long."""
    for path in models.glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):  # its export has just ended
            if time.time() - path.stat().st_mtime > _MOST_SECONDS:
                yield path


def _put_in_place(work: Path, done: Path) -> None:
    """Give a folder its name. Where it is there, damaged maybe, its files are replaced one by one.

    So at no moment is a file away that a question needs, nor if this process is killed meanwhile.
    """
    try:
        work.rename(done)
    except OSError:
        if not done.is_dir():
            raise
        for path in sorted(work.iterdir()):
            path.replace(done / path.name)


def quantize(float_graph: Path, int8_graph: Path, *, asymmetric: bool = False, keep: Sequence[str] = ()) -> None:
    """Write int8 weights, with a scale a channel; one scale a matrix loses too much.

    The steps of `asymmetric` weights reach from a channel's least to its greatest, which is finer than reaching as
    far below zero as above. The multiplications named in `keep` stay float32.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with quiet():
        quantize_dynamic(
            str(float_graph),
            str(int8_graph),
            weight_type=QuantType.QUInt8 if asymmetric else QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=list(keep),
        )
    if asymmetric:
        make_signed(int8_graph)


def make_signed(graph: Path) -> None:
    """Shift the unsigned weights of a graph, and their zero points: the same numbers, in signed bytes.

    Processors with VNNI multiply those twice as fast; `index.onnx_session.open_session` sees to the others.
    """
    import onnx
    from onnx import TensorProto, numpy_helper

    model = onnx.load(str(graph))
    for weight in model.graph.initializer:
        if weight.data_type == TensorProto.UINT8 and weight.name.endswith(_QUANTIZED):
            shifted = numpy_helper.to_array(weight).astype(np.int16) - 128
            weight.CopyFrom(numpy_helper.from_array(shifted.astype(np.int8), weight.name))
    # What is said of the types between would be wrong now; onnxruntime finds them out.
    typed = [value for value in model.graph.value_info if value.type.tensor_type.elem_type != TensorProto.UINT8]
    del model.graph.value_info[:]
    model.graph.value_info.extend(typed)
    onnx.save(model, str(graph))


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, or its class."""
    return str(error).strip().split("\n", 1)[0] or type(error).__name__


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries' progress bars, warnings and log lines off the user's terminal, and have nothing reported."""
    kept = {name: os.environ.get(name) for name in _QUIET}
    os.environ.update(dict.fromkeys(_QUIET, "1"))
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
