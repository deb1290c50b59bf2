"""Conversations as Markdown, whole."""

from dataclasses import replace

import pytest
from hypothesis import given

from qa.answer import Answer, Quote
from qa.transcript import render_transcript
from tests.qa.samples import ANSWER, CITATION, HERE, QUOTE
from tests.qa.strategies import hostile_text


def _span_of(quote: Quote, words: str) -> Quote:
    start = quote.text.index(words)
    return replace(quote, answer=words, answer_start=start, answer_end=start + len(words))


def _answer(*quotes: Quote) -> Answer:
    answer = quotes[0].answer
    return replace(ANSWER, answer=answer, quotes=quotes, answers=(answer,) if answer else ())


def test_whole_transcript() -> None:
    """Questions are headings, answers bold, quotes quoted with their citations, in order."""
    other = replace(
        _span_of(replace(QUOTE, text="It was Berlin, in 2024.", agrees=False), "Berlin"),
        citation=replace(CITATION, number=2, line=None, source=None, date=None),
        verified=False,
        context="They spoke.",
        context_start=0,
    )
    first = _answer(_span_of(QUOTE, "Germany"), other)
    second = replace(first, question="And why?", rewritten="Why did Germany call?", filters={"since": "2024"})
    refused = replace(second, answered=False, answer=None, answers=(), quotes=(), rewritten=None, filters={})
    assert render_transcript([first, second, refused], HERE) == (
        "## Who initiated the call?\n"
        "\n"
        "**Germany** (likely, 88% sure)\n"
        "\n"
        "> **Germany** initiated the call on Friday.\n"
        ">\n"
        "> — A rare call, `articles/call.txt:2` (ICARO, 2024-11-15)\n"
        "\n"
        "Less likely, other answers:\n"
        "\n"
        "> They spoke.  \n"
        "> It was **Berlin**, in 2024.\n"
        ">\n"
        "> — A rare call, `articles/call.txt`\n"
        "> ! the file has changed since it was indexed, or is gone\n"
        "\n"
        "## And why?\n"
        "\n"
        "*→ Why did Germany call?*\n"
        "\n"
        "*since: 2024*\n"
        "\n"
        "**Germany** (likely, 88% sure)\n"
        "\n"
        "> **Germany** initiated the call on Friday.\n"
        ">\n"
        "> — A rare call, `articles/call.txt:2` (ICARO, 2024-11-15)\n"
        "\n"
        "Less likely, other answers:\n"
        "\n"
        "> They spoke.  \n"
        "> It was **Berlin**, in 2024.\n"
        ">\n"
        "> — A rare call, `articles/call.txt`\n"
        "> ! the file has changed since it was indexed, or is gone\n"
        "\n"
        "## And why?\n"
        "\n"
        "Not answered in these articles.\n"
    )


def test_refusal_has_its_nearest_quotes() -> None:
    """A refusal names its quotes the nearest, and marks none of them as other answers."""
    refused = replace(
        _answer(_span_of(replace(QUOTE, agrees=False), "Germany")), answered=False, answer=None, answers=()
    )
    assert render_transcript([refused], HERE) == (
        "## Who initiated the call?\n"
        "\n"
        "Not answered in these articles. The nearest quotes:\n"
        "\n"
        "> Germany initiated the call on Friday.\n"
        ">\n"
        "> — A rare call, `articles/call.txt:2` (ICARO, 2024-11-15)\n"
    )


def test_other_places_are_named() -> None:
    """Behind a citation stand the other places of its quote, three at most, and how many more there are."""
    places = tuple(replace(CITATION, path=HERE / f"{name}_.txt", line=3) for name in "bcdef")
    quote = _span_of(QUOTE, "Germany")
    some, many = (render_transcript([_answer(replace(quote, copies=places[:n]))], HERE) for n in (2, 5))
    assert some.endswith(
        "\n> — A rare call, `articles/call.txt:2` (ICARO, 2024-11-15); also in `b_.txt:3`; `c_.txt:3`\n"
    )
    assert many.endswith("; also in `b_.txt:3`; `c_.txt:3`; `d_.txt:3` and 2 more\n")


def test_markdown_of_an_article_is_text() -> None:
    """What an article says in Markdown or HTML is shown as it stands there."""
    text = "1. *See* [this](http://x) <b>now</b> `code` | # not a heading &amp; more"
    quote = replace(QUOTE, text=text, answer=text, answer_end=len(text))
    shown = render_transcript([replace(_answer(quote), question="- why?")], HERE)
    assert r"> 1\. \*See\* \[this\](http://x) \<b\>now\</b\> \`code\` \| \# not a heading \&amp; more" in shown
    assert shown.startswith("## \\- why?\n")


@pytest.mark.parametrize("text", ["---", "===", "- a", "+ a", "-", "=-="])
def test_line_is_no_heading_and_no_list(text: str) -> None:
    """What would underline a heading or begin a list is escaped."""
    quote = replace(QUOTE, text=text, answer=text, answer_end=len(text), context="Before.", context_start=0)
    assert f"\n> \\{text}\n" in render_transcript([_answer(quote)], HERE)


@given(hostile_text)
def test_no_text_breaks_out_of_its_line(hostile: str) -> None:
    """Whatever a quote, title or question holds, each line is one that we began."""
    text = f"before {hostile} answer{hostile} after"
    citation = replace(CITATION, title=hostile, source=hostile, date=hostile)
    quote = _span_of(replace(QUOTE, text=text, citation=citation, context=hostile, context_start=0), f"answer{hostile}")
    shown = render_transcript([replace(_answer(quote), question=f"x{hostile}")], HERE)
    lines = shown.split("\n")
    assert len(shown.splitlines()) == len(lines) - 1
    assert all(line == "" or line.startswith(("## ", "**", "> ", ">")) for line in lines)
