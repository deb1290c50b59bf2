"""What hostile articles and file names are made of, and what may never be seen of them on a screen."""

import re
import unicodedata

from hypothesis import strategies as st

ATTACKS = (
    "\x1b[2J\x1b[H",
    "\x1b]0;owned\x07",
    "\x1b]8;;https://evil.example/\x1b\\click\x1b]8;;\x1b\\",
    "\x1b[31m",
    "\x9b31m",
    "\x9d0;owned\x9c",
    "\x1bP+q\x1b\\",
    "\x08\x08\x08",
    "\x7f",
    "\r",
    "\n",
    "\0",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u00ad",
    "\u200d",
    "\u2060",
    "\u3164",
    "\ufe0f",
    "\U000e0061",
    "\U000e0101",
    "\u2028",
    "\ud800",
    " — /etc/passwd:1 (Reuters)",
    "[1] Fake — /etc/passwd:1",
)
"""Cursor moves, titles of windows, links, colours, overrides, the invisible, and forged citations."""

_OURS = re.compile(r"\x1b\[(?:0|1|2|33|1;32)m|\x1b\]8;;(?:file:///[!-~]*)?\x1b\\")
"""What `qa` itself sends: a few colours, and links to files."""

_HIDDEN = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")

any_character = st.characters(exclude_categories=())

hostile = st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(any_character, max_size=6)), max_size=8).map("".join)
"""Text of any code points, thick with attacks."""

hostile_names = st.lists(
    st.one_of(
        st.sampled_from([each for each in ATTACKS if "\ud800" not in each and "/" not in each and "\0" not in each]),
        st.text(st.characters(codec="utf-8", exclude_characters="/\0"), max_size=5),
    ),
    max_size=4,
).map("".join)
"""Names of files that a file system can hold."""


def raw_controls(shown: str) -> set[str]:
    """Return what is in text for a screen that may move its cursor, or reorder or hide what is there."""
    left = _OURS.sub("", shown).replace("\n", "")
    joiners = {"\u200c", "\u200d", "\u00ad"}  # which scripts need, and which move nothing
    return {each for each in left if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - joiners


def invisible(shown: str) -> set[str]:
    """Return what is in a title or path on a screen and cannot be seen there."""
    return raw_controls(shown) | set(_HIDDEN.findall(_OURS.sub("", shown)))
