"""Web pages that a browser saved as a single file."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin
from index.errors import ArticleError, NotAnArticleError
from tests.index.formats.chromium import needs_chromium, save_mhtml
from tests.index.formats.loading import loaded
from tests.index.formats.pages import NEWS, NEWS_PAGE, NEWS_TITLE

_URL = "https://www.harbourtimes.example/2024/11/verden-bridge"
_BARE_PAGE = f"<html><body><article><p>{NEWS[0]}</p><p>{NEWS[1]}</p><p>{NEWS[3]}</p></article></body></html>"


def saved(page: str, *, charset: str | None = "utf-8", url: str = _URL, kind: str = "html") -> bytes:
    """Return a page with a picture and a frame, as a browser saves it."""
    whole = EmailMessage()
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = url
    whole["Subject"] = "Verden – a bridge"
    whole["Date"] = "Tue, 24 Nov 2026 12:56:46 -0000"
    whole.set_content(page.encode(charset or "utf-8"), "text", kind, cte="quoted-printable")
    if charset:
        whole.set_param("charset", charset)
    whole.add_related(b"<p>NOISE in a frame</p>", "text", "html", headers=["Content-Location: https://ads.example/"])
    whole.add_related(b"\x89PNG", "image", "png", headers=["Content-Location: https://times.example/a.png"])
    return whole.as_bytes()


def test_page_is_its_article() -> None:
    """A page saved as one file is read as the page itself is; the day of its saving is not its date."""
    article = loaded("load_mhtml", saved(NEWS_PAGE)).article
    assert article == loaded("load_html", NEWS_PAGE.encode()).article
    assert article.date == ArticleDate("2024-11-12", DateOrigin.METADATA)


def test_envelope_says_what_the_page_does_not() -> None:
    """Address and title are those it was saved under where the page states none; there is no date then."""
    article = loaded("load_mhtml", saved(_BARE_PAGE)).article
    assert (article.title, article.url, article.source) == ("Verden – a bridge", _URL, "harbourtimes.example")
    assert article.date is None


@pytest.mark.parametrize("url", ["file:///home/me/page.html", "cid:frame-1@mhtml.blink", "about:blank"])
def test_address_is_one_of_the_web(url: str) -> None:
    """Where the page lay on a disk is no address of it."""
    article = loaded("load_mhtml", saved(_BARE_PAGE, url=url)).article
    assert (article.url, article.source) == (None, None)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", None])
def test_page_is_decoded_by_its_part(charset: str | None) -> None:
    """The encoding is the part's, or the page's own where the part names none."""
    page = _BARE_PAGE.replace("<html>", '<html><head><meta charset="utf-8"></head>')
    found = loaded("load_mhtml", saved(page, charset=charset))
    assert found.article.text.split("\n\n") == [NEWS[0], NEWS[1], NEWS[3]]
    assert found.warnings == ()


def test_single_part_is_a_page() -> None:
    """A file of a page alone, without what it shows, is one, too."""
    data = b"Subject: x\r\nContent-Type: text/html\r\nContent-Location: " + _URL.encode() + b"\r\n\r\n"
    article = loaded("load_mhtml", data + _BARE_PAGE.encode()).article
    assert (article.text.split("\n\n")[0], article.url) == (NEWS[0], _URL)


def test_xhtml_is_read_as_xml() -> None:
    """A page of XHTML is parsed as such."""
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>{NEWS[0]}</p></body></html>'
    data = saved(page, kind="xhtml").replace(b"text/xhtml", b"application/xhtml+xml")
    assert loaded("load_mhtml", data).article.text == NEWS[0]


@pytest.mark.parametrize("data", [b"", b"\r\n", saved("<html><body></body></html>"), saved("")])
def test_page_without_text_is_no_article(data: bytes) -> None:
    """A file without a word is skipped."""
    with pytest.raises(NotAnArticleError, match="empty"):
        loaded("load_mhtml", data)


@pytest.mark.parametrize("data", [b"No mail at all.", b"Content-Type: image/png\r\n\r\nx", b"Subject: x\r\n\r\nPlain."])
def test_file_without_a_page_is_an_error(data: bytes) -> None:
    """A file that holds no page is told of."""
    with pytest.raises(ArticleError, match="no page in it"):
        loaded("load_mhtml", data)


@settings(max_examples=60)
@given(
    st.tuples(*[st.integers(0, 6_000)] * 2), st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 255)), max_size=6)
)
def test_damaged_files_are_articles_or_refused(cut: tuple[int, int], changes: list[tuple[int, int]]) -> None:
    """A file that was cut off or garbled is read as far as it goes, or refused for a reason."""
    data = bytearray(saved(NEWS_PAGE))
    del data[min(cut) : max(cut)]
    for at, value in changes:
        data[at : at + 1] = bytes([value])
    try:
        article = loaded("load_mhtml", bytes(data)).article
    except (ArticleError, NotAnArticleError):
        return
    assert article.text.strip()


@needs_chromium
def test_page_that_a_browser_saved(tmp_path: Path) -> None:
    """A browser's own file has what the page's scripts wrote into it."""
    source = tmp_path / "page.html"
    script = (
        f"document.querySelector('h2').insertAdjacentHTML('beforebegin', '<p>' + {NEWS[1]!r} + ' It was late.</p>')"
    )
    source.write_text(NEWS_PAGE.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    article = loaded("load_mhtml", save_mhtml(source, tmp_path / "profile")).article
    assert article.text.split("\n\n") == [*NEWS[:2], f"{NEWS[1]} It was late.", *NEWS[2:]]
    assert (article.title, article.date) == (NEWS_TITLE, ArticleDate("2024-11-12", DateOrigin.METADATA))
