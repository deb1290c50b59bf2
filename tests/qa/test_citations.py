"""Citations: lines as editors count them, and what a citation says of its place."""

from hypothesis import assume, given
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.records import Place
from index.spans import Span
from qa.answer import Citation
from qa.citations import cite
from qa.positions import line_of
from tests.qa.samples import HERE

_LINES = "First line.\r\nThe quote stands here.\rA third one.\nEnd."
_QUOTE = "The quote stands here."


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
        text_sha256="e" * 64,
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
        text_sha256="e" * 64,
    )
