"""Cite a quote: tell where it stands."""

from itertools import islice

from index.records import Place
from index.spans import LINE_END, Span
from qa.answer import Citation
from qa.positions import heading_at, line_at, page_at


def cite(number: int, place: Place, span: Span, content: str) -> Citation:
    """Return the citation of `content[span]`, which is the text of the article at `place`."""
    return Citation(
        number=number,
        title=place.title,
        path=place.path,
        record=place.record,
        record_id=place.record_id,
        start=span.start,
        end=span.end,
        line=line_at(place, content, span.start),
        page=page_at(place, span.start),
        heading=heading_at(place, span.start),
        date=place.date.value if place.date else None,
        date_origin=place.date.origin if place.date else None,
        source=place.source,
        author=place.author,
        url=place.url,
        sha256=place.sha256,
        text_sha256=place.text_sha256,
    )


def start_of_line(content: str, line: int) -> int:
    """Return the code point at which a line begins, lines counted from 1; 0 where there is none."""
    ends = islice(LINE_END.finditer(content), line - 2, None) if line > 1 else iter(())
    return next((end.end() for end in ends), 0)
