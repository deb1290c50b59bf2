"""Load a web page that a browser saved as a single file: a mail of the page and all that it shows."""

from collections.abc import Iterator
from email.message import EmailMessage

from index.articles import Article, Fields, SourceFile, Warn
from index.errors import ArticleError, NotAnArticleError
from index.formats.mail import body_text, damage_told, header_of, parse_mail
from index.formats.markup_tree import parse_html, parse_xhtml
from index.formats.web_page import read_page

_PARSERS = {"text/html": parse_html, "application/xhtml+xml": parse_xhtml}


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of a page; the date of its saving is not the article's.

    Raises `NotAnArticleError` where the page has no text, `ArticleError` where there is no page.
    """
    if not file.data.strip():
        raise NotAnArticleError("empty")
    message = parse_mail(file.data)
    part, kind = _page(message)
    decoded = body_text(part)
    root = _PARSERS[kind](decoded.text)
    if root is None:
        raise NotAnArticleError("empty")
    places = (header_of(message, "Snapshot-Content-Location"), header_of(part, "Content-Location"))
    url = next((place for place in places if place and place.lower().startswith(("http://", "https://"))), None)
    article = read_page(root, url=url, title=header_of(message, "Subject"))
    if decoded.warning:
        warn(decoded.warning)
    yield article


def _page(message: EmailMessage) -> tuple[EmailMessage, str]:
    """Return the first part that is a page, and its kind: those after it are in its frames."""
    with damage_told():
        for part in message.walk():
            kind = part.get_content_type()
            if kind in _PARSERS and isinstance(part, EmailMessage):
                return part, kind
    raise ArticleError("no page in it")
