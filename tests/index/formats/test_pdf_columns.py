"""The order of a page's pieces: what is cut into columns, and that nothing is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.pdf_columns import Block, reading_order, rows_of
from index.formats.pdf_pieces import Piece

EM = 10.0


def piece(start: float, end: float, baseline: float, text: str = "x", size: float = EM) -> Piece:
    return Piece(start, end, baseline, size, text, bold=False, spaced=False)


def column(start: float, end: float, rows: int, name: str, *, top: float = 700.0, step: float = 12.0) -> list[Piece]:
    return [piece(start, end, top - row * step, f"{name}{row}") for row in range(rows)]


def texts(blocks: list[Block]) -> list[list[str]]:
    return [[each.text for each in block] for block in blocks]


def names(blocks: list[Block]) -> list[str]:
    """Return the column that each block's pieces are of, or the columns where they are of several."""
    return ["".join(sorted({each.text[0] for each in block})) for block in blocks]


def test_columns_off_each_others_lines() -> None:
    """Columns are told apart though no row of white space runs through both."""
    left, right = column(0, 100, 10, "a"), column(115, 215, 10, "b", top=695.0, step=11.0)
    assert names(reading_order([*right, *left], EM)) == ["a", "b"]


def test_columns_of_different_numbers_above_each_other() -> None:
    """Three columns above two are each read before those below."""
    above = [*column(0, 90, 5, "a"), *column(100, 190, 5, "b"), *column(200, 290, 5, "c")]
    below = [*column(0, 140, 5, "d", top=600.0), *column(150, 290, 5, "e", top=600.0)]
    assert names(reading_order([*below, *above], EM)) == ["a", "b", "c", "d", "e"]


def test_column_that_ends_early() -> None:
    """A last column of one line is a column beside one of prose."""
    assert names(reading_order([*column(0, 100, 10, "a"), *column(115, 215, 1, "b")], EM)) == ["a", "b"]


def test_numbers_beside_prose_are_no_column() -> None:
    """What is too narrow for prose is read with what it stands beside."""
    assert names(reading_order([*column(0, 10, 5, "1"), *column(30, 230, 5, "a")], EM)) == ["1a"]


def test_cells_beside_prose_are_no_column() -> None:
    """Cells on the same lines as a column of text are a table's."""
    assert names(
        reading_order([*column(0, 100, 4, "a"), *column(150, 160, 4, "b"), *column(220, 230, 4, "c")], EM)
    ) == ["abc"]


def test_headline_that_leaves_a_margin_is_above_the_columns() -> None:
    """A headline that is not quite as wide as the columns under it is read before them."""
    head = piece(0, 205, 740, "h", size=20)
    assert names(reading_order([head, *column(0, 100, 5, "a"), *column(115, 215, 5, "b")], EM)) == ["h", "a", "b"]


def pieces() -> st.SearchStrategy[list[Piece]]:
    place = st.integers(0, 600).map(float)
    drawn = st.builds(
        lambda start, length, baseline, size: piece(start, start + length, baseline, size=size),
        place,
        st.integers(0, 300).map(float),
        place,
        st.sampled_from((6.0, 10.0, 24.0)),
    )
    return st.lists(drawn, max_size=40)


@settings(max_examples=200, deadline=None, database=None)
@given(pieces())
def test_no_piece_is_lost(page: list[Piece]) -> None:
    """Whatever a page looks like, every piece is in exactly one row and one block of it, and no block is empty."""
    blocks = reading_order(page, EM)
    assert sorted(map(id, page)) == sorted(id(each) for block in blocks for each in block)
    assert sorted(map(id, page)) == sorted(id(each) for row in rows_of(page) for each in row)
    assert all(blocks)
