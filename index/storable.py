"""Make an article fit to be kept: what a file says of it may be of any length, and not even text."""

import re
from dataclasses import replace

from index.articles import Article, Landmark
from index.headline import UNTITLED

LONGEST = 300
"""A title, a source, an author or a label of more code points is cut: it is for one line of a screen."""

LONGEST_URL = 2_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_URL = re.compile(r"(?:http|https)://[^\s/][^\s]*", re.IGNORECASE)


def storable(article: Article) -> Article:
    """Return the article with no lone surrogate in it, which no file can hold, and with nothing too long but its text.

    A surrogate becomes U+FFFD, so every offset stays. A URL that is none is left out.
    """
    return replace(
        article,
        text=_plain(article.text),
        title=_line(article.title) or UNTITLED,
        source=_line(article.source),
        author=_line(article.author),
        url=_url(article.url),
        record_id=_line(article.record_id),
        landmarks=tuple(Landmark(each.start, each.kind, _line(each.label) or "") for each in article.landmarks),
    )


def _plain(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _line(text: str | None) -> str | None:
    """Return a text on one line, cut where it is long, None where there is nothing in it."""
    if text is None:
        return None
    line = " ".join(_plain(text[: 4 * LONGEST]).split())
    return (line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…") or None


def _url(url: str | None) -> str | None:
    if url is None or len(url) > LONGEST_URL or not url.isprintable() or not _URL.fullmatch(url):
        return None
    scheme, rest = url.split(":", 1)
    return f"{scheme.lower()}:{rest}"
