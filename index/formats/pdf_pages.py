"""Read the pages of a PDF: what is drawn on each, not yet in what order it is read."""

import logging
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import count, islice

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from index.errors import ArticleError
from index.formats.guarding import guarded
from index.formats.pdf_pieces import Pen, Piece

UNREADABLE = "not a readable PDF"
"""What is said of a file that pdfminer cannot make sense of."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its label, its pieces in the order they are drawn, and whether it has pictures."""

    number: int
    label: str
    pieces: tuple[Piece, ...]
    has_pictures: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a document, and the numbers of those that could not be read."""

    pages: tuple[Page, ...]
    unread: tuple[int, ...]


def open_document(data: bytes) -> PDFDocument:
    """Open a PDF, one that is encrypted with an empty password too.

    Raises `ArticleError` where a password is needed, or where the file is no PDF.
    """
    # It warns of every oddity of a file, on the standard error where nothing else is set up.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        return guarded(lambda: PDFDocument(PDFParser(BytesIO(data))), UNREADABLE)
    except ArticleError as error:
        if isinstance(error.__cause__, PDFEncryptionError):
            raise ArticleError("encrypted") from error
        raise


def read_pages(document: PDFDocument) -> Pages:
    """Read all pages; one that cannot be read costs no more than itself.

    Raises `ArticleError` where there is none that can be read.
    """
    labels = document.catalog.pop("PageLabels", None)  # it would cost the pages if it could not be read
    resources = PDFResourceManager()
    pen = Pen(resources)
    interpreter = PDFPageInterpreter(resources, pen)
    found = PDFPage.create_pages(document)
    pages: list[Page] = []
    unread: list[int] = []
    for number in count(1):
        try:
            page = guarded(partial(next, found, None), UNREADABLE)
            if page is None:
                break
            guarded(partial(interpreter.process_page, page), UNREADABLE)
            pages.append(Page(number, str(number), pen.pieces(), pen.has_pictures))
        except ArticleError:
            unread.append(number)
    if not pages:
        raise ArticleError(UNREADABLE)
    if labels is not None:
        document.catalog["PageLabels"] = labels
        pages = _labelled(document, pages)
    return Pages(tuple(pages), tuple(unread))


def _labelled(document: PDFDocument, pages: list[Page]) -> list[Page]:
    """Name the pages as the document does, where it does and can be understood."""
    try:
        labels = guarded(lambda: list(islice(document.get_page_labels(), pages[-1].number)), UNREADABLE)
    except ArticleError:
        return pages
    names = {number: " ".join(label.split()) for number, label in enumerate(labels, 1)}
    return [replace(page, label=names.get(page.number) or page.label) for page in pages]
