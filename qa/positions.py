"""Put in words where in a file a quote stands: its line, its page, its record or the heading above it."""

from pathlib import Path
from typing import Protocol

from index.articles import DateOrigin, LandmarkKind
from index.loaders import has_lines
from index.records import Place
from index.spans import LINE_END
from qa.sanitise import sanitise_cited
from qa.show_path import shown_path

_LONGEST_HEADING = 60
_LONGEST_PAGE = 20


class Located(Protocol):
    """What stands somewhere in a file."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def record(self) -> int | None:
        """The article's position in a file of several, from 1."""

    @property
    def line(self) -> int | None:
        """The line, from 1, in files of plain text."""

    @property
    def page(self) -> str | None:
        """The page, as the document numbers it."""

    @property
    def heading(self) -> str | None:
        """The heading above."""


def line_at(place: Place, content: str, offset: int) -> int | None:
    """Return the line of a code point of the article at `place`, None where the file has no lines to be cited by."""
    return line_of(content, offset) if has_lines(place.path) else None


def page_at(place: Place, offset: int) -> str | None:
    """Return the page of a code point, None where the article has no pages."""
    return place.landmark(LandmarkKind.PAGE, offset)


def heading_at(place: Place, offset: int) -> str | None:
    """Return the heading above a code point, None where there is none but the article's title."""
    heading = place.landmark(LandmarkKind.HEADING, offset)
    return None if heading == place.title else heading


def line_of(content: str, offset: int) -> int:
    """Return the line of a code point, from 1, as an editor counts lines."""
    return sum(1 for end in LINE_END.finditer(content, 0, offset + 1) if end.end() <= offset) + 1


class Dated(Protocol):
    """What was published somewhere, some time."""

    @property
    def source(self) -> str | None:
        """The publisher."""

    @property
    def date(self) -> str | None:
        """The day, month or year, in ISO 8601."""

    @property
    def date_origin(self) -> DateOrigin | None:
        """Where the date was found."""


def origin_words(dated: Dated) -> str:
    """Return source and date, as far as they are known, sanitised; what only the file's name says is said to be so."""
    by_name = " by file name" if dated.date_origin is DateOrigin.FILE_NAME else ""
    return ", ".join(filter(None, (sanitise_cited(dated.source or ""), sanitise_cited(dated.date or "") + by_name)))


def place_parts(located: Located, here: Path) -> tuple[str, str]:
    """Return the file, with its line where it has lines, and what else says where in it: empty where nothing does.

    As in `a.txt:12`, `dump.jsonl` and `record 3`, `report.pdf` and `page iv`. Both are sanitised.
    """
    path = shown_path(located.path, here)
    if located.record is not None:
        return path, f"record {located.record}"
    if located.page is not None:
        return path, f"page {cut(sanitise_cited(located.page), _LONGEST_PAGE)}"
    if located.line is not None:
        return f"{path}:{located.line}", ""
    if located.heading is not None:
        return path, f"under “{cut(sanitise_cited(located.heading), _LONGEST_HEADING)}”"
    return path, ""


def cut(text: str, most: int) -> str:
    """Return a text of at most so many code points, the last of which says that there were more."""
    return text if len(text) <= most else text[: max(most - 1, 0)].rstrip() + "…"


def place_words(located: Located, here: Path) -> str:
    """Return where something stands, as in `a.txt:12` or `report.pdf, page iv`, sanitised."""
    return ", ".join(part for part in place_parts(located, here) if part)
