"""Put the lines of a printed paragraph together again, without the hyphens that only its lines needed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BROKEN = re.compile(rf"(?:(?<=^)|(?<=[^\w'’-]))({_WORD.pattern})-$")
_LONGEST_WORD = 60
_HANGING = frozenset(["and", "or", "to"])  # pre- and post-war
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = str.maketrans({"\u2010": "-"})


@dataclass(frozen=True, slots=True)
class Seam:
    """How a line is joined to the one above it: that loses its last `drop` code points, then `glue` follows."""

    drop: int
    glue: str


_SPACE = Seam(0, " ")
_NOTHING = Seam(0, "")
_DROPPED = Seam(1, "")


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of a document, in lower case, those with hyphens in them whole."""
    return frozenset(
        word for line in lines for word in _WORD.findall(line.translate(_HYPHENS).casefold()) if len(word) > 1
    )


def find_seam(above: str, below: str, words: frozenset[str]) -> Seam:
    """Tell how a line is joined to the one above it; neither is empty, and `words` are the document's.

    A hyphen at the end is dropped where letters in lower case stand on both sides of it, except

    - where the document has the word with its hyphen elsewhere, and nowhere without it,
    - where the word has another hyphen, as `state-of-the-` does, and cannot be told to be broken,
    - and before `and`, `or` and `to`, where it stands for the rest of a word.

    What the document has elsewhere as one word is one word in any case.
    """
    above = above[-_LONGEST_WORD:].translate(_HYPHENS)
    if above.endswith(_SOFT_HYPHEN):
        return _DROPPED
    if above.endswith("-") and len(above) > 1 and not above[-2:-1].isspace() and below[0].isalnum():
        return _hyphen_seam(above, below, words)
    if _is_closed_up(above[-2:-1], above[-1], "—–/") or _is_closed_up(below[1:2], below[0], "—–"):
        return _NOTHING
    return _SPACE


def _is_closed_up(beside: str, mark: str, marks: str) -> bool:
    """Tell whether a dash or a slash stands at a line's edge with no space on its other side."""
    return mark in marks and bool(beside) and not beside.isspace()


def _hyphen_seam(above: str, below: str, words: frozenset[str]) -> Seam:
    left, right = _BROKEN.search(above), _WORD.match(below[:_LONGEST_WORD])
    if left is None or right is None or not (above[-2].islower() and below[0].islower()):
        return _NOTHING
    start, end = left.group(1).casefold(), right.group().casefold()
    if {start + end, start.rpartition("-")[2] + end} & words:
        return _DROPPED
    if f"{start}-{end}" in words:
        return _NOTHING
    if end in _HANGING:
        return _SPACE
    return _NOTHING if "-" in start else _DROPPED
