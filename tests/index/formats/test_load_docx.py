"""Loading Word documents: what is read of the text, its headings, and what the document states of itself."""

import io
import random
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from index.articles import Article, Landmark, LandmarkKind
from index.errors import ArticleError, NotAnArticleError
from tests.index.formats.loading import loaded

NAMESPACES = (
    nsdecls("w", "m", "wp", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
BODY = "The council met on Monday. It approved the budget."


def saved(fill: Callable[[Document], object]) -> bytes:
    """Return a document that a function has filled; it states no title."""
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def holding(*blocks: str) -> bytes:
    """Return a document of blocks in its own markup."""

    def fill(document: Document) -> None:
        for block in blocks:
            element = parse_xml(block.replace(">", f" {NAMESPACES}>", 1))
            document.element.body.insert(len(document.element.body) - 1, element)

    return saved(fill)


def text_of(*blocks: str) -> str:
    return loaded("load_docx", holding(*blocks)).article.text


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


# Paragraphs, headings, lists and tables


def test_document_is_one_article() -> None:
    """Paragraphs, headings and lists are the article's text, with the author the document states."""

    def fill(document: Document) -> None:
        document.core_properties.author = "Jane Doe"
        document.add_heading("Council Approves Budget", 1)
        document.add_paragraph(" The council\tmet on  Monday. ")
        document.add_paragraph("")
        document.add_paragraph("a bridge", style="List Bullet")
        document.add_paragraph("a school", style="List Number")
        document.add_heading("Reactions", 2)
        document.add_paragraph("None.")

    text = "Council Approves Budget\n\nThe council met on Monday.\n\na bridge\na school\n\nReactions\n\nNone."
    assert loaded("load_docx", saved(fill)).articles == (
        Article(
            text=text,
            title="Council Approves Budget",
            author="Jane Doe",
            landmarks=(
                Landmark(0, LandmarkKind.HEADING, "Council Approves Budget"),
                Landmark(text.index("Reactions"), LandmarkKind.HEADING, "Reactions"),
            ),
        ),
    )


def headings(data: bytes) -> list[str]:
    return [mark.label for mark in loaded("load_docx", data).article.landmarks]


def test_headings_by_other_styles() -> None:
    """A style that is built on a heading's, or has an outline level, makes headings."""

    def fill(document: Document) -> None:
        document.add_paragraph("A title", style="Title")
        document.add_paragraph("A subtitle", style="Subtitle")
        built = document.styles.add_style("House Heading", WD_STYLE_TYPE.PARAGRAPH)
        built.base_style = document.styles["Heading 2"]
        document.add_paragraph("Built on a heading", style="House Heading")
        outlined = document.styles.add_style("Kicker", WD_STYLE_TYPE.PARAGRAPH)
        outlined.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {NAMESPACES} w:val="1"/>'))
        document.add_paragraph("Outlined", style="Kicker")
        document.add_paragraph(BODY)

    assert headings(saved(fill)) == ["A title", "A subtitle", "Built on a heading", "Outlined"]


def test_headings_without_a_style() -> None:
    """A paragraph with an outline level of its own is a heading, one of the body's level is none."""
    levels = [paragraph(f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>', run(f"Level {level}")) for level in (0, 9)]
    assert headings(holding(*levels, paragraph(run(BODY)))) == ["Level 0"]


def test_styles_that_build_on_one_another() -> None:
    """Styles in a circle, and those that are not there, say nothing."""

    def fill(document: Document) -> None:
        for name, base in (("One", "Two"), ("Two", "One")):
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.element.append(parse_xml(f'<w:basedOn {NAMESPACES} w:val="{base}"/>'))
        document.add_paragraph(BODY, style="One")
        document.add_paragraph("None.").paragraph_format.element.get_or_add_pPr().style = "Nowhere"

    assert loaded("load_docx", saved(fill)).article.text == f"{BODY}\n\nNone."


def test_contents_are_left_out() -> None:
    """A table of contents repeats what is in the text."""

    def fill(document: Document) -> None:
        style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("Reactions 7", style=style)
        document.add_paragraph(BODY)

    assert loaded("load_docx", saved(fill)).article.text == BODY


def test_numbered_paragraphs_are_lines() -> None:
    """A paragraph that is numbered by itself is an item of a list, one whose number was taken off is not."""
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    assert text_of(item.format(1, "one"), item.format(1, "two"), item.format(0, "three")) == "one\ntwo\n\nthree"


def test_table_is_read_row_by_row_where_it_stands() -> None:
    """A table's rows are lines, their cells apart, between the paragraphs around it."""

    def fill(document: Document) -> None:
        document.add_paragraph("Before.")
        table = document.add_table(3, 3)
        for cell, text in zip(table._cells, ("Year", "Income", "Costs", "2019", "5.2", "", "", "", ""), strict=True):
            cell.text = text
        document.add_paragraph("After.")

    assert loaded("load_docx", saved(fill)).article.text == "Before.\n\nYear | Income | Costs\n2019 | 5.2\n\nAfter."


def test_merged_cells_are_read_once() -> None:
    """A cell over several columns or rows is read where it begins."""

    def fill(document: Document) -> None:
        table = document.add_table(2, 3)
        for number, cell in enumerate(table._cells):
            cell.text = f"{number}"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "wide"
        table.cell(0, 0).merge(table.cell(1, 0)).text = "high"

    assert loaded("load_docx", saved(fill)).article.text == "high | wide\n4 | 5"


def test_table_for_the_layout_is_text() -> None:
    """Cells of several paragraphs, or of long ones, are columns of text, and read one after the other."""

    def fill(document: Document) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "The council met."
        table.cell(0, 0).add_paragraph("It voted.")
        table.cell(0, 1).text = "By Jane Doe"
        document.add_table(1, 1).cell(0, 0).text = "A box."

    assert loaded("load_docx", saved(fill)).article.text == "The council met.\n\nIt voted.\n\nBy Jane Doe\n\nA box."


# What is in a paragraph


RUNS = {
    "inserted": ("{It }<w:ins>{was }</w:ins>{late.}", "It was late."),
    "deleted": ("{It was }<w:del><w:r><w:delText>not </w:delText></w:r></w:del>{late.}", "It was late."),
    "moved": ("<w:moveFrom>{late }</w:moveFrom>{It was }<w:moveTo>{late}</w:moveTo>", "It was late"),
    "link": ("{See }<w:hyperlink>{the budget}</w:hyperlink>{.}", "See the budget."),
    "field": ('<w:fldSimple w:instr="DATE">{May 5}</w:fldSimple>', "May 5"),
    "instruction": ("<w:r><w:instrText>HYPERLINK</w:instrText></w:r>{the budget}", "the budget"),
    "tag and control": (
        "<w:smartTag>{Paris}</w:smartTag><w:sdt><w:sdtContent>{ met}</w:sdtContent></w:sdt>",
        "Paris met",
    ),
    "hidden": ("{It }<w:r><w:rPr><w:vanish/></w:rPr><w:t>never</w:t></w:r>{met}", "It met"),
    "not hidden": ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>It met</w:t></w:r>', "It met"),
    "hyphens": ("<w:r><w:t>no</w:t><w:noBreakHyphen/><w:t>one agree</w:t><w:softHyphen/></w:r>{d}", "no-one agreed"),
    "spaces": ("{one}<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:cr/></w:r>{four}", "one two three four"),
    "two breaks": ("<w:r><w:t>one.</w:t><w:br/><w:br/><w:t>Two.</w:t></w:r>", "one.\n\nTwo."),
    "formula": ("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>", "E=mc"),
    "reading": ("<w:r><w:ruby><w:rt>{とうきょう}</w:rt><w:rubyBase>{東京}</w:rubyBase></w:ruby></w:r>", "東京"),
    "comment": ("<!-- no -->{yes}<?no no?>", "yes"),
}
"""Markup in which braces stand for a run, and what is read of it."""


@pytest.mark.parametrize(("markup", "text"), RUNS.values(), ids=RUNS)
def test_runs(markup: str, text: str) -> None:
    """What a reader sees of a paragraph is read, and nothing else."""
    assert text_of(paragraph(re.sub(r"\{(.*?)\}", lambda match: run(match[1]), markup))) == text


def test_paragraphs_whose_break_was_deleted() -> None:
    """Paragraphs are one where the mark between them was deleted."""
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    assert text_of(paragraph(mark, run("The council ")), paragraph(run("met.")), paragraph(run("Late."))) == (
        "The council met.\n\nLate."
    )
    assert text_of(paragraph(mark, run("The council "))) == "The council"


def test_deleted_row_is_not_read() -> None:
    """A table's row that was deleted is gone."""
    row = "<w:tr>{}<w:tc>" + paragraph(run("{}")) + "</w:tc><w:tc>" + paragraph(run("x")) + "</w:tc></w:tr>"
    deleted = row.format('<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>', "gone")
    assert text_of(f"<w:tbl>{deleted}{row.format('', 'here')}</w:tbl>") == "here | x"


def test_text_box_is_read_once_after_its_paragraph() -> None:
    """A text box, which is there in a new and in an old form, is read once."""
    box = f"<w:txbxContent>{paragraph(run('A box.'))}</w:txbxContent>"
    new = f"<w:drawing><wp:inline><a:graphic><wps:txbx>{box}</wps:txbx></a:graphic></wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    ways = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    both = f"<mc:AlternateContent>{ways}</mc:AlternateContent>"
    assert text_of(paragraph(f"<w:r>{both}</w:r>", run("The text."))) == "The text.\n\nA box."
    assert text_of(paragraph(f"<w:r>{old}</w:r>", run("The text."))) == "The text.\n\nA box."


def test_controls_around_paragraphs() -> None:
    """What stands in a control is read, what asks to be filled in is not."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    asking = "<w:showingPlcHdr/>"
    assert (
        text_of(
            control.format("", paragraph(run("A title."))),
            control.format(asking, paragraph(run("Click here."))),
            paragraph(control.format(asking, run("Click there.")), run("The text.")),
            f"<w:ins>{paragraph(run('Inserted.'))}</w:ins>",
            f"<w:del>{paragraph(run('Deleted.'))}</w:del>",
        )
        == "A title.\n\nThe text.\n\nInserted."
    )


def test_notes_come_last() -> None:
    """Footnotes are read after the text, without the rules that part them from it."""

    def fill(document: Document) -> None:
        document.add_paragraph(BODY)
        notes = (
            f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0">{paragraph(run("---"))}</w:footnote>'
            f'<w:footnote w:id="1">{paragraph(run("A note."))}</w:footnote></w:footnotes>'
        )
        name = PackURI("/word/footnotes.xml")
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    assert loaded("load_docx", saved(fill)).article.text == f"{BODY}\n\nA note."


def test_headers_and_comments_are_not_read() -> None:
    """What stands on the margin of every page, and what is noted there, is not the article's text."""

    def fill(document: Document) -> None:
        text = document.add_paragraph(BODY)
        document.add_comment(text.runs, "Is that so?")
        document.sections[0].header.paragraphs[0].text = "The Harbour Times"

    assert loaded("load_docx", saved(fill)).article.text == BODY


# What the document states of itself


def stating(title: str, *, style: str = "Title") -> Article:
    def fill(document: Document) -> None:
        document.core_properties.title = title
        document.add_heading("A heading", 1)
        document.add_paragraph("A title", style=style)
        document.add_paragraph(BODY)

    return loaded("load_docx", saved(fill), name="story.docx").article


def test_title() -> None:
    """The title is the one stated, or that of the text, or its first heading, or its first words."""
    assert stating("Council Approves Budget").title == "Council Approves Budget"
    assert stating("story").title == "A title"
    assert stating("Document1", style="Normal").title == "A heading"
    assert loaded("load_docx", holding(paragraph(run(BODY)))).article.title == "The council met on Monday."


def test_when_the_file_was_made_is_no_date() -> None:
    """A document that has only been made at some time has no date, nor an author where a program is named."""
    data = saved(lambda document: document.add_paragraph(BODY))
    article = loaded("load_docx", data).article
    assert docx.Document(io.BytesIO(data)).core_properties.author == "python-docx"
    assert (article.date, article.author) == (None, None)


def test_agency_of_a_dateline_is_the_source() -> None:
    """The agency that an article names at its beginning is its source."""
    assert loaded("load_docx", holding(paragraph(run(f"PARIS (Reuters) — {BODY}")))).article.source == "Reuters"


def test_properties_that_cannot_be_read() -> None:
    """A document whose properties are malformed states nothing, and is read."""
    data = changed(saved(lambda document: document.add_paragraph(BODY)), "docProps/core.xml", b"<x/>")
    assert loaded("load_docx", data).article.text == BODY


# Files that cannot be read


def changed(data: bytes, name: str, content: bytes | None) -> bytes:
    """Return an archive with another content of one member, or without it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name or content is not None:
                new.writestr(each, content if each == name and content is not None else old.read(each))
    return file.getvalue()


@pytest.mark.parametrize("data", [b"", holding(), holding(paragraph(run(" ")))], ids=["no bytes", "nothing", "space"])
def test_no_text_is_no_article(data: bytes) -> None:
    """An empty file and an empty document hold no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        loaded("load_docx", data)


def test_encrypted_document() -> None:
    """A document that needs a password is another kind of file, as old ones are."""
    with pytest.raises(ArticleError, match="encrypted, or an old Word file"):
        loaded("load_docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_archive_that_explodes() -> None:
    """A document that would fill the memory is not unpacked."""
    data = changed(holding(paragraph(run(BODY))), "word/document.xml", b" " * (40 << 20))
    assert len(data) < 100_000
    with pytest.raises(ArticleError, match="too large"):
        loaded("load_docx", data)


@pytest.mark.parametrize("member", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("content", [None, b"", b"<x/>", b"<x"], ids=["none", "empty", "other", "cut"])
def test_documents_that_are_none(member: str, content: bytes | None) -> None:
    """An archive in which something is missing or malformed is no readable document."""
    data = changed(holding(paragraph(run(BODY))), member, content)
    with pytest.raises((ArticleError, NotAnArticleError)):
        loaded("load_docx", data)


def test_entities_are_not_expanded() -> None:
    """What a document's entities stand for is not read."""
    head = b'<!DOCTYPE x [<!ENTITY a "secret"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    whole = holding(paragraph(run(f"The budget. {BODY}")))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        markup = archive.read("word/document.xml")
    markup = markup.replace(b"<w:document", head + b"<w:document", 1).replace(b"The budget", b"The &a;&b;budget")
    text = loaded("load_docx", changed(whole, "word/document.xml", markup)).article.text
    assert text == f"The &a;&b;budget. {BODY}"


def test_deep_nesting_fails_with_a_reason() -> None:
    """Thousands of elements in one another are malformed, or read."""
    deep = "<w:hyperlink>" * 5_000 + run("x") + "</w:hyperlink>" * 5_000
    markup = f"<w:document {NAMESPACES}><w:body>{paragraph(deep)}</w:body></w:document>".encode()
    with pytest.raises(ArticleError, match="not a readable Word document"):
        loaded("load_docx", changed(holding(), "word/document.xml", markup))


def damages(whole: bytes, seed: int) -> list[bytes]:
    """Return the file cut off at many places, with bytes changed, and with its members' bytes changed."""
    chance = random.Random(seed)

    def garbled(content: bytes) -> bytes:
        data = bytearray(content)
        for _ in range(chance.choice([1, 5, 30])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    inside = [changed(whole, name, garbled(content)) for name, content in sorted(members.items()) for _ in range(4)]
    cut = [whole[: len(whole) * part // 30] for part in range(30)]
    return [*cut, *(garbled(whole) for _ in range(40)), *inside]


def test_damaged_files_raise_nothing_else() -> None:
    """Whatever is wrong with a file, it is read in part, fails with a reason, or is no article."""

    def fill(document: Document) -> None:
        document.add_heading("Council Approves Budget", 1)
        document.add_paragraph("a bridge", style="List Bullet")
        document.add_table(2, 2).cell(0, 0).text = "2019"

    reasons = set()
    for data in damages(saved(fill), seed=1):
        try:
            loaded("load_docx", data).article.text.encode()
        except (ArticleError, NotAnArticleError) as error:
            reasons.add(str(error))
    assert {"damaged archive", "not a readable Word document"} <= reasons
