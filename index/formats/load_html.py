"""Load a saved web page: its main content is the article."""

import re
from collections.abc import Iterator

from index.articles import Article, Fields, SourceFile, Warn
from index.errors import NotAnArticleError
from index.formats.declared_encoding import decode_markup
from index.formats.markup_tree import parse_html, parse_xhtml
from index.formats.web_page import read_page

_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)", re.IGNORECASE
)
_HEAD = 4096


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of a page.

    Raises `NotAnArticleError` where it has no text, `ArticleError` where it cannot be read.
    """
    decoded = decode_markup(file.data)
    parse = parse_xhtml if file.name.lower().endswith(".xhtml") else parse_html
    root = parse(decoded.text)
    if root is None:
        raise NotAnArticleError("empty")
    saved_from = _SAVED_FROM.search(decoded.text[:_HEAD])
    article = read_page(root, url=saved_from and saved_from.group(1))
    if decoded.warning:
        warn(decoded.warning)
    yield article
