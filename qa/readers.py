"""Choose the reader: one of those that come with `qa`, none but the sentence picker, or a model of the user's."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from index.embedder import Embedder
from index.errors import ModelError
from index.store import Store
from index.words import Stemmer
from qa.confidence import SIGNS, Calibration
from qa.evidence import FEATURES
from qa.onnx_span_model import OnnxSpanModel
from qa.reader import MakeReader, Reader
from qa.reader_folder import ReaderFolder
from qa.span_model import SpanModel
from qa.span_reader import SpanReader

SHIPPED = "default"
"""The name of the reader in this package that is used unless another is asked for."""

SMALL = "small"
"""The name of the other one: of half as many layers, which reads in about half the time and is right less often."""

NONE = "none"
"""The name that stands for picking a sentence without a trained reader."""

_MODELS = Path(__file__).parent / "models"
SHIPPED_FOLDER = ReaderFolder(_MODELS / "reader")
SMALL_FOLDER = ReaderFolder(_MODELS / "small-reader")

_REINSTALL = "reinstall qa, or give --reader none"


def shipped_reader(embedder: Embedder, stemmer: Stemmer) -> Reader:
    """Return the reader of this package; raise `ModelError`."""
    return _span_reader(SHIPPED_FOLDER, stemmer, _REINSTALL)


def small_reader(embedder: Embedder, stemmer: Stemmer) -> Reader:
    """Return the small reader of this package; raise `ModelError`."""
    return _span_reader(SMALL_FOLDER, stemmer, _REINSTALL)


def reader_maker(name: str, store: Store, *, notify: Callable[[str], None]) -> MakeReader:
    """Return what makes the reader `name`: `default`, `small`, `none`, or a Hugging Face model by hub name or folder.

    Such a model is exported once and kept in `store`; `notify` is told of it. Raises `ModelError`.
    """
    if name == SHIPPED:
        return shipped_reader
    if name == SMALL:
        return small_reader
    if name == NONE:
        from qa.sentence_picker import SentencePicker

        return SentencePicker
    folder = kept_reader(name, store, notify=notify)
    return lambda _embedder, stemmer: _span_reader(folder, stemmer, _export_again(folder))


def open_span_model(name: str, store: Store, *, notify: Callable[[str], None]) -> SpanModel:
    """Return the model of spans behind the reader `name`; raise `ModelError`, as for `none`."""
    if name == NONE:
        raise ModelError("--reader none reads no spans", "name another reader, or leave --reader out")
    if name in (SHIPPED, SMALL):
        return OnnxSpanModel(SHIPPED_FOLDER if name == SHIPPED else SMALL_FOLDER, remedy=_REINSTALL)
    folder = kept_reader(name, store, notify=notify)
    return OnnxSpanModel(folder, remedy=_export_again(folder))


def kept_reader(name: str, store: Store, *, notify: Callable[[str], None]) -> ReaderFolder:
    """Return the exported reader `name` in `store`, exporting it first if need be."""
    local = Path(name).is_dir()
    name = str(Path(name).absolute()) if local else name
    origin = folder_stamp(Path(name)) if local else ""
    for path in sorted(store.readers.glob("[!.]*")):
        folder = ReaderFolder(path)
        try:
            settings = folder.read_settings(remedy=_export_again(folder))
            if (settings.name, settings.origin) == (name, origin) and fits(settings.calibration):
                return folder
        except ModelError:
            continue
    notify(f"preparing the reader {name}, once")
    from qa.export_reader import export_reader

    # Fitted for the shipped reader; another one's margins mean about the same.
    calibration = SHIPPED_FOLDER.read_settings(remedy=_REINSTALL).calibration
    return export_reader(name, store.readers, calibration, origin=origin)


def folder_stamp(folder: Path) -> str:
    """Return what changes when a file in `folder` is written again: of names, sizes and times."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    stamps = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(json.dumps(stamps).encode()).hexdigest()


def fits(calibration: Calibration) -> bool:
    """Tell whether a calibration was fitted for the features and signs of this version."""
    return (len(calibration.ranking), len(calibration.weights)) == (len(FEATURES), len(SIGNS))


def _span_reader(folder: ReaderFolder, stemmer: Stemmer, remedy: str) -> SpanReader:
    model = OnnxSpanModel(folder, remedy=remedy)
    if not fits(model.calibration):
        raise ModelError(f"the reader in {folder.path} was calibrated for another version of qa", remedy)
    return SpanReader(model, model.calibration, stemmer)


def _export_again(folder: ReaderFolder) -> str:
    return f"delete {folder.path}, and it is exported again"
