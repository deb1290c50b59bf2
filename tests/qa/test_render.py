"""Answers on the screen, whole."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Quote
from qa.render import CHANGED, citation_lines, render_answer, render_quotes
from qa.show_path import show_path
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
        "Answered in these articles (likely, 88% sure):\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
    )


def test_answer_that_is_a_span_is_marked_in_its_sentence() -> None:
    """A shorter answer is said first, and is bold in its sentence; citations are dim, their places links."""
    answer = _answer(_span_of(QUOTE, "Germany"))
    assert render_answer(answer, _BRIGHT, HERE) == (
        "\x1b[1mGermany\x1b[0m (\x1b[2mlikely, 88% sure\x1b[0m)\n"
        "\n"
        "  \x1b[1mGermany\x1b[0m initiated the call on Friday.\n"
        "  \x1b[2m[1] A rare call — "
        "\x1b]8;;file:///home/reader/articles/call.txt\x1b\\articles/call.txt:2\x1b]8;;\x1b\\"
        " (ICARO, 2024-11-15)\x1b[0m\n"
    )


def test_answer_that_is_a_span_without_colours() -> None:
    """Without colours the answer is said first and its sentence follows as it is."""
    assert render_answer(_answer(_span_of(QUOTE, "Germany")), PLAIN, HERE) == (
        "Germany (likely, 88% sure)\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
    )


def test_several_quotes_follow_each_other() -> None:
    """Quotes are apart by an empty line, each with its number."""
    bare = replace(CITATION, number=2, title="Another", line=None, date=None, source=None)
    second = replace(QUOTE, text="It was Berlin.", answer="It was Berlin.", answer_end=14, citation=bare)
    assert render_answer(_answer(QUOTE, second), PLAIN, HERE) == (
        "Answered in these articles (likely, 88% sure):\n"
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
    assert first_line == "\x1b[1mGermany\x1b[0m; \x1b[1mUkraine<U+001B>[2J\x1b[0m (\x1b[2mlikely, 88% sure\x1b[0m)"


def test_answer_without_a_list_is_shown() -> None:
    """An answer made without `answers` shows the one that it has."""
    answer = replace(_answer(_span_of(QUOTE, "Germany")), answers=())
    assert render_answer(answer, PLAIN, HERE).startswith("Germany (likely, 88% sure)\n")


def _other(quote: Quote, number: int, answer: str, score: float, file: str) -> Quote:
    """Return a quote of another answer, from another file."""
    text = f"It was {answer}, they say."
    citation = replace(CITATION, number=number, path=HERE / "articles" / file, line=9, date=None, source=None)
    return _span_of(replace(quote, text=text, score=score, agrees=False, citation=citation, voice=number), answer)


def test_articles_that_agree_are_counted() -> None:
    """An answer that two articles give says so; a quote of the same article, or that hardly speaks for it, does not."""
    first = _span_of(QUOTE, "Germany")
    again = replace(first, citation=replace(CITATION, number=2, path=HERE / "b.txt"), voice=2, score=0.2)
    faint = replace(first, citation=replace(CITATION, number=3, path=HERE / "c.txt"), voice=3, score=0.01, agrees=False)
    same = replace(first, citation=replace(CITATION, number=4), score=0.5)
    shown = render_answer(_answer(first, again, faint, same), PLAIN, HERE)
    assert shown.splitlines()[0] == "Germany (likely, 88% sure; said by 2 articles)"


def test_article_that_says_otherwise_is_told() -> None:
    """Another article's likely answer stands under the first, with its number; an unlikely one is only listed."""
    first = _span_of(QUOTE, "Germany")
    likely, unlikely = _other(QUOTE, 2, "Berlin", 0.6, "b.txt"), _other(QUOTE, 2, "Berlin", 0.2, "b.txt")
    assert render_answer(_answer(first, likely), PLAIN, HERE) == (
        "Germany (likely, 88% sure)\n"
        "Another article says Berlin [2]\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
        "\n"
        "Less likely, other answers:\n"
        "\n"
        "  It was Berlin, they say.\n"
        "  [2] A rare call — articles/b.txt:9\n"
    )
    assert "Another article" not in render_answer(_answer(first, unlikely), PLAIN, HERE)


@pytest.mark.parametrize(
    ("date", "other", "said"),
    [
        ("2023-07-03", "2023-07-10", "A later article says Berlin [2]"),
        ("2023-07-03", "2023-07-02", "An earlier article says Berlin [2]"),
        ("2023-07-03", "2024", "A later article says Berlin [2]"),
        ("2023-07-03", "2023-07", "Another article says Berlin [2]"),
        ("2023-07-03", None, "Another article says Berlin [2]"),
    ],
)
def test_article_that_says_otherwise_is_later_or_earlier(date: str, other: str | None, said: str) -> None:
    """Which report is the later one is told where both dates are known, as far as they tell."""
    first, second = _span_of(QUOTE, "Germany"), _other(QUOTE, 2, "Berlin", 0.6, "b.txt")
    first = replace(first, citation=replace(first.citation, date=date))
    second = replace(second, citation=replace(second.citation, date=other))
    assert render_answer(_answer(first, second), PLAIN, HERE).splitlines()[1] == said


@pytest.mark.parametrize(
    ("question", "answer"), [("Was it Germany?", "Germany"), ("Who initiated it?", "He"), ("Was it he?", "He")]
)
def test_sentence_that_answers_stands_for_itself(question: str, answer: str) -> None:
    """Neither a part of the sentence that answers yes or no nor a bare pronoun is called the answer."""
    quote = _span_of(replace(QUOTE, text=f"{answer} initiated it."), answer)
    shown = render_answer(replace(_answer(quote), question=question), PLAIN, HERE)
    assert shown.startswith(f"Answered in these articles (likely, 88% sure):\n\n  {answer} initiated it.\n")


def test_day_is_told_by_the_article_s_date() -> None:
    """What `Monday` is, in an article of a Friday, is said beside it, and not in the quote."""
    answer = replace(_answer(_span_of(replace(QUOTE, text="It was on Monday."), "Monday")), question="When was it?")
    assert answer.day == "2024-11-11"
    assert render_answer(answer, PLAIN, HERE).startswith(
        "Monday (likely, 88% sure; 2024-11-11 by the article's date)\n\n  It was on Monday.\n"
    )
    assert replace(answer, answers=("Monday", "Friday")).day is None
    assert replace(answer, question="Which song was played last?").day is None
    assert replace(answer, answered=False, answer=None).day is None


def test_follow_up_counts_as_it_was_understood() -> None:
    """`Why was it he?` behind `Was it he?` asks for a reason, and not for yes or no."""
    answer = replace(_answer(_span_of(QUOTE, "Germany")), question="Was it?", rewritten="Which country was it?")
    assert render_answer(answer, PLAIN, HERE).splitlines()[1] == "Germany (likely, 88% sure)"


def test_refusal_says_what_was_asked() -> None:
    """Who narrowed the articles, a while ago perhaps, is told so where they do not answer."""
    refused = replace(ANSWER, answered=False, answer=None, quotes=(), filters={"only": "fer\x1bry", "since": "2024"})
    assert render_answer(refused, PLAIN, HERE) == "Not answered in these articles (only fer<U+001B>ry, since 2024).\n"


def test_refusal_is_never_rounded_up_to_an_answer() -> None:
    """Where 25% are needed, 24.7% is not shown as that."""
    refused = replace(ANSWER, answered=False, answer=None, confidence=0.247)
    assert "(24% likely to answer)" in render_answer(refused, PLAIN, HERE)


def test_answers_to_a_question_for_several_are_no_contradiction() -> None:
    """Where several things are asked for, another answer is one of them."""
    answer = _answer(_span_of(QUOTE, "Germany"), _other(QUOTE, 2, "Berlin", 0.6, "b.txt"))
    shown = render_answer(replace(answer, answers=("Germany", "Berlin")), PLAIN, HERE)
    assert shown.splitlines()[:2] == ["Germany; Berlin (likely, 88% sure)", ""]


def test_rewritten_question_is_shown_dim() -> None:
    """What a question was taken for stands dim above its answer."""
    answer = replace(_answer(_span_of(QUOTE, "Germany")), rewritten="Who initiated the\x1b call?")
    assert render_answer(answer, _BRIGHT, HERE).startswith(
        "\x1b[2m→ Who initiated the<U+001B> call?\x1b[0m\n\x1b[1mGermany"
    )


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.999, "very likely, 99% sure"),
        (0.95, "very likely, 95% sure"),
        (0.7, "likely, 70% sure"),
        (0.5, "perhaps, 50% sure"),
        (0.3, "a guess, 30% sure"),
    ],
)
def test_confidence_in_words(confidence: float, words: str) -> None:
    """How sure an answer is, is said in words and as a number."""
    shown = render_answer(replace(_answer(_span_of(QUOTE, "Germany")), confidence=confidence), PLAIN, HERE)
    assert shown.splitlines()[0] == f"Germany ({words})"


def test_hues() -> None:
    """With hues the answer has one, and so has a confidence that is low."""
    answer = replace(_answer(_span_of(QUOTE, "Germany")), confidence=0.3)
    shown = render_answer(answer, replace(_BRIGHT, hues=True), HERE)
    assert shown.startswith("\x1b[1;32mGermany\x1b[0m (\x1b[33ma guess, 30% sure\x1b[0m)\n")
    assert "  \x1b[1;32mGermany\x1b[0m initiated the call" in shown


def test_marks_where_there_is_no_bold() -> None:
    """On a screen without bold the answer stands between marks in its sentence."""
    shown = render_answer(_answer(_span_of(QUOTE, "Germany")), replace(PLAIN, marks=True), HERE)
    assert "\n  »Germany« initiated the call on Friday.\n" in shown


def _below_head(shown: str) -> list[str]:
    """Return the lines below those that say what is answered."""
    lines = shown.splitlines()
    return lines[lines.index("") + 1 :]


def test_head_is_broken_between_words() -> None:
    """On a narrow screen no word of the answer is torn apart, and no line of it looks like a citation."""
    text = "He said [2] A call — articles/b.txt:9 to nobody at all."
    answer = text[len("He said ") : -1]
    quote = replace(QUOTE, text=text, answer=answer, answer_start=8, answer_end=len(text) - 1)
    shown = render_answer(_answer(quote), Style(width=40, colour=True, links=False), HERE)
    head = shown[: shown.index("\n\n")]
    assert all(len(line) <= 40 for line in re.sub("\x1b\\[[0-9;]*m", "", head).splitlines())
    assert re.sub("\x1b\\[[0-9;]*m", "", head).split() == ["|", *f"{answer} (likely, 88% sure)".split()]
    other = _answer(_span_of(QUOTE, "Germany"), _other(QUOTE, 2, "Berlin and then [1] Moscow", 0.6, "b.txt"))
    told = render_answer(other, Style(width=40, colour=False, links=False), HERE)
    assert "Another article says Berlin and then\n| [1] Moscow [2]\n" in told


def test_long_citation_is_wrapped() -> None:
    """A citation is broken between words and goes on indented; its place stays whole."""
    citation = replace(CITATION, title="A rare call between Berlin and Moscow", path=HERE / ("x" * 50 + ".txt"))
    shown = render_answer(_answer(replace(QUOTE, citation=citation)), Style(width=40, colour=False, links=False), HERE)
    assert _below_head(shown)[1:] == [
        "  [1] A rare call between Berlin and",
        "    Moscow —",
        "    " + "x" * 50 + ".txt:2",
        "    (ICARO, 2024-11-15)",
    ]


def test_some_quotes() -> None:
    """Quotes can be shown without the answer's head."""
    answer = _answer(_span_of(QUOTE, "Germany"), _other(QUOTE, 2, "Berlin", 0.6, "b.txt"))
    assert render_quotes(answer, answer.quotes[1:], PLAIN, HERE) == (
        "Less likely, other answers:\n\n  It was Berlin, they say.\n  [2] A rare call — articles/b.txt:9\n"
    )


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


def test_refusal_with_the_nearest_quotes() -> None:
    """A refusal says so first and then lists the nearest quotes."""
    refused = replace(ANSWER, answered=False, answer=None, confidence=0.04)
    assert render_answer(refused, PLAIN, HERE) == (
        "Not answered in these articles. The nearest quotes (4% likely to answer):\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
    )


def test_refusal_marks_no_answer() -> None:
    """In the quotes that are only the nearest ones nothing is marked as an answer."""
    refused = replace(_answer(_span_of(QUOTE, "Germany")), answered=False, answer=None, confidence=0.04)
    assert "  Germany initiated the call on Friday.\n" in render_answer(refused, replace(_BRIGHT, hues=True), HERE)


def test_refusal_without_quotes() -> None:
    """Where nothing is near, one line says all."""
    refused = replace(ANSWER, answered=False, answer=None, confidence=0.0, quotes=())
    assert render_answer(refused, PLAIN, HERE) == "Not answered in these articles.\n"


def test_changed_file_is_told() -> None:
    """Under a quote that the file no longer has at its place, a line says so."""
    assert render_answer(_answer(replace(QUOTE, verified=False)), PLAIN, HERE) == (
        "Answered in these articles (likely, 88% sure):\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
        "  ! the file has changed since it was indexed, or is gone\n"
    )


def _copied(*names: str) -> Quote:
    """Return a quote whose words stand in other files, too."""
    return replace(QUOTE, copies=tuple(replace(CITATION, path=HERE / name, line=3) for name in names))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("b.txt",), "also in b.txt:3"),
        (("b.txt", "c.txt"), "also in b.txt:3; c.txt:3"),
        (("b.txt", "c.txt", "d.txt"), "also in b.txt:3; c.txt:3; d.txt:3"),
        (tuple(f"{name}.txt" for name in "bcdefghi"), "also in b.txt:3; c.txt:3; d.txt:3 and 5 more"),
    ],
)
def test_other_places_stand_under_the_citation(names: tuple[str, ...], said: str) -> None:
    """The other places of a quote are named, three at most, and the rest counted."""
    assert render_answer(_answer(_copied(*names)), PLAIN, HERE) == (
        "Answered in these articles (likely, 88% sure):\n"
        "\n"
        "  Germany initiated the call on Friday.\n"
        "  [1] A rare call — articles/call.txt:2 (ICARO, 2024-11-15)\n"
        f"    {said}\n"
    )


def test_other_places_are_dim_links() -> None:
    """They are dimmed as the citation is, each a link to its file."""
    shown = render_answer(_answer(_copied("b.txt", "c.txt")), _BRIGHT, HERE)
    assert shown.splitlines()[-1] == (
        "    \x1b[2malso in \x1b]8;;file:///home/reader/b.txt\x1b\\b.txt:3\x1b]8;;\x1b\\;"
        " \x1b]8;;file:///home/reader/c.txt\x1b\\c.txt:3\x1b]8;;\x1b\\\x1b[0m"
    )


def test_other_places_are_wrapped_and_stand_last() -> None:
    """Places stay whole where the line is broken, even with spaces; that the cited file has changed is said before."""
    quote = replace(_copied("a long name.txt", "another name.txt"), verified=False)
    shown = render_answer(_answer(quote), Style(width=40, colour=False, links=False), HERE)
    assert shown.splitlines()[-3:] == [
        f"  ! {CHANGED}",
        "    also in a long name.txt:3;",
        "    another name.txt:3",
    ]


def test_unverified_quote_is_not_called_changed() -> None:
    """Where verification was left out, nothing is said of it."""
    assert "!" not in render_answer(_answer(replace(QUOTE, verified=None)), PLAIN, HERE)


def test_long_quote_is_wrapped() -> None:
    """A quote is broken at spaces, indented, and the bold of an answer ends with each line."""
    text = "Germany initiated the call on Friday, sources in Berlin said after it."
    quote = _span_of(replace(QUOTE, text=text), "on Friday, sources in Berlin")
    shown = render_answer(_answer(quote), Style(width=40, colour=True, links=False), HERE)
    assert _below_head(shown)[:2] == [
        "  Germany initiated the call \x1b[1mon Friday,\x1b[0m",
        "  \x1b[1msources in Berlin\x1b[0m said after it.",
    ]


def test_word_longer_than_the_screen_is_broken() -> None:
    """A word without spaces is broken where the line ends."""
    quote = replace(QUOTE, text="x" * 100, answer="x" * 100, answer_end=100)
    shown = render_answer(_answer(quote), Style(width=40, colour=False, links=False), HERE)
    assert _below_head(shown)[:3] == ["  " + "x" * 38, "  " + "x" * 38, "  " + "x" * 24]


@given(words=st.lists(st.text("abcdefg", min_size=1, max_size=30), min_size=1, max_size=60), width=st.integers(40, 100))
def test_wrapping_loses_nothing(words: list[str], width: int) -> None:
    """Lines keep to the width and hold all words in order."""
    text = " ".join(words)
    quote = replace(QUOTE, text=text, answer=text, answer_end=len(text))
    shown = render_answer(_answer(quote), Style(width=width, colour=False, links=False), HERE)
    lines = _below_head(shown[: shown.index("  [1]")])
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
    quote = _span_of(replace(QUOTE, text=text, citation=citation, copies=(citation,) * 5), f"answer{hostile}")
    shown = render_answer(_answer(quote), Style(width=80, colour=True, links=links), HERE)
    left = _OUR_ESCAPES.sub("", shown)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", left)
    assert len(left.splitlines()) == left.count("\n")


def test_title_with_an_escape_is_shown_by_number() -> None:
    """An escape sequence in a title is text."""
    evil = replace(CITATION, title="\x1b[2JTitle", path=HERE / "a\x1b[31m.txt", source="\u202eX", date=None, line=None)
    assert citation_lines(evil, PLAIN, HERE) == "[1] <U+001B>[2JTitle — a<U+001B>[31m.txt (<U+202E>X)"


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
