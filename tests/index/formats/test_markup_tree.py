"""Trees of HTML and XHTML: read as browsers do, with nothing expanded and nothing fetched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ArticleError
from index.formats.markup_text import read_markup
from index.formats.markup_tree import parse_html, parse_xhtml

Read = Callable[[str], str]
Parse = Callable[[str], object]

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def html_text(page: str) -> str:
    root = parse_html(page)
    return "" if root is None else read_markup(root).text


def xhtml_text(page: str) -> str:
    root = parse_xhtml(page)
    return "" if root is None else read_markup(root).text


@pytest.mark.parametrize("parse", [parse_html, parse_xhtml])
@pytest.mark.parametrize("page", ["", " \n", "\ufeff", "<!-- only a comment -->", "<!DOCTYPE html>"])
def test_nothing_is_no_tree(parse: Parse, page: str) -> None:
    """A page that holds nothing has no tree."""
    assert parse(page) is None


@pytest.mark.parametrize(
    "page",
    [
        "It met.",
        "\ufeff<p>It met.",
        "<p>It met.</p>",
        "<html/><p>It met.</p>",
        '<!DOCTYPE html SYSTEM "about:legacy-compat"/>\n<html><body><p>It met.</p>',
        '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>It met.</p></body></html>',
        "<p>It <!-- did not --> met.</p>",
        "<p>It met.<?php echo 1 ?></p>",
    ],
)
def test_html_is_read_however_it_is_written(page: str) -> None:
    """Fragments, marks, comments and prologues do not hide the text."""
    assert html_text(page) == "It met."


@pytest.mark.parametrize("text", ["a\x01b", "a&#1;b", "a\x0bb", "a&#x1f;b", "a\ufffeb", "a&#xFFFF;b"])
@pytest.mark.parametrize("read", [html_text, xhtml_text])
def test_no_control_is_left(read: Read, text: str) -> None:
    """A character that no tree may hold is left out, in whatever way it was written."""
    assert read(f"<html><body><p>{text}</p></body></html>") == "ab"


def test_deep_html_is_an_error() -> None:
    """What is nested too deeply is not cut off unsaid."""
    assert html_text("<div>" * 1_500 + "deep" + "</div>" * 1_500 + "after") == "deep\n\nafter"
    with pytest.raises(ArticleError, match="nested too deeply"):
        parse_html("<div>" * 10_000 + "deep" + "</div>" * 10_000 + "after")


def test_xhtml_closes_what_html_does_not() -> None:
    """`<title/>` and `<script/>` do not swallow the page."""
    head = '<head><title/><script src="a.js"/></head>'
    page = f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body><p>It met.</p></body></html>'
    assert xhtml_text(page) == "It met."


def test_ill_formed_xhtml_is_read_as_html() -> None:
    """A page that is no XML is no reason to leave it unread."""
    assert xhtml_text("<html><body><p>It met.<p>It <br> voted.</body></html>") == "It met.\n\nIt\nvoted."


def test_entities_of_html_are_known_without_a_dtd() -> None:
    """`&nbsp;` and `&eacute;` are characters though no DTD is loaded; those of XML stay escaped."""
    body = "<body><p>caf&eacute;&nbsp;&lt;b&gt; &amp;eacute;</p></body>"
    assert xhtml_text(f"<html><head><title/></head>{body}</html>") == "café\u00a0<b> &eacute;"


def test_laughs_are_not_expanded() -> None:
    """A billion laughs stay one entity, in text and in attributes."""
    page = f'<!DOCTYPE html [<!ENTITY l0 "ha">{_LAUGHS}]><html><body><p title="&l9;">It met. &l9;</p></body></html>'
    assert xhtml_text(page) == "It met. &l9;"
    assert html_text(page).endswith("It met. &l9;")
    assert len(html_text(page)) < len(page)


@pytest.mark.parametrize("read", [html_text, xhtml_text])
@pytest.mark.parametrize("declared", ['<!ENTITY x SYSTEM "{uri}">', '<!ENTITY % x SYSTEM "{uri}"> %x;'])
def test_no_file_is_read(tmp_path: Path, read: Read, declared: str) -> None:
    """An entity that names a file does not bring in what is in it."""
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY y "SECRET">SECRET')
    page = f"<!DOCTYPE html [{declared.format(uri=secret.as_uri())}]><html><body><p>&x; &y; It met.</p></body></html>"
    text = read(page)
    assert "It met." in text
    assert "SECRET" not in text
