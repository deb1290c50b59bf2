"""Dates that a page states, and those that it would take a guess to have."""

import pytest

from index.articles import ArticleDate, DateOrigin
from index.formats.markup_tree import parse_html
from index.formats.page_date import read_page_date


def date(page: str) -> str | None:
    root = parse_html(page)
    assert root is not None
    found = read_page_date(root)
    assert found is None or found == ArticleDate(found.value, DateOrigin.METADATA)
    return found.value if found else None


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


_ARTICLE = '{"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2024-11-15T10:00:00Z"}'


@pytest.mark.parametrize(
    "page",
    [
        '<meta property="article:published_time" content="2024-11-15T23:30:00-05:00">',
        '<META NAME="DC.date.issued" CONTENT="2024-11-15">',
        '<meta name="date" content="2024-11-15 08:00">',
        '<article><meta itemprop="datePublished" content="2024-11-15"></article>',
        json_ld(_ARTICLE),
        json_ld(f"[{_ARTICLE}]"),
        json_ld(f'{{"@graph": [{{"@type": "Organization"}}, {_ARTICLE}]}}'),
        json_ld(f'{{"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity": {_ARTICLE}}}'),
        json_ld('{"@type": ["Thing", "BlogPosting"], "datePublished": "2024-11-15"}'),
        json_ld('{"@type": "WebPage", "datePublished": "2024-11-15"}'),
        '<article><time datetime="2024-11-15T10:00">4 hours ago</time><p>Text.</p></article>',
        '<article><time class="updated" datetime="2024-11-16">x</time><time datetime="2024-11-15">y</time></article>',
        '<article><p><time datetime="2024-11-11">x</time></p><time pubdate datetime="2024-11-15">y</time></article>',
        '<main><time datetime="2024-11-15">x</time><p id="comments"><time datetime="2024-11-17">y</time></p></main>',
        '<article><time datetime="2024-11-15">x</time><aside><time datetime="2023-01-01">y</time></aside></article>',
    ],
)
def test_date_is_stated(page: str) -> None:
    """The day of publication is read from meta tags, JSON-LD and the article's time."""
    assert date(page) == "2024-11-15"


@pytest.mark.parametrize(
    "page",
    [
        '<link rel="canonical" href="https://times.example/2024/11/15/bridge"><p>Text.</p>',
        "<p>Published on 15 November 2024.</p>",
        "<footer>© 2024 Times</footer>",
        '<meta property="article:modified_time" content="2024-11-15">',
        '<meta http-equiv="last-modified" content="2024-11-15">',
        '<meta name="date" content="soon">',
        '<meta name="date">',
        '<article><time datetime="10:30">half past ten</time></article>',
        '<article><time class="modified" datetime="2024-11-15">x</time></article>',
        '<main><time datetime="2024-11-14">x</time><time datetime="2024-11-15">y</time></main>',
        '<main><article><p>x</p></article><article><time datetime="2024-11-15">y</time></article></main>',
        json_ld('{"@type": "NewsArticle", "dateModified": "2024-11-15"}'),
        json_ld('{"@type": "Event", "datePublished": "2024-11-15"}'),
        json_ld(f'{{"@type": "ItemList", "itemListElement": [{_ARTICLE}]}}'),
        json_ld('{"@type": "NewsArticle", "datePublished": 1731628800}'),
        json_ld('{"@type": "NewsArticle", "datePublished": "2024-11-15"'),
        json_ld("[" * 100_000),
        json_ld(""),
    ],
)  # fmt: skip
def test_date_is_not_guessed(page: str) -> None:
    """Neither an address nor text, nor a copyright, a change or another article's date says when this one appeared."""
    assert date(page) is None


@pytest.mark.parametrize("stated", ["2024", "2024-11"])
def test_precision_is_kept(stated: str) -> None:
    """A year or a month stays one: no day is added."""
    assert date(f'<meta name="dcterms.issued" content="{stated}">') == stated
    assert date(json_ld(f'{{"@type": "Article", "datePublished": "{stated}"}}')) == stated


def test_surer_names_go_first() -> None:
    """Where a page states several dates, the one that is surely of publication counts, if it is one."""
    metas = '<meta name="date" content="2024-11-17"><meta property="article:published_time" content="{}">'
    assert date(metas.format("2024-11-15")) == "2024-11-15"
    assert date(metas.format("")) == "2024-11-17"
