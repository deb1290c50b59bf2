"""Render answers for people: objects in, text out."""

import re
from collections.abc import Sequence
from pathlib import Path

from index.spans import Span
from qa.agreement import dissent, is_later, said_alone, said_otherwise, split_quotes, voices
from qa.answer import Answer, Citation, Quote
from qa.marking import Painted, marked_lines, plainly, wrap_painted, wrap_words
from qa.narrowing import Narrowing
from qa.positions import origin_words, place_parts
from qa.sanitise import sanitise, sanitise_cited
from qa.style import Style

_INDENT = "  "
_REST = " The other quotes:"
_QUOTED = "| "
_LIKE_CITATION = re.compile(r"(?:\x1b\[[0-9;]*m|»)*\[")
LAPSED = "Answered then, in an article that has changed since or is gone."
"""Said of an answer of an earlier conversation that cannot be quoted any more."""

CHANGED = "the file has changed since it was indexed, or is gone"
"""Said where a quote is not at its place in its file any more."""

OTHERS = "Less likely, other answers:"
"""Said before quotes that answer otherwise than the first."""

MOST_COPIES = 3
"""Other places of a quote that are named; the rest are counted."""

_SURE = ((0.9, "very likely"), (0.65, "likely"), (0.4, "perhaps"), (0.0, "a guess"))
_DOUBTFUL = 0.4
_MOST_SHOWN = 0.99
"""A probability is no certainty, however it is rounded."""


def render_answer(answer: Answer, style: Style, here: Path) -> str:
    """Return an answer as lines of text; paths are shown from the folder `here`."""
    return "\n\n".join([render_head(answer, style), *_quotes(answer, answer.quotes, style, here)]) + "\n"


def render_head(answer: Answer, style: Style) -> str:
    """Return what is said before an answer's quotes: what was asked, what answers, how sure that is, who differs."""
    asked: list[Painted] = [(f"→ {sanitise(answer.rewritten)}", style.dim)] if answer.rewritten else []
    said = [line for line in (asked, _head(answer, style), _otherwise(answer, style)) if line]
    return "\n".join(line for pieces in said for line in _wrapped(pieces, style))


def render_quotes(answer: Answer, quotes: Sequence[Quote], style: Style, here: Path) -> str:
    """Return some of an answer's quotes as lines of text, as `render_answer` shows them."""
    return "\n\n".join(_quotes(answer, quotes, style, here)) + "\n"


def confidence_words(confidence: float) -> str:
    """Return a confidence in words and as a number."""
    words = next(words for least, words in _SURE if confidence >= least)
    return f"{words}, {percent(confidence)} sure"


def day_words(answer: Answer) -> str:
    """Return what is said behind the confidence of the day that an answer such as `on Monday` means."""
    return f"; {answer.day} by the article's date" if answer.day else ""


def percent(confidence: float) -> str:
    """Return a confidence as a number, never as certainty."""
    return f"{min(confidence, _MOST_SHOWN):.0%}"


def citation_lines(citation: Citation, style: Style, here: Path, *, numbered: bool = True) -> str:
    """Return a citation as `[1] Title — path:line (source, date)`, the file a link where possible.

    It is broken between its words where the screen is narrower.
    """
    words = _citation_words(citation, style, here)[not numbered :]
    return f"\n{_INDENT * 2}".join(wrap_words(words, width=style.width - 2 * len(_INDENT)))


def _citation_words(citation: Citation, style: Style, here: Path) -> list[tuple[str, str]]:
    """Return a citation's words, each as it counts and as it is shown: the file is one of them."""
    origin = origin_words(citation)
    title = [(word, word) for word in f"[{citation.number}] {sanitise_cited(citation.title)} —".split(" ")]
    after = [(word, word) for word in f"({origin})".split(" ")] if origin else []
    return [*title, *_place_words(citation, style, here), *after]


def _place_words(citation: Citation, style: Style, here: Path, end: str = "") -> list[tuple[str, str]]:
    """Return the words of a citation's place with a sign behind them; the file is one word, and a link to it."""
    file, rest = place_parts(citation, here)
    words = [(word, word) for word in f"{rest}{end}".split(" ")] if rest else []
    comma = "," if rest else end
    return [(f"{file}{comma}", style.link(file, citation.path.as_uri()) + comma), *words]


def _copies_words(copies: Sequence[Citation], style: Style, here: Path) -> list[tuple[str, str]]:
    """Return `also in a.txt:3; b.txt:4 and 5 more` in words, as `_citation_words` does."""
    named = copies[:MOST_COPIES]
    words = [("also", "also"), ("in", "in")]
    for number, citation in enumerate(named, start=1):
        words += _place_words(citation, style, here, ";" if number < len(named) else "")
    more = f"and {len(copies) - len(named)} more" if len(copies) > len(named) else ""
    return words + [(word, word) for word in more.split()]


def _head(answer: Answer, style: Style) -> list[Painted]:
    """Return the line that says what the answer is, or that there is none, and how sure that is."""
    if answer.lapsed:
        return [(LAPSED + _REST if answer.quotes else LAPSED, plainly)]
    if not answer.answered:
        asked = sanitise(str(Narrowing(**answer.filters)))
        refusal = f"Not answered in these articles{f' ({asked})' if asked else ''}."
        if not answer.quotes:
            return [(refusal, plainly)]
        # Rounded down, never up to what was needed.
        likely = (f"{int(100 * answer.confidence)}% likely to answer", style.dim)
        return [(f"{refusal} The nearest quotes (", plainly), likely, ("):", plainly)]
    agreeing = voices(answer)
    said_by = f"; said by {agreeing} articles" if agreeing > 1 else ""
    sure = (
        f"{confidence_words(answer.confidence)}{said_by}{day_words(answer)}",
        style.doubt if answer.confidence < _DOUBTFUL else style.dim,
    )
    said = [sanitise(each) for each in said_alone(answer)]
    if not said:
        return [("Answered in these articles (", plainly), sure, ("):", plainly)]
    quoted = _QUOTED if said[0].startswith("[") else ""
    between = [piece for each in said for piece in (("; ", plainly), (each, style.answer))][1:]
    return [(quoted, plainly), *between, (" (", plainly), sure, (")", plainly)]


def _wrapped(pieces: Sequence[Painted], style: Style) -> list[str]:
    """Return the lines of what is said before the quotes; only the first is known for no citation."""
    first, *others = wrap_painted(pieces, width=style.width - len(_QUOTED))
    return [first, *(f"{_QUOTED if _LIKE_CITATION.match(line) else ''}{line}" for line in others)]


def _otherwise(answer: Answer, style: Style) -> list[Painted]:
    """Return the line that tells of an article which says something else, if one does."""
    other = dissent(answer)
    if other is None:
        return []
    words = said_otherwise(answer, other)
    said = (sanitise(words), style.bold) if words else ("something else", plainly)
    date, of_other = answer.quotes[0].citation.date, other.citation.date
    which = "A later" if is_later(of_other, date) else "An earlier" if is_later(date, of_other) else "Another"
    return [(f"{which} article says ", plainly), said, (f" [{other.citation.number}]", plainly)]


def _quotes(answer: Answer, quotes: Sequence[Quote], style: Style, here: Path) -> list[str]:
    """Return a block a quote: first those that answer as the first does, then the others under their heading."""
    agreeing, others = split_quotes(answer, quotes)
    answers = answer.answered
    blocks = [_quote(quote, style, here, answers=answers) for quote in agreeing]
    blocks += [style.dim(OTHERS)] if others else []
    return blocks + [_quote(quote, style, here, answers=answers) for quote in others]


def _quote(quote: Quote, style: Style, here: Path, *, answers: bool) -> str:
    """Return a quote with its context and citation; its answer is marked where it is one."""
    text, whole = quote.text, Span(0, len(quote.text))
    answer = Span(quote.answer_start or 0, quote.answer_end or 0)
    marked = answer if answers and answer != whole else Span(0, 0)
    width = style.width - len(_INDENT)
    before = (
        marked_lines(quote.context, Span(0, len(quote.context)), Span(0, 0), style, width=width)
        if quote.context
        else []
    )
    lines = [_indent(line) + style.dim(line) for line in before]
    lines += [_indent(line) + line for line in marked_lines(text, whole, marked, style, width=width)]
    cited = wrap_words(_citation_words(quote.citation, style, here), width=width - len(_INDENT))
    lines += [_INDENT * (1 if number == 0 else 2) + style.dim(line) for number, line in enumerate(cited)]
    if quote.verified is False:
        lines.append(f"{_INDENT}! {CHANGED}")
    if quote.copies:
        copies = wrap_words(_copies_words(quote.copies, style, here), width=width - len(_INDENT))
        lines += [_INDENT * 2 + style.dim(line) for line in copies]
    return "\n".join(lines)


def _indent(line: str) -> str:
    """Return what stands before a line of an article: a mark where it looks as a citation does."""
    return _QUOTED if _LIKE_CITATION.match(line) else _INDENT
