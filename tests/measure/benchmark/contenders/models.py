"""Find the embedder that the index was made with."""

from index.model_folder import ModelFolder
from index.store import Store
from tests.measure.benchmark.layout import Layout


def exported_embedder(layout: Layout) -> ModelFolder:
    """Return the exported embedder in the index, which has one."""
    (path,) = Store(layout.store).models.glob("[!.]*")
    return ModelFolder(path)
