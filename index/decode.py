"""Turn the bytes of a text file into the text that every offset counts in."""

import codecs
from dataclasses import dataclass

from index.errors import ArticleError, NotAnArticleError

# The mark of UTF-32-LE begins as that of UTF-16-LE does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))
_MOST_CONTROLS = 0.02
_UNASSIGNED = frozenset(b"\x81\x8d\x8f\x90\x9d")  # in cp1252
_MOST_FOREIGN = 0.35
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text. `warning` says so where its encoding had to be guessed."""

    text: str
    warning: str | None


def decode_text(data: bytes) -> Decoded:
    """Decode UTF-8 with or without a byte-order mark, UTF-16 and UTF-32 by theirs, or a legacy encoding.

    A UTF-8 mark stays in the text as its first code point, as it does where a file is opened with
    `encoding="utf-8"`; line ends stay as they are. Where most of what is not ASCII is UTF-8, the rest
    becomes replacement characters. Raises `NotAnArticleError` for what is not text, `ArticleError` for
    text with a mark of UTF-16 or UTF-32 that is none.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_decode(data, encoding), None)
    if b"\0" in data or _control_share(data[:_SAMPLE]) > _MOST_CONTROLS:
        raise NotAnArticleError("binary")
    try:
        return Decoded(data.decode("utf-8"), None)
    except UnicodeDecodeError:
        return mended_utf8(data) or _guessed(data)


def mended_utf8(data: bytes) -> Decoded | None:
    """Return UTF-8 with a few bytes that are none, as a file has that was cut off or put together of two.

    None where that is all UTF-8, or hardly any.
    """
    text = data.decode("utf-8", "replace")
    mended = text.count("\ufffd") - data.count("\ufffd".encode())
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return Decoded(text, "not all valid UTF-8") if 0 < mended <= foreign - mended else None


def _control_share(sample: bytes) -> float:
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample) if sample else 0.0


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(f"not valid {encoding} text (byte {error.start})") from error


def _guessed(data: bytes) -> Decoded:
    """Decode a legacy encoding as the beginning looks; a byte that is none in it becomes a replacement character."""
    guess = _detect(data[:_SAMPLE])
    warning = f"not UTF-8, read as {guess}"
    try:
        return Decoded(data.decode(guess), warning)
    except UnicodeDecodeError:
        return Decoded(data.decode(guess, "replace"), f"{warning}, and not all valid as that")


def _detect(sample: bytes) -> str:
    """Name the legacy encoding of a text: cp1252 where that can be, as it nearly always is in English."""
    foreign = sum(byte > 0x7F for byte in sample) / len(sample)
    if foreign < _MOST_FOREIGN and not _UNASSIGNED.intersection(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise NotAnArticleError("binary")
    return best.encoding
