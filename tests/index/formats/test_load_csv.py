"""Loading tables: an article a row."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import NO_FIELDS, Article, ArticleDate, DateOrigin
from index.errors import ArticleError, NotAnArticleError
from index.formats.few_warnings import MOST_WARNINGS
from index.formats.load_csv import LONGEST_CELL, MOST_COLUMNS
from index.spans import trimmed
from tests.index.formats.damage import damaged
from tests.index.formats.loading import Loaded, loaded
from tests.strategies import file_text

TEXT = 'The council, on Monday, met. "It\'s late," she said.\r\nIt approved; the budget.\n'
DATE = ArticleDate("2024-11-15", DateOrigin.METADATA)
ARTICLES = (Article(text=TEXT, title="A", date=DATE, record=1), Article(text=TEXT, title="B", date=DATE, record=2))


def table(*rows: tuple[str, ...], delimiter: str = ",", end: str = "\n") -> bytes:
    written = StringIO(newline="")
    # All in quotation marks: the writer does not put them around each line end that a reader knows.
    csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return written.getvalue().encode()


def read(data: bytes | str, name: str = "a.csv", **fields: str) -> Loaded:
    return loaded("load_csv", data.encode() if isinstance(data, str) else data, name=name, fields=fields or NO_FIELDS)


ROWS = (("Title", "Date", "Text"), ("A", "2024-11-15", TEXT), ("B", "15 Nov 2024", TEXT))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["a.csv", "A.TSV"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_row_is_an_article(delimiter: str, end: str, name: str, mark: bytes) -> None:
    """Each row is a record, counted from 1, whatever is between its cells and its rows; cells keep their line ends."""
    assert read(mark + table(*ROWS, delimiter=delimiter, end=end), name) == Loaded(ARTICLES, ())


def test_column_of_texts_decides_on_the_delimiter() -> None:
    """The header is cut so that it has a column of texts, not so that it has most."""
    assert read('"a,b,c";text\n1;It met.').article.text == "It met."
    assert read("a,b,c;prose\n1;It met.", text="prose").article.text == "It met."


def test_single_column_is_cut_nowhere() -> None:
    """A table of texts alone has commas in them, within quotation marks or without."""
    found = read('text\nIt met, and voted; at last.\n"It met, too."\n')
    assert [article.text for article in found.articles] == ["It met, and voted; at last.", "It met, too."]


def test_blank_rows_are_passed_over() -> None:
    """Rows of nothing are neither header nor records; a row of empty cells has no text."""
    found = read("\n\ntext,title\n\nIt met.,A\n\n,\nIt voted.,B\n\n")
    assert [(article.title, article.record) for article in found.articles] == [("A", 1), ("B", 3)]
    assert found.warnings == ("1 record has no text",)


def test_short_and_long_rows() -> None:
    """A row may end early; one with more cells than columns is told, as a comma in it may have cut a text."""
    found = read("title,text,date\nA,It met.\nB,It met, and voted.,2024,x\n")
    assert [article.text for article in found.articles] == ["It met.", "It met"]
    assert found.warnings == ("record 2 has more cells than there are columns",)
    assert len(read("id,text\n" + "1,It met, at last.\n" * 100).warnings) == MOST_WARNINGS + 1


@pytest.mark.parametrize("header", ["text,title,text", "Text,title,text", "text,title,TEXT"])
def test_first_of_two_columns_of_a_name_is_read(header: str) -> None:
    """Of two columns with the same name, however that is spelled, the first counts, and that is told."""
    found = read(f"{header}\nIt met.,A,It voted.\nIt left.,B\n")
    assert [article.text for article in found.articles] == ["It met.", "It left."]
    assert found.warnings == ("several columns are named text: the first is read",)


def test_columns_of_a_name_that_is_not_read_are_passed_over() -> None:
    """Tables that were joined, or whose rows all end in commas, have names twice, which is no trouble."""
    found = read("text,row,row,,,\nIt met.,1,1,,,\n")
    assert (found.article.text, found.warnings) == ("It met.", ())


def test_first_of_two_columns_that_were_named_is_read() -> None:
    """A name that was given is no other than the usual ones."""
    found = read("prose,prose\nIt met.,It voted.\n", text="Prose")
    assert (found.article.text, found.warnings) == ("It met.", ("several columns are named prose: the first is read",))


def test_quotation_mark_in_a_cell() -> None:
    """A quotation mark within a cell is the text's own."""
    assert read('text,title\nThe "late" vote.,A').article.text == 'The "late" vote.'


def test_quotation_marks_behind_backslashes() -> None:
    """What Spark and MySQL write is read whole, with the marks that the text had."""
    found = read('title,text\nA,"He said \\"no, never\\" and left."\nB,"It \\"met\\"."\n')
    assert [article.text for article in found.articles] == ['He said "no, never" and left.', 'It "met".']
    assert found.warnings == ()


def test_backslash_at_a_cell_s_end_is_the_text_s_own() -> None:
    """One stray mark elsewhere does not make a mark behind a backslash part of its cell."""
    found = read(r"""title,text
A,"She said ""no, never"" and left."
B,"one "two" three"
C,"The path is C:\"
D,"It met, and ""voted""."
""")
    texts = [article.text for article in found.articles]
    assert (texts[0], texts[2:]) == ('She said "no, never" and left.', ["The path is C:\\", 'It met, and "voted".'])
    assert found.warnings == ("a quotation mark is out of place (line 3): rows may run together from there",)


def test_quotation_mark_out_of_place_is_told() -> None:
    """A mark that is closed nowhere, or before a cell's end, is told by its line."""
    found = read('title,text\nA,"It met.\nB,It voted.\n')
    assert found.article.text == "It met.\nB,It voted.\n"
    assert found.warnings == ("a quotation mark is out of place (line 3): rows may run together from there",)


def test_tabs_without_quotation() -> None:
    """In a table cut by tabs, marks that do not go around cells are the texts' own."""
    found = read('title\ttext\nA\t"It\'s late," she said.\nB\t"It met\n', "a.tsv")
    assert [article.text for article in found.articles] == ['"It\'s late," she said.', '"It met']
    assert found.warnings == ()


@pytest.mark.parametrize("data", ["", "\n\r\n", "\ufeff", "title,text\n", "title,text\nA,\n", "a,b,c"])
def test_no_text_is_no_article(data: str) -> None:
    """A table without rows, or without text in them, holds no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        read(data)


def test_unknown_column_of_texts_is_told() -> None:
    """Where no column is known to be that of the texts, those there are are told."""
    with pytest.raises(ArticleError, match=r"no field holds the text \(it has: id, prose\); name it with --field text"):
        read("id,prose\n1,It met.")


def test_named_columns() -> None:
    """Columns are read by the names that are given for them, and one that is not there is told."""
    assert read("id,Lead Text\n1,It met.", text="lead_text").article.text == "It met."
    with pytest.raises(ArticleError, match=r"no record has a field story \(it has: id, prose\)"):
        read("id,prose\n1,It met.", text="story")


def test_guess_is_warned_of() -> None:
    """A guessed encoding, as a spreadsheet's, is told."""
    found = read("title;text\nA;The café in Zürich reopened.".encode("cp1252"))
    assert found.warnings == ("not UTF-8, read as cp1252",)
    assert found.article.text == "The café in Zürich reopened."


def test_long_cell_is_read() -> None:
    """A text of a book's length is a cell, and what no text is as long as fails."""
    text = "It met. " * 100_000
    assert read(table(("text",), (text,))).article.text == text
    with pytest.raises(ArticleError, match="not a table"):
        read('text\n"' + "x" * LONGEST_CELL + 'x"')


@pytest.mark.parametrize("cell", ["a", "a,"])
def test_million_columns_fail_at_once(cell: str) -> None:
    """A table of more columns than any has is refused in a moment."""
    with pytest.raises(ArticleError, match=f"more than {MOST_COLUMNS:,} columns"):
        read(",".join(["text", *[cell] * 1_000_000]) + "\nIt met.\n")


def test_million_cells_in_a_row_are_passed_over() -> None:
    """A row of a million cells costs no more than its cells."""
    assert read("text,id\nIt met." + "," * 1_000_000 + "\n").article.text == "It met."


@given(
    st.lists(file_text().filter(lambda text: bool(trimmed(text, 0, len(text)))), min_size=1),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_texts_are_read_as_they_were_written(texts: list[str], delimiter: str, end: str) -> None:
    """Any texts come back as they were."""
    data = table(("id", "text"), *(("1", text) for text in texts), delimiter=delimiter, end=end)
    assert [article.text for article in read(b"\xef\xbb\xbf" + data).articles] == texts


@given(damaged(table(*ROWS, ("C", "", "Zürich 😀"))), st.sampled_from(["a.csv", "a.tsv"]))
@settings(max_examples=500)
def test_damaged_file_is_read_or_refused(data: bytes, name: str) -> None:
    """Whatever becomes of a file's bytes, it is read, or refused with a reason."""
    try:
        articles = read(data, name).articles
    except (ArticleError, NotAnArticleError):
        return
    assert articles
