"""A conversation as Markdown, with its citations: to keep, or to send to somebody."""

import re
from collections.abc import Sequence
from pathlib import Path

from qa.agreement import said_alone, split_quotes
from qa.answer import Answer, Citation, Quote
from qa.positions import origin_words, place_parts
from qa.render import CHANGED, LAPSED, MOST_COPIES, OTHERS, confidence_words, day_words
from qa.sanitise import sanitise, sanitise_cited

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_TICKS = re.compile("`+")
_OPENING = re.compile(r"^(\d+)([.)])|^([+=-])(?=\s|[=-]*$)")


def render_transcript(answers: Sequence[Answer], here: Path) -> str:
    """Return questions and answers in order; no article can put Markdown of its own into it."""
    return "\n\n".join(_turn(answer, here) for answer in answers) + "\n"


def _turn(answer: Answer, here: Path) -> str:
    blocks = [f"## {_escaped(answer.question)}"]
    if answer.rewritten:
        blocks.append(f"*→ {_escaped(answer.rewritten)}*")
    if answer.filters:
        blocks.append("*" + _escaped(", ".join(f"{name}: {value}" for name, value in answer.filters.items())) + "*")
    if answer.answered:
        said = "; ".join(f"**{_escaped(each)}**" for each in said_alone(answer)) or "Answered in these articles"
        blocks.append(f"{said} ({confidence_words(answer.confidence)}{day_words(answer)})")
    elif answer.lapsed:
        blocks.append(LAPSED)
    else:
        blocks.append("Not answered in these articles." + (" The nearest quotes:" if answer.quotes else ""))
    agreeing, others = split_quotes(answer, answer.quotes)
    answers = answer.answered
    blocks += [_quote(quote, here, answers=answers) for quote in agreeing]
    blocks += [OTHERS] if others else []
    return "\n\n".join([*blocks, *(_quote(quote, here, answers=answers) for quote in others)])


def _quote(quote: Quote, here: Path, *, answers: bool) -> str:
    start, end = quote.answer_start or 0, quote.answer_end or 0
    before, answer, after = (sanitise(part) for part in (quote.text[:start], quote.text[start:end], quote.text[end:]))
    marked = f"**{_inline(answer)}**" if answers and answer.strip() and (before or after) else _inline(answer)
    lines = [f"> {_escaped(quote.context)}  "] if quote.context else []
    lines.append(f"> {_opening(_inline(before) + marked + _inline(after))}")
    lines += [">", f"> — {_cited(quote, here)}"]
    lines += [f"> ! {CHANGED}"] if quote.verified is False else []
    return "\n".join(lines)


def _cited(quote: Quote, here: Path) -> str:
    """Return a citation. Its file is code, as nothing else is: so no title can be taken for one, nor be a link."""
    citation = quote.citation
    origin = origin_words(citation)
    cited = f"{_inline(sanitise_cited(citation.title))}, {_place(citation, here)}"
    return cited + (f" ({_inline(origin)})" if origin else "") + _copies(quote.copies, here)


def _place(citation: Citation, here: Path) -> str:
    file, rest = place_parts(citation, here)
    return _code(file) + (f", {_inline(rest)}" if rest else "")


def _code(text: str) -> str:
    """Return text as code, between more of its signs than follow each other in it."""
    fence = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0))
    return f"{fence} {text} {fence}" if "`" in (text[:1], text[-1:]) else f"{fence}{text}{fence}"


def _copies(copies: Sequence[Citation], here: Path) -> str:
    if not copies:
        return ""
    named = "; ".join(_place(citation, here) for citation in copies[:MOST_COPIES])
    more = f" and {len(copies) - MOST_COPIES} more" if len(copies) > MOST_COPIES else ""
    return f"; also in {named}{more}"


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _opening(_inline(sanitise(text)))


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _opening(text: str) -> str:
    """Keep a line's first signs from making a list of it."""
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)
