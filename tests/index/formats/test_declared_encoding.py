"""Encodings that pages and mails declare, rightly and wrongly."""

import codecs
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError, NotAnArticleError
from index.formats.declared_encoding import decode_declared, decode_markup

_BODY = "<p>The café in Zürich reopened – “at last”.</p>"


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1252">',
        "<META CHARSET=windows-1252>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
        "<meta content='text/html; charset = windows-1252' http-equiv=content-type>",
        '<!-- <meta charset="utf-8"> --><meta charset="iso-8859-1">',
        '<meta name="viewport" content="width=1"><meta charset=latin1>',
        '<?xml version="1.0" encoding="windows-1252"?>',
        "\n<?xml version=\"1.0\" encoding='us-ascii'?>",
    ],
)
def test_declaration_is_followed(declaration: str) -> None:
    """A page is read as it declares, Latin-1 as the superset that browsers read, and nothing is said of it."""
    page = declaration + _BODY
    found = decode_markup(page.encode("cp1252"))
    assert (found.text, found.warning) == (page, None)


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("shift_jis", "cp932", "①会議が開かれた。"),
        ("gb2312", "gb18030", "会议召开了镕。"),
        ("euc-kr", "cp949", "회의가 열렸다 똠."),
        ("koi8-r", "koi8-r", "Совет собрался."),
        ("iso-2022-jp", "iso2022_jp", "会議が開かれた。"),
    ],
)
def test_other_scripts(label: str, encoding: str, text: str) -> None:
    """Encodings of other scripts are read, with the characters that their writers' programs added to them."""
    page = f"<meta charset={label}><p>{text}</p>"
    assert decode_markup(page.encode(encoding)).text == page


def test_mark_goes_before_a_declaration() -> None:
    """A byte-order mark cannot be wrong."""
    page = '<meta charset="iso-8859-1">' + _BODY
    assert decode_markup(codecs.BOM_UTF8 + page.encode()).text == "\ufeff" + page
    assert decode_markup(page.encode("utf-16")).text == page


def test_page_kept_in_another_encoding_than_its_own() -> None:
    """A browser that keeps a page as UTF-8 leaves its declaration in it: the bytes go before it."""
    page = '<meta charset="iso-8859-1">' + _BODY
    found = decode_markup(page.encode())
    assert (found.text, found.warning) == (page, "declared as iso-8859-1, read as UTF-8")


def test_utf_16_declared_in_one_byte_a_letter() -> None:
    """A declaration of UTF-16 that can be read as ASCII is not true."""
    page = '<meta charset="utf-16">' + _BODY
    assert decode_markup(page.encode()).text == page


def test_false_declaration_of_utf8_is_a_guess() -> None:
    """A page that is not UTF-8, whatever it says, is read as `decode_text` guesses, and the guess is told."""
    page = '<meta charset="utf-8">' + _BODY
    found = decode_markup(page.encode("cp1252"))
    assert (found.text, found.warning) == (page, "not UTF-8, read as cp1252")


def test_a_few_bad_bytes_do_not_spoil_the_rest() -> None:
    """A page of UTF-8 that was cut within a character is still UTF-8."""
    data = ('<meta charset="utf-8">' + _BODY + "é").encode()[:-1]
    found = decode_markup(data)
    assert found.text == '<meta charset="utf-8">' + _BODY + "\ufffd"
    assert found.warning == "not all valid UTF-8"


def test_impossible_declaration_is_a_guess() -> None:
    """Bytes that are no text in the encoding declared are read in another, and that is told."""
    page = '<meta charset="euc-jp">' + _BODY
    found = decode_markup(page.encode("cp1252"))
    assert (found.text, found.warning) == (page, "declared as euc-jp, not UTF-8, read as cp1252")


@pytest.mark.parametrize(
    "label", [None, "", "no-such-encoding", "hex", "rot13", "unicode_escape", "idna", "utf-7", "a\0b", "é"]
)
def test_unknown_encoding_is_none(label: str | None) -> None:
    """A name that is no encoding of texts says nothing."""
    found = decode_declared(rb"It met. \x41 \u0041", label)
    assert (found.text, found.warning) == (r"It met. \x41 \u0041", None)


def test_mail_may_declare_utf_16() -> None:
    """Mail names its encoding outside the text, and may name one of two bytes."""
    assert decode_declared("It met.".encode("utf-16-le"), "utf-16le").text == "It met."


@pytest.mark.parametrize("label", ["iso-8859-1", "utf-8", None])
def test_binary_is_not_text(label: str | None) -> None:
    """What has NULs in it is no text of an encoding without them."""
    with pytest.raises(NotAnArticleError, match="binary"):
        decode_declared(b"\x89PNG\0\0\0", label)


@given(
    st.binary(max_size=200),
    st.sampled_from(["utf-8", "utf-16", "cp1252", "latin1", "gbk", "big5", "shift_jis", "iso-2022-kr", "utf-7", "hz"]),
    st.sampled_from([b"", b"<meta charset=%s>", b'<?xml version="1.0" encoding="%s"?>']),
)
def test_any_bytes_are_text_or_refused(data: bytes, label: str, declaration: bytes) -> None:
    """Whatever is declared of whatever bytes, they are decoded to text that can be encoded, or refused."""
    declared = declaration.replace(b"%s", label.encode())
    for decode in (decode_markup, partial(decode_declared, declared=label)):
        try:
            text = decode(declared + data).text
        except (ArticleError, NotAnArticleError):
            continue
        assert text.encode().decode() == text
