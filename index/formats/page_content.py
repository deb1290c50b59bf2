"""Find a page's main content: the article without navigation, banners, sidebars, comments and footers.

trafilatura finds it. Its usual way loses fewer paragraphs of an article than its precise one; but of
one as short as a few sentences, it makes one paragraph of all that the page holds.
"""

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document

from index.formats.markup_text import MarkupText, read_markup

SHORT = 250
"""An extraction of fewer code points is replaced by the whole page's text in trafilatura's usual way."""

LONG = 1_000
"""An extraction of as many code points is an article, and not the rest of a page around a short one."""

_HOLDS_ARTICLE = ".//article or .//main or .//h1"  # as what was never closed may
_NEVER_READ = (
    ".//script|.//style|.//noscript|.//template|.//*[@hidden and not(@hidden='until-found')]"
    f"|.//*[self::nav or @role='navigation' or @role='contentinfo'][not({_HOLDS_ARTICLE})]"
    f"|.//footer[not(ancestor::blockquote or {_HOLDS_ARTICLE})]"
    f"|.//header[not(ancestor::article or ancestor::main or {_HOLDS_ARTICLE})]"
)
_ASIDE = ".//aside|.//dialog|.//*[contains(@style, 'display:none') or contains(@style, 'display: none')]"
_IN_SENTENCES = ".//*[self::time or self::label][ancestor::p or ancestor::li or ancestor::blockquote or ancestor::dd]"
_FRAME = "boolean(.//article|.//main|.//*[@role='main' or starts-with(@class, 'main') or starts-with(@id, 'main')])"
_NAMES = {"cell": "td", "item": "li", "lb": "br", "list": "ul", "row": "tr"}
"""Names of HTML for those of trafilatura's trees."""


def main_content(root: html.HtmlElement) -> MarkupText:
    """Return the main content of a page, all of its text where none can be told; cut the tree down to it.

    The text is empty where the page has none.
    """
    body = root.find("body")
    if body is None:
        return MarkupText("", ())
    _prepare(body)
    usual = _extracted(root, precise=False)
    if len(usual.text) < LONG:
        precise = _extracted(root, precise=True)
        if 0 < len(precise.text) < SHORT:
            return precise
    return usual if usual.text else whole_content(body)


def whole_content(body: html.HtmlElement) -> MarkupText:
    """Return the text of a page without what is no part of any article; cut the tree down to it."""
    _drop(body, f"{_NEVER_READ}|{_ASIDE}")
    return read_markup(body)


def _prepare(body: html.HtmlElement) -> None:
    """Mend what trafilatura would lose."""
    _drop(body, _NEVER_READ)
    # It drops these elements with the words in them, which are words of sentences.
    for element in body.xpath(_IN_SENTENCES):
        if element.getparent().text_content().split() != element.text_content().split():
            element.drop_tag()
    # Browsers show the marks of a quotation within a sentence.
    for quote in list(body.iter("q")):
        quote.text = f"“{quote.text or ''}"
        quote.tail = f"”{quote.tail or ''}"
        quote.drop_tag()
    # Without a frame for the article it takes paragraphs alone, and no headings or lists.
    if not body.xpath(_FRAME):
        main = body.makeelement("main")
        main.text, body.text = body.text, None
        main.extend(list(body))
        body.append(main)


def _drop(body: html.HtmlElement, what: str) -> None:
    for element in body.xpath(what):
        element.drop_tree()


def _extracted(root: html.HtmlElement, *, precise: bool) -> MarkupText:
    """Return what trafilatura finds; nothing where it finds none, or lists in lists deeper than it goes."""
    try:
        # Of all formats, "xml" leaves the tree alone.
        found = trafilatura.bare_extraction(
            root, favor_precision=precise, include_comments=False, output_format="xml", include_formatting=False
        )
    except RecursionError:
        return MarkupText("", ())
    if not isinstance(found, Document):
        return MarkupText("", ())
    # A heading that trafilatura came upon after the text, in a wider frame, has nothing under it.
    while len(found.body) > 1 and found.body[-1].tag == "head":
        found.body.remove(found.body[-1])
    for element in found.body.iter("*"):
        element.tag = _name(element)
    return read_markup(found.body)


def _name(element: etree._Element) -> str:
    """Return the name of HTML that an element of trafilatura's tree has."""
    name = str(element.tag)
    parent = element.getparent()
    if name == "head":
        return element.get("rend") or "h2"
    if name == "quote":
        return "span" if parent is not None and parent.tag == "p" else "blockquote"
    if name == "code":
        return "pre" if parent is not None and parent.getparent() is None else "code"
    return _NAMES.get(name, name)
