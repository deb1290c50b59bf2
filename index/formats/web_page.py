"""Read a web page as an article: its main content, and what the page says of itself."""

import re

import trafilatura
from lxml import html

from index.articles import Article
from index.errors import NotAnArticleError
from index.formats.page_content import main_content
from index.formats.page_date import read_page_date
from index.headline import read_headline
from index.sentences import split_sentences

# A format without a directive keeps trafilatura from looking for a date, and guessing one.
_NO_DATE = {"outputformat": "none"}
_ADDRESS = re.compile(r"https?://(?:www\.)?([^\s/?#]+)[^\s]*", re.IGNORECASE)


def read_page(root: html.HtmlElement, *, url: str | None = None, title: str | None = None) -> Article:
    """Return the article of a page; the tree is cut down to it.

    `url` is where the page came from, and `title` what it was kept as, where it says neither.
    Raises `NotAnArticleError` where there is no text.
    """
    said = trafilatura.extract_metadata(root, url, date_config=_NO_DATE)
    name = _site_name(root, said.sitename)
    date = read_page_date(root)
    content = main_content(root)
    if not content.text:
        raise NotAnArticleError("empty")
    head = read_headline(content.text, split_sentences(content.text))
    address = _ADDRESS.fullmatch(said.url or "")
    return Article(
        text=content.text,
        title=_line(said.title) or _line(title) or head.title,
        date=date,
        source=name or (address and address.group(1)) or head.source,
        author=_line(said.author) or head.author,
        url=address and address.group(),
        landmarks=content.landmarks,
    )


def _site_name(root: html.HtmlElement, found: str | None) -> str | None:
    """Return the name of the site as it writes itself: trafilatura begins the words of one with capitals."""
    name = _line(found)
    if name is None or name.lower().startswith("http"):
        return None  # a publisher's page elsewhere is no name
    written = (_line(meta.get("content")) for meta in root.iter("meta"))
    return next((each for each in written if each and each.lower() == name.lower()), name)


def _line(text: str | None) -> str | None:
    """Return a text as one line, None for one without words."""
    return " ".join((text or "").split()) or None
