"""Articles on the screen: numbered lines around a marked span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spans import Span
from qa.article_view import Gutter, render_article
from qa.positions import line_of
from qa.style import Style
from tests.qa.samples import PLAIN

_BRIGHT = Style(width=80, colour=True, links=False)
_LINES = Gutter(numbered=True)
_TEXT = "one\ntwo\n\nfour and more\nfive\nsix\n"


def _span(words: str) -> Span:
    start = _TEXT.index(words)
    return Span(start, start + len(words))


def test_lines_around_the_span() -> None:
    """Context lines before and after, with numbers; the span is between marks; an empty line has its number."""
    assert render_article(_TEXT, _span("four"), PLAIN, _LINES, context=1) == "   3\n   4  »four« and more\n   5  five\n"


def test_whole_article() -> None:
    """Without a limit, every line."""
    assert render_article(_TEXT, _span("six"), PLAIN, _LINES, context=None) == (
        "   1  one\n   2  two\n   3\n   4  four and more\n   5  five\n   6  »six«\n"
    )


def test_no_context_is_the_span_s_lines() -> None:
    """With no context, the lines that the span touches, each part marked."""
    assert (
        render_article(_TEXT, _span("more\nfive"), PLAIN, _LINES, context=0) == "   4  four and »more«\n   5  »five«\n"
    )


def test_span_is_bold_where_there_are_colours() -> None:
    """On a colour screen the numbers are dim and the span is bold."""
    assert render_article(_TEXT, _span("two"), _BRIGHT, _LINES, context=0) == "\x1b[2m   2  \x1b[0m\x1b[1mtwo\x1b[0m\n"


def test_empty_span_marks_nothing() -> None:
    """An article is shown without marks where nothing is cited."""
    shown = render_article(_TEXT, Span(0, 0), PLAIN, _LINES, context=None)
    assert "»" not in shown
    assert len(shown.splitlines()) == 6


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind(end: str) -> None:
    """Lines are the same however they end."""
    content = end.join(("one", "two", "three"))
    start = content.index("two")
    assert (
        render_article(content, Span(start, start + 3), PLAIN, _LINES, context=1)
        == "   1  one\n   2  »two«\n   3  three\n"
    )


def test_escapes_in_an_article_are_shown_by_number() -> None:
    """No escape sequence of an article reaches the screen, in or beside the span."""
    content = "a\x1b[31m b\x1b[2J c\x9b"
    shown = render_article(content, Span(5, 10), PLAIN, _LINES, context=None)
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "»" in shown


@given(content=st.text("ab \r\n", min_size=1, max_size=40).filter(str.strip), data=st.data())
def test_marked_line_is_the_cited_line(content: str, data: st.DataObject) -> None:
    """The number beside the mark is the line that a citation gives."""
    at = data.draw(st.sampled_from([i for i, character in enumerate(content) if not character.isspace()]))
    shown = render_article(content, Span(at, at + 1), PLAIN, _LINES, context=0)
    assert int(shown[:4]) == line_of(content, at)
    assert f"»{content[at]}«" in shown


def test_pages_stand_before_the_lines_that_they_begin_in() -> None:
    """An article of pages has no line numbers; a page that begins within a line stands before that."""
    pages = Gutter(numbered=False, pages=((0, "iv"), (_TEXT.index("and"), "1")))
    assert render_article(_TEXT, _span("five"), PLAIN, pages, context=None) == (
        "page iv  one\n         two\n\n page 1  four and more\n         »five«\n         six\n"
    )


def test_article_without_lines_and_pages_has_no_gutter() -> None:
    """What has neither lines nor pages is shown as it is, a little indented."""
    assert render_article(_TEXT, _span("two"), PLAIN, Gutter(numbered=False), context=1) == "  one\n  »two«\n\n"


@pytest.mark.parametrize("width", [1, 9, 40])
def test_long_page_labels_leave_room_for_the_words(width: int) -> None:
    """A page may be called anything; its label is cut, and the words go on beside it."""
    pages = Gutter(numbered=False, pages=((0, "A" * 300),))
    shown = render_article("one two", Span(0, 0), Style(width=width, colour=False, links=False), pages, context=None)
    assert shown.startswith("page AAAAAAA…  o")
    assert "".join(line[15:] for line in shown.splitlines()).replace(" ", "") == "onetwo"
