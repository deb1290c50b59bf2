"""Dates that a page shows and that its metadata does not have."""

import pytest

from index.articles import ArticleDate, DateOrigin
from index.formats.markup_tree import parse_html
from index.formats.page_date import read_page_date
from index.formats.visible_date import LONGEST

TEXT = "<p>The council met on Monday and approved the budget.</p>"


def date(body: str, head: str = "") -> ArticleDate | None:
    root = parse_html(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    return read_page_date(root)


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="meta">Published: Friday, 15 November 2024 by Élodie Marchand</div>',
        '<div class="date">Friday 15 November 2024, 10.15am</div>',
        '<p class="byline">By Ann Dow, 15 November 2024</p>',
        '<p class="byline">By <a href="/dow">Ann Dow</a> <span>15 November 2024</span></p>',
        '<div class="meta"><b>Ann Dow</b> <i>12 comments</i> <span class="post-date">15 Nov 2024</span></div>',
        '<span id="pubdate">15 Nov 2024</span>',
        '<span itemprop="datePublished">15 Nov 2024</span>',
        '<span class="article__timestamp">Posted on November 15, 2024 at 10:15 am</span>',
        '<span class="entry-date updated published">15 Nov 2024</span>',
        '<div class="dateline">The Gazette, 2024-11-15</div>',
        "<time>15 November 2024</time>",
        "<p>Published: <time>15 November 2024</time></p>",
        '<div class="meta">Published 15 November 2024 | Updated 16 November 2024</div>',
        '<div class="last-updated date">16 November 2024</div><div class="date">15 November 2024</div>',
    ],
)
@pytest.mark.parametrize(
    "page",
    [
        "<h1>Budget</h1>{}" + TEXT,
        "<article><header><h1>Budget</h1>{}</header>" + TEXT + "</article>",
        '<header><div class="date">Tuesday 1 January 2030</div></header><main><h1>Budget</h1>{}' + TEXT + "</main>",
        '<div class="date">Tuesday 1 January 2030</div><article><h1>Budget</h1>{}' + TEXT + "</article>",
        '<div class="has-sidebar"><h1>Budget</h1>{}' + TEXT + '</div><p class="date">1 January 2030</p>',
        "{}<article><h1>Budget</h1>" + TEXT + '<div class="comments"><p class="date">1 May 2030</p></div></article>',
    ],
)
def test_date_is_shown(page: str, shown: str) -> None:
    """A short line that the page marks as a date or a byline dates its article."""
    assert date(page.format(shown)) == ArticleDate("2024-11-15", DateOrigin.DATELINE)


@pytest.mark.parametrize(
    "shown",
    [
        "<p>15 November 2024</p>",
        '<p class="date">The council met on 15 November 2024</p>',
        f'<div class="meta">{"By Ann Dow and " * (LONGEST // 15)} Jan Smit, 15 November 2024</div>',
        "<p>The council met on <time>15 November 2024</time> in Hull.</p>",
        '<p>The council met on <span class="date">15 November 2024</span> in Hull.</p>',
        '<div class="date">© 2024 The Gazette</div>',
        '<div class="meta copyright">15 November 2024</div>',
        '<div class="date">Last updated: 15 November 2024</div>',
        '<time class="modified">15 November 2024</time>',
        '<div class="event-date">15 November 2024</div>',
        '<div class="update">15 November 2024</div>',
        '<nav><span class="date">15 November 2024</span></nav>',
        '<footer><span class="date">15 November 2024</span></footer>',
        '<aside><span class="date">15 November 2024</span></aside>',
        '<header><span class="date">15 November 2024</span></header>',
        '<div class="related"><span class="date">15 November 2024</span></div>',
        '<div id="comments"><span class="date">15 November 2024</span></div>',
        '<div class="comment-date">15 November 2024</div>',
        '<ul><li><a href="/a">Bridge</a> <span class="date">15 November 2024</span></li></ul>',
        '<a href="/a">Bridge <span class="date">15 November 2024</span></a>',
        '<figure><figcaption><span class="date">15 November 2024</span></figcaption></figure>',
        '<script class="date">15 November 2024</script>',
        '<div class="date">2024</div>',
        '<div class="date">yesterday</div>',
        '<div class="candidate">15 November 2024</div>',
    ],
)
def test_date_of_something_else(shown: str) -> None:
    """Dates in sentences, of updates and events, and those of other articles and of the site are not the article's."""
    assert date(f"<h1>Budget</h1>{TEXT}{shown}") is None


def test_list_of_articles_has_no_date() -> None:
    """A page of several articles has a date of none."""
    teaser = '<article><h2>Bridge</h2><p class="date">15 November 2024</p></article>'
    assert date(f"<main>{teaser * 3}</main>") is None


def test_metadata_goes_before_what_is_shown() -> None:
    """What the page states is surer."""
    meta = '<meta name="date" content="2024-11-15">'
    found = date(f'<h1>Budget</h1><p class="date">1 May 2020</p>{TEXT}', meta)
    assert found == ArticleDate("2024-11-15", DateOrigin.METADATA)


@pytest.mark.parametrize(
    "page",
    ['<div class="date">1' * 1_500, '<p class="date">1 May 20</p>' * 20_000, "<h1>a</h1>" * 20_000],
    ids=["deep", "wide", "titles"],
)
def test_hostile_page_is_dated_in_the_end(page: str) -> None:
    """Deep and wide pages have no date, and do not take for ever."""
    assert date(page) is None
