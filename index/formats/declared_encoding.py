"""Decode markup and mail by the encoding that they say they are in, as far as that can be true."""

import codecs
import re

from index.decode import Decoded, decode_text, mended_utf8

_HEAD = 4096
"""How far into a page its encoding is looked for; browsers look through the first thousand bytes at least."""

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(
    rb"""(?:^\s*<\?xml[^>]{0,200}?encoding|<meta[^>]{0,1000}?charset)\s*=\s*["']?\s*([\w:.+-]{1,40})""", re.IGNORECASE
)
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What browsers read where one of these is declared (encoding.spec.whatwg.org); the writers' programs did, too."""

_UTF_16_AND_32 = re.compile(r"utf-(?:16|32)(?:-[bl]e)?")
_NOT_OF_FILES = frozenset(["idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"])
_HIGH = bytes(range(0x80, 0x100))


def decode_markup(data: bytes) -> Decoded:
    """Decode a page of HTML or XML by its byte-order mark, else as it declares, else as `decode_text` does.

    Without a mark, a declaration of UTF-16 stands for UTF-8: it could not be read in UTF-16.
    """
    found = _DECLARATION.search(_COMMENT.sub(b"", data[:_HEAD]))
    declared = found.group(1).decode("ascii", "replace") if found else None
    encoding = _known(declared)
    return decode_declared(data, None if encoding and _UTF_16_AND_32.fullmatch(encoding) else declared)


def decode_declared(data: bytes, declared: str | None) -> Decoded:
    """Decode text by its byte-order mark, else in the encoding declared, else as `decode_text` does.

    A declaration that the bytes belie is not believed: one of an encoding in which they are no
    text, or of one byte a character where they are UTF-8. Where most of what is declared as UTF-8
    is, the rest becomes replacement characters. Raises what `decode_text` does.
    """
    encoding = _known(declared)
    if encoding is None or _has_mark(data):
        return decode_text(data)
    if encoding == "utf-8":
        return mended_utf8(data) or decode_text(data)
    if b"\0" in data and not _UTF_16_AND_32.fullmatch(encoding):
        return decode_text(data)  # which says that it is binary
    if _has_one_byte_a_character(encoding) and not data.isascii() and (text := _decoded(data, "utf-8")) is not None:
        return Decoded(text, f"declared as {declared}, read as UTF-8")
    if (text := _decoded(data, encoding)) is not None:
        return Decoded(text, None)
    guessed = decode_text(data)
    return Decoded(guessed.text, f"declared as {declared}, {guessed.warning or 'read as UTF-8'}")


def _known(declared: str | None) -> str | None:
    """Return the name of the encoding to decode by, None where the declared one is unknown."""
    if declared is None:
        return None
    try:
        b" ".decode(declared, "replace")  # which `hex` and the like refuse
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_OF_FILES else _WIDER.get(name, name)


def _has_mark(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))


def _has_one_byte_a_character(encoding: str) -> bool:
    return len(_HIGH.decode(encoding, "replace")) == len(_HIGH)


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text, None where the bytes are no text in that encoding."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None
