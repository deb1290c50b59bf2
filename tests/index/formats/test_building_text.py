"""Texts put together from blocks: what stands between them, and where their landmarks are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Landmark, LandmarkKind
from index.formats.building_text import Block, BlockKind, BuiltText, PageStart, build_text


def test_blank_line_between_paragraphs() -> None:
    """Paragraphs and headings have one blank line between them."""
    blocks = [Block("Budget", BlockKind.HEADING), Block("It met."), Block("It voted.")]
    assert build_text(blocks).text == "Budget\n\nIt met.\n\nIt voted."


def test_lines_stand_together() -> None:
    """The lines of a list stand under one another, apart from what is around them."""
    lines = [Block("one", BlockKind.LINE), Block("two", BlockKind.LINE)]
    assert build_text([Block("List:"), *lines, Block("End.")]).text == "List:\n\none\ntwo\n\nEnd."


def test_block_without_text_leaves_no_trace() -> None:
    """An empty block makes no blank line and no landmark."""
    empty = Block("", BlockKind.HEADING, (PageStart(0, "1"),))
    assert build_text([empty, Block("It met."), empty]) == BuiltText("It met.", ())


def test_page_begins_before_its_heading_and_within_a_paragraph() -> None:
    """Landmarks are in the order of their starts, a page before the heading it begins with."""
    blocks = [
        Block("Budget", BlockKind.HEADING, (PageStart(0, "i"),)),
        Block("It met and voted.", pages=(PageStart(11, "ii"),)),
    ]
    assert build_text(blocks).landmarks == (
        Landmark(0, LandmarkKind.PAGE, "i"),
        Landmark(0, LandmarkKind.HEADING, "Budget"),
        Landmark(19, LandmarkKind.PAGE, "ii"),
    )


@settings(max_examples=50, database=None)
@given(st.lists(st.builds(Block, st.text("ab ", max_size=4), st.sampled_from(BlockKind))))
def test_headings_are_where_landmarks_say(blocks: list[Block]) -> None:
    """Every heading's landmark points at its own text."""
    built = build_text(blocks)
    assert [mark.label for mark in built.landmarks] == [
        block.text for block in blocks if block.text and block.kind is BlockKind.HEADING
    ]
    assert all(built.text.startswith(mark.label, mark.start) for mark in built.landmarks)
