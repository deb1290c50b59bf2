"""Load an e-book: the text of all its chapters is the article."""

from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZipFile

from lxml import html

from index.articles import Article, DateOrigin, Fields, Landmark, LandmarkKind, SourceFile, Warn
from index.dates import read_date
from index.errors import ArticleError, NotAnArticleError
from index.formats.archive import open_archive, read_member
from index.formats.declared_encoding import decode_markup
from index.formats.epub_package import EpubPackage, read_package
from index.formats.markup_text import MarkupText, join_markup, read_markup
from index.formats.markup_tree import parse_xhtml
from index.headline import read_headline
from index.sentences import split_sentences

# Tables of contents, and the numbers of printed pages, which stand within sentences.
_NOT_READ = (
    ".//nav|.//*[@hidden]|.//*[@role='doc-pagebreak' or @*[local-name()='type' or name()='epub:type']='pagebreak']"
)
_LEAD = 10_000
"""How far into a book without a title its first words are looked for."""


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of a book.

    Raises `NotAnArticleError` where it has no text, `ArticleError` where it cannot be read.
    """
    if not file.data:
        raise NotAnArticleError("empty")
    with open_archive(file.data) as archive:
        package = read_package(archive)
        read: list[MarkupText] = []
        refused: list[ArticleError] = []
        for name in package.chapters:
            try:
                chapter = _chapter(archive, package, name, warn)
            except ArticleError as error:
                refused.append(error)
                continue
            if chapter is not None:
                read.append(chapter)
    content = join_markup(chapter for chapter in read if chapter.text)
    if package.chapters and not read:
        raise refused[0] if refused else ArticleError("no chapter can be read")
    if not content.text:
        raise NotAnArticleError("empty")
    if unread := len(package.chapters) - len(read):
        warn(f"{unread} of {len(package.chapters)} chapters not read")
    lead = content.text[:_LEAD]
    yield Article(
        text=content.text,
        title=package.title or read_headline(lead, split_sentences(lead)).title,
        date=next(filter(None, (read_date(date, DateOrigin.METADATA) for date in package.dates)), None),
        source=package.publisher,
        author=package.author,
        landmarks=content.landmarks,
    )


def _chapter(archive: ZipFile, package: EpubPackage, name: str, warn: Warn) -> MarkupText | None:
    """Return a chapter's text, under its title where it has no heading; None where it is missing or no text.

    Raises `ArticleError` where it cannot be read.
    """
    try:
        decoded = decode_markup(read_member(archive, name))
        root = parse_xhtml(decoded.text)
    except (KeyError, NotAnArticleError):
        return None
    if decoded.warning:
        warn(f"{name}: {decoded.warning}")
    if root is None:
        return MarkupText("", ())
    title = package.headings.get(name) or _title(root, package)
    body = root.find("body")
    body = root if body is None else body
    for element in body.xpath(_NOT_READ):
        element.drop_tree()
    chapter = read_markup(body)
    if chapter.landmarks or not chapter.text or title is None:
        return chapter
    return replace(chapter, landmarks=(Landmark(0, LandmarkKind.HEADING, title),))


def _title(root: html.HtmlElement, package: EpubPackage) -> str | None:
    """Return what a chapter calls itself, None where that is the book's title, as it often is."""
    title = " ".join((root.findtext("head/title") or "").split())
    return title if title and title != package.title else None
