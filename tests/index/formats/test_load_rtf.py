"""Loading RTF: its text whatever it is encoded in, and what it states of itself."""

import random
import time

import pytest

from index.articles import Article
from index.errors import ArticleError, NotAnArticleError
from tests.index.formats.loading import loaded

BODY = "The council met on Monday. It approved the budget."


def rtf(content: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    return f"{{\\rtf1{head} {content}}}".encode("ascii")


def text_of(content: str, head: str = r"\ansi\ansicpg1252") -> str:
    return loaded("load_rtf", rtf(content, head)).article.text


def test_file_is_one_article() -> None:
    """Paragraphs are the article's text; the title and the author are those the file states."""
    info = r"{\info{\title Council Approves \'93Budget\'94}{\author Jane {\b Doe}}{\creatim\yr2024\mo11\dy15}}"
    head = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\colortbl;\red0\green0\blue0;}" + info
    content = "\\pard\\b The council met.\\b0\\par\r\n\\par It   approved\r\n the budget.\\par"
    assert loaded("load_rtf", rtf(content, head)).articles == (
        Article(
            text="The council met.\n\nIt approved the budget.", title="Council Approves “Budget”", author="Jane Doe"
        ),
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r"Z\'fcrich\'92s caf\'e9", "Zürich’s café"),
        (r"Z\u252 urich\u8217\'92s", "Zürich’s"),
        (r"Z\uc0\u252 rich", "Zürich"),
        (r"\ldblquote no\rdblquote\emdash\lquote yes\rquote\~\endash", "“no”—‘yes’ –"),
        (r"co\-operate no\_one", "cooperate no-one"),
        (r"a \u-10179?\u-8704? smile", "a 😀 smile"),
        (r"\f3\u-3913?\tab a bridge", "• a bridge"),
        (r"half a \u-10179? smile", "half a � smile"),
        (r"one\tab two\line three", "one two\n\nthree"),
        (r"\{braces\} and C:\\v", r"{braces} and C:\v"),
    ],
    ids=["hex", "unicode", "no fallback", "quotes", "hyphens", "pair", "bullet", "half a pair", "breaks", "escapes"],
)
def test_characters(content: str, text: str) -> None:
    """Letters beyond ASCII are read however they are written."""
    assert text_of(content) == text


def test_code_page_and_font_say_what_bytes_are() -> None:
    """A byte is a letter of the file's code page, or of its font's."""
    assert text_of(r"\'cc\'ee\'f1\'ea\'e2\'e0", r"\ansi\ansicpg1251") == "Москва"
    assert text_of(r"{\f1 \'93\'8c\'8b\'9e}", r"\ansi\ansicpg1252{\fonttbl{\f1\fcharset128 Mincho;}}") == "東京"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_bytes_that_are_not_escaped(encoding: str) -> None:
    """Letters beyond ASCII that stand in the file as they are, are read."""
    data = "{\\rtf1\\ansi\\ansicpg1252 Zürich’s café}".encode(encoding)
    assert loaded("load_rtf", data).article.text == "Zürich’s café"


@pytest.mark.parametrize(
    "content",
    [
        r"It {\v never }met.",
        r"It \v never \v0 met.",
        r"It {\deleted\revauthdel1 never }met.",
        r"It {\*\bkmkstart a}met.{\header The Times}{\footnote A note.}",
        r"It met{\*\unknown {x} y}.",
        r"It {\pict\pngblip 89504e47}met.",
    ],
    ids=["hidden", "switched off", "deleted", "header and note", "unknown", "picture"],
)
def test_what_is_not_seen_is_not_read(content: str) -> None:
    """Text that is hidden, deleted or on the margin is not the article's."""
    assert text_of(content).split() == ["It", "met."]


def test_what_is_switched_on_again_is_read() -> None:
    """Text of a group after what is hidden in it is read, and so is text that was not deleted."""
    assert text_of(r"{It \v never\v0 met} and \deleted0 left.") == "It met and left."


def test_binary_data_is_passed_over() -> None:
    """A picture's bytes are none of the text, whatever they look like."""
    data = rb"{\rtf1\ansi It {\pict\bin9 }}}\xff\x00\\'93\x81}met.}"
    assert loaded("load_rtf", data).article.text == "It met."


def test_link_is_its_text() -> None:
    """A link is read as it is shown, without its address."""
    field = r'{\field{\*\fldinst{HYPERLINK "https://example.org/"}}{\fldrslt{the budget}}}'
    assert text_of(f"It approved {field}.") == "It approved the budget."


def test_table_is_read_row_by_row() -> None:
    """A table's rows are lines, their cells apart."""
    rows = "".join(
        rf"\trowd\cellx100\cellx200 {a}\cell {b}\cell\row " for a, b in (("Year", "Income"), ("2019", "5.2"))
    )
    assert text_of(rf"Before.\par {rows}\pard After.") == "Before.\n\nYear | Income\n2019 | 5.2\n\nAfter."


def test_title_without_one_stated() -> None:
    """A file that states no title, or a program's, is titled as its first lines are."""
    assert loaded("load_rtf", rtf(BODY)).article.title == "The council met on Monday."
    assert loaded("load_rtf", rtf(r"{\info{\title budget.doc}}" + BODY)).article.title == "The council met on Monday."


def test_agency_of_a_dateline_is_the_source() -> None:
    """The agency that an article names at its beginning is its source."""
    assert loaded("load_rtf", rtf(f"PARIS (Reuters) - {BODY}")).article.source == "Reuters"


@pytest.mark.parametrize("data", [b"", b" \r\n", rb"{\rtf1}", rb"{\rtf1\ansi\par \par }", rb"{\rtf1{\pict 00}}"])
def test_no_text_is_no_article(data: bytes) -> None:
    """An empty file and one of white space or pictures hold no article."""
    with pytest.raises(NotAnArticleError, match="empty"):
        loaded("load_rtf", data)


@pytest.mark.parametrize("data", [b"plain text", b"\xd0\xcf\x11\xe0", b"{rtf1 x}", rb"{\rtf1 \u9999999 x}"])
def test_other_files_are_no_rtf(data: bytes) -> None:
    """What is no RTF is said to be none."""
    with pytest.raises(ArticleError, match="not a readable RTF file"):
        loaded("load_rtf", data)


def test_many_links_on_one_line_are_read_at_once() -> None:
    """A long line of fields does not make a run hang."""
    field = r"{\field{\*\fldinst{REF x}}{\fldrslt{a}}}"
    began = time.perf_counter()
    assert text_of(field * 10_000) == "a" * 10_000
    assert time.perf_counter() - began < 10


def test_damaged_files_raise_nothing_else() -> None:
    """Whatever is wrong with a file, it is read in part, fails with a reason, or is no article."""
    content = (
        r"{\info{\title A}}{\fonttbl{\f1\fcharset128 M;}}It \uc1\u252 u{\f1 \'93\'8c}{\pict\bin3 abc}{\v x}\cell\row"
    )
    whole = rtf(content)
    chance = random.Random(1)
    reasons = set()
    for number in range(1_000):
        data = bytearray(whole[: chance.randrange(len(whole))] if number % 4 == 0 else whole)
        for _ in range(chance.choice([1, 3, 10]) if data else 0):
            data[chance.randrange(len(data))] = chance.choice(b"\\{}'u0123456789\xff\x00 ")
        try:
            article = loaded("load_rtf", bytes(data)).article
            (article.text + article.title).encode()
        except (ArticleError, NotAnArticleError) as error:
            reasons.add(str(error))
    assert reasons == {"empty", "not a readable RTF file"}
