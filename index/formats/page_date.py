"""Read when a page's article appeared from what the page says of itself, and from nothing else.

htmldate, which trafilatura asks, also takes a date from the page's address, from its text, or from
the year of its copyright, and adds a day and a month where they are missing.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator

from lxml import html

from index.articles import ArticleDate, DateOrigin
from index.dates import read_date
from index.formats.visible_date import read_visible_date

_META = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published"),
    *("datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
    *("dc.date.issued", "dcterms.issued", "citation_publication_date", "publication_date", "publish_date"),
    *("publish-date", "publishdate", "published_date", "published-date", "pubdate", "dc.date", "dc:date"),
    *("dcterms.date", "date"),
)
"""Names of `<meta>` that say when an article was published, by how surely they do, in lower case."""

_ARTICLES = ("Article", "Posting", "Report")
_PAGE = "WebPage"
_WITHIN = ("@graph", "mainEntity")
_PUBLISHED = ("published", "pubdate", "entry-date")
_CHANGED = ("updated", "modified")
_ELSEWHERE = ("comment", "related", "reply")


def read_page_date(root: html.HtmlElement) -> ArticleDate | None:
    """Return the date of publication by `<meta>`, by JSON-LD or by the article's `<time>`, else the one it shows."""
    texts = (*_of_meta(root), *_of_json(root), *_of_times(root))
    return next(filter(None, map(_read, texts)), None) or read_visible_date(root)


def _read(text: str) -> ArticleDate | None:
    return read_date(text, DateOrigin.METADATA)


def _of_meta(root: html.HtmlElement) -> Iterator[str]:
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        said.setdefault(name.lower(), element.get("content") or "")
    return (said[name] for name in _META if name in said)


def _of_json(root: html.HtmlElement) -> Iterator[str]:
    """Yield the dates of the articles of JSON-LD, then those of the page: not of what they link to."""
    nodes = [node for script in root.iter("script") for node in _nodes(script)]
    for kinds in (_ARTICLES, (_PAGE,)):
        for node in nodes:
            date = node.get("datePublished")
            if isinstance(date, str) and any(kind.endswith(kinds) for kind in _texts(node.get("@type"))):
                yield date


def _nodes(script: html.HtmlElement) -> Iterator[dict[str, object]]:
    if (script.get("type") or "").lower() != "application/ld+json":
        return
    try:
        left = deque([json.loads(script.text or "", strict=False)])
    except (ValueError, RecursionError):
        return
    while left:
        value = left.popleft()
        if isinstance(value, list):
            left += value
        elif isinstance(value, dict):
            yield value
            left += [value[name] for name in _WITHIN if name in value]


def _texts(value: object) -> Iterable[str]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _of_times(root: html.HtmlElement) -> Iterable[str]:
    """Return what `<time>` says: the one marked as of publication, else the only one of the article."""
    article = next(root.iter("article", "main"), root)
    times = [time for time in article.iter("time") if time.get("datetime") and not _is_elsewhere(time, article)]
    marked = [time for time in times if _is_marked(time, _PUBLISHED)]
    if marked:
        return [time.get("datetime") for time in marked]
    days = {_read(time.get("datetime")) for time in times if not _is_marked(time, _CHANGED)} - {None}
    return [day.value for day in days if day] if len(days) == 1 else ()


def _is_marked(element: html.HtmlElement, marks: tuple[str, ...]) -> bool:
    said = f"{element.get('class')} {element.get('itemprop')} {'pubdate' if 'pubdate' in element.attrib else ''}"
    return any(mark in said.lower() for mark in marks)


def _is_elsewhere(time: html.HtmlElement, article: html.HtmlElement) -> bool:
    """Tell whether a time is of a comment, or of another article than the one that is asked for."""
    for parent in time.iterancestors():
        if parent is article:
            return False
        said = f"{parent.get('class')} {parent.get('id')}".lower()
        if parent.tag in ("article", "aside", "nav") or any(mark in said for mark in _ELSEWHERE):
            return True
    return False
