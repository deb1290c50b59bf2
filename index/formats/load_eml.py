"""Load a mail: its text is the article, and its attachments are not read."""

import re
from collections.abc import Iterator, Sequence
from email.headerregistry import AddressHeader, DateHeader
from email.message import EmailMessage

from index.articles import Article, ArticleDate, DateOrigin, Fields, SourceFile, Warn
from index.dates import read_date
from index.decode import Decoded
from index.errors import ArticleError, NotAnArticleError
from index.formats.mail import body_text, damage_told, header_of, parse_mail
from index.formats.markup_text import MarkupText, join_markup
from index.formats.markup_tree import parse_html
from index.formats.page_content import whole_content
from index.formats.plain_mail import join_flowed, tidy_plain
from index.headline import read_headline
from index.sentences import split_sentences
from index.spans import trimmed

_NOTHING = MarkupText("", ())
_SHORT = 500
_MUCH_MORE = 4
"""A plain text of fewer code points is a stub where the HTML has so many times as many."""

_LIST_ID = re.compile(r"(.*?)\s*<([^<>]+)>")
_PGP = "-----BEGIN PGP MESSAGE-----"

_Read = tuple[MarkupText, Decoded]
_Refusal = ArticleError | NotAnArticleError


def load(file: SourceFile, /, *, fields: Fields, warn: Warn) -> Iterator[Article]:
    """Yield the one article of a mail.

    Raises `NotAnArticleError` where it has no text, `ArticleError` where it is none or encrypted.
    """
    if not file.data.strip():
        raise NotAnArticleError("empty")
    message = parse_mail(file.data)
    if not message.keys():
        raise ArticleError("no headers of a mail")
    with damage_told():
        _refuse_sealed(message)
        texts = list(_texts(message))
        named = [part for part in texts[1:] if part.get_filename()]  # to be saved, though shown at once
        attachments = _count_attachments(message) + len(named)
        found = _read_all([part for part in texts if part not in named])
    content = join_markup(text for text, _ in found)
    if not (sentences := split_sentences(content.text)):
        raise NotAnArticleError("empty")
    if content.text.startswith(_PGP):
        raise ArticleError("encrypted")
    for warning in dict.fromkeys(decoded.warning for _, decoded in found if decoded.warning):
        warn(warning)
    if attachments:
        warn(f"{attachments} attachment{'s' if attachments > 1 else ''} not read")
    yield Article(
        text=content.text,
        title=header_of(message, "Subject") or read_headline(content.text, sentences).title,
        date=_date(message),
        source=_list_name(message),
        author=_sender(message),
        landmarks=content.landmarks,
    )


def _refuse_sealed(message: EmailMessage) -> None:
    kind = message.get_content_type()
    is_signed = message.get_param("smime-type") == "signed-data"
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and is_signed:
        raise ArticleError("signed as a whole")
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"):
        raise ArticleError("encrypted")


def _count_attachments(part: EmailMessage) -> int:
    """Count what a reader of the mail would be offered to save: not the pictures within its text."""
    if part.is_attachment() or _is_notice(part):
        return 1
    if part.is_multipart():
        return sum(_count_attachments(each) for each in part.iter_parts() if isinstance(each, EmailMessage))
    return int(part.get_content_maintype() not in ("text", "multipart") and "Content-ID" not in part)


def _is_notice(part: EmailMessage) -> bool:
    """Tell whether a part is what a mail server says of a mail; a mail that was forwarded within another is read."""
    return part.get_content_maintype() == "message" and part.get_content_type() != "message/rfc822"


def _texts(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that have a mail's text, in one form or several: also those between its pictures."""
    kind = part.get_content_type()
    if part.get_content_maintype() == "text" or kind in ("multipart/alternative", "multipart/related"):
        yield part
    elif part.is_multipart():
        for each in part.iter_parts():
            if isinstance(each, EmailMessage) and not each.is_attachment() and not _is_notice(each):
                yield from _texts(each)


def _read_all(parts: Sequence[EmailMessage]) -> list[_Read]:
    """Read some parts, each text once; raise what one raises only where no other can be read."""
    found: dict[tuple[str, ...], _Read] = {}
    refused: list[_Refusal] = []
    for part in parts:
        read = _read(part, refused)
        if read:
            found.setdefault(tuple(read[0].text.split()), read)
    if refused and not found:
        raise refused[0]
    return list(found.values())


def _read(part: EmailMessage, refused: list[_Refusal]) -> _Read | None:
    """Return one of the forms of a text: the plain one, or else all of the HTML.

    A short plain one beside much more HTML only says that there is some.
    """
    plain = _read_form(part, "plain", refused)
    if plain and len(plain[0].text) >= _SHORT:
        return plain
    markup = _read_form(part, "html", refused)
    is_stub = plain and markup and len(markup[0].text) > _MUCH_MORE * len(plain[0].text)
    return markup if is_stub else plain or markup


def _read_form(part: EmailMessage, subtype: str, refused: list[_Refusal]) -> _Read | None:
    """Return one form of a text, None where it has no words; what cannot be read is `refused`."""
    form = part.get_body((subtype,))
    if not isinstance(form, EmailMessage):
        return None
    try:
        decoded = body_text(form)
        if subtype == "plain":
            text = MarkupText(_plain_text(form, decoded.text), ())
        else:
            root = parse_html(decoded.text)
            body = root.find("body") if root is not None else None
            text = _NOTHING if body is None else whole_content(body)
    except (ArticleError, NotAnArticleError) as error:
        refused.append(error)
        return None
    return (text, decoded) if trimmed(text.text, 0, len(text.text)) else None


def _plain_text(part: EmailMessage, text: str) -> str:
    with damage_told():
        layout, delete_space = (str(part.get_param(name) or "").lower() for name in ("format", "delsp"))
    flowed = join_flowed(text, delete_space=delete_space == "yes") if layout == "flowed" else text
    return tidy_plain(flowed)


def _date(message: EmailMessage) -> ArticleDate | None:
    """Return the day on which the mail was sent, where it was sent from."""
    if header_of(message, "Date") is None:
        return None
    header = message["Date"]
    if not isinstance(header, DateHeader) or header.datetime is None:
        return None
    return read_date(header.datetime.date().isoformat(), DateOrigin.METADATA)


def _sender(message: EmailMessage) -> str | None:
    if header_of(message, "From") is None:
        return None
    header = message["From"]
    if not isinstance(header, AddressHeader) or not header.addresses:
        return None
    return " ".join(header.addresses[0].display_name.split()) or None


def _list_name(message: EmailMessage) -> str | None:
    """Return the name of the list that the mail came by, its identifier where it has no name."""
    said = header_of(message, "List-Id")
    if said is None or (found := _LIST_ID.fullmatch(said)) is None:
        return said
    return found.group(1).strip('" ') or found.group(2)
