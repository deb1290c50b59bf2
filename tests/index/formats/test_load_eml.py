"""Mails: their text, and what their headers say."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Article, ArticleDate, DateOrigin, LandmarkKind
from index.errors import ArticleError, NotAnArticleError
from tests.index.formats.loading import Loaded, loaded

_TEXT = "The council of Verden met on Tuesday – late.\n\nIt approved the new bridge\nby 21 votes to 18."


def mail(text: str | None = _TEXT, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in ({"From": "Jane Doe <jane@times.example>", "Subject": "Bridge"} | headers).items():
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text, cte="quoted-printable")
    return message


def load(message: EmailMessage | bytes) -> Loaded:
    return loaded("load_eml", message if isinstance(message, bytes) else message.as_bytes())


def test_mail_is_an_article() -> None:
    """Subject, sender, list and day are the mail's own; hard-wrapped lines stay as they are."""
    found = load(mail(Date="Fri, 15 Nov 2024 23:30:00 -0500", List_Id='"Harbour Times" <news.times.example>'))
    assert found.articles == (
        Article(
            text=_TEXT,
            title="Bridge",
            date=ArticleDate("2024-11-15", DateOrigin.METADATA),
            source="Harbour Times",
            author="Jane Doe",
        ),
    )
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("header", "source"),
    [("<news.times.example>", "news.times.example"), ("news.times.example", "news.times.example"), ("", None)],
)
def test_list_without_a_name(header: str, source: str | None) -> None:
    """A list is known by its identifier where it has no name."""
    assert load(mail(List_Id=header)).article.source == source


def test_missing_headers_are_not_made_up() -> None:
    """A mail without a subject is titled by its first words; it has no date that it does not say."""
    article = load(b"X-Mailer: none\r\n\r\nThe council met. It voted.\r\n").article
    assert article == Article(text="The council met. It voted.", title="The council met.")


@pytest.mark.parametrize("date", ["soon", "Fri, 99 Nov 2024 10:00:00 +0000", ""])
def test_odd_dates_are_none(date: str) -> None:
    """What is no date of a mail says nothing."""
    assert load(f"From: a@b.example\r\nDate: {date}\r\n\r\nIt met.".encode()).article.date is None


def test_encoded_headers_are_read() -> None:
    """Words in other letters are decoded in headers, folded or not."""
    data = (
        b"From: =?utf-8?q?J=C3=BCrgen_Stra=C3=9Fer?= <j@times.example>\r\n"
        b"Subject: =?utf-8?b?QnLDvGNrZQ==?=\r\n =?iso-8859-1?q?_f=FCr?= Verden\r\n\r\nIt met."
    )
    article = load(data).article
    assert (article.title, article.author) == ("Brücke für Verden", "Jürgen Straßer")


def test_plain_text_goes_before_html() -> None:
    """Of a mail in both forms the plain one is read."""
    message = mail()
    message.add_alternative("<h1>Other</h1><p>HTML</p>", subtype="html")
    assert load(message).article.text == _TEXT


def test_plain_text_that_only_stands_for_html_does_not() -> None:
    """A newsletter whose plain form only says so is read in HTML."""
    message = mail("Your program cannot show this mail. View it in your browser.")
    message.add_alternative(f"<p>{_TEXT * 4}</p>", subtype="html")
    assert load(message).article.text.startswith("The council of Verden met on Tuesday")


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_text_behind_a_picture_is_read(subtype: str) -> None:
    """What a mailer parts by a picture is one text, with what is to be saved left out."""
    message = mail(None)
    message.set_content("<p>It met.</p>" if subtype == "html" else "It met.", subtype=subtype)
    message.make_mixed()
    message.add_attachment(b"png", "image", "png", disposition="inline")
    message.add_attachment(
        "<p>It voted.</p>" if subtype == "html" else "It voted.", subtype=subtype, disposition="inline"
    )
    message.add_attachment("SECRET", filename="a.txt")
    assert load(message).article.text == "It met.\n\nIt voted."


def test_part_that_cannot_be_read_loses_no_mail() -> None:
    """HTML that is no text, and a log with odd bytes, take nothing from the text beside them."""
    message = mail()
    message.add_alternative(b"<p>\0</p>", "text", "html")
    message.make_mixed()
    message.add_attachment(b"\0\0", "text", "plain", disposition="inline")
    assert load(message).article.text == _TEXT
    broken = mail(None)
    broken.set_content(b"\0\0", "text", "plain")
    with pytest.raises(NotAnArticleError, match="binary"):
        load(broken)


def test_forms_beside_one_another_are_one_text() -> None:
    """A mailer that sends both forms as parts of their own says nothing twice; a file in the text is an attachment."""
    message = mail("It met.")
    message.make_mixed()
    message.add_attachment("<p>It met.</p>", subtype="html", disposition="inline")
    message.add_attachment("SECRET", disposition="inline", filename="log.txt")
    found = load(message)
    assert (found.article.text, found.warnings) == ("It met.", ("1 attachment not read",))


@pytest.mark.parametrize("plain", [None, "\r\n \r\n"])
def test_html_is_read_where_there_is_no_plain_text(plain: str | None) -> None:
    """A newsletter's HTML is read with all of its content, its headings as landmarks."""
    message = mail(plain)
    html = (
        "<html><head><title>x</title><style>p {}</style></head><body><div style='display:none'>Preview</div>"
        "<table><tr><td><h2>Bridge</h2><p>The council met.</p></td><td><a href='/a'>Read on</a></td></tr></table>"
        "<h2>Ferry</h2><p>It stops.</p></body></html>"
    )
    if plain is None:
        message.set_content(html, subtype="html")
    else:
        message.add_alternative(html, subtype="html")
    article = load(message).article
    assert article.text == "Bridge\n\nThe council met.\n\nRead on\n\nFerry\n\nIt stops."
    assert [(mark.kind, mark.label) for mark in article.landmarks] == [
        (LandmarkKind.HEADING, "Bridge"),
        (LandmarkKind.HEADING, "Ferry"),
    ]
    assert article.text[article.landmarks[1].start :].startswith("Ferry")


def test_flowed_text_is_joined() -> None:
    """Lines that the mailer broke are paragraphs again."""
    data = b"Subject: x\r\nContent-Type: text/plain; format=flowed\r\n\r\nThe council \r\nmet.\r\n\r\nIt \r\nvoted.\r\n"
    assert load(data).article.text == "The council met.\n\nIt voted."


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-8", "utf-16"])
def test_text_is_decoded_by_its_charset(charset: str) -> None:
    """A part is read in the encoding that its header names."""
    text = "Café Noël reopened – “at last”." if charset != "iso-8859-1" else "Café Noël reopened."
    message = mail(None)
    message.set_content(text.encode(charset), "text", "plain", params={"charset": charset})
    found = load(message)
    assert (found.article.text.lstrip("\ufeff"), found.warnings) == (text, ())


def test_wrong_charset_is_warned_of() -> None:
    """A mail that is not in the encoding it names is read all the same, and that is told."""
    data = b"Subject: x\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + "Café Noël.".encode()
    found = load(data)
    assert (found.article.text, found.warnings) == ("Café Noël.", ("declared as us-ascii, read as UTF-8",))


@pytest.mark.parametrize(("count", "warning"), [(1, "1 attachment not read"), (3, "3 attachments not read")])
def test_attachments_are_counted(count: int, warning: str) -> None:
    """Attachments are not read, and their number is told; pictures within the text are none."""
    message = mail()
    message.add_alternative("<p>x<img src='cid:a'></p>", subtype="html")
    related = message.get_payload(1)
    assert isinstance(related, EmailMessage)
    related.add_related(b"png", "image", "png", cid="<a>")
    for number in range(count):
        message.add_attachment(f"SECRET {number}".encode(), "text", "plain", filename=f"{number}.txt")
    found = load(message)
    assert (found.article.text, found.warnings) == (_TEXT, (warning,))


def test_forwarded_mail_is_an_attachment() -> None:
    """A mail within a mail counts once, with all that hangs on it."""
    inner = mail("Inner.")
    inner.add_attachment(b"x", "application", "pdf", filename="a.pdf")
    message = mail()
    message.add_attachment(inner)
    found = load(message)
    assert (found.article.text, found.warnings) == (_TEXT, ("1 attachment not read",))


def test_mail_that_was_forwarded_within_the_text_is_read() -> None:
    """A mail that is no attachment is part of the text, and is not counted; what a server says of a mail is neither."""
    message = mail()
    message.make_mixed()
    for kind, body in (("rfc822", b"Subject: y\r\n\r\nInner."), ("delivery-status", b"Action: failed\r\n\r\n")):
        part = EmailMessage()
        part["Content-Type"] = f"message/{kind}"
        part.set_payload([message_from_bytes(body, policy=default)])
        message.attach(part)
    found = load(message)
    assert "Inner." in found.article.text
    assert "failed" not in found.article.text
    assert found.warnings == ("1 attachment not read",)


@pytest.mark.parametrize("data", [b"", b"\r\n", b"Subject: x\r\n\r\n", b"Subject: x\r\n\r\n \r\n"])
def test_mail_without_text_is_no_article(data: bytes) -> None:
    """A mail in which nothing is written is skipped."""
    with pytest.raises(NotAnArticleError, match="empty"):
        load(data)


def test_mail_of_attachments_alone_is_no_article() -> None:
    """A mail with a picture and no word is skipped."""
    message = mail(None)
    message.add_attachment(b"png", "image", "png", filename="a.png")
    with pytest.raises(NotAnArticleError, match="empty"):
        load(message)


def test_text_without_headers_is_no_mail() -> None:
    """A file that only has the name of a mail is told of."""
    with pytest.raises(ArticleError, match="no headers of a mail"):
        load(b"The council met.\nIt voted.\n")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\nVersion: 1\r\n--b--\r\n", "encrypted"),
        (b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nAAAA", "encrypted"),
        (b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nAAAA", "signed as a whole"),
        (b"\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n", "encrypted"),
    ],
)
def test_sealed_mail_is_refused(body: bytes, reason: str) -> None:
    """A mail that needs a key says why it is not read."""
    with pytest.raises(ArticleError, match=reason):
        load(b"Subject: x\r\n" + body)


@pytest.mark.parametrize(
    "header",
    [
        b"From: <a@",
        b"From: a: b@c;@",
        b"From: =?utf-8?q?",
        b"From: ",
        b"Subject: =?utf-8?q?=?=",
        b"List-Id: <",
        b"Date: Fri, 15 Nov 20240000000 10:00:00",
        b"Subject: " + b"x" * 100_000,
        b"Content-Disposition: attachment*0*=",
    ],
)
def test_odd_headers_do_not_hide_the_text(header: bytes) -> None:
    """A header beyond reading costs what it says, and no more."""
    assert load(header + b"\r\nX: y\r\n\r\nIt met.").article.text == "It met."


def test_deeply_nested_mail_is_refused_or_read() -> None:
    """Parts in parts in parts end in an error of the file, or in its text."""
    data = b"Subject: x\r\n"
    for number in range(2_000):
        data += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    with pytest.raises((ArticleError, NotAnArticleError)):
        load(data + b"\r\nIt met.")


def _both_forms() -> bytes:
    message = mail(Date="Fri, 15 Nov 2024 10:00:00 +0100", List_Id="News <news.times.example>")
    message.add_alternative("<h1>Bridge</h1><p>It met – late.</p>", subtype="html", cte="base64")
    message.add_attachment(b"x", "application", "pdf", filename="ä.pdf")
    return message.as_bytes()


_ODD = [b"=?", b"?=", b'"', b"<", b">", b":", b";", b"\r\n", b"\r\n\r\n", b"\xff", b"\0", b"*0*=", b"=", b"--", b"@["]


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 1_500), st.sampled_from(_ODD), st.integers(0, 40)), max_size=6))
def test_damaged_mails_are_articles_or_refused(changes: list[tuple[int, bytes, int]]) -> None:
    """A mail that was cut off or garbled is read as far as it goes, or refused for a reason."""
    data = _both_forms()
    for at, put, dropped in changes:
        data = data[:at] + put + data[at + dropped :]
    try:
        article = load(data).article
    except (ArticleError, NotAnArticleError):
        return
    assert article.text.strip()
    assert article.title.strip()
