"""Read the lines around a title that say nothing but who wrote the article, in which paper, and when."""

import re
from dataclasses import dataclass

from index.datelines import FIRST_LINES, LONGEST_LINE, is_date, is_name_of_paper, parts_of, split_date
from index.spans import Span, trimmed

_HEAD = 4_000
_MOST_WORDS = 12
_LINE = re.compile(r"[^\r\n]+")
_BY = re.compile(
    r"(?:(?:(?:written|words|story|text|report) )?by:?|(?:authors?|reporters?|writers?):) (?P<names>.+)", re.IGNORECASE
)
_SOURCE = re.compile(r"(?:source|publisher|publication|newspaper|paper): (?P<name>.+)", re.IGNORECASE)
_ENDS_IN_BRACKETS = re.compile(r" \(([^()]+)\)(?=[*_]*$)")
_MINUTES = re.compile(r"\d{1,2}[ -]min(?:ute)?s?(?: read)?|\d{1,2}[:.]\d\d.{0,12}", re.IGNORECASE)
_FROM_PLACE = re.compile(r"(?P<names>.+?) (?:in|at|for|from|of) (?:the )?(?P<place>.+)")
_ABBREVIATED = re.compile(r"(?:^|[\s.])(?:\w|Jr|Sr)\.$")
_BETWEEN_NAMES = re.compile(r",? (?:and|&) |, ")
_PARTICLES = frozenset(
    [
        *("and", "&", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "e", "el", "al", "bin", "ibn", "la"),
        *("le", "ten", "ter", "und", "et", "van", "von", "with", "y", "zu", "zur", "the"),
    ]
)
_NO_AUTHOR = frozenset(
    [
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "next", "last", "then", "now"),
        *("popular", "royal", "special", "public", "all", "any", "no", "far", "law", "design", "order", "day", "night"),
    ]
)
_ARTICLES = frozenset(["a", "an", "our", "the"])
_STAFF = frozenset(
    [
        *("staff", "agencies", "agency", "board", "correspondent", "correspondents", "desk", "editor", "editors"),
        *("newsroom", "reporter", "reporters", "team", "writer", "writers", "columnist", "editorial", "contributor"),
    ]
)
_PAPERS = frozenset(
    [
        *("advertiser", "age", "argus", "banner", "beacon", "bulletin", "chronicle", "citizen", "courant", "courier"),
        *("daily", "democrat", "despatch", "digest", "dispatch", "eagle", "echo", "economist", "enquirer"),
        *("enterprise", "evening", "examiner", "express", "gazette", "gazeta", "globe", "guardian"),
        *("herald", "independent", "inquirer", "intelligencer", "journal", "leader", "ledger", "magazine", "mail"),
        *("media", "mercury", "messenger", "mirror", "monitor", "morning", "nation", "news", "newspaper"),
        *("newspapers", "newswire", "observer", "pioneer", "post", "press", "presse", "record", "recorder"),
        *("register", "reporter", "republic", "review", "scotsman", "sentinel", "spectator", "standard", "star"),
        *("statesman", "sun", "telegram"),
        *("telegraph", "times", "today", "tribune", "voice", "weekly", "wire", "zeitung", "monde", "figaro", "país"),
        *("afp", "ap", "bbc", "bloomberg", "cbs", "cnn", "dpa", "nbc", "npr", "reuters", "tass", "upi", "xinhua"),
    ]
)
"""Words that names of papers, stations and agencies have."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says of its article; one that is only a date says neither."""

    author: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A line that has a byline, and nothing else."""

    span: Span
    byline: Byline


def find_bylines(text: str, start: int) -> list[SignedLine]:
    """Return the bylines among the first lines of `text` from the code point `start` on.

    The first line is a title, unless it is a date, or the only byline.
    """
    lines: list[Span] = []
    for match in _LINE.finditer(text, start, start + _HEAD):
        if line := trimmed(text, *match.span()):
            lines.append(line)
        if len(lines) == FIRST_LINES + 1 or (line and len(line) > LONGEST_LINE):
            break
    found: list[SignedLine] = []
    for position, line in enumerate(lines[:FIRST_LINES]):
        following = lines[position + 1] if position + 1 < len(lines) else None
        byline = None if _goes_on(text, line, following) else read_byline(line.of(text))
        if byline and not (position == 0 and byline.source and not byline.author):
            found.append(SignedLine(line, byline))
    authors = [each for each in found if each.byline.author]
    if len(authors) > 1 and authors[0].span == lines[0]:
        found.remove(authors[0])
    return found


def _goes_on(text: str, line: Span, following: Span | None) -> bool:
    """Tell whether a line is rather one of a paragraph that was cut at its margin: it goes on in lower case."""
    if following is None or not text[line.start].islower():
        return False
    return text[following.start].islower() and text.count("\n", line.end, following.start) < 2


def read_byline(line: str) -> Byline | None:
    """Return who a line says wrote the article and in which paper, None where it has anything else to say."""
    author, source, certain = None, None, False
    parts = parts_of(_ENDS_IN_BRACKETS.sub(r", \1", line)) if len(line) <= LONGEST_LINE else []
    if not parts:
        return None
    for whole in parts:
        part = whole
        if before := split_date(part):
            part, certain = before[0], True
        elif not _BY.match(part) and is_date(part):
            certain = True
            continue
        if author is None and (by := _BY.fullmatch(part)):
            author, paper = _author(by["names"], alone=len(parts) == 1 and not certain)
            if author is None:
                return None
            source = source or paper
        elif (named := _SOURCE.fullmatch(part)) and is_name_of_paper(named["name"]):
            source, certain = source or named["name"], True
        elif is_paper(part) or (certain and part[:4].lower() == "the " and is_name_of_paper(part)):
            source = source or part
        elif not (_MINUTES.fullmatch(part) or is_name_of_paper(part)):
            return None
    return Byline(author, source if author or certain else None) if author or certain else None


def is_paper(text: str) -> bool:
    """Tell whether a text is a name that only a paper, a station or an agency has."""
    return is_name_of_paper(text) and not _PAPERS.isdisjoint(text.lower().split())


def names_staff(text: str) -> bool:
    """Tell whether a text has a word for those who write a paper: `Staff Writer`."""
    return not _STAFF.isdisjoint(text.lower().split())


def _author(names: str, *, alone: bool) -> tuple[str | None, str | None]:
    """Return the author and the paper of what stands behind `By`, two None where that is something else."""
    source = None
    if (place := _FROM_PLACE.fullmatch(names)) and is_name_of_paper(place["place"]):
        names, source = place["names"], place["place"] if is_paper(place["place"]) else None
    pieces = names.split(", ")
    last = max((at for at, piece in enumerate(pieces) if {"and", "&"} & set(piece.split())), default=0)
    author = ", ".join(pieces[: last + 1])
    for piece in pieces[last + 1 :]:
        is_role = names_staff(piece)
        if not (is_role or is_name_of_paper(piece)):
            return None, None
        source = source or (piece if not is_role and is_paper(piece) else None)
    return (author, source) if _is_author(author, alone=alone and len(pieces) == 1 and not source) else (None, None)


def _is_author(text: str, *, alone: bool) -> bool:
    """Tell whether a text is the names of people, or of those who write without one.

    One word, with nothing else on its line, is that of an agency or of staff only.
    """
    words = text.replace(",", " ").split()
    if not words or len(words) > _MOST_WORDS or words[0].lower() in _NO_AUTHOR:
        return False
    if not all(word in _PARTICLES or _is_name(word) for word in words):
        return words[0].lower() in _ARTICLES and names_staff(text)
    if text[-1] in ".!?" and not _ABBREVIATED.search(text):
        return False
    known = not (_STAFF | _PAPERS).isdisjoint(text.lower().split())
    if words[0].lower() in _ARTICLES:
        return known
    return known or not alone or any(len(name.split()) > 1 for name in _BETWEEN_NAMES.split(text))


def _is_name(word: str) -> bool:
    head = word[2:] if word[1:2] in ("'", "’") and word[0].islower() else word
    return head[:1].isupper() and not any(each.isdigit() or each in ':;!?"“”' for each in word)
