"""The one seam for file formats: a loader for each file name ending."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from index.articles import Loaded
from index.load_text import load_text


class Loader(Protocol):
    """Read the bytes of one file as articles."""

    def __call__(self, data: bytes, /) -> Loaded:
        """Return the file's articles; raise `ArticleError` or `NotAnArticleError` where there are none."""


LOADERS: Mapping[str, Loader] = MappingProxyType({".txt": load_text, ".md": load_text})
"""By lower-case suffix; a file with another one is not an article."""


def loader_of(path: Path) -> Loader | None:
    """Return the loader for a file's name, None where its type is unknown."""
    return LOADERS.get(path.suffix.lower())
