"""Cite a quote: where it stands, and whether it still stands there."""

import hashlib
from itertools import islice

from index.errors import ArticleError, NotAnArticleError
from index.loaders import loader_of
from index.records import Place
from index.spans import LINE_END, Span
from qa.answer import Citation


def cite(number: int, place: Place, span: Span, content: str) -> Citation:
    """Return the citation of `content[span]`, which is the text of the article at `place`."""
    return Citation(
        number=number,
        title=place.title,
        path=place.path,
        record=place.record,
        start=span.start,
        end=span.end,
        line=line_of(content, span.start),
        page=None,
        date=place.date,
        source=place.source,
        sha256=place.sha256,
    )


def line_of(content: str, offset: int) -> int:
    """Return the line of a code point, from 1, as an editor counts lines."""
    return sum(1 for end in LINE_END.finditer(content, 0, offset + 1) if end.end() <= offset) + 1


def start_of_line(content: str, line: int) -> int:
    """Return the code point at which a line begins, lines counted from 1; 0 where there is none."""
    ends = islice(LINE_END.finditer(content), line - 2, None) if line > 1 else iter(())
    return next((end.end() for end in ends), 0)


def still_says(citation: Citation, text: str, start: int) -> bool:
    """Read the cited file again, and tell whether `text` still begins at `start` of its article."""
    try:
        data = citation.path.read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() == citation.sha256:
        return True
    loader = loader_of(citation.path)
    try:
        articles = loader(data).articles if loader else ()
    except (ArticleError, NotAnArticleError):
        return False
    now = next((article.text for article in articles if article.record == citation.record), "")
    return now.startswith(text, start)
