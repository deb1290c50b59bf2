"""Check quotes against the files that they are cited from."""

from pathlib import Path

from index.decode import decode_text
from index.errors import ArticleError, NotAnArticleError
from index.gunzip import gunzip
from index.loaders import COMPRESSED, has_lines
from index.regular_files import read_regular
from qa.answer import Citation
from qa.file_hashes import FileHashes


class Check:
    """Tell whether files still say what is quoted from them; each file is read once.

    `known` are the hashes of large files, which others may share.
    """

    def __init__(self, known: FileHashes | None = None) -> None:
        self._known = known or FileHashes()
        self._hashes: dict[Path, str | None] = {}
        self._texts: dict[Path, str] = {}

    def holds(self, citation: Citation, text: str, start: int) -> bool:
        """Tell whether `text` still begins at `start` of the cited article.

        A file whose text has to be extracted counts as changed with its first byte.
        """
        path = citation.path
        if path not in self._hashes:
            self._hashes[path] = self._known.of(path)
        if self._hashes[path] == citation.sha256:
            return True
        if self._hashes[path] is None or not has_lines(path):
            return False
        if path not in self._texts:
            self._texts[path] = _text(path)
        return self._texts[path].startswith(text, start)


def _unsaid(_: str) -> None:
    """Say nothing: the run that indexed the file has said it."""


def _text(path: Path) -> str:
    """Return a text file's text, empty where it is none any more."""
    try:
        data = read_regular(path)
        return decode_text(gunzip(data, warn=_unsaid) if path.suffix.lower() == COMPRESSED else data).text
    except (OSError, ArticleError, NotAnArticleError):
        return ""
