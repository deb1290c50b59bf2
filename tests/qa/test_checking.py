"""Quotes checked against their files."""

import gzip
import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qa.answer import Citation
from qa.checking import Check
from tests.qa.samples import CITATION

_LINES = "First line.\r\nThe quote stands here.\rA third one.\nEnd."
_QUOTE = "The quote stands here."


@pytest.fixture
def cited(tmp_path: Path) -> tuple[Path, Citation]:
    """Return a file and the citation of a quote in it."""
    path = tmp_path / "article.txt"
    data = _LINES.encode()
    path.write_bytes(data)
    start = _LINES.index(_QUOTE)
    sha256 = hashlib.sha256(data).hexdigest()
    return path, replace(CITATION, path=path, start=start, end=start + len(_QUOTE), sha256=sha256)


def test_unchanged_file_still_says_so(cited: tuple[Path, Citation]) -> None:
    """A file of the same bytes says what it said."""
    assert Check().holds(cited[1], _QUOTE, cited[1].start)


_CHANGES: dict[str, tuple[Callable[[str], str], bool]] = {
    "more at the end": (lambda text: text + "\nCorrection: none.", True),
    "other words before, as long": (lambda text: text.replace("First", "Other"), True),
    "the quote itself": (lambda text: text.replace("quote", "words"), False),
    "moved by a line before": (lambda text: "New.\n" + text, False),
    "cut before the quote's end": (lambda text: text[:20], False),
    "emptied": (lambda _: "", False),
    "binary now": (lambda text: "\0" + text, False),
}


@pytest.mark.parametrize("change", _CHANGES)
def test_changed_file_says_so_where_the_quote_kept_its_place(cited: tuple[Path, Citation], change: str) -> None:
    """A changed file is compared at the cited place, and there alone."""
    path, citation = cited
    edit, holds = _CHANGES[change]
    path.write_bytes(edit(_LINES).encode())
    assert Check().holds(citation, _QUOTE, citation.start) is holds


def test_file_that_became_huge_is_not_read(cited: tuple[Path, Citation]) -> None:
    """A file with more bytes than memory has, most of them holes, has changed: that is told at once."""
    path, citation = cited
    os.truncate(path, 1 << 40)
    assert not Check().holds(citation, _QUOTE, citation.start)


def test_other_line_ends_move_the_quote(cited: tuple[Path, Citation]) -> None:
    """Offsets count code points of the text as it is, so other line ends before a quote move it."""
    path, citation = cited
    path.write_bytes(re.sub("\r\n", "\n", _LINES).encode())
    assert not Check().holds(citation, _QUOTE, citation.start)


def test_gone_file_says_nothing(cited: tuple[Path, Citation]) -> None:
    """A file that is gone, or a folder now, does not say so any more."""
    path, citation = cited
    path.unlink()
    assert not Check().holds(citation, _QUOTE, citation.start)
    path.mkdir()
    assert not Check().holds(citation, _QUOTE, citation.start)


@pytest.mark.parametrize("suffix", [".bin", ".html", ".txt.gz"])
def test_file_of_extracted_text_is_known_by_its_bytes(cited: tuple[Path, Citation], suffix: str) -> None:
    """A file whose text is not the file's says what it said as long as no byte of it changes."""
    path, citation = cited
    other = path.rename(path.with_suffix(suffix))
    assert Check().holds(replace(citation, path=other), _QUOTE, citation.start)
    other.write_bytes(other.read_bytes() + b"\n")
    assert not Check().holds(replace(citation, path=other), _QUOTE, citation.start)


def test_each_file_is_read_once(cited: tuple[Path, Citation], monkeypatch: pytest.MonkeyPatch) -> None:
    """A check of several quotes of a file, changed or not, opens it no more often than it must."""
    path, citation = cited
    opened: list[Path] = []
    monkeypatch.setattr("qa.file_hashes.FileHashes.of", lambda _, path: opened.append(path))
    check = Check()
    assert not any(check.holds(citation, _QUOTE, citation.start) for _ in range(3))
    assert opened == [path]


def test_compressed_text_is_unpacked(cited: tuple[Path, Citation]) -> None:
    """A changed file that is compressed is compared by the text in it."""
    path, citation = cited
    packed = path.with_suffix(".txt.gz")
    packed.write_bytes(gzip.compress(_LINES.encode() + b"\nMore."))
    moved = replace(citation, path=packed)
    assert Check().holds(moved, _QUOTE, citation.start)
    assert not Check().holds(moved, _QUOTE, citation.start + 1)
