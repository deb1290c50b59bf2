"""Answers on the screen, whole."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Quote
from qa.render import citation_line, render_answer, show_path
from qa.style import Style
from tests.qa.samples import ANSWER, CITATION, HERE, PLAIN, QUOTE
from tests.qa.strategies import hostile_text

_BRIGHT = Style(width=80, colour=True, links=True)
_OUR_ESCAPES = re.compile(r"\x1b\[[012]m|\x1b\]8;;(?:file:///[!-~]*)?\x1b\\")


def _span_of(quote: Quote, words: str) -> Quote:
    start = quote.text.index(words)
    return replace(quote, answer=words, answer_start=start, answer_end=start + len(words))


def _answer(*quotes: Quote) -> Answer:
    answer = quotes[0].answer
    return replace(ANSWER, answer=answer, quotes=quotes, answers=(answer,) if answer else ())


def test_answer_that_is_a_sentence() -> None:
    """A sentence that answers is shown once, as a quote with its citation."""
    assert render_answer(ANSWER, PLAIN, HERE) == (
        "Answered in these articles (88% sure):\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
    )


def test_answer_that_is_a_span_is_marked_in_its_sentence() -> None:
    """A shorter answer is said first, and is bold in its sentence; citations are dim, their places links."""
    answer = _answer(_span_of(QUOTE, "Germany"))
    assert render_answer(answer, _BRIGHT, HERE) == (
        "\x1b[1mGermany\x1b[0m (\x1b[2m88% sure\x1b[0m)\n"
        "\n"
        "  \x1b[1mGermany\x1b[0m initiated the call on Friday.\n"
        "  \x1b[2m[1] A rare call — "
        "\x1b]8;;file:///home/reader/articles/call.txt\x1b\\articles/call.txt:2\x1b]8;;\x1b\\"
        " (ICARO, 2024-11-15)\x1b[0m\n"
    )


def test_answer_that_is_a_span_without_colours() -> None:
    """Without colours the answer is said first and its sentence follows as it is."""
    assert render_answer(_answer(_span_of(QUOTE, "Germany")), PLAIN, HERE) == (
        "Germany (88% sure)\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
    )


def test_several_quotes_follow_each_other() -> None:
    """Quotes are apart by an empty line, each with its number."""
    bare = replace(CITATION, number=2, title="Another", line=None, date=None, source=None)
    second = replace(QUOTE, text="It was Berlin.", answer="It was Berlin.", answer_end=14, citation=bare)
    assert render_answer(_answer(QUOTE, second), PLAIN, HERE) == (
        "Answered in these articles (88% sure):\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
        "\n"
        "  It was Berlin.\n"
        "  [2] Another — articles/call.txt\n"
    )


def test_several_answers_are_joined() -> None:
    """The answers to a question for several stand on the first line, in their order, each in bold."""
    answer = replace(_answer(_span_of(QUOTE, "Germany")), answers=("Germany", "Ukraine\x1b[2J"))
    first_line = render_answer(answer, _BRIGHT, HERE).splitlines()[0]
    assert first_line == "\x1b[1mGermany\x1b[0m; \x1b[1mUkraine<U+001B>[2J\x1b[0m (\x1b[2m88% sure\x1b[0m)"


def test_answer_without_a_list_is_shown() -> None:
    """An answer made without `answers` shows the one that it has."""
    answer = replace(_answer(_span_of(QUOTE, "Germany")), answers=())
    assert render_answer(answer, PLAIN, HERE).startswith("Germany (88% sure)\n")


def test_context_stands_dim_before_its_quote() -> None:
    """The sentence before a quote is shown above it, dimmed, wrapped and sanitised like it."""
    quote = replace(
        _span_of(QUOTE, "Germany"), context="Berlin was\ncalm until the\x07 evening of Friday.", context_start=0
    )
    shown = render_answer(_answer(quote), Style(width=40, colour=True, links=False), HERE)
    assert shown.splitlines()[2:5] == [
        "  \x1b[2mBerlin was calm until the<U+0007>\x1b[0m",
        "  \x1b[2mevening of Friday.\x1b[0m",
        "  \x1b[1mGermany\x1b[0m initiated the call on Friday.",
    ]


def test_rewritten_question_stands_dim_before_its_answer() -> None:
    """How a question was understood is shown where that is not how it was asked."""
    rewritten = replace(ANSWER, question="Who?", rewritten="Who initiated the \x1b[2Jcall?")
    shown = render_answer(rewritten, PLAIN, HERE)
    assert shown == f"Who initiated the <U+001B>[2Jcall?\n\n{render_answer(ANSWER, PLAIN, HERE)}"
    assert render_answer(rewritten, _BRIGHT, HERE).startswith("\x1b[2mWho initiated the <U+001B>[2Jcall?\x1b[0m\n\n")


def test_refusal_with_the_nearest_quotes() -> None:
    """A refusal says so first and then lists the nearest quotes."""
    refused = replace(ANSWER, answered=False, answer=None, confidence=0.04)
    assert render_answer(refused, PLAIN, HERE) == (
        "Not answered in these articles (4% sure). The nearest quotes:\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
    )


def test_refusal_without_quotes() -> None:
    """Where nothing is near, one line says all."""
    refused = replace(ANSWER, answered=False, answer=None, confidence=0.0, quotes=())
    assert render_answer(refused, PLAIN, HERE) == "Not answered in these articles.\n"


def test_changed_file_is_told() -> None:
    """Under a quote that the file no longer has at its place, a line says so."""
    assert render_answer(_answer(replace(QUOTE, verified=False)), PLAIN, HERE) == (
        "Answered in these articles (88% sure):\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
        "  ! the file has changed since it was indexed, or is gone\n"
    )


def test_unverified_quote_is_not_called_changed() -> None:
    """Where verification was left out, nothing is said of it."""
    assert "!" not in render_answer(_answer(replace(QUOTE, verified=None)), PLAIN, HERE)


def test_long_quote_is_wrapped() -> None:
    """A quote is broken at spaces, indented, and the bold of an answer ends with each line."""
    text = "Germany initiated the call on Friday, sources in Berlin said after it."
    quote = _span_of(replace(QUOTE, text=text), "on Friday, sources in Berlin")
    shown = render_answer(_answer(quote), Style(width=40, colour=True, links=False), HERE)
    assert shown.splitlines()[2:4] == [
        "  Germany initiated the call \x1b[1mon Friday,\x1b[0m",
        "  \x1b[1msources in Berlin\x1b[0m said after it.",
    ]


def test_word_longer_than_the_screen_is_broken() -> None:
    """A word without spaces is broken where the line ends."""
    quote = replace(QUOTE, text="x" * 100, answer="x" * 100, answer_end=100)
    shown = render_answer(_answer(quote), Style(width=40, colour=False, links=False), HERE)
    assert shown.splitlines()[2:5] == ["  " + "x" * 38, "  " + "x" * 38, "  " + "x" * 24]


@given(words=st.lists(st.text("abcdefg", min_size=1, max_size=30), min_size=1, max_size=60), width=st.integers(40, 100))
def test_wrapping_loses_nothing(words: list[str], width: int) -> None:
    """Lines keep to the width and hold all words in order."""
    text = " ".join(words)
    quote = replace(QUOTE, text=text, answer=text, answer_end=len(text))
    shown = render_answer(_answer(quote), Style(width=width, colour=False, links=False), HERE)
    lines = shown.splitlines()[2:-1]
    assert all(len(line) <= width for line in lines)
    assert " ".join(line.removeprefix("  ") for line in lines) == text


def test_line_breaks_in_a_quote_become_spaces() -> None:
    """A quote of a hard-wrapped article is wrapped anew."""
    quote = replace(QUOTE, text="One\r\ntwo\n  three.", answer="One\r\ntwo\n  three.", answer_end=17)
    assert "\n  One two three.\n" in render_answer(_answer(quote), PLAIN, HERE)


@given(hostile=hostile_text, links=st.booleans())
def test_no_escape_of_an_article_reaches_the_screen(hostile: str, *, links: bool) -> None:
    """Whatever a title, path, source, date or text holds, only our own escape sequences are written."""
    path = HERE / ("x" + hostile.replace("\0", "").encode("utf-8", "ignore").decode().replace("/", "") + ".txt")
    citation = replace(CITATION, title=hostile, source=hostile, date=hostile, path=path)
    text = f"before {hostile} answer{hostile} after"
    quote = _span_of(replace(QUOTE, text=text, citation=citation), f"answer{hostile}")
    shown = render_answer(_answer(quote), Style(width=80, colour=True, links=links), HERE)
    left = _OUR_ESCAPES.sub("", shown)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", left)
    assert len(left.splitlines()) == left.count("\n")


def test_title_with_an_escape_is_shown_by_number() -> None:
    """An escape sequence in a title is text."""
    evil = replace(CITATION, title="\x1b[2JTitle", path=HERE / "a\x1b[31m.txt", source="\u202eX", date=None, line=None)
    assert citation_line(evil, PLAIN, HERE) == "[1] <U+001B>[2JTitle — a<U+001B>[31m.txt (<U+202E>X)"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (HERE / "articles" / "a.txt", "articles/a.txt"),
        (HERE / "a.txt", "a.txt"),
        (Path("/elsewhere/a.txt"), "/elsewhere/a.txt"),
        (Path("/home/reader2/a.txt"), "/home/reader2/a.txt"),
    ],
)
def test_show_path(path: Path, shown: str) -> None:
    """Paths below the current folder are shown from there, others whole."""
    assert show_path(path, HERE) == shown
