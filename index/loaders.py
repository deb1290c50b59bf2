"""The one seam for file formats: which loader reads a file, by the ending of its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType

from index.articles import Loader


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the module of `index.formats` whose `load` reads it, imported when a file needs it.

    `is_text` says that the article is the file's own text, whose lines can be cited.
    """

    module: str
    is_text: bool = False

    def loader(self) -> Loader:
        """Import the loader."""
        load: Loader = import_module(f"index.formats.{self.module}").load
        return load


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": Format("load_text", is_text=True),
        ".md": Format("load_text", is_text=True),
        ".html": Format("load_html"),
        ".htm": Format("load_html"),
        ".xhtml": Format("load_html"),
        ".mhtml": Format("load_mhtml"),
        ".mht": Format("load_mhtml"),
        ".eml": Format("load_eml"),
        ".epub": Format("load_epub"),
        ".pdf": Format("load_pdf"),
        ".docx": Format("load_docx"),
        ".rtf": Format("load_rtf"),
        ".json": Format("load_json"),
        ".jsonl": Format("load_jsonl"),
        ".ndjson": Format("load_jsonl"),
        ".csv": Format("load_csv"),
        ".tsv": Format("load_csv"),
    }
)
"""By lower-case suffix; a file with another one is not an article."""

COMPRESSED = ".gz"
"""What may follow the suffix of any format."""


def format_of(path: PurePath) -> Format | None:
    """Return the format of a file by its name, None where that is unknown."""
    return format_named(path.name)


def format_named(name: str) -> Format | None:
    """Return the format of a file by its name without its folder, None where that is unknown."""
    stem, suffix = _parted(name)
    return FORMATS.get(_parted(stem)[1] if suffix == COMPRESSED else suffix)


def _parted(name: str) -> tuple[str, str]:
    """Return a name's stem and its suffix in lower case, as `PurePath` tells them, which takes ten times as long."""
    dot = name.rfind(".")
    return (name[:dot], name[dot:].lower()) if 0 < dot < len(name) - 1 else (name, "")


def has_lines(path: PurePath) -> bool:
    """Tell whether a place in the file can be named by its line, as an editor counts lines."""
    known = format_of(path)
    return known is not None and known.is_text
