"""Parse HTML and XHTML from strangers to trees without comments, entities or characters of control."""

import re
from html.entities import html5

from lxml import etree, html

from index.errors import ArticleError

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CLOSED_ROOT = re.compile(r"(<html\b[^>]{0,1000}?)/>", re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_OF_XML = frozenset(["amp;", "apos;", "gt;", "lt;", "quot;"])
_ROOTS = ("html", "{http://www.w3.org/1999/xhtml}html")


def parse_html(text: str) -> html.HtmlElement | None:
    """Return the `html` element of a page, well-formed or not; None where the page holds nothing.

    Raises `ArticleError` where elements are nested more deeply than the parser goes.
    """
    # The parser takes `<html/>` for all of the page, which browsers do not.
    text = _CLOSED_ROOT.sub(r"\1>", _CONTROLS.sub("", text.lstrip("\ufeff")), count=1)
    # A huge tree: 2,048 levels instead of 256, which unclosed tags reach in real pages.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        return None  # "Document is empty"
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ArticleError("nested too deeply")
    for element in root.iter("*"):
        _make_sound(element)
    return root


def parse_xhtml(text: str) -> html.HtmlElement | None:
    """Return the `html` element of a page that is XML, where `<title/>` is closed; else read it as HTML.

    The names of HTML are without a namespace in the tree. No entity is expanded but those that
    HTML knows, nothing is fetched.
    """
    known = _ENTITY.sub(_character, _CONTROLS.sub("", text.lstrip("\ufeff")))
    parser = html.XHTMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(known.encode(), parser)
    except etree.XMLSyntaxError:
        return parse_html(text)
    if root.tag not in _ROOTS:
        return parse_html(text)
    html.xhtml_to_html(root)
    return root


def _make_sound(element: html.HtmlElement) -> None:
    """Mend what HTML allows and no other tree does: `&#1;`, and names such as `o:p` or `b…`."""
    element.text = element.text and _CONTROLS.sub("", element.text)
    element.tail = element.tail and _CONTROLS.sub("", element.tail)
    if not _NAME.fullmatch(element.tag):
        element.tag = "span"


def _character(entity: re.Match[str]) -> str:
    """Return the character that HTML has for an entity; one of any other name stands for itself."""
    name = entity.group(1)
    return entity.group() if name in _OF_XML else html5.get(name, f"&amp;{name}")
