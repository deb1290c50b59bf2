"""From bytes to text: what an encoding says is kept, what is no text is refused."""

import codecs

import pytest
from hypothesis import given, settings

from index.decode import decode_text
from index.errors import ArticleError, NotAnArticleError
from tests.strategies import article_text, file_text, marked_text

WESTERN = "The café in Zürich reopened – “at last”, its owner said on Friday."


@settings(max_examples=150, deadline=None, database=None)
@given(file_text())
def test_utf8_is_kept(text: str) -> None:
    """UTF-8 comes back as it was written: line ends, marks and all."""
    decoded = decode_text(text.encode())
    assert (decoded.text, decoded.warning) == (text, None)


@settings(max_examples=80, deadline=None, database=None)
@given(marked_text())
def test_utf8_mark_stays(text: str) -> None:
    """A UTF-8 byte-order mark is the first code point, as it is to `open(encoding="utf-8")`."""
    data = codecs.BOM_UTF8 + text[1:].encode()
    assert decode_text(data).text == data.decode("utf-8")
    assert decode_text(data).text[0] == "\ufeff"


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")], ids=["le", "be"]
)
def test_utf16_is_read_by_its_mark(mark: bytes, encoding: str) -> None:
    """UTF-16 of either byte order is read without a warning, and its mark is no part of the text."""
    decoded = decode_text(mark + "Zürich 😀\r\n".encode(encoding))
    assert (decoded.text, decoded.warning) == ("Zürich 😀\r\n", None)


@settings(max_examples=150, deadline=None, database=None)
@given(article_text().filter(lambda text: not text.startswith("\0")))
def test_utf16_is_kept(text: str) -> None:
    """UTF-16 with its mark comes back as it was written, NUL included."""
    assert decode_text(text.encode("utf-16")).text == text


def test_utf32_is_not_taken_for_utf16() -> None:
    """UTF-32 is read as such or refused, and not indexed with a NUL after each letter."""
    try:
        text = decode_text(codecs.BOM_UTF32_LE + "Zürich".encode("utf-32-le")).text
    except (ArticleError, NotAnArticleError):
        return
    assert text == "Zürich"


def test_western_encoding_is_guessed_with_a_warning() -> None:
    """Windows' Western encoding is read, and named."""
    decoded = decode_text(WESTERN.encode("cp1252"))
    assert (decoded.text, decoded.warning) == (WESTERN, "not UTF-8, read as cp1252")


@pytest.mark.parametrize("odd", [b"\xe9", b"\xe2\x80"], ids=["latin-1", "cut off"])
def test_stray_bytes_spoil_no_utf8(odd: bytes) -> None:
    """What is UTF-8 but for a byte or two keeps its words; the odd bytes become replacement characters."""
    decoded = decode_text(WESTERN.encode() + odd)
    assert (decoded.text, decoded.warning) == (WESTERN + "\ufffd", "not all valid UTF-8")


def test_late_odd_byte_loses_no_file() -> None:
    """A byte that the guessed encoding does not have, far behind what the guess was made by, is replaced."""
    data = WESTERN.encode("cp1252") * 20_000
    decoded = decode_text(data + b"\x9d")
    assert decoded.text == WESTERN * 20_000 + "\ufffd"
    assert decoded.warning == "not UTF-8, read as cp1252, and not all valid as that"


def test_short_western_text_is_guessed() -> None:
    """One word is enough where only Western encodings make sense of it."""
    assert decode_text("Café".encode("latin-1")).text == "Café"


@pytest.mark.parametrize("data", [b"text\0more", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(1, 9)) * 20])
def test_binary_is_not_an_article(data: bytes) -> None:
    """A NUL, or many control characters, make a file a binary one."""
    with pytest.raises(NotAnArticleError, match="binary"):
        decode_text(data)


def test_few_controls_are_text() -> None:
    """One stray control character, as an old terminal leaves, does not make a file binary."""
    assert decode_text(b"a" * 99 + b"\x07").text == "a" * 99 + "\a"


def test_broken_utf16_is_an_error_with_its_place() -> None:
    """UTF-16 that ends within a character is refused, with the byte."""
    with pytest.raises(ArticleError, match=r"not valid utf-16 text \(byte 2\)"):
        decode_text(codecs.BOM_UTF16_LE + b"a")


def test_no_bytes_are_no_text() -> None:
    """An empty file decodes to an empty text."""
    assert decode_text(b"").text == ""


@pytest.mark.parametrize(
    "text",
    [
        "Café",
        "The naïve façade was repainted in crème, said Zoé Lefèvre of São Paulo.",
        "Muñoz paid £48 million, or €56 million, for Åsa’s “Ångström” – no more. " * 40,
    ],
    ids=["word", "sentence", "article"],
)
def test_english_in_cp1252_is_read_as_it_was_written(text: str) -> None:
    """Accents, currency signs and typographic marks of the commonest legacy encoding come out right."""
    decoded = decode_text(text.encode("cp1252"))
    assert (decoded.text, decoded.warning) == (text, "not UTF-8, read as cp1252")
