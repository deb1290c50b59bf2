"""Find an article's title, source and author in its first lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from index.articles import ArticleDate
from index.bylines import SignedLine, find_bylines, is_paper, names_staff
from index.datelines import MONTH
from index.front_matter import read_front_matter
from index.spans import LINE_END, Span, trimmed

LONGEST_TITLE = 140
"""A first line of at most this many code points, before a body, is a title."""

LONGEST_LEAD = 80
"""A title taken from a first sentence is cut at a word before this many code points."""

UNTITLED = "Untitled"
_HEAD = 40
_SOURCE_WORDS = 6
_HEADING = re.compile(r"#{1,6} (.+)")
_CLOSING_MARKS = re.compile(r"(?:^| )#+$")
_BOLD = re.compile(r"(\*\*|__)((?:(?!\1).)+)\1$")
_LABEL = re.compile(
    rf"""
    (?:advertisement|<!--.*-->
        |(?:(?:published|updated|posted|date):?\ ?)?
        (?:\d{{4}}-\d\d-\d\d|{MONTH}\ \d{{1,2}},\ \d{{4}}|\d{{1,2}}\ {MONTH}\ \d{{4}})
        (?:[T ,]+(?:at\ )?\d.{{0,16}}|\ ?[|•·/(–—-].{{0,20}}|,?\ (?-i:[A-Z]{{2,4}})|,\ (?-i:[A-Z]\w+)
            |,?\ (?:in|by|last|updated)\b.{{0,14}})?
    )$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What stands above a title: a mark, a comment in HTML, a date, with a time, a place or what is set apart from it."""

_UNDERLINE = re.compile(r"\s*(?:=+|-{3,})\s*$")
_ENDS_SENTENCE = re.compile(r"[.;:,][\"'”’)\]]*\s*$")
_PLACE = r"[A-Z]{2}[A-Z.'’\- ]{0,40}(?:, [A-Z][\w.'’ ]{1,40})?,?"
_DASH = r"[—–-]{1,3} "
_AGENCY_LINE = re.compile(
    rf"\s*{_PLACE}(?:,? (?:[\w.]+,? ){{0,3}}\d{{4}})? ?\((?P<agency>[A-Z][\w&. /]{{1,30}})\) ?(?:{_DASH}|\Z)"
)
_DATELINE = re.compile(rf"\s*{_PLACE} ?{_DASH}")
_PLACE_LINE = re.compile(r"[A-Z][A-Z.'’-]*(?:(?: [A-Z][A-Z.'’-]*)+|, [\w.'’ ]+)")
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to"])
_NO_SOURCE = re.compile(
    r"(?:photo(?:graph)?|image|picture|video|illustration|listen|share this|watch|read|subscribe|follow us)s?\b",
    re.IGNORECASE,
)
"""What a picture's line or a button opens with."""

_SECTIONS = frozenset(
    [
        *("analysis", "arts", "business", "comment", "commentary", "culture", "editorial", "education", "environment"),
        *("entertainment", "europe", "exclusive", "explainer", "feature", "features", "finance", "health", "interview"),
        *("lifestyle", "local", "money", "national", "news", "obituaries", "obituary", "opinion", "politics", "world"),
        *("religion", "review", "reviews", "science", "society", "sport", "sports", "tech", "technology", "travel"),
        *("weather", "and", "&"),
    ]
)
"""Words that names of a paper's sections are made of."""


@dataclass(frozen=True, slots=True)
class Headline:
    """An article's title, and what else its text says of it."""

    title: str
    date: ArticleDate | None
    source: str | None
    author: str | None = None
    url: str | None = None


def read_headline(text: str, sentences: Sequence[Span]) -> Headline:
    """Read what an article says of itself: front matter, a heading, or its first lines.

    `sentences` are those of the whole text; there is at least one.
    """
    front = read_front_matter(text)
    signed = find_bylines(text, front.end)
    pieces = [
        piece
        for sentence in islice((each for each in sentences if each.start >= front.end), _HEAD)
        for piece in _without(text, sentence, signed)
        if not _is_passed_over(_words(text, piece))
    ]
    body = _with_whole_title(text, pieces)
    lines = [_words(text, piece) for piece in body]
    title = _title_line(lines) if _breaks_after_first(text, body) else None
    rest = lines[1:] if title else lines
    source = _source_line(rest) if title and _is_below(text, body, signed) else None
    imprints = [each.byline.source for each in signed if each.byline.source and not each.byline.author]
    bylines = [each.byline for each in signed if each.byline.author]
    said = front.details
    sources = (said.source, *imprints, source, *(byline.source for byline in bylines), _agency(rest))
    return Headline(
        title=said.title or title or _from_lead(lines),
        date=said.date,
        source=next(filter(None, sources), None),
        author=said.author or (bylines[0].author if bylines else None),
        url=said.url,
    )


def _words(text: str, piece: Span) -> str:
    return " ".join(piece.of(text).split())


def _with_whole_title(text: str, pieces: Sequence[Span]) -> Sequence[Span]:
    """Join the first line's pieces where they are a title of several sentences: `Who owns it? A court decides`."""
    following = takewhile(lambda pair: not LINE_END.search(text, pair[0].end, pair[1].start), pairwise(pieces))
    count = 1 + sum(1 for _ in following)
    if count == 1 or count >= len(pieces):
        return pieces
    joined = [Span(pieces[0].start, pieces[count - 1].end), *pieces[count:]]
    return joined if _title_line([_words(text, piece) for piece in joined]) else pieces


def _without(text: str, sentence: Span, signed: Sequence[SignedLine]) -> list[Span]:
    """Return what a sentence is without the bylines in it, which hard-wrapped text may have glued to a title."""
    pieces = []
    start = sentence.start
    for line in signed:
        if line.span.overlaps(sentence):
            pieces.append(trimmed(text, start, max(start, line.span.start)))
            start = max(start, line.span.end)
    pieces.append(trimmed(text, start, max(start, sentence.end)))
    return [piece for piece in pieces if piece]


def _is_below(text: str, body: Sequence[Span], signed: Sequence[SignedLine]) -> bool:
    """Tell whether the second line may be the name of a publisher, for its place.

    It is directly below the title; or it is a paper's, and a byline stands above or below it.
    """
    title, second = body[:2]
    if len(LINE_END.findall(text, title.end, second.start)) == 1:
        return True
    end = body[2].start if len(body) > 2 else len(text)
    return is_paper(second.of(text)) and any(title.end <= line.span.start < end for line in signed)


def _is_passed_over(line: str) -> bool:
    """Tell whether a line is no title, whatever stands under it: a rule, a date, an advertisement's mark."""
    return bool(_UNDERLINE.match(line) or _LABEL.match(line))


def _breaks_after_first(text: str, sentences: Sequence[Span]) -> int:
    """Return the number of line ends between the first sentence and the second, 0 where there is none."""
    if len(sentences) < 2:
        return 0
    return len(LINE_END.findall(text, sentences[0].end, sentences[1].start))


def _title_line(lines: Sequence[str]) -> str | None:
    """Return the first line where it is a heading, or short, unpunctuated and before a body."""
    if not lines:
        return None
    if heading := _HEADING.match(lines[0]):
        return _CLOSING_MARKS.sub("", heading.group(1))
    if bold := _BOLD.match(lines[0]):
        return bold.group(2)
    short = len(lines[0]) <= LONGEST_TITLE and not _ENDS_SENTENCE.search(lines[0])
    return lines[0] if short and len(lines) > 1 else None


def _source_line(body: Sequence[str]) -> str | None:
    """Return the line under a title where it is the name of a publisher; a place in capitals is none."""
    if len(body) < 2:
        return None
    words = body[0].split()
    named = all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    if not named or len(words) > _SOURCE_WORDS or words[0].lower() == "by" or any(map(str.isdigit, body[0])):
        return None
    if _PLACE_LINE.fullmatch(body[0]) and not is_paper(body[0]):
        return None
    return None if _ENDS_SENTENCE.search(body[0]) else _publisher(body[0])


def _publisher(line: str) -> str | None:
    """Return the publisher that a line under a title names, None where it is a section, a button or somebody's role."""
    words = line.lower().split()
    is_section = _SECTIONS.issuperset(words) and (len(words) == 1 or not is_paper(line))
    if is_section or (_NO_SOURCE.match(line) and not is_paper(line)):
        return None
    first, _, second = line.partition(", ")
    if is_paper(second) and not is_paper(first):
        return second  # behind somebody's name
    if second and names_staff(second):
        return first if is_paper(first) else None
    return line


def _agency(body: Sequence[str]) -> str | None:
    """Return the agency of a dateline, as in `PARIS, Nov. 5, 2024 (Reuters) — …`."""
    found = next((match for match in map(_AGENCY_LINE.match, body) if match), None)
    return found.group("agency") if found else None


def _from_lead(lines: Sequence[str]) -> str:
    """Make a title of the first sentence, without its dateline."""
    lead = lines[0].lstrip("# ") if lines else ""
    if dateline := _AGENCY_LINE.match(lead) or _DATELINE.match(lead):
        lead = lead[dateline.end() :]
    if len(lead) <= LONGEST_LEAD:
        return lead or UNTITLED
    return lead[: LONGEST_LEAD + 1].rsplit(" ", 1)[0][:LONGEST_LEAD].rstrip(",;:—–- ") + "…"
