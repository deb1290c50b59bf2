"""Loading PDF: its text in the order it is read, its pages and headings, and what it states of itself."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from index.articles import Article, ArticleDate, DateOrigin, Landmark, LandmarkKind
from index.errors import ArticleError, NotAnArticleError
from tests.index.formats.loading import loaded
from tests.index.formats.pdfs import (
    BOLD,
    FONT,
    LEADING,
    LEFT,
    SIZE,
    TOP,
    WIDTH,
    Draw,
    both,
    drawn,
    lines,
    row_by_row,
    stream,
    wrapped,
    written,
)

COLUMN = 220.0
GUTTER = 18.0
FIRST = (
    "The council met on Monday and it approved",
    "the budget that the mayor had asked for in",
    "March, after a debate of many hours.",
)
SECOND = ("Nobody left the hall before the last vote of", "the night was counted and read out.")
FIRST_TEXT, SECOND_TEXT = " ".join(FIRST), " ".join(SECOND)
WORDS = ("council", "budget", "river", "mayor", "report", "annual", "housing", "transit", "school", "bank")


def text_of(*pages: Draw) -> str:
    return loaded("load_pdf", drawn(*pages)).article.text


def labels(data: bytes, kind: LandmarkKind) -> list[str]:
    return [mark.label for mark in loaded("load_pdf", data).article.landmarks if mark.kind is kind]


def starts_of_pages(data: bytes) -> list[str]:
    """Return what each page's landmark points at, to the next one."""
    article = loaded("load_pdf", data).article
    starts = [mark.start for mark in article.landmarks if mark.kind is LandmarkKind.PAGE]
    return [article.text[start:end] for start, end in pairwise([*starts, len(article.text)])]


def in_letters(*numbers: int) -> str:
    """Return what makes a word another one than those of other pages: numbers would be taken for the same."""
    return "".join(chr(ord("a") + int(digit)) for number in numbers for digit in f"{number:03}")


# What is read, and in which order


def test_document_is_one_article() -> None:
    """A file's headings, paragraphs and pages are the article's, with the author it states."""

    def state(canvas: Canvas) -> None:
        canvas.setAuthor("Jane Doe")

    data = drawn(
        both(state, lines("Council Approves Budget", size=18), lines(*FIRST, y=TOP - 40)), lines(*SECOND, y=TOP - 40)
    )
    text = f"Council Approves Budget\n\n{FIRST_TEXT}\n\n{SECOND_TEXT}"
    assert loaded("load_pdf", data).articles == (
        Article(
            text=text,
            title="Council Approves Budget",
            author="Jane Doe",
            landmarks=(
                Landmark(0, LandmarkKind.PAGE, "1"),
                Landmark(0, LandmarkKind.HEADING, "Council Approves Budget"),
                Landmark(text.index("Nobody"), LandmarkKind.PAGE, "2"),
            ),
        ),
    )


def test_columns_drawn_row_by_row() -> None:
    """Two columns are read one after the other where their lines are drawn from side to side."""
    assert text_of(row_by_row([FIRST, SECOND], width=COLUMN + GUTTER)) == f"{FIRST_TEXT}\n\n{SECOND_TEXT}"


def test_headline_over_three_columns() -> None:
    """What stands above columns is read before them, what stands below after them."""
    columns = [[f"{name} has one line of words", "and another line of words", "and a last one."] for name in "ABC"]
    page = both(
        lines("The Council Approves a Budget for All Columns", size=20),
        row_by_row(columns, width=150, y=TOP - 40),
        lines("A note that is as wide as all of the columns are, so that it is below each of them.", y=TOP - 100),
    )
    texts = [" ".join(column) for column in columns]
    assert text_of(page).split("\n\n") == [
        "The Council Approves a Budget for All Columns",
        *texts,
        "A note that is as wide as all of the columns are, so that it is below each of them.",
    ]


# Derandomized: of many hundred drawn pages one is known to have been read in another order.
@settings(max_examples=20, deadline=None, database=None, derandomize=True)
@given(
    st.lists(st.sampled_from(WORDS), min_size=40, max_size=110),
    st.integers(2, 3),
    st.integers(9, 30),
    st.integers(1, 4),
    st.booleans(),
)
def test_words_of_columns_are_in_order(
    words: list[str], columns: int, gutter: int, pages: int, row_after_row: bool
) -> None:
    """Every word of columns is read in its order, and every page's landmark is at the page's first word."""
    width = (WIDTH - 2 * LEFT - (columns - 1) * gutter) / columns
    # Every column has the lines that tell it from a table's.
    broken = [
        wrapped([word + in_letters(page, column, at) for at, word in enumerate(words)], width)
        for page in range(pages)
        for column in range(columns)
    ]
    on_pages = [broken[at : at + columns] for at in range(0, len(broken), columns)]
    sequential = [
        both(*(lines(*column, x=LEFT + at * (width + gutter)) for at, column in enumerate(page))) for page in on_pages
    ]
    rows = [row_by_row(page, width=width + gutter) for page in on_pages]
    data = drawn(*(rows if row_after_row else sequential))
    expected = " ".join(line for column in broken for line in column).split()
    assert loaded("load_pdf", data).article.text.split() == expected
    assert [start.split()[0] for start in starts_of_pages(data)] == [page[0][0].split()[0] for page in on_pages]


def test_table_is_read_row_by_row() -> None:
    """A table's rows are lines of the text."""
    table = [["District", "The northern harbour", "The old town", "Villages"], ["Income", "5.2", "5.9", "6.1"]]
    page = both(lines(*SECOND), row_by_row([*table, ["Costs", "4.8", "4.9", "5.0"]], width=150, y=TOP - 60))
    assert text_of(page) == (
        f"{SECOND_TEXT}\n\nDistrict Income Costs\nThe northern harbour 5.2 4.8\nThe old town 5.9 4.9\nVillages 6.1 5.0"
    )


def test_bullets_stay_with_their_items() -> None:
    """The bullets of a list are no column; its items are lines, each of all its lines."""
    items = ["The harbour has a new bridge, which the", "mayor opened.", "The old town has none."]
    page = both(lines("•", "", "•"), lines(*items, x=LEFT + 20))
    assert text_of(page) == f"• {items[0]} {items[1]}\n• {items[2]}"


def test_contents_without_their_dots() -> None:
    """The dots that lead to a page's number are left out."""
    dots = " . . . . . . . . . . . . "
    assert text_of(lines(f"Introduction{dots}1", f"Results{dots}7")) == "Introduction 1\nResults 7"


def test_paragraphs_are_told_apart_by_indents_and_gaps() -> None:
    """A new paragraph begins with an indented line, after a gap, or where a line was left short."""
    indented = both(
        lines(*FIRST), lines(SECOND[0], x=LEFT + 12, y=TOP - 3 * LEADING), lines(SECOND[1], y=TOP - 4 * LEADING)
    )
    assert text_of(indented) == f"{FIRST_TEXT}\n\n{SECOND_TEXT}"
    assert text_of(lines(*FIRST, "", *SECOND)) == f"{FIRST_TEXT}\n\n{SECOND_TEXT}"
    assert text_of(lines(*FIRST[:2], "March.", *SECOND)) == f"{' '.join(FIRST[:2])} March.\n\n{SECOND_TEXT}"


def test_initial_stands_before_its_paragraph() -> None:
    """A large initial belongs to the first of the lines beside it."""
    beside = lines("he council met on Monday", "and it approved the budget", "the mayor had asked for", x=LEFT + 26)
    page = both(lines("T", size=44, y=TOP - 24), beside, lines("in March.", y=TOP - 36))
    assert text_of(page) == "The council met on Monday and it approved the budget the mayor had asked for in March."


def test_initial_that_is_a_word_stands_apart() -> None:
    """A large `A` is a word where what follows it is one that the document has elsewhere."""
    beside = lines("council met on Monday and", "it approved the budget that", "the mayor had asked for", x=LEFT + 36)
    page = both(lines("A", size=44, y=TOP - 24), beside, lines("in March, as no council did.", y=TOP - 36))
    assert text_of(page).startswith("A council met on Monday")


# Lines


def test_hyphens_of_lines_are_undone() -> None:
    """A word broken at a line's end is whole; a compound keeps its hyphen."""
    page = lines("They signed the agree-", "ment with the Franco-", "German council.")
    assert text_of(page) == "They signed the agreement with the Franco-German council."


def test_ligatures_and_soft_hyphens() -> None:
    """Letters are as they are typed: ligatures apart, and soft hyphens only where they break no line."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab
    page = lines("The ﬁnal ﬂow of a semi\u00adﬁnal a\u00ad", "greement", font="Vera")
    assert text_of(page) == "The final flow of a semi-final agreement"
    assert text_of(lines("The semi\u00adfinal a\u00ad", "greement")) == "The semi-final agreement"


def test_raised_letters_stay_in_their_line() -> None:
    """A footnote's mark is in the line that it is raised from."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(LEFT, TOP)
        text.setFont(FONT, SIZE)
        text.textOut("as was agreed")
        text.setFont(FONT, 6)
        text.setRise(4)
        text.textOut("1")
        text.setFont(FONT, SIZE)
        text.setRise(0)
        text.textOut(" in May. The next")
        canvas.drawText(text)

    page = both(draw, lines("line of it is here.", y=TOP - LEADING))
    assert text_of(page) == "as was agreed1 in May. The next line of it is here."


def test_text_drawn_twice_is_read_once() -> None:
    """Letters or lines that are drawn again a little beside, to look bold, are read once."""

    def letters(canvas: Canvas) -> None:
        x = LEFT
        for letter in "Council":
            canvas.drawString(x, TOP, letter)
            canvas.drawString(x + 0.3, TOP, letter)
            x += pdfmetrics.stringWidth(letter, FONT, SIZE)

    assert text_of(letters) == "Council"
    assert text_of(both(lines("Council votes"), lines("Council votes", x=LEFT + 0.4))) == "Council votes"


# Paragraphs across columns and pages


def test_paragraph_over_a_page_break() -> None:
    """A paragraph goes on over the page break in the middle of its sentence, and the page begins in it."""
    data = drawn(lines(*FIRST[:2]), lines(FIRST[2], "", *SECOND))
    assert loaded("load_pdf", data).article.text == f"{FIRST_TEXT}\n\n{SECOND_TEXT}"
    assert [start.split()[0] for start in starts_of_pages(data)] == ["The", "March,"]


def test_word_over_a_page_break() -> None:
    """A word that a page break parts is whole, and the page begins in the middle of it."""
    data = drawn(lines(FIRST[0], "the budget and then it signed the agree-"), lines("ment. It was late."))
    assert loaded("load_pdf", data).article.text.endswith("it signed the agreement. It was late.")
    assert starts_of_pages(data)[1] == "ment. It was late."


def test_finished_paragraph_is_not_joined() -> None:
    """Paragraphs on two pages are two where the first ends with a sentence."""
    assert text_of(lines(*FIRST), lines(*SECOND)) == f"{FIRST_TEXT}\n\n{SECOND_TEXT}"


def test_note_between_comes_first() -> None:
    """A note at the foot of a page comes before the paragraph that goes on from there, and stays on its page."""
    note = lines("Photo by Jane Doe", size=7, y=100)
    data = drawn(both(lines(FIRST[0]), note), lines(*FIRST[1:], "", *SECOND))
    assert loaded("load_pdf", data).article.text == f"Photo by Jane Doe\n\n{FIRST_TEXT}\n\n{SECOND_TEXT}"
    assert [start.split()[:2] for start in starts_of_pages(data)] == [["Photo", "by"], ["the", "budget"]]


def test_caption_on_the_next_page_comes_after() -> None:
    """A caption above the rest of a paragraph comes after it, so that the pages stay in order."""
    caption = lines("Photo by Jane Doe", size=7)
    data = drawn(lines(FIRST[0]), both(caption, lines(*FIRST[1:], "", *SECOND, y=400)))
    assert loaded("load_pdf", data).article.text == f"{FIRST_TEXT}\n\nPhoto by Jane Doe\n\n{SECOND_TEXT}"
    assert [start.split()[:2] for start in starts_of_pages(data)] == [["The", "council"], ["the", "budget"]]


# Running heads and feet


def test_running_heads_and_numbers_are_left_out() -> None:
    """What three pages have at the same place is no text of the article, whatever numbers are in it."""
    pages = [
        both(
            lines("The Harbour Times", y=800),
            lines(f"Page {number} of 3", y=40, x=280),
            lines(f"Story {name} begins here."),
        )
        for number, name in enumerate("ABC", 1)
    ]
    assert text_of(*pages) == "\n\n".join(f"Story {name} begins here." for name in "ABC")


def test_heads_of_chapters_go_by_the_page_number_in_them() -> None:
    """Heads that differ are left out where each has its page's number at an end."""
    pages = [
        both(lines(f"Chapter {name} {number}", y=800), lines(f"Story {name} begins here."))
        for number, name in enumerate("ABC", 1)
    ]
    assert text_of(*pages) == "\n\n".join(f"Story {name} begins here." for name in "ABC")


def test_two_pages_prove_no_running_head() -> None:
    """What two pages have in common stays, but for their numbers."""
    pages = [
        both(lines("The Harbour Times", y=800), lines(f"- {number} -", y=40), lines(f"Story {name} begins here."))
        for number, name in enumerate("AB", 1)
    ]
    assert text_of(*pages).count("The Harbour Times") == 2
    assert "-" not in text_of(*pages)


def test_what_repeats_below_other_text_stays() -> None:
    """Text that pages have in common at one place is kept where what stands above it is not in common."""
    pages = [lines(f"Story {name} begins here.", "", "It was late.", "", f"It was {name} who left.") for name in "ABC"]
    assert text_of(*pages).count("It was late.") == 3


def test_pages_that_are_all_alike_stay() -> None:
    """Copies of a page are not taken for running heads."""
    page = lines(*FIRST, "", *SECOND, "", "Read more.", "", "Or less.")
    assert text_of(page, page, page).count(FIRST_TEXT) == 3


# Headings and pages


def test_headings_are_larger_or_bold() -> None:
    """A line is a heading where its letters are larger than the body's, or bold where those are not."""
    page = both(
        lines("Council Approves", "Budget", size=18),
        lines(*FIRST, y=TOP - 70),
        lines("Reactions", y=TOP - 120, font=BOLD),
        lines(*SECOND, y=TOP - 120 - LEADING),
    )
    assert labels(drawn(page), LandmarkKind.HEADING) == ["Council Approves Budget", "Reactions"]
    assert text_of(page) == f"Council Approves Budget\n\n{FIRST_TEXT}\n\nReactions\n\n{SECOND_TEXT}"


def test_large_number_is_no_heading() -> None:
    """A heading has letters in it."""
    page = both(lines("2024", size=30), lines(*FIRST, y=TOP - 60))
    assert labels(drawn(page), LandmarkKind.HEADING) == []


def test_pages_are_named_as_the_document_names_them() -> None:
    """A page's landmark has the label that the document gives the page."""

    def name(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=3)
        canvas.addPageLabel(1, style="ARABIC", start=1, prefix="A-")

    assert labels(drawn(both(name, lines(*FIRST)), lines(*SECOND)), LandmarkKind.PAGE) == ["iii", "A-1"]


def test_page_without_text_has_no_landmark() -> None:
    """Pages are numbered from one, and those without text are passed over."""
    assert labels(drawn(lines(*FIRST), lines(), lines(*SECOND)), LandmarkKind.PAGE) == ["1", "3"]


# How pages are drawn


def test_turned_page_is_read_as_it_is_seen() -> None:
    """Lines that run up the page are read, and what is drawn askew or in another direction is not."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(300, 30, "12")
        canvas.translate(WIDTH / 2, 60)
        canvas.rotate(90)
        lines(*FIRST, x=0, y=0)(canvas)
        canvas.rotate(45)
        lines("DRAFT", x=0, y=0, size=50)(canvas)

    assert text_of(draw) == FIRST_TEXT


def test_form_is_read() -> None:
    """Text in a form that a page draws is text of the page."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("all")
        lines(*FIRST)(canvas)
        canvas.endForm()
        canvas.doForm("all")

    assert text_of(draw) == FIRST_TEXT


def test_what_is_cropped_is_not_read() -> None:
    """Text outside of what is shown of a page is not read."""

    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, 500, 800))
        lines(*FIRST)(canvas)
        lines("Printed at noon", y=20)(canvas)

    assert text_of(draw) == FIRST_TEXT


# What the document states of itself


def titled(title: str, draw: Draw, name: str = "budget-2024.pdf") -> str:
    def state(canvas: Canvas) -> None:
        canvas.setTitle(title)

    return loaded("load_pdf", drawn(both(state, draw)), name=name).article.title


def test_stated_title_goes_first() -> None:
    """The title that a document states is the article's."""
    page = both(lines("Council Votes", size=18), lines(*FIRST, y=TOP - 40))
    assert titled("Council Approves “Budget”", page) == "Council Approves “Budget”"


@pytest.mark.parametrize("stated", ["untitled", "Microsoft Word - budget.docx", "Budget-2024", "final.indd"])
def test_largest_line_is_the_title_where_none_is_stated(stated: str) -> None:
    """Where a program stated the title, it is the largest heading of the first page."""
    page = both(
        lines("News", size=14), lines("Council Approves Budget", size=18, y=TOP - 30), lines(*FIRST, y=TOP - 70)
    )
    assert titled(stated, page) == "Council Approves Budget"


def test_first_words_are_the_title_where_nothing_is_larger() -> None:
    """A document of letters of one size is titled by its first words."""
    assert titled("untitled", lines(*FIRST)).startswith("The council met on Monday and it approved the budget")


def test_when_the_file_was_made_is_no_date() -> None:
    """A document that has only been made at some time has no date."""
    data = drawn(lines(*FIRST))
    assert b"/CreationDate" in data
    assert loaded("load_pdf", data).article.date is None


def test_publisher_states_date_and_name() -> None:
    """The date and the publication that a document's metadata state are the article's."""
    xmp = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" prism:coverDate="2024-11-15">
        <prism:publicationName>The Harbour Times</prism:publicationName></rdf:Description></rdf:RDF></x:xmpmeta>"""
    article = loaded("load_pdf", handmade(metadata=xmp)).article
    assert article.date == ArticleDate("2024-11-15", DateOrigin.METADATA)
    assert article.source == "The Harbour Times"


# Files that cannot be read, or not all of them


HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
BROKEN_FONT = b"<< /Type /Font /Subtype /Type3 >>"
UNKNOWN_FONT = (
    b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /BaseFont /None /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType2 /BaseFont /None /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>] >>"
)


def handmade(*fonts: bytes, metadata: bytes = b"") -> bytes:
    """Return a PDF with a page for each font, in which some words are shown."""
    fonts = fonts or (HELVETICA,)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(fonts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 3 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d /MediaBox [0 0 600 800] >>" % (kids, len(fonts)),
        stream(metadata, b"/Type /Metadata /Subtype /XML"),
    ]
    for at, font in enumerate(fonts):
        resources = b"<< /Font << /F1 %b >> >>" % font
        page = b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources %b >>" % (5 + 2 * at, resources)
        objects += [page, stream(b"BT /F1 12 Tf 50 700 Td (The council met today.) Tj ET")]
    return written(objects)


def test_page_that_cannot_be_read_costs_itself() -> None:
    """The other pages are read, and what is missing is told."""
    found = loaded("load_pdf", handmade(HELVETICA, BROKEN_FONT, HELVETICA))
    assert found.article.text == "The council met today.\n\nThe council met today."
    assert found.warnings == ("pages that cannot be read: 2",)


def test_document_without_a_readable_page() -> None:
    """A document of which no page can be read is no readable one."""
    with pytest.raises(ArticleError, match="not a readable PDF"):
        loaded("load_pdf", handmade(BROKEN_FONT))


def test_letters_that_nothing_is_known_of() -> None:
    """A document is not read as gibberish where its fonts do not say which letters they draw."""
    with pytest.raises(ArticleError, match="fonts do not say"):
        loaded("load_pdf", handmade(UNKNOWN_FONT))


def test_password_is_needed() -> None:
    """A document that cannot be opened without a password is encrypted."""
    data = drawn(lines(*FIRST), encrypt=StandardEncryption("secret", strength=128))
    with pytest.raises(ArticleError, match=r"^encrypted$"):
        loaded("load_pdf", data)


def test_empty_password_is_enough() -> None:
    """A document that only its owner may change is read."""
    data = drawn(lines(*FIRST), encrypt=StandardEncryption("", ownerPassword="secret", strength=128))
    assert loaded("load_pdf", data).article.text == FIRST_TEXT


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "red")), 100, 100, 300, 300)


def test_scanned_pages_are_no_article() -> None:
    """Pictures of text are told from an empty document."""
    with pytest.raises(NotAnArticleError, match="no text: scanned pages"):
        loaded("load_pdf", drawn(picture, picture))


def test_scanned_pages_among_others_are_told() -> None:
    """A document that is read is warned of where most of its pages are pictures."""
    assert loaded("load_pdf", drawn(lines(*FIRST), picture, picture)).warnings == ("2 pages are pictures without text",)
    assert loaded("load_pdf", drawn(lines(*FIRST), picture)).warnings == ()


@pytest.mark.parametrize("data", [b"", b" \n", drawn(lines())], ids=["no bytes", "white space", "blank page"])
def test_no_text_is_no_article(data: bytes) -> None:
    """An empty file and a blank page hold no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        loaded("load_pdf", data)


@pytest.mark.parametrize("data", [b"no PDF", b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n"])
def test_other_files_are_no_pdf(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """What is no PDF is said to be none, in one place."""
    with pytest.raises(ArticleError, match="not a readable PDF"):
        loaded("load_pdf", data)
    assert capfd.readouterr() == ("", "")


def damages(whole: bytes, seed: int) -> list[bytes]:
    """Return the file cut off at many places, and with bytes changed."""
    chance = random.Random(seed)
    cut = [whole[: len(whole) * part // 40] for part in range(40)]
    changed = []
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 30])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        changed.append(bytes(data))
    return cut + changed


@pytest.mark.parametrize("compress", [True, False])
def test_damaged_files_raise_nothing_else(compress: bool) -> None:
    """Whatever is wrong with a file, it is read in part, fails with a reason, or is no article."""
    whole = drawn(both(lines("Budget", size=18), lines(*FIRST, y=TOP - 40)), lines(*SECOND), compress=compress)
    reasons = set()
    for data in [*damages(whole, seed=1), *damages(handmade(), seed=2)]:
        try:
            loaded("load_pdf", data).article.text.encode()
        except (ArticleError, NotAnArticleError) as error:
            reasons.add(str(error))
    assert "not a readable PDF" in reasons
