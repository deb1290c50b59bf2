"""Make text from articles and file names safe to show: the one way from there to a terminal."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"
_SOFT_HYPHEN = "\u00ad"
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_JOINED = ("Lo", "Mn", "Mc", "So", "Sk")
"""The categories of what a joiner stands between: letters without case, their marks, the signs of emoji."""

_IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""What is shown as nothing though it is no control: fillers, and the selectors of variants.

Of Unicode's Default_Ignorable_Code_Point, those that `str.isprintable` takes for printable.
"""

_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SPACED_DASH = re.compile(r"(?<!\S)—(?!\S)")
_BLANK = "\u2800"


def sanitise(text: str) -> str:
    """Return `text` on one line, with whatever could move a cursor or hide shown as `<U+202E>`.

    White space becomes single spaces. Soft hyphens stay, and joiners and selectors of variants, which scripts
    and emoji need, where they stand beside what they are for.
    """
    return _safe(_SPACE.sub(" ", text), hyphens=True)


def sanitise_name(name: str) -> str:
    """Return a title, a source or the like as `sanitise` does, with nothing invisible in it."""
    return _safe(_SPACE.sub(" ", name), hyphens=False).replace(_BLANK, "<U+2800>")


def sanitise_cited(name: str) -> str:
    """Return a title, a source or the like for a line that cites, as `sanitise_name` does.

    A dash between spaces becomes a shorter one: that which stands before a citation's path is ours alone.
    """
    return _SPACED_DASH.sub("–", sanitise_name(name))


def sanitise_path(path: str) -> str:
    """Return a path on one line, so that no two look the same: white space but for spaces is shown, too."""
    shown = _SPACE.sub(lambda found: "".join(c if c == " " else _code(c) for c in found.group()), path)
    return _safe(shown, hyphens=False).replace(_BLANK, "<U+2800>")


def _safe(line: str, *, hyphens: bool) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(_shown(line, at, hyphens=hyphens) for at in range(len(line)))


def _shown(line: str, at: int, *, hyphens: bool) -> str:
    character = line[at]
    if _IGNORED.match(character):
        return character if _SELECTORS.match(character) and _selects(line, at) else _code(character)
    if character in _JOINERS:
        return character if _joins(line, at) else _code(character)
    if character.isprintable() or (hyphens and character == _SOFT_HYPHEN):
        return character
    return _code(character) if unicodedata.category(character) in _HIDDEN else "\ufffd"


def _joins(line: str, at: int) -> bool:
    """Tell whether a joiner stands behind what it may join to what follows, or ends a word of such letters."""
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    if not before or unicodedata.category(before) not in _JOINED or (after and _IGNORED.match(after)):
        return False
    if _IGNORED.match(before) and not (_SELECTORS.match(before) and _selects(line, at - 1)):
        return False
    return after in ("", " ") or unicodedata.category(after) in _JOINED


def _selects(line: str, at: int) -> bool:
    """Tell whether a selector stands behind something that has variants: one behind another hides."""
    before = line[at - 1 : at]
    if not before or _IGNORED.match(before) or unicodedata.category(before)[0] not in "LMNPS":
        return False
    return not before.isascii() or before in "#*0123456789"


def _code(character: str) -> str:
    return f"<U+{ord(character):04X}>"
