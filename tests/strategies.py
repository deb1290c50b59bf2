"""Hypothesis strategies: article text as it comes, from clean prose to what a broken export leaves."""

import textwrap
from collections.abc import Sequence

from hypothesis import strategies as st

_SENTENCES = (
    "The U.S. Senate voted 51-49 on Tuesday.",
    "Mr. Smith met Dr. Jones at 5 p.m. in St. Louis.",
    "“We will not walk away,” she said.",
    'He asked: "Is this the end?"',
    "It was No. 5 on the list…",
    "Inflation eased to 2.9 percent!",
    "Zürich’s Café Noël reopened.",
    "Why was the flight diverted?",
    "東京で会議が開かれた。",
    "The vote came later.",
)
_MARKS = (". ", "! ", "? ", "… ", "。", "।", ": ", "; ", ", ", "“", "”", '"', "'", "(", ")", "[", "]", "**", "—", " - ")
_SPACES = (
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x85",
    "\u00a0",
)
_ODDITIES = (
    "\ufeff",
    "\0",
    "\u200b",
    "\u200d",
    "e\u0301",
    "👩‍👩‍👧",
    "🇩🇪",
    "😀",
    "\x1c",
    "\x1f",
    "ﷺ",
    "𝒳",
    "\u0600",
    "\ufffd",
)
_OPENERS = ("# ", "## ", "- ", "* ", "1. ", "2) ", "> ", "```", "---\n", "| ", "BERLIN, — ", "PARIS (Reuters) — ")
_CONTROLS = dict.fromkeys((*range(9), *range(14, 27), *range(28, 32)))


def unicode_text() -> st.SearchStrategy[str]:
    """Draw text of anything that UTF-8 can hold, thick with what makes offsets go wrong."""
    characters = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
    pieces = st.one_of(*map(st.sampled_from, (_SENTENCES, _MARKS, _SPACES, _ODDITIES, _OPENERS)), characters)
    return st.lists(pieces, max_size=40).map("".join)


@st.composite
def wrapped_prose(draw: st.DrawFn) -> str:
    """Draw paragraphs of prose, broken at a margin as mail and old wires are."""
    width = draw(st.integers(40, 100))
    end = draw(st.sampled_from(("\n", "\r\n")))
    paragraphs = draw(st.lists(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=8), min_size=1, max_size=4))
    wrapped = [textwrap.fill(" ".join(sentences), width) for sentences in paragraphs]
    return "\n\n".join(wrapped).replace("\n", end)


def article_text() -> st.SearchStrategy[str]:
    """Draw the text of an article: with NUL, marks in odd places and any line ends, but no lone surrogates."""
    return st.one_of(unicode_text(), wrapped_prose())


def file_text() -> st.SearchStrategy[str]:
    """Draw text as a UTF-8 file holds it: without the controls that make a file a binary one."""
    return article_text().map(lambda text: text.translate(_CONTROLS))


def marked_text() -> st.SearchStrategy[str]:
    """Draw a file's text that opens with a byte-order mark."""
    return file_text().map("\ufeff{}".format)


def short_texts(count: int) -> st.SearchStrategy[Sequence[str]]:
    """Draw `count` different small texts, each of which is an article."""
    text = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=5).map(" ".join)
    return st.lists(text, min_size=count, max_size=count, unique=True)
