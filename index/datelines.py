"""Find when an article appeared where its metadata does not say: in its first lines, in its file's name."""

import re
from collections.abc import Sequence

from index.articles import Article, ArticleDate, DateOrigin
from index.dates import read_date
from index.front_matter import front_matter_end
from index.spans import LINE_END

FIRST_LINES = 6
"""A date stands in one of the first lines, blank ones not counted, and on no line of its own below a paragraph."""

LONGEST_LINE = 200
"""A line of more code points is a paragraph."""

_HEAD = 4_000
_OPENING = 120
_MARKS = re.compile(r"^[#>\s-]+|[*_`\[\]()]+")
_EDITION = re.compile(r" \((?:[^()\d]{2,30} )?edition\)", re.IGNORECASE)
_BETWEEN = re.compile(
    r" ?[|•·] ?| [/–—-] |[,;]? (?=(?:last )?updated\b)|(?<=[\d.m]),? (?=by [^\d|]{2,60}$)", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:(?:first |last |originally )?(?:published|posted|updated|modified|revised|filed)|(?:publication )?date)"
    r"(?: (?:on|at))?(?: ?: ?| )",
    re.IGNORECASE,
)
_LATER = re.compile(r"(?:last )?(?:updated|modified|revised)\b", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}:\d\d\b.{0,12}")
_NUMBER = re.compile(r"\d+", re.ASCII)
_MOST_WORDS = 4
_LONGEST_NAME = 6
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "&"])
_NO_PAPER = frozenset(
    [
        *("born", "died", "deadline", "due", "next", "release", "released", "premiere", "opens", "closes"),
        *("until", "since", "on", "at", "in", "from", "by", "for", "to", "of", "and"),
    ]
)
_BEFORE_DATE = re.compile(r", | [/–—-] ?|: ")
_YEAR = len("2024")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? "
_DAY = rf"(?:{_WEEKDAY})?(?P<day>{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d)(?!\d)"
_MORE_THAN_YEAR = re.compile(rf"(?<!\d)\d{{1,2}}(?!\d)|{MONTH}", re.ASCII)
_BYLINE = re.compile(r"by [^\d|]{2,60}", re.IGNORECASE)
_SIGNED = re.compile(rf"by [^\d|]{{2,60}}?,? {_DAY}(?:,? .{{0,5}}\d:\d\d.*)?", re.IGNORECASE)
_AGENCY = r"(?:\([A-Z][\w&. /-]{1,30}\)|/[A-Z][\w. ]{1,30}/)"
_DASH = r"(?:—|–|--?)"
_CAPITALS = r"[A-Z]{2}[A-Z.'’ -]{0,40}(?:, [A-Z][\w.'’ ]{1,40}?)?"
_PLACE = r"[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,2}(?:, [A-Z][\w.'’ ]{1,30}?)?"
_DATELINES = tuple(
    map(
        re.compile,
        (
            rf"{_CAPITALS},? ?(?:{_DASH} ?)?\(?{_DAY}\)?,?(?: ?{_AGENCY})? ?(?:{_DASH}|\Z)",  # PARIS, May 5, 2024 (AFP)
            rf"{_CAPITALS} ?(?:{_DASH} ?)?{_AGENCY} ?(?:{_DASH} ?)?{_DAY} ?{_DASH}",  # PARIS--(AFP)--Nov 15, 2024--
            rf"{_PLACE} ?{_DASH} ?{_DAY} ?{_DASH}",  # Austin, Texas — November 15, 2024 —
            rf"{_PLACE},? \(?{_DAY}\)? ?{_AGENCY} ?{_DASH}",  # Paris, 15 November 2024 (AFP) —
            rf"\(?{_DAY}\)? {_DASH} {_PLACE} {_DASH} (?=[A-Z\"“‘'])",  # 2024-11-15 - Reuters - The council
        ),
    )
)
_DAY_NAMES = (
    re.compile(r"(?<!\d)\d{4}([-_.])\d\d\1\d\d(?!\d)", re.ASCII),
    re.compile(r"(?<![0-9A-Za-z])\d{8}(?![0-9A-SU-Za-z])", re.ASCII),
    re.compile(r"(?<!\d)\d\d([-_.])\d\d\1\d{4}(?!\d)", re.ASCII),
)
_MONTH_NAMES = (re.compile(r"(?<![0-9A-Za-z])\d{4}[-_.]\d\d(?![0-9A-Za-z]|[-_.]\d)", re.ASCII),)


def date_of(article: Article, name: str) -> ArticleDate | None:
    """Return when an article appeared: what it says of itself, else its dateline, else what its file's `name` says.

    The name of a dump says nothing of its records.
    """
    if article.date is not None:
        return article.date
    begin = front_matter_end(article.text)
    dateline = find_dateline_date(LINE_END.split(article.text[begin : begin + _HEAD]))
    return dateline or (file_name_date(name) if article.record is None else None)


def find_dateline_date(lines: Sequence[str]) -> ArticleDate | None:
    """Return the date in an article's first `lines`: on a line of its own, or in the dateline of a paragraph.

    A line of its own may name the author, and say that it was published or updated then: the
    former goes before the latter. One below the first may begin with a paper's name. A date in
    running text is not one.
    """
    later = None
    stripped = (line.strip(" \t\ufeff") for line in lines)
    for position, line in enumerate([line for line in stripped if line][:FIRST_LINES]):
        if found := _in_dateline(line):
            return found
        if len(line) > LONGEST_LINE:
            break
        for is_later, found in _on_own_line(line, below_title=position > 0):
            if not is_later:
                return found
            later = later or found
    return later


def publication_date(line: str) -> ArticleDate | None:
    """Return the date of a line that has nothing else to say but by whom and where; not that of an update."""
    if len(line) > LONGEST_LINE:
        return None
    return next((found for is_later, found in _on_own_line(line, below_title=True) if not is_later), None)


def _in_dateline(line: str) -> ArticleDate | None:
    """Return the date of the dateline that opens a line, as in `PARIS, Nov. 15, 2024 (Reuters) — …`."""
    opening = line[:_OPENING].replace("*", "")
    found = next((match for match in (form.match(opening) for form in _DATELINES) if match), None)
    return read_date(found["day"], DateOrigin.DATELINE) if found else None


def _on_own_line(line: str, *, below_title: bool) -> list[tuple[bool, ArticleDate]]:
    """Return the dates of a line that has nothing else to say, each with whether it is that of a later version."""
    found: list[tuple[bool, ArticleDate]] = []
    for part in parts_of(line):
        named = split_date(part) if below_title else None
        if date := _whole(part):
            found.append((bool(_LATER.match(part)), date))
        elif named and is_name_of_paper(named[0]):
            found.append((False, named[1]))
        elif not (
            _BYLINE.fullmatch(part)
            or _TIME.fullmatch(part)
            or (found and _is_name(part))
            or (below_title and is_name_of_paper(part))
        ):
            return []
    return found


def parts_of(line: str) -> list[str]:
    """Return the parts of a line that bars and dashes set apart, without marks of Markdown and a paper's edition."""
    return list(filter(None, _BETWEEN.split(_MARKS.sub("", _EDITION.sub("", line)).strip())))


def split_date(part: str) -> tuple[str, ArticleDate] | None:
    """Return what stands before the date that ends a part of a line, and the date: of `The Echo, 5 May 2024`."""
    for between in _BEFORE_DATE.finditer(part):
        rest = part[between.end() :]
        if rest[:3].lower() != "by " and (date := _whole(rest)):
            return part[: between.start()], date
    return None


def is_date(part: str) -> bool:
    """Tell whether a part of a line is a date, after its label or its author."""
    return _whole(part) is not None


def is_name_of_paper(text: str) -> bool:
    """Tell whether a text might be the name of a paper, or of a place: a few words that begin with capitals."""
    words = text.replace(",", "").split()
    if not words or len(words) > _LONGEST_NAME or words[0].lower() in _NO_PAPER or text[-1] in ".!?":
        return False
    return all(_is_capitalised(word) or word in _SMALL_WORDS for word in words)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and not any(character in ":;" or character.isdigit() for character in word)


def _is_name(part: str) -> bool:
    """Tell whether a part of a line might be a publisher, a section or the minutes that reading takes."""
    return not part[0].islower() and part[-1] not in ".!?" and len(part.split()) <= _MOST_WORDS


def _whole(part: str) -> ArticleDate | None:
    """Return the date of a day or month that a part of a line is, after its label or its author."""
    if label := _LABEL.match(part):
        part = part[label.end() :]
    if signed := _SIGNED.fullmatch(part):
        part = signed["day"]
    if not _MORE_THAN_YEAR.search(part) or part.isdigit():
        return None
    found = read_date(part, DateOrigin.DATELINE)
    has_month = len(_NUMBER.findall(part)) > 2 or (any(map(str.isalpha, part)) and found and len(found.value) > _YEAR)
    return found if has_month else None  # as 3.1999 has none


def file_name_date(name: str) -> ArticleDate | None:
    """Return the day or month in a file's name, None where there is none or it has several."""
    for forms in (_DAY_NAMES, _MONTH_NAMES):
        texts = (match.group().replace("_", "-") for form in forms for match in form.finditer(name))
        dates = {found for text in texts if (found := read_date(text, DateOrigin.FILE_NAME))}
        if dates:
            return dates.pop() if len(dates) == 1 else None
    return None
