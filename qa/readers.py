"""Choose the reader: the one that comes with `qa`, none but the sentence picker, or a model of the user's."""

from collections.abc import Callable
from pathlib import Path

from index.embedder import Embedder
from index.errors import ModelError
from index.store import Store
from index.words import Stemmer
from qa.onnx_span_model import OnnxSpanModel
from qa.reader import MakeReader, Reader
from qa.reader_folder import ReaderFolder
from qa.sentence_picker import SentencePicker
from qa.span_model import SpanModel
from qa.span_reader import SpanReader

SHIPPED = "default"
"""The name of the reader in this package."""

NONE = "none"
"""The name that stands for picking a sentence without a trained reader."""

SHIPPED_FOLDER = ReaderFolder(Path(__file__).parent / "models" / "reader")

_REINSTALL = "reinstall qa, or give --reader none"


def shipped_reader(embedder: Embedder, stemmer: Stemmer) -> Reader:
    """Return the reader that comes with the package; raise `ModelError`."""
    return _span_reader(SHIPPED_FOLDER, stemmer, _REINSTALL)


def reader_maker(name: str, store: Store, *, notify: Callable[[str], None]) -> MakeReader:
    """Return what makes the reader `name`: `default`, `none`, or a Hugging Face model by hub name or folder.

    Such a model is exported once and kept in `store`; `notify` is told of it. Raises `ModelError`.
    """
    if name == SHIPPED:
        return shipped_reader
    if name == NONE:
        return SentencePicker
    folder = kept_reader(name, store, notify=notify)
    return lambda _embedder, stemmer: _span_reader(folder, stemmer, _export_again(folder))


def open_span_model(name: str, store: Store, *, notify: Callable[[str], None]) -> SpanModel:
    """Return the model of spans behind the reader `name`; raise `ModelError`, as for `none`."""
    if name == NONE:
        raise ModelError("--reader none reads no spans", "name another reader, or leave --reader out")
    if name == SHIPPED:
        return OnnxSpanModel(SHIPPED_FOLDER, remedy=_REINSTALL)
    folder = kept_reader(name, store, notify=notify)
    return OnnxSpanModel(folder, remedy=_export_again(folder))


def kept_reader(name: str, store: Store, *, notify: Callable[[str], None]) -> ReaderFolder:
    """Return the exported reader `name` in `store`, exporting it first if need be."""
    if Path(name).is_dir():
        name = str(Path(name).absolute())
    for path in sorted(store.readers.glob("[!.]*")):
        folder = ReaderFolder(path)
        try:
            if folder.read_settings(remedy=_export_again(folder)).name == name:
                return folder
        except ModelError:
            continue
    notify(f"preparing the reader {name}, once")
    from qa.export_reader import export_reader

    # Fitted for the shipped reader; another one's margins mean about the same.
    calibration = SHIPPED_FOLDER.read_settings(remedy=_REINSTALL).calibration
    return export_reader(name, store.readers, calibration)


def _span_reader(folder: ReaderFolder, stemmer: Stemmer, remedy: str) -> SpanReader:
    model = OnnxSpanModel(folder, remedy=remedy)
    return SpanReader(model, folder.read_settings(remedy=remedy).calibration, stemmer)


def _export_again(folder: ReaderFolder) -> str:
    return f"delete {folder.path}, and it is exported again"
