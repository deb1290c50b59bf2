"""Load PDF: the text of its pages in the order it is read, without what they repeat."""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text

from index.articles import Article, Fields, SourceFile, Warn
from index.errors import ArticleError, NotAnArticleError
from index.formats.building_text import build_text
from index.formats.guarding import guarded
from index.formats.hyphenation import words_of
from index.formats.pdf_columns import reading_order
from index.formats.pdf_furniture import without_furniture
from index.formats.pdf_lines import Body, Line, lines_of, measure_body, with_initials
from index.formats.pdf_pages import UNREADABLE, Page, Pages, open_document, read_pages
from index.formats.pdf_paragraphs import Paragraph, is_heading, make_paragraphs, to_blocks
from index.formats.pdf_pieces import UNKNOWN
from index.formats.stated import stated_author, stated_title
from index.formats.xmp import NO_XMP, Xmp, read_xmp
from index.headline import read_headline
from index.sentences import split_sentences

MOST_UNKNOWN = 0.3
"""A document of which a greater share of letters is unknown cannot be read."""


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of a PDF, a landmark for each page with text and for each heading.

    Raises `ArticleError` for one that needs a password, is no PDF, or has fonts that do not say
    which letters they draw; `NotAnArticleError` for one without text.
    """
    if not file.data.strip():
        raise NotAnArticleError("empty")
    document = open_document(file.data)
    read = read_pages(document)
    about = _read_about(document)
    pages = _with_text(read)
    _warn_of_pages(read, len(pages), warn)
    body = measure_body(pages)
    words = words_of(piece.text for page in pages for piece in page.pieces)
    blocks = [block for at, page in enumerate(pages) for block in _blocks(page, at, body, words)]
    words = words_of(line.text for block in blocks for line in block)
    paragraphs = make_paragraphs(blocks, body)
    built = build_text(to_blocks(paragraphs, body, words, [page.label for page in pages]))
    head = read_headline(built.text, split_sentences(built.text))
    yield Article(
        text=built.text,
        title=stated_title(about.title, file.name) or _largest(paragraphs, body, words) or head.title,
        date=about.xmp.date,
        source=about.xmp.source or head.source,
        author=stated_author(about.author) or head.author,
        landmarks=built.landmarks,
    )


def _with_text(read: Pages) -> list[Page]:
    """Return the pages that have text besides what all repeat."""
    text = "".join(piece.text for page in read.pages for piece in page.pieces)
    if not text:
        has_pictures = any(page.has_pictures for page in read.pages)
        raise NotAnArticleError("no text: scanned pages" if has_pictures else "empty")
    if text.count(UNKNOWN) > MOST_UNKNOWN * len(text):
        raise ArticleError("its fonts do not say which letters they draw")
    pages = [page for page in without_furniture(read.pages) if page.pieces]
    return pages or [page for page in read.pages if page.pieces]


def _warn_of_pages(read: Pages, with_text: int, warn: Warn) -> None:
    pictures = sum(1 for page in read.pages if page.has_pictures and not page.pieces)
    if read.unread:
        warn(f"pages that cannot be read: {', '.join(map(str, read.unread))}")
    if pictures > with_text:
        warn(f"{pictures} pages are pictures without text")


def _blocks(page: Page, at: int, body: Body, words: frozenset[str]) -> Iterator[Sequence[Line]]:
    """Yield the lines of each block of the page that is the document's `at`-th with text."""
    for block in reading_order(with_initials(page.pieces, body, words), body.size):
        if lines := lines_of(block, at):
            yield lines


def _largest(paragraphs: Sequence[Paragraph], body: Body, words: frozenset[str]) -> str | None:
    """Return the heading of the first page whose letters are the largest, the first of several."""
    on_first = [each for each in paragraphs if each.first.page == 0 and is_heading(each, body)]
    larger = [each for each in on_first if each.first.size > body.size]
    if not larger:
        return None
    title = max(larger, key=lambda each: round(each.first.size, 1))
    return next(to_blocks([title], body, words, [""])).text


@dataclass(frozen=True, slots=True)
class _About:
    """What a document states of itself."""

    title: str | None = None
    author: str | None = None
    xmp: Xmp = NO_XMP


def _read_about(document: PDFDocument) -> _About:
    """Read a document's information and metadata; where they cannot be read they say nothing."""
    try:
        return guarded(lambda: _about(document), UNREADABLE)
    except ArticleError:
        return _About()


def _about(document: PDFDocument) -> _About:
    title = author = None
    for info in document.info:  # of the last change first
        title = title or _string(info.get("Title"))
        author = author or _string(info.get("Author"))
    metadata = resolve1(document.catalog.get("Metadata"))
    xmp = read_xmp(metadata.get_data()) if isinstance(metadata, PDFStream) else NO_XMP
    return _About(title, author, xmp)


def _string(value: object) -> str | None:
    """Decode a string of the document's information, None where it is something else."""
    value = resolve1(value)
    if not isinstance(value, bytes):
        return None
    if value.startswith(codecs.BOM_UTF8):
        return value.decode("utf-8-sig", "replace")
    return decode_text(value)
