"""Read the text of a record that was exported from a web site, as its readers saw it."""

import re

from index.errors import ArticleError
from index.formats.markup_text import MarkupText, read_markup
from index.formats.markup_tree import parse_html

_IS_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|blockquote|table|article|section|figure)>|<br ?/?>|^\s*<(?:p|div|h[1-6])[ >]",
    re.IGNORECASE,
)


def shown_text(text: str) -> MarkupText:
    """Return a record's text: what its HTML shows where it is HTML, with its headings, else the text as it stands."""
    if not _IS_MARKUP.search(text):
        return MarkupText(text, ())
    try:
        root = parse_html(text)
    except ArticleError:
        return MarkupText(text, ())
    shown = read_markup(root) if root is not None else MarkupText("", ())
    return shown if shown.text else MarkupText(text, ())
