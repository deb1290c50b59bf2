"""Split an article's text into sentences, as spans that always slice back to the text.

Paragraphs are found first, because a line end means two things in a folder of articles: the end
of a paragraph, or the margin of a hard-wrapped text. Within a paragraph the splitter is sentencex
(Wikimedia, MIT). The model that ships with nupunkt 0.8, the other candidate, is trained on law and
takes common words for abbreviations ("Museum of Art. Over 80% …", "do so. Both …" stay one
sentence); sentencex keeps a quotation of several sentences whole, as a quote of an article should be.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import sentencex

from index.spans import Span, trimmed

MARGINS = range(40, 121)
"""Where the right margin of a hard-wrapped text may lie, in code points."""

LONGEST_SPLIT = 20_000
"""The splitter's time grows with the square of unmatched quotation marks: it is given no more."""

_FEWEST_FULL = 2
_SHARE_FULL = 1 / 3
"""Of the longer lines that have another right below, so many are full where a margin is kept."""

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_ODD_SPACE = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x85\t]")
_ANY_SPACE = re.compile(r"\s")
_LAST_SPACE = re.compile(r"\s(?=\S*\Z)")
_PANIC = "PanicException"
"""What pyo3 raises for a panic of Rust: it is no `Exception`, and has no name to import."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ITEM_NUMBER = re.compile(r"\s*\(?\d{1,3}[.)]\s*")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[.!?][\"”’']?[)\]]\s+(?=[A-Z\"“‘(\[])")
_LONGEST_SHORT = 12
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
_GOES_ON = tuple(
    (re.compile(rf"\b{short}\.\s*$"), re.compile(after))
    for short, after in (
        (r"[ap]\.m", r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[ECMP][SD]?T\b|GMT\b|UTC\b"),
        (r"(?:Ms|Mx|Mme|Mlle|Messrs)", r"[^\W\d_]"),
        (r"(?:[Aa]pprox|[Cc]f|[Ee]xcl|[Ii]ncl)", r"\w"),
        (r"(?:[Cc]a|[Ee]st)", r"\d"),
        (r"(?:km|pct|sq)", r"[a-z(]"),
        (r"(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)", rf"[a-z\d]|{_MONTH}[a-z]*\b\.? \d"),
    )
)
"""Where a sentence goes on behind the full stop of something short: `9 a.m. Friday`, `Ms. Lee`, `Fri. Oct. 3`."""

_MAY = re.compile(r"\bMay\.\s+(?=[A-Z])")
"""Ends a sentence: unlike other months, it is written out anyway."""

_OPENS_BLOCK = re.compile(r"\s*(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|\||```|\*\*)")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]*_]*\s*$")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order.

    Every code point that is not white space lies in exactly one of them; none begins or ends with
    white space, and none crosses a paragraph.
    """
    return tuple(sentence for paragraph in split_paragraphs(text) for sentence in _sentences_of(text, paragraph))


def _sentences_of(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield a paragraph's sentences; one longer than the splitter takes is cut, at white space if it has any."""
    start = paragraph.start
    while start < paragraph.end:
        end = min(start + LONGEST_SPLIT, paragraph.end)
        found = _split(text, Span(start, end))
        if end < paragraph.end and len(found) > 1:
            end = found.pop().start  # to be split with what follows it
        elif end < paragraph.end and (space := _LAST_SPACE.search(text, start + 1, end)):
            end = space.start()
            found = _split(text, Span(start, end))
        yield from found
        start = end


def _split(text: str, window: Span) -> list[Span]:
    """Split as much of a paragraph as the splitter is given."""
    flat = _SURROGATE.sub("\ufffd", _ODD_SPACE.sub(" ", window.of(text)))
    starts = _starts(flat)
    # The number of a list's item is no sentence; what stands in brackets by itself is one.
    if len(starts) > 1 and _ITEM_NUMBER.fullmatch(flat[: starts[1]]):
        del starts[1]
    edges = [*starts, len(flat)]
    brackets = [
        match.end()
        for start, end in pairwise(edges)
        if (match := _BRACKETED.match(flat, start, end)) and match.end() < end
    ]
    edges = [edge for edge in sorted({*edges, *brackets, *_after_may(flat, edges)}) if not _goes_on(flat, edge)]
    spans = (trimmed(text, window.start + start, window.start + end) for start, end in pairwise(edges))
    return [span for span in spans if span is not None]


def _starts(flat: str) -> list[int]:
    """Return where the splitter has sentences begin.

    sentencex 1.0.32 panics over white space beyond ASCII between one capital letter and a full stop. Other texts keep
    theirs, since it parts them better; and one that it panics over still is one sentence.
    """
    for each in (flat, _ANY_SPACE.sub(" ", flat)):
        try:
            return [boundary["start_index"] for boundary in sentencex.get_sentence_boundaries("en", each)]
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
    return [0]


def _goes_on(flat: str, edge: int) -> bool:
    """Tell whether a boundary parts something short from what belongs to it."""
    begin = max(edge - _LONGEST_SHORT, 0)
    return any(after.match(flat, edge) and short.search(flat, begin, edge) for short, after in _GOES_ON)


def _after_may(flat: str, edges: list[int]) -> list[int]:
    """Return where sentences begin behind the name of the month that looks short, outside of quotations."""
    found = []
    for start, end in pairwise(edges):
        for match in _MAY.finditer(flat, start, end):
            before = flat[start : match.end()]
            if before.count('"') % 2 == 0 and before.count("“") == before.count("”"):
                found.append(match.end())
    return found


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of `text`: lines, with those of hard-wrapped paragraphs joined."""
    paragraphs: list[Span] = []
    blocks = _blocks(text)
    margin = _margin([len(line) for block in blocks for line in block])
    is_kept = _is_kept(margin, ((line.of(text), after.of(text)) for block in blocks for line, after in pairwise(block)))
    for block in blocks:
        start = block[0].start
        for line, following in pairwise(block):
            if not _wraps(line.of(text), following.of(text), margin, is_kept=is_kept):
                paragraphs.append(Span(start, line.end))
                start = following.start
        paragraphs.append(Span(start, block[-1].end))
    return tuple(paragraphs)


def _margin(lengths: list[int]) -> int:
    """Return the length that nine lines in ten do not exceed: the margin, if there is one."""
    return sorted(lengths)[len(lengths) * 9 // 10] if lengths else 0


def _is_kept(margin: int, pairs: Iterable[tuple[str, str]]) -> bool:
    """Tell whether lines were broken at a margin, by those with a line right below: one long line is no evidence."""
    if margin not in MARGINS:
        return False
    long = [pair for pair in pairs if len(pair[0]) > margin / 2]  # not those of a list or a signature
    full = sum(len(line) <= margin and _fills(line, following, margin) for line, following in long)
    return full >= max(_FEWEST_FULL, len(long) * _SHARE_FULL)


def _blocks(text: str) -> list[list[Span]]:
    """Group the lines that hold something by the blank lines between them."""
    blocks: list[list[Span]] = []
    last_end = -1
    for match in _LINE.finditer(text):
        if match.group().isspace():
            continue
        between = text[last_end : match.start()].replace("\r\n", "\n") if last_end >= 0 else ""
        if len(between) == 1 and blocks:
            blocks[-1].append(Span(*match.span()))
        else:
            blocks.append([Span(*match.span())])
        last_end = match.end()
    return blocks


def _wraps(line: str, following: str, margin: int, *, is_kept: bool) -> bool:
    """Tell whether `line` was broken at the margin rather than ended.

    It was where the next line's first word would not have fitted, if the margin `is_kept`, or where a
    sentence goes on in lower case.
    """
    if margin not in MARGINS or _OPENS_BLOCK.match(following):
        return False
    goes_on = following.lstrip()[0].islower() and not _SENTENCE_END.search(line)
    return goes_on or (is_kept and _fills(line, following, margin))


def _fills(line: str, following: str, margin: int) -> bool:
    """Tell whether a line has no room for the next one's first word."""
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > margin
