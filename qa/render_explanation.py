"""Render explanations for people: why this answer, in tables that fit a screen."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from string import ascii_lowercase

from qa.explanation import Explanation, Fate, RetrievedPassage, Sign, WeighedSentence
from qa.positions import cut, place_words
from qa.render import percent
from qa.retrieval import WORD_WEIGHT
from qa.sanitise import sanitise, sanitise_cited
from qa.style import UNWRAPPED, Style

MOST_SENTENCES = 10
"""Sentences that are shown: all that are quoted, and the best of the others."""

_WIDTH = 80
"""Columns where the screen has no width of its own."""

_INDENT = "      "
_LONGEST_PLACE = 32
_ROUNDING = 1e-6


def render_explanation(explanation: Explanation, style: Style, here: Path) -> str:
    """Return an explanation as lines of text, what matters most first; paths are shown from the folder `here`."""
    width = style.width if style.width < UNWRAPPED else _WIDTH
    blocks = [
        _verdict(explanation, style),
        _sentences(explanation.sentences, style, width),
        _signs(explanation),
        _passages(explanation.retrieved, style, here, width),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _verdict(explanation: Explanation, style: Style) -> list[str]:
    outcome = "answered" if explanation.answered else "not answered"
    needed, sure = f"{explanation.threshold:.0%}", percent(explanation.confidence)
    if needed == sure:
        needed, sure = f"{explanation.threshold:.1%}", f"{explanation.confidence:.1%}"
    read = sum(passage.read for passage in explanation.retrieved)
    return [
        style.bold(f"{needed} needed, {sure} sure: {outcome}"),
        f"{_count(len(explanation.retrieved), 'passage')} retrieved, {read} read,"
        f" {_count(len(explanation.sentences), 'sentence')} weighed",
    ]


def _sentences(sentences: Sequence[WeighedSentence], style: Style, width: int) -> list[str]:
    """Return a row of numbers for each of the best sentences, and the sentence below it."""
    if not sentences:
        return []
    best = [s for at, s in enumerate(sentences) if at < MOST_SENTENCES or s.fate is Fate.QUOTED]
    shared = sentences[0].share is not None
    names = list(sentences[0].features)
    marks = "".join(f"{mark:>6}" for mark in ascii_lowercase[: len(names)])
    first = "share" if shared else "score"
    lines = ["Sentences that may answer, best first:"]
    lines.append(style.dim(f"{_INDENT}{first:>6}" + (f"{'rank':>7}{marks}" if names else "")))
    for sentence in best:
        part = sentence.share if sentence.share is not None else sentence.score
        rank = f"{sentence.rank:7.2f}" if sentence.rank is not None else ""
        numbers = "".join(f"{value:6.2f}" if value > -10 else f"{value:6.1f}" for value in sentence.features.values())
        label = f"[{sentence.quote}]" if sentence.fate is Fate.QUOTED else ""
        lines.append(f"{label:<{len(_INDENT)}}{part:6.0%}{rank}{numbers}")
        lines.append(f"{_INDENT}{_said(sentence, style, width - len(_INDENT))}")
    rest = len(sentences) - len(best)
    lines += [f"{_INDENT}and {_count(rest, 'sentence')} below these"] if rest else []
    quoted = [sentence.fate is Fate.QUOTED for sentence in best]
    if quoted != sorted(quoted, reverse=True):
        lines.append(style.dim("  equal answers are quoted together, and other ones newest first"))
    return lines + _legend(names, style, width, shared=shared)


def _said(sentence: WeighedSentence, style: Style, width: int) -> str:
    """Return the answer in bold, then the sentence as far as there is room, then why it is not quoted."""
    why = {Fate.OVERLAPS: f"overlaps [{sentence.quote}]", Fate.REPEATS: f"same words as [{sentence.quote}]"}
    note = f" ({why[sentence.fate]})" if sentence.fate in why else ""
    answer = cut(sanitise(sentence.answer), width - len(note))
    left = width - len(note) - len(answer) - len(" | ")
    whole = sentence.answer == sentence.text or left < len(_INDENT)
    return style.bold(answer) + ("" if whole else f" | {cut(sanitise(sentence.text), left)}") + style.dim(note)


def _legend(names: Sequence[str], style: Style, width: int, *, shared: bool) -> list[str]:
    """Say in plain words what the columns are."""
    if not names:
        return []
    told = [f"{mark}: {name}" for mark, name in zip(ascii_lowercase, names, strict=False)]
    if "margin" in names:
        told.append("margin: logarithm of the odds of an answer here against none in the passage")
    share = "share: of all sentences together, by rank" if shared else "score: how likely the sentence answers"
    lines = [*_filled([share, "rank: a, b, … times their weights"], width), *_filled(told, width)]
    return [style.dim(line) for line in lines]


def _signs(explanation: Explanation) -> list[str]:
    """Return how the confidence is added up."""
    if not explanation.signs:
        return []
    together = f"together, which is {percent(explanation.confidence)}"
    longest = max(len(together), *(len(sign.name) for sign in explanation.signs))
    total = sum(_part(sign) for sign in explanation.signs) + explanation.bias
    lines = ["How sure: signs times their weights add up to the logarithm of the odds:"]
    lines += [
        f"  {sign.name:<{longest}}  {sign.value:6.2f} × {sign.weight:5.2f} = {_part(sign):6.2f}"
        for sign in explanation.signs
    ]
    before_sum = " " * len("  0.00 ×  0.00 = ")
    lines.append(f"  {'to begin with':<{longest}}  {before_sum}{explanation.bias:6.2f}")
    lines.append(f"  {together:<{longest}}  {before_sum}{total:6.2f}")
    return lines


def _part(sign: Sign) -> float:
    return sign.value * sign.weight


def _passages(passages: Sequence[RetrievedPassage], style: Style, here: Path, width: int) -> list[str]:
    """Return a row for each passage, those that were not read apart."""
    if not passages:
        return []
    lines = ["Passages, best first:", style.dim(f"{'score':>7}{'near':>6}{'words':>7}")]
    for read, group in groupby(sorted(passages, key=lambda each: not each.read), key=lambda each: each.read):
        lines += [] if read else ["  not read:"]
        for passage in group:
            numbers = f"{passage.score:7.2f}{passage.nearness:6.2f}{passage.wording:7.2f}  "
            lines.append(numbers + _place(passage, here, width - len(numbers)))
    preferred = ", and more for what was just spoken of" if any(map(_is_preferred, passages)) else ""
    said = [
        "near: cosine of the meanings of passage and question",
        "words: share of the best possible match of the question's words",
        f"score: near + {WORD_WEIGHT} × words{preferred}",
    ]
    return lines + [style.dim(line) for line in _filled(said, width)]


def _is_preferred(passage: RetrievedPassage) -> bool:
    """Tell whether a passage gained by what was said before."""
    return passage.score > passage.nearness + WORD_WEIGHT * passage.wording + _ROUNDING


def _place(passage: RetrievedPassage, here: Path, width: int) -> str:
    place = place_words(passage, here)
    if len(place) > _LONGEST_PLACE:
        place = "…" + place[1 - _LONGEST_PLACE :]
    return f"{cut(sanitise_cited(passage.title), width - len(place) - len(' — '))} — {place}"


def _filled(parts: Sequence[str], width: int) -> list[str]:
    """Return parts joined by semicolons, as many a line as there is room for."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 4 <= width:
            lines[-1] += f"; {part}"
        else:
            lines.append(f"  {part}")
    return lines


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
