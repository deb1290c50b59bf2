"""Make text from articles and file names safe to show: the one way from there to a terminal."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_JOINERS = "\u200c\u200d\u00ad"
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def sanitise(text: str) -> str:
    """Return `text` on one line, with whatever could move a cursor or hide shown as `<U+202E>`.

    White space becomes single spaces. Joiners, which scripts and emoji need, stay.
    """
    return "".join(map(_shown, _SPACE.sub(" ", text)))


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if unicodedata.category(character) in _HIDDEN:
        return f"<U+{ord(character):04X}>"
    return "\ufffd"
