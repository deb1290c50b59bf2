"""Load Word documents (.docx): the paragraphs, lists and tables of the text, then its notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from index.articles import Article, Fields, SourceFile, Warn
from index.errors import ArticleError, NotAnArticleError
from index.formats.archive import open_archive
from index.formats.building_text import Block, BlockKind, build_text
from index.formats.docx_styles import Role, read_styles
from index.formats.docx_text import Paragraph, read_notes, read_paragraphs
from index.formats.guarding import guarded
from index.formats.stated import stated_author, stated_title
from index.headline import read_headline
from index.sentences import split_sentences

_UNREADABLE = "not a readable Word document"
_OLE = b"\xd0\xcf\x11\xe0"
_KINDS = {Role.TITLE: BlockKind.HEADING, Role.HEADING: BlockKind.HEADING, Role.LIST: BlockKind.LINE}
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of a Word document, a landmark for each heading.

    When the file was made or changed is no date of the article. Raises `ArticleError` for one that
    is encrypted, damaged or too large when unpacked, `NotAnArticleError` for one without text.
    """
    if not file.data:
        raise NotAnArticleError("empty")
    if file.data.startswith(_OLE):
        raise ArticleError("encrypted, or an old Word file")
    open_archive(file.data).close()
    document = guarded(lambda: docx.Document(BytesIO(file.data)), _UNREADABLE)
    paragraphs = _read(guarded(lambda: _parts(document), _UNREADABLE))
    built = build_text(Block(each.text, _KINDS.get(each.role, BlockKind.PARAGRAPH)) for each in paragraphs)
    if not built.text:
        raise NotAnArticleError("empty")
    head = read_headline(built.text, split_sentences(built.text))
    title, author = _stated(document)
    yield Article(
        text=built.text,
        title=stated_title(title, file.name) or _heading(paragraphs) or head.title,
        source=head.source,
        author=stated_author(author) or head.author,
        landmarks=built.landmarks,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The roots of what is read of a document; one that is not well-formed may have no body."""

    styles: BaseOxmlElement
    body: BaseOxmlElement | None
    notes: tuple[BaseOxmlElement, ...]


def _parts(document: Document) -> _Parts:
    """Return the document's body, and its footnotes and endnotes where it has any."""
    related = {rel.reltype: rel.target_part for rel in document.part.rels.values() if rel.reltype in _NOTES}
    notes = tuple(parse_xml(related[kind].blob) for kind in _NOTES if kind in related)
    return _Parts(document.styles.element, document.element.body, notes)


def _read(parts: _Parts) -> list[Paragraph]:
    """Return the paragraphs of the body and of the notes, without tables of contents."""
    styles = read_styles(parts.styles)
    paragraphs = [] if parts.body is None else list(read_paragraphs(parts.body, styles))
    for notes in parts.notes:
        paragraphs += read_notes(notes, styles)
    return [each for each in paragraphs if each.role is not Role.CONTENTS]


def _heading(paragraphs: Sequence[Paragraph]) -> str | None:
    """Return the text's own title, or else its first heading."""
    for role in (Role.TITLE, Role.HEADING):
        for each in paragraphs:
            if each.role is role:
                return each.text
    return None


def _stated(document: Document) -> tuple[str | None, str | None]:
    """Return the title and the author in a document's properties; where they cannot be read they say nothing."""
    try:
        properties = guarded(lambda: document.core_properties, _UNREADABLE)
        return guarded(lambda: (properties.title, properties.author), _UNREADABLE)
    except ArticleError:
        return None, None
