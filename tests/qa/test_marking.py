"""Wrapped lines of an article, with a span of it in bold."""

import re

from hypothesis import given
from hypothesis import strategies as st

from index.spans import Span
from qa.marking import marked_lines
from qa.style import Style

_BRIGHT = Style(width=80, colour=True, links=False)
_TEXT = "Germany initiated the call on Friday."


def _whole(content: str) -> Span:
    return Span(0, len(content))


def test_span_is_bold_in_its_line() -> None:
    """What is marked is bold, the rest is not."""
    assert marked_lines(_TEXT, _whole(_TEXT), Span(8, 17), _BRIGHT, width=80) == [
        "Germany \x1b[1minitiated\x1b[0m the call on Friday."
    ]


def test_bold_ends_with_each_line() -> None:
    """A marked span that is wrapped is bold in each of its lines."""
    assert marked_lines(_TEXT, _whole(_TEXT), Span(8, 26), _BRIGHT, width=17) == [
        "Germany \x1b[1minitiated\x1b[0m",
        "\x1b[1mthe call\x1b[0m on",
        "Friday.",
    ]


def test_span_outside_the_line_marks_nothing() -> None:
    """A line before or behind the span is as it is."""
    for marked in (Span(0, 0), Span(0, 5), Span(20, 37)):
        assert marked_lines(_TEXT, Span(8, 17), marked, _BRIGHT, width=80) == ["initiated"]


def test_part_of_the_span_that_the_line_has_is_bold() -> None:
    """A span that begins before a line and ends behind it marks all of it."""
    assert marked_lines(_TEXT, Span(8, 17), _whole(_TEXT), _BRIGHT, width=80) == ["\x1b[1minitiated\x1b[0m"]


@given(words=st.lists(st.text("abc🙂é", min_size=1, max_size=30), max_size=30), data=st.data())
def test_wrapping_and_marking_lose_nothing(words: list[str], data: st.DataObject) -> None:
    """Lines keep to the width, hold all words in order, and have in bold exactly what is marked."""
    text = " ".join(words)
    low, high = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    width = data.draw(st.integers(5, 80))
    lines = marked_lines(text, _whole(text), Span(low, high), _BRIGHT, width=width)
    bare = [re.sub(r"\x1b\[[01]m", "", line) for line in lines]
    assert all(len(line) <= width for line in bare)
    assert "".join("".join(bare).split()) == "".join(text.split())
    bold = "".join(re.findall(r"\x1b\[1m(.*?)\x1b\[0m", "".join(lines)))
    assert "".join(bold.split()) == "".join(text[low:high].split())
