"""Citations: lines as editors count them, and whether the file still says so."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.records import Place
from index.spans import Span
from qa.answer import Citation
from qa.citations import cite, still_says
from qa.positions import line_of
from tests.qa.samples import CITATION, HERE

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


def _naive_line(content: str, offset: int) -> int:
    """Walk the text character by character, as a typewriter would."""
    line, at = 1, 0
    while at < offset:
        at += 2 if content.startswith("\r\n", at) else 1
        if at <= offset and content[at - 1] in "\r\n":
            line += 1
    return line


@given(content=st.text("ab \r\n\x0b\u2028é🙂", max_size=60), data=st.data())
def test_line_of_agrees_with_walking(content: str, data: st.DataObject) -> None:
    r"""Lines end at \\n, \\r\\n and \\r, and nowhere else."""
    offset = data.draw(st.integers(0, len(content)))
    assume(content[offset - 1 : offset + 1] != "\r\n" or offset == 0)
    assert line_of(content, offset) == _naive_line(content, offset)


@given(content=st.text("ab\n", max_size=60), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_line_ends_of_any_kind_count_alike(content: str, end: str) -> None:
    """A text has as many lines however its lines end."""
    other = content.replace("\n", end)
    assert line_of(other, len(other)) == content.count("\n") + 1


def test_line_feed_of_a_pair_is_on_the_line_that_it_ends() -> None:
    """The second half of a line end stands on the line that it ends."""
    assert line_of("ab\r\ncd", 3) == 1


def test_line_of_the_first_character() -> None:
    """Lines count from 1, in an empty text too."""
    assert line_of("", 0) == 1
    assert line_of("\n", 0) == 1


def test_citation_takes_what_the_place_says() -> None:
    """A citation has its place's title, path, record, date, source and hash, and the span's line."""
    place = Place(
        text_id=3,
        path=HERE / "a.txt",
        record=4,
        record_id="x4",
        title="T",
        date=ArticleDate("2024-11-15", DateOrigin.DATELINE),
        source="S",
        author="A",
        url="https://e.org/4",
        landmarks=(),
        sha256="f" * 64,
    )
    start = _LINES.index(_QUOTE)
    assert cite(2, place, Span(start, start + 5), _LINES) == Citation(
        number=2,
        title="T",
        path=HERE / "a.txt",
        record=4,
        record_id="x4",
        start=start,
        end=start + 5,
        line=2,
        page=None,
        heading=None,
        date="2024-11-15",
        date_origin=DateOrigin.DATELINE,
        source="S",
        author="A",
        url="https://e.org/4",
        sha256="f" * 64,
    )


def test_unchanged_file_still_says_so(cited: tuple[Path, Citation]) -> None:
    """A file of the same bytes says what it said."""
    assert still_says(cited[1], _QUOTE, cited[1].start)


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
    assert still_says(citation, _QUOTE, citation.start) is holds


def test_other_line_ends_move_the_quote(cited: tuple[Path, Citation]) -> None:
    """Offsets count code points of the text as it is, so other line ends before a quote move it."""
    path, citation = cited
    path.write_bytes(re.sub("\r\n", "\n", _LINES).encode())
    assert not still_says(citation, _QUOTE, citation.start)


def test_gone_file_says_nothing(cited: tuple[Path, Citation]) -> None:
    """A file that is gone, or a folder now, does not say so any more."""
    path, citation = cited
    path.unlink()
    assert not still_says(citation, _QUOTE, citation.start)
    path.mkdir()
    assert not still_says(citation, _QUOTE, citation.start)


@pytest.mark.parametrize("suffix", [".bin", ".html", ".txt.gz"])
def test_file_of_extracted_text_is_known_by_its_bytes(cited: tuple[Path, Citation], suffix: str) -> None:
    """A file whose text is not the file's says what it said as long as no byte of it changes."""
    path, citation = cited
    other = path.rename(path.with_suffix(suffix))
    assert still_says(replace(citation, path=other), _QUOTE, citation.start)
    other.write_bytes(other.read_bytes() + b"\n")
    assert not still_says(replace(citation, path=other), _QUOTE, citation.start)
