"""Find when a page's article appeared where only a line of the page shows it, and no metadata does."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from index.articles import ArticleDate
from index.datelines import publication_date

LONGEST = 120
"""An element with more code points of text says more than when and by whom."""

_LONGEST_READ = 2_000
_MOST_READ = 200
_MOST_TITLES = 20
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_DATES = frozenset(
    [
        *("date", "dateline", "datetime", "published", "pubdate", "publishdate", "postdate", "posted", "timestamp"),
        *("byline", "meta", "metadata"),
    ]
)
_PUBLISHED = frozenset(["published", "pubdate"])
_OTHER_DATES = frozenset(
    [
        *("updated", "update", "modified", "revised", "event", "start", "end", "due", "expiry", "expires", "deadline"),
        *("birth", "death", "copyright", "current", "today", "now"),
    ]
)
_ELSEWHERE = frozenset(
    [
        *("comment", "comments", "related", "reply", "replies", "sidebar", "footer", "nav", "navbar", "navigation"),
        *("menu", "masthead", "topbar", "widget", "copyright", "recommended", "recommendations", "trending", "popular"),
        *("latest", "teaser", "teasers", "promo", "caption", "event", "events"),
    ]
)
_NEVER = frozenset(["a", "li", "nav", "footer", "aside", "dialog", "figure", "figcaption", "table", "select", "form"])
_HIDDEN = frozenset(["script", "style", "template", "noscript", "meta", "input", "head", "title"])
_SENTENCES = frozenset(["p", "blockquote", "dd"])


def read_visible_date(root: html.HtmlElement) -> ArticleDate | None:
    """Return the first date that the page marks as one and shows on a line of its own, the article's before others.

    Navigation, comments and what the page says of other articles are passed over, and so are dates
    of updates and events.
    """
    titles = islice(root.iter("h1"), _MOST_TITLES)
    around = {ancestor for title in titles for ancestor in title.iterancestors()}
    articles = [each for each in root.iter("article") if _ELSEWHERE.isdisjoint(_words(each))]
    if len(articles) == 1:
        around.update(articles)
    scope = next((each for each in root.iter("article", "main") if each.tag == "main" or each in around), root)
    for place in (scope, root):
        for element in islice(_marked(place), _MOST_READ):
            if (date := _date(element)) and not _is_elsewhere(element, around):
                return date
    return None


def _marked(place: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the short elements that are marked as to when or by whom something was published, in their order."""
    for element in place.iter():
        if element.tag in _HIDDEN or element.tag in _NEVER:
            continue
        words = _words(element)
        is_time = element.tag == "time" and not element.get("datetime")
        if not (is_time or words & _DATES) or (words & _OTHER_DATES and not words & _PUBLISHED):
            continue
        if any(map(str.isdigit, _text(element))):
            yield element


def _words(element: html.HtmlElement) -> set[str]:
    """Return the words in an element's class, id and property: of `entry-date`, `datePublished`."""
    said = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop"))
    return {word.lower() for word in _WORD.findall(said)}


def _text(element: html.HtmlElement) -> str:
    """Return an element's text as one line, nothing where it is long."""
    texts: list[str] = []
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > _LONGEST_READ:
            return ""
        texts.append(text)
    line = " ".join(" ".join(texts).split())
    return line if len(line) <= LONGEST else ""


def _date(element: html.HtmlElement) -> ArticleDate | None:
    return publication_date(_text(element))


def _is_elsewhere(element: html.HtmlElement, around: set[html.HtmlElement]) -> bool:
    """Tell whether an element is no part of the article's head: `around` are elements that have it within."""
    for parent in element.iterancestors():
        if parent in around or parent.tag in ("body", "html"):
            continue
        if parent.tag in _NEVER or parent.tag == "article" or (parent.tag == "header" and not _is_in_article(parent)):
            return True
        if _words(parent) & _ELSEWHERE or (parent.tag in _SENTENCES and not _date(parent)):
            return True
    return not _ELSEWHERE.isdisjoint(_words(element))


def _is_in_article(header: html.HtmlElement) -> bool:
    """Tell whether a header, which may as well be the site's, is that of the article."""
    return any(each.tag in ("article", "main") for each in header.iterancestors())
