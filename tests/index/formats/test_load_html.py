"""Saved web pages: the article, and nothing of what stands around it."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import ArticleDate, DateOrigin, Landmark, LandmarkKind
from index.errors import ArticleError, NotAnArticleError
from tests.index.formats.chromium import dump_dom, needs_chromium
from tests.index.formats.loading import Loaded, loaded
from tests.index.formats.pages import NEWS, NEWS_HEADINGS, NEWS_PAGE, NEWS_TITLE

_LEAD = "The council of Verden approved a new bridge over the Aller on Tuesday, ending nine years of dispute."


def load(page: str, *, name: str = "page.html") -> Loaded:
    return loaded("load_html", page.encode(), name=name)


def paragraphs(page: str) -> list[str]:
    return load(page).article.text.split("\n\n")


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_news_page_is_its_article() -> None:
    """Of a page with all that a newspaper puts on it, the article is left, paragraph by paragraph."""
    found = load(NEWS_PAGE)
    assert found.article.text.split("\n\n") == list(NEWS)
    assert found.warnings == ()


def test_headings_are_landmarks() -> None:
    """A heading within the article is found where it stands."""
    article = load(NEWS_PAGE).article
    assert article.landmarks == tuple(
        Landmark(article.text.index(heading), LandmarkKind.HEADING, heading) for heading in NEWS_HEADINGS
    )


def test_page_says_what_it_is() -> None:
    """Title, author, site, address and date are those that the page states; the date is that of publication."""
    article = load(NEWS_PAGE).article
    assert article.title == NEWS_TITLE
    assert article.author == "Jane Doe"
    assert article.source == "Harbour Times"
    assert article.url == "https://www.harbourtimes.example/2024/11/verden-bridge"
    assert article.date == ArticleDate("2024-11-12", DateOrigin.METADATA)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{_LEAD}</p>",
        f"<h1>Bridge</h1><p>{_LEAD}</p>",
        f"<nav>NOISE Home News Sport</nav><header>NOISE Times</header><div>{_LEAD}</div><footer>NOISE Terms</footer>",
        f"<noscript>NOISE Enable scripts</noscript><article>{_LEAD}</article><script>NOISE()</script>",
        f"<p hidden>NOISE Read on in our app, it is free of charge for a month.</p><p>{_LEAD}</p>",
        f"<article><p>{_LEAD}</p></article><section id='comments'><p>NOISE I doubt it, and so do you.</p></section>",
    ],
)
def test_short_pages_have_their_text(body: str) -> None:
    """A page of one sentence is that sentence, with its heading if it has one."""
    found = paragraphs(page(body))
    assert [each for each in found if each != "Bridge"] == [_LEAD]


def test_plain_page_keeps_headings_and_lists() -> None:
    """A page without a frame for its article, as a reader's view saves it, loses neither headings nor lists."""
    costs = "<h2>Costs</h2><ul><li>Salt for the roads.</li><li>Paint.</li></ul>"
    body = f"<h1>Bridge</h1><p>{_LEAD}</p>{costs}<p>{NEWS[1]}</p>"
    assert paragraphs(page(body)) == ["Bridge", _LEAD, "Costs", "Salt for the roads.", "Paint.", NEWS[1]]


def test_words_of_sentences_are_kept() -> None:
    """Elements that say what their words are do not lose them; quotation marks are those of a browser."""
    body = (
        f"<article><p>{_LEAD}</p><p>On <time datetime='2024-11-12'>Tuesday</time>, <label>all</label> "
        f"<abbr>MPs</abbr> <q>rose</q> in the <b>house</b>.</p><p>{NEWS[3]}</p></article>"
    )
    assert paragraphs(page(body))[1] == "On Tuesday, all MPs “rose” in the house."


def test_standfirst_is_kept() -> None:
    """The paragraph under the title, in the article's own header, is part of it."""
    body = f"<article><header><h1>Bridge</h1><p>{_LEAD}</p></header><p>{NEWS[1]}</p><p>{NEWS[3]}</p></article>"
    assert _LEAD in paragraphs(page(body))


def test_unclosed_navigation_does_not_swallow_the_article() -> None:
    """A `<nav>` that is never closed is no reason to drop all that follows it."""
    found = paragraphs(
        page(f"<nav><a href='/'>Home</a><article><p>{_LEAD}</p><p>{NEWS[1]}</p><p>{NEWS[3]}</p></article>")
    )
    assert found[-3:] == [_LEAD, NEWS[1], NEWS[3]]


def test_invisible_characters_stay() -> None:
    """Soft hyphens and spaces of no width are of the page's text."""
    text = f"The co\u00adun\u00adcil met\u200b. {NEWS[1]} {NEWS[3]}"
    assert paragraphs(page(f"<article><p>{text}</p></article>")) == [text]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="From Open Graph"><title>From Title</title>', "From Open Graph"),
        ("<title>From  the\nTitle</title>", "From the Title"),
        ("", f"{_LEAD[:77]}…"),
        ("<title> </title>", f"{_LEAD[:77]}…"),
    ],
)
def test_title(head: str, title: str) -> None:
    """The title is what the page says it is, else the first words of the text."""
    assert load(page(f"<p>{_LEAD}</p>", head)).article.title == title


@pytest.mark.parametrize(
    ("head", "source", "url"),
    [
        ('<meta property="og:site_name" content="eNCA">', "eNCA", None),
        ('<link rel="canonical" href="https://www.times.example/a">', "times.example", "https://www.times.example/a"),
        ('<meta property="og:url" content="https://times.example/a">', "times.example", "https://times.example/a"),
        ('<link rel="canonical" href="file:///home/me/a.html">', None, None),
        ('<link rel="canonical" href="javascript:alert(1)">', None, None),
        ('<meta property="article:publisher" content="https://www.facebook.com/times">', None, None),
        ("<!-- saved from url=(0025)https://times.example/a -->", "times.example", "https://times.example/a"),
        ("<!--\n Page saved with SingleFile \n url: https://times.example/a \n saved date: x\n-->", "times.example",
         "https://times.example/a"),
    ],
)  # fmt: skip
def test_source_and_address(head: str, source: str | None, url: str | None) -> None:
    """The source is the site's name as it writes itself, else its host; the address is one of the web."""
    article = load(page(f"<p>{_LEAD}</p>", head)).article
    assert (article.source, article.url) == (source, url)


def test_legacy_encoding_is_read() -> None:
    """A page in the encoding that it declares is read without a word; one that is guessed is told of."""
    declared = page(f"<p>{_LEAD} Café “Noël”.</p>", '<meta charset="windows-1252">').encode("cp1252")
    guessed = page(f"<p>{_LEAD} Café “Noël”.</p>").encode("cp1252")
    assert loaded("load_html", declared).warnings == ()
    assert loaded("load_html", guessed).warnings == ("not UTF-8, read as cp1252",)
    for data in (declared, guessed):
        assert loaded("load_html", data).article.text.endswith("Café “Noël”.")


def test_xhtml_is_read_as_xml() -> None:
    """An empty `<title/>` does not swallow a page that is XML."""
    text = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>{_LEAD}</p></body></html>'
    assert load(text, name="page.xhtml").article.text == _LEAD


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n ",
        b"\xef\xbb\xbf",
        b"<html></html>",
        b"<html><body><img src=x></body></html>",
        b"<!-- nothing -->",
        b"<title>Only a title</title>",
        b"<html><body><script>document.write('text')</script></body></html>",
        b"<frameset><frame src=a></frameset>",
        b"<p>&nbsp;</p><p>&#8203;</p>",
    ],
)
@pytest.mark.parametrize("name", ["page.html", "page.xhtml"])
def test_page_without_text_is_no_article(data: bytes, name: str) -> None:
    """A page on which nothing is to be read is skipped."""
    with pytest.raises(NotAnArticleError, match="empty"):
        loaded("load_html", data, name=name)


def test_binary_is_no_page() -> None:
    """A picture with the name of a page is skipped."""
    with pytest.raises(NotAnArticleError, match="binary"):
        loaded("load_html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul><li", "table><tr><td", "b", "section", "q"])
@pytest.mark.parametrize("depth", [200, 900, 10_000])
def test_deep_pages_end_soon(tag: str, depth: int) -> None:
    """However deeply a page is nested, it becomes an article or is refused, and that soon."""
    data = page(f"<article><p>{_LEAD}</p>{f'<{tag}>' * depth}Deep.</article>")
    began = time.perf_counter()
    try:
        assert _LEAD in load(data).article.text
    except ArticleError:
        assert depth > 800
    assert time.perf_counter() - began < 10


_WORD = st.sampled_from(["council", "vote", "€41.5", "“yes”", "Zürich", "bridge,", "co\u00adop", "U.S.", "9–12", "the"])
_SENTENCES = st.lists(_WORD, min_size=6, max_size=40).map(lambda words: f"The {' '.join(words)} ended.")
_PARTS = st.lists(
    st.tuples(st.sampled_from(["p", "p", "p", "h2", "li", "blockquote"]), _SENTENCES), min_size=1, max_size=9
)
_WRAPPED = {"li": "<ul><li>{}</li></ul>", "blockquote": "<blockquote><p>{}</p></blockquote>"}
_FRAMES = (
    "<article>{}</article>",
    "<main><div class='article-body'>{}</div></main>",
    "<div id='content'>{}</div>",
    "<header><nav><a href='/'>Home</a></nav></header><div>{}</div><footer>© Times</footer>",
    "{}",
)


@settings(max_examples=60)
@given(_PARTS.filter(lambda parts: parts[-1][0] == "p"), st.sampled_from(_FRAMES))
def test_every_paragraph_is_there_in_order(parts: list[tuple[str, str]], frame: str) -> None:
    """Whatever frame a page has, its article's words are there in their order, and its headings where they begin."""
    numbered = [(tag, f"{number}. {text}") for number, (tag, text) in enumerate(parts)]
    body = "\n".join(_WRAPPED.get(tag, f"<{tag}>{{}}</{tag}>").format(text) for tag, text in numbered)
    article = load(page(frame.format(body))).article
    found = article.text.split("\n\n")
    assert [text for text in found if text != "Home"] == [text for _, text in numbered]
    assert [mark.label for mark in article.landmarks] == [text for tag, text in numbered if tag == "h2"]
    for mark in article.landmarks:
        assert article.text[mark.start :].startswith(mark.label)


@settings(max_examples=60)
@given(st.data())
def test_damaged_pages_are_articles_or_refused(data: st.DataObject) -> None:
    """A page that was cut off or garbled is read as far as it goes, or refused for a reason."""
    damaged = bytearray(NEWS_PAGE.encode())
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(damaged))] * 2)))
    del damaged[start:end]
    for at in data.draw(st.lists(st.integers(0, max(len(damaged) - 1, 0)), max_size=6)) if damaged else ():
        damaged[at] = data.draw(st.integers(1, 255))
    try:
        article = loaded("load_html", bytes(damaged)).article
    except (ArticleError, NotAnArticleError):
        return
    assert article.text.strip()
    assert article.title.strip()
    for mark in article.landmarks:
        assert article.text[mark.start :].startswith(mark.label)


@needs_chromium
def test_page_that_a_browser_saved(tmp_path: Path) -> None:
    """What a page's scripts wrote into it is read from the page as the browser has it; their source is not."""
    source = tmp_path / "page.html"
    script = (
        f"document.querySelector('h2').insertAdjacentHTML('beforebegin', '<p>' + {NEWS[1]!r} + ' It was late.</p>')"
    )
    source.write_text(NEWS_PAGE.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    assert "It was late" not in loaded("load_html", source.read_bytes()).article.text
    saved = loaded("load_html", dump_dom(source, tmp_path / "profile")).article
    assert saved.text.split("\n\n") == [*NEWS[:2], f"{NEWS[1]} It was late.", *NEWS[2:]]
    assert (saved.title, saved.date) == (NEWS_TITLE, ArticleDate("2024-11-12", DateOrigin.METADATA))
