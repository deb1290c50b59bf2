"""Where in a file a quote stands, in words."""

from dataclasses import replace

import pytest

from index.articles import Landmark, LandmarkKind
from qa.positions import heading_at, line_at, page_at, place_parts, place_words
from tests.qa.samples import CITATION, HERE, PLACE

_PLACE = replace(
    PLACE,
    path=HERE / "report.pdf",
    landmarks=(
        Landmark(3, LandmarkKind.PAGE, "iv"),
        Landmark(10, LandmarkKind.HEADING, "Results"),
        Landmark(20, LandmarkKind.PAGE, "1"),
    ),
)


@pytest.mark.parametrize(
    ("line", "record", "page", "heading", "words"),
    [
        (12, None, None, None, "articles/call.txt:12"),
        (None, 17, None, None, "articles/call.txt, record 17"),
        (None, None, "iv", "Results", "articles/call.txt, page iv"),
        (None, None, None, "Results", "articles/call.txt, under “Results”"),
        (None, None, None, None, "articles/call.txt"),
        (None, None, None, "R" * 80, f"articles/call.txt, under “{'R' * 59}…”"),
        (None, None, None, "\x1b[2J\u202e", "articles/call.txt, under “<U+001B>[2J<U+202E>”"),
        (None, None, "\x1b[2J", None, "articles/call.txt, page <U+001B>[2J"),
    ],
)
def test_place_in_words(
    line: int | None, record: int | None, page: str | None, heading: str | None, words: str
) -> None:
    """A line goes with the file, all else is said after it; nothing of it moves the cursor."""
    located = replace(CITATION, line=line, record=record, page=page, heading=heading)
    assert place_words(located, HERE) == words
    assert ", ".join(filter(None, place_parts(located, HERE))) == words


@pytest.mark.parametrize(
    ("offset", "page", "heading"),
    [
        (0, None, None),
        (3, "iv", None),
        (9, "iv", None),
        (10, "iv", "Results"),
        (19, "iv", "Results"),
        (25, "1", "Results"),
    ],
)
def test_landmarks_hold_until_the_next(offset: int, page: str | None, heading: str | None) -> None:
    """A code point stands on the page and under the heading that began last before it or at it."""
    assert (page_at(_PLACE, offset), heading_at(_PLACE, offset)) == (page, heading)


@pytest.mark.parametrize(
    ("name", "line"), [("a.txt", 2), ("a.MD", 2), ("a.pdf", None), ("a.txt.gz", 2), ("a.csv", None)]
)
def test_only_text_files_have_lines(name: str, line: int | None) -> None:
    """Lines are those of an editor, and only the text of text files is what it shows, packed or not."""
    assert line_at(replace(_PLACE, path=HERE / name), "One.\nTwo.", 5) == line
