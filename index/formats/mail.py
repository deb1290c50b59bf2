"""Read the parts and headers of a mail from a stranger, and of a web page that was saved as one."""

import email
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage, Message

from index.decode import Decoded
from index.errors import ArticleError
from index.formats.declared_encoding import decode_declared, decode_markup

# What the library raises for odd headers, by trial; it means to raise nothing.
_FAULTS = (AttributeError, LookupError, OverflowError, RecursionError, ValueError)


def parse_mail(data: bytes) -> EmailMessage:
    """Return a mail; raise `ArticleError` for one that cannot be parsed.

    Any bytes can be: those that are no mail have no headers.
    """
    with damage_told():
        return email.message_from_bytes(data, EmailMessage, policy=policy.default)


@contextmanager
def damage_told() -> Iterator[None]:
    """Raise `ArticleError` for what the library raises while a mail is looked through."""
    try:
        yield
    except _FAULTS as error:
        raise ArticleError("damaged mail") from error


def header_of(message: Message, name: str) -> str | None:
    """Return a header as one line of text, None where it is missing, blank or beyond reading."""
    try:
        text = str(message.get(name) or "")
    except _FAULTS:
        return None
    return " ".join(text.split()) or None


def body_text(part: EmailMessage) -> Decoded:
    """Decode a part of text by the encoding that its header names, or that its markup declares.

    Raises what `decode_text` does.
    """
    with damage_told():
        content = part.get_payload(decode=True)
        charset = part.get_content_charset()
        is_markup = part.get_content_type() != "text/plain"
    data = content if isinstance(content, bytes) else b""
    return decode_markup(data) if is_markup and charset is None else decode_declared(data, charset)
