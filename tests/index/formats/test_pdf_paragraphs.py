"""Paragraphs of lines: nothing is lost, and pages stay in order, whatever they look like."""

from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import LandmarkKind
from index.formats.building_text import build_text
from index.formats.pdf_lines import Body, Line
from index.formats.pdf_paragraphs import make_paragraphs, to_blocks

BODY = Body(size=10.0, bold=False)
ENDINGS = ("word", "word.", "word,", "agree-", "Word", "• word", "2")


@st.composite
def blocks(draw: st.DrawFn) -> list[list[Line]]:
    """Draw the blocks of some pages, of lines that may belong together in any way."""
    made: list[list[Line]] = []
    for page in range(draw(st.integers(1, 4))):
        for _ in range(draw(st.integers(1, 3))):
            lines = []
            for row in range(draw(st.integers(1, 4))):
                text = " ".join(draw(st.lists(st.sampled_from(ENDINGS), min_size=1, max_size=3)))
                start = draw(st.sampled_from((50.0, 62.0)))
                lines.append(
                    Line(
                        page=page,
                        start=start,
                        end=start + draw(st.sampled_from((60.0, 200.0))),
                        baseline=700.0 - row * draw(st.sampled_from((12.0, 20.0))),
                        size=draw(st.sampled_from((7.0, 10.0, 18.0))),
                        text=text,
                        bold=draw(st.booleans()),
                        has_cells=False,
                    )
                )
            made.append(lines)
    return made


@settings(max_examples=200, deadline=None, database=None)
@given(blocks())
def test_every_line_is_in_one_paragraph(drawn: list[list[Line]]) -> None:
    """No line is lost or doubled, and the lines of one block stay in their order."""
    paragraphs = make_paragraphs(drawn, BODY)
    placed = [id(line) for paragraph in paragraphs for line in paragraph.lines]
    assert sorted(placed) == sorted(id(line) for block in drawn for line in block)


@settings(max_examples=200, deadline=None, database=None)
@given(blocks())
def test_pages_begin_in_their_order(drawn: list[list[Line]]) -> None:
    """Every page has one landmark, and the pages' landmarks are in the order of the pages."""
    paragraphs = make_paragraphs(drawn, BODY)
    built = build_text(to_blocks(paragraphs, BODY, frozenset(), ["a", "b", "c", "d"]))
    pages = [mark.label for mark in built.landmarks if mark.kind is LandmarkKind.PAGE]
    assert pages == ["abcd"[page] for page, _ in groupby(line.page for block in drawn for line in block)]


@settings(max_examples=200, deadline=None, database=None)
@given(blocks())
def test_text_is_that_of_the_lines(drawn: list[list[Line]]) -> None:
    """The text holds the lines' letters, but for hyphens at their ends, and no white space to be trimmed."""
    text = build_text(to_blocks(make_paragraphs(drawn, BODY), BODY, frozenset(), "abcd")).text
    letters = sorted("".join(line.text for block in drawn for line in block).replace("-", "").replace(" ", ""))
    assert sorted("".join(text.replace("-", "").split())) == letters
    assert all(line == line.strip() and "  " not in line for line in text.split("\n"))
