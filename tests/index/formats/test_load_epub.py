"""E-books: the text of their chapters in order, and what the package says of them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Article, ArticleDate, DateOrigin, Landmark, LandmarkKind
from index.errors import ArticleError, NotAnArticleError
from tests.index.formats.loading import Loaded, loaded

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_DETAILS = "<dc:title>The  Bridge</dc:title><dc:creator>Jane Doe</dc:creator><dc:publisher>Harbour</dc:publisher>"


def chapter(body: str, title: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>{title}</title></head><body>{body}</body></html>"
    )


def package(names: Mapping[str, str], details: str = _DETAILS, *, extra: str = "", after: str = "") -> str:
    items = "".join(
        f'<item id="{key}" href="{href}" media-type="application/xhtml+xml"/>' for key, href in names.items()
    )
    spine = "".join(f'<itemref idref="{key}"/>' for key in names)
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{details}</metadata>'
        f'<manifest>{items}{extra}<item id="css" href="a.css" media-type="text/css"/></manifest>'
        f"<spine>{spine}</spine>{after}</package>"
    )


def book(members: Mapping[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def simple_book(*bodies: str, details: str = _DETAILS, **others: str) -> bytes:
    names = {f"c{number}": f"text/c{number}.xhtml" for number in range(len(bodies))}
    chapters = {f"OEBPS/{name}": chapter(body) for name, body in zip(names.values(), bodies, strict=True)}
    return book(
        {"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": package(names, details)} | chapters | others
    )


def load(data: bytes) -> Loaded:
    return loaded("load_epub", data)


def labels(found: Loaded) -> list[str]:
    """Return the labels of the headings, each of which must be where text begins."""
    article = found.article
    assert all(mark.start == 0 or article.text[: mark.start].endswith("\n\n") for mark in article.landmarks)
    return [mark.label for mark in article.landmarks if mark.kind is LandmarkKind.HEADING]


def test_book_is_an_article() -> None:
    """The chapters' texts follow one another; title, author, publisher and date are the package's."""
    found = load(
        simple_book(
            "<h1>One</h1><p>It met.</p>",
            "<h1>Two</h1><p>It voted.</p>",
            details=f"{_DETAILS}<dc:date>2024-11</dc:date>",
        )
    )
    assert found.articles == (
        Article(
            text="One\n\nIt met.\n\nTwo\n\nIt voted.",
            title="The Bridge",
            date=ArticleDate("2024-11", DateOrigin.METADATA),
            source="Harbour",
            author="Jane Doe",
            landmarks=(Landmark(0, LandmarkKind.HEADING, "One"), Landmark(14, LandmarkKind.HEADING, "Two")),
        ),
    )
    assert found.warnings == ()


def test_order_is_the_spines() -> None:
    """Neither the archive nor the manifest says in what order a book is read."""
    opf = package({"b": "b.xhtml", "a": "a.xhtml"})
    members = {"OEBPS/a.xhtml": chapter("<p>Second.</p>"), "OEBPS/b.xhtml": chapter("<p>First.</p>")}
    data = book({"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": opf} | members)
    assert load(data).article.text == "First.\n\nSecond."


def test_names_are_resolved() -> None:
    """References are relative to the package and may be escaped; one chapter is read once."""
    opf = package({"a": "../text/kapitel%201.xhtml", "b": "../text/kapitel%201.xhtml#part"})
    data = book(
        {
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/content.opf": opf,
            "text/kapitel 1.xhtml": chapter("<p>It met.</p>"),
        }
    )
    assert load(data).article.text == "It met."


@pytest.mark.parametrize(
    ("dates", "value"),
    [
        ("<dc:date>2024-11-15T10:00:00Z</dc:date>", "2024-11-15"),
        ('<dc:date opf:event="modification">2024-01-01</dc:date>', None),
        ('<dc:date>2020</dc:date><dc:date opf:event="publication">1903</dc:date>', "1903"),
        ('<dc:date>unknown</dc:date><dc:date opf:event="creation">2020</dc:date>', None),
        ('<meta property="dcterms:modified">2024-01-01T00:00:00Z</meta>', None),
    ],
)
def test_date_is_that_of_publication(dates: str, value: str | None) -> None:
    """When the book's files were made is not when it appeared."""
    date = load(simple_book("<p>It met.</p>", details=dates)).article.date
    assert date == (ArticleDate(value, DateOrigin.METADATA) if value else None)


def test_makers_other_than_authors_are_left_out() -> None:
    """A book's authors are named, its illustrator is not."""
    makers = '<dc:creator opf:role="aut">A. B.</dc:creator><dc:creator>C. D.</dc:creator>'
    details = f'{makers}<dc:creator opf:role="ill">E. F.</dc:creator>'
    assert load(simple_book("<p>It met.</p>", details=details)).article.author == "A. B.; C. D."


def test_book_that_says_nothing_of_itself() -> None:
    """Without a title the first words are it; nothing else is made up."""
    article = load(simple_book("<p>It met late. It voted.</p>", details="")).article
    assert article == Article(text="It met late. It voted.", title="It met late.")


def _book_with_contents(**more: str) -> bytes:
    names = {"c0": "c0.xhtml", "c1": "c1.xhtml", "c2": "c2.xhtml", "c3": "c3.xhtml"}
    nav = '<item id="nav" href="nav/nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    ncx = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    chapters = {
        "OEBPS/c0.xhtml": chapter("<p>It met.</p>", "The Bridge"),
        "OEBPS/c1.xhtml": chapter("<h2>Own</h2><p>It voted.</p>", "Not this"),
        "OEBPS/c2.xhtml": chapter("<p>It rose.</p>", "From its head"),
        "OEBPS/c3.xhtml": chapter("<p>It slept.</p>", "The Bridge"),
    }
    opf = package(names, extra=nav + ncx).replace("<spine>", '<spine><itemref idref="nav"/>')
    return book({"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": opf} | chapters | more)


@pytest.mark.parametrize(
    "contents",
    [
        {
            "OEBPS/nav/nav.xhtml": chapter(
                '<nav epub:type="page-list"><a href="../c0.xhtml">1</a></nav><nav epub:type="toc"><h1>Contents</h1><ol>'
                '<li><a href="../c0.xhtml#s">Chapter <i>One</i></a></li><li><a href="../c0.xhtml#t">Part</a></li>'
                '<li><a href="../c1.xhtml">Not this</a></li></ol></nav>'
            )
        },
        {
            "OEBPS/toc.ncx": '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Chapter'
            ' One</text></navLabel><content src="c0.xhtml"/><navPoint><navLabel><text>Part</text></navLabel>'
            '<content src="c0.xhtml#t"/></navPoint></navPoint></navMap></ncx>'
        },
    ],
    ids=["nav", "ncx"],
)
def test_chapters_without_headings_have_their_titles(contents: dict[str, str]) -> None:
    """Their text is marked with what the contents call them, or they themselves, but not with the book's title."""
    found = load(_book_with_contents(**contents))
    assert found.article.text == "It met.\n\nOwn\n\nIt voted.\n\nIt rose.\n\nIt slept."
    assert labels(found) == ["Chapter One", "Own", "From its head"]


def test_contents_are_not_read() -> None:
    """A table of contents within the book is no text of it, nor are the numbers of printed pages."""
    guide = '<guide><reference type="toc" href="toc.xhtml"/></guide>'
    opf = package({"toc": "toc.xhtml", "a": "a.xhtml"}, after=guide)
    body = '<nav><a href="x">NOISE</a></nav><p>The coun<span epub:type="pagebreak" id="p7">7</span>cil met.</p>'
    members = {"OEBPS/toc.xhtml": chapter("<p>NOISE</p>"), "OEBPS/a.xhtml": chapter(body)}
    data = book({"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": opf} | members)
    assert load(data).article.text == "The council met."


def test_old_book_without_namespaces_is_read() -> None:
    """Packages of the last century, with other types and no namespaces, are read as well."""
    opf = (
        "<package><metadata><dc-metadata><title>Old Book</title></dc-metadata></metadata>"
        '<manifest><item id="a" href="a.html" media-type="text/x-oeb1-document"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    data = book(
        {"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": opf, "OEBPS/a.html": "<p>It met.<p>It<br>voted."}
    )
    article = load(data).article
    assert (article.title, article.text) == ("Old Book", "It met.\n\nIt\nvoted.")


def test_missing_chapters_are_warned_of() -> None:
    """A book of which chapters are missing is read without them."""
    opf = package({"c0": "c0.xhtml", "c1": "c1.xhtml", "c2": "c2.xhtml"})
    data = book(
        {
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/content.opf": opf,
            "OEBPS/c0.xhtml": chapter("<p>It met.</p>"),
            "OEBPS/c2.xhtml": b"\x89PNG\0\0",
        }
    )
    found = load(data)
    assert (found.article.text, found.warnings) == ("It met.", ("2 of 3 chapters not read",))


def test_damaged_chapter_costs_itself() -> None:
    """A chapter whose checksum is wrong is left out, and that is told."""
    data = simple_book("<p>It met.</p>", "<p>It voted on ZZZZ.</p>", "<p>It left.</p>")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as stored:
            for name in archive.namelist():
                stored.writestr(name, archive.read(name))
    found = load(packed.getvalue().replace(b"ZZZZ", b"YYYY"))
    assert found.article.text == "It met.\n\nIt left."
    assert found.warnings == ("1 of 3 chapters not read",)


def test_guessed_encodings_are_warned_of() -> None:
    """A chapter that is not in the encoding it declares is named."""
    data = chapter("<p>Café Noël.</p>").encode("cp1252")
    opf = package({"a": "a.xhtml"})
    found = load(book({"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": opf, "OEBPS/a.xhtml": data}))
    assert (found.article.text, found.warnings) == ("Café Noël.", ("OEBPS/a.xhtml: not UTF-8, read as cp1252",))


def _encryption(uri: str, method: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><enc:EncryptedData '
        f'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod Algorithm="{method}"/><enc:CipherData>'
        f'<enc:CipherReference URI="{uri}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )


_AES = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"


def test_encrypted_book_is_refused() -> None:
    """A book whose chapters need a key says so."""
    data = simple_book("<p>x</p>", **{"META-INF/encryption.xml": _encryption("OEBPS/text/c0.xhtml", _AES)})
    with pytest.raises(ArticleError, match="encrypted"):
        load(data)


@pytest.mark.parametrize(
    ("uri", "method"),
    [
        ("OEBPS/fonts/a.otf", "http://www.idpf.org/2008/embedding"),
        ("OEBPS/fonts/a.otf", _AES),
        ("OEBPS/text/c0.xhtml", "http://ns.adobe.com/pdf/enc#RC"),
    ],
)
def test_masked_fonts_do_not_matter(uri: str, method: str) -> None:
    """A book with fonts that are kept from being taken is read."""
    data = simple_book("<p>It met.</p>", **{"META-INF/encryption.xml": _encryption(uri, method)})
    assert load(data).article.text == "It met."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        simple_book(""),
        simple_book("<img src='cover.jpg'/>", "<script>x</script>"),
        simple_book("<nav>Contents</nav>"),
    ],
)
def test_book_without_text_is_no_article(data: bytes) -> None:
    """A book of pictures is skipped."""
    with pytest.raises(NotAnArticleError, match="empty"):
        load(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no archive", "damaged archive"),
        (simple_book("<p>x</p>")[:-30], "damaged archive"),
        (book({}), "no package of an e-book"),
        (book({"META-INF/container.xml": b"\xff\xfe\0"}), "no package of an e-book"),
        (book({"META-INF/container.xml": "<container/>"}), "no package of an e-book"),
        (book({"META-INF/container.xml": _CONTAINER}), "no package of an e-book"),
        (book({"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": ""}), "no package of an e-book"),
        (simple_book(), "no chapters in the package"),
        (
            book({"META-INF/container.xml": _CONTAINER, "OEBPS/content.opf": package({"a": "a.xhtml"})}),
            "no chapter can be read",
        ),
        (simple_book("<p>x</p>", **{"OEBPS/bomb": "0" * (50 << 20)}), "too large when unpacked"),
        (simple_book("<div>" * 5_000 + "x"), "nested too deeply"),
    ],
)
def test_unreadable_book_is_an_error(data: bytes, reason: str) -> None:
    """What is no book, a damaged one and a bomb are refused, each for its reason."""
    with pytest.raises(ArticleError, match=reason):
        load(data)


_LAUGHS = f'<!ENTITY l0 "ha">{"".join(f"""<!ENTITY l{n} "{f"&l{n - 1};" * 10}">""" for n in range(1, 10))}'


def _book_with_entities(dtd: str, entity: str, *, in_package: bool) -> bytes:
    opf = package({"a": "a.xhtml"}, f"<dc:title>Title {entity}</dc:title>" if in_package else _DETAILS)
    text = chapter("<p>It met.</p>" if in_package else f"<p>It met. {entity}</p>")
    return book(
        {
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/content.opf": opf.replace("?><package", f"?><!DOCTYPE package [{dtd}]><package"),
            "OEBPS/a.xhtml": text.replace("<!DOCTYPE html>", f"<!DOCTYPE html [{dtd}]>"),
        }
    )


@pytest.mark.parametrize("in_package", [True, False])
def test_files_are_not_brought_in(tmp_path: Path, in_package: bool) -> None:
    """A file that an entity names comes neither into the text nor into the title."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    article = load(_book_with_entities(f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;", in_package=in_package)).article
    assert article.text.startswith("It met.")
    assert "SECRET" not in article.text + article.title


def test_laughs_are_not_expanded() -> None:
    """A billion laughs stay one entity in a chapter, and make no package of a book."""
    assert load(_book_with_entities(_LAUGHS, "&l9;", in_package=False)).article.text == "It met. &l9;"
    with pytest.raises(ArticleError, match="no chapters in the package"):
        load(_book_with_entities(_LAUGHS, "&l9;", in_package=True))


_BODIES = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["p", "h2", "blockquote"]), st.sampled_from(["It met.", "Zürich 9–12", "東京"]))
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(_BODIES.filter(any))
def test_every_paragraph_is_there_in_order(bodies: list[list[tuple[str, str]]]) -> None:
    """Whatever chapters a book has, its paragraphs follow one another, and its headings are where they say."""
    found = load(simple_book(*("\n".join(f"<{tag}>{text}</{tag}>" for tag, text in body) for body in bodies)))
    assert found.article.text.split("\n\n") == [text for body in bodies for _, text in body]
    assert labels(found) == [text for body in bodies for tag, text in body if tag == "h2"]
    for mark in found.article.landmarks:
        assert found.article.text[mark.start :].startswith(mark.label)


@settings(max_examples=200)
@given(st.data())
def test_damaged_books_are_articles_or_refused(draws: st.DataObject) -> None:
    """A book whose parts were cut off or garbled is read as far as it goes, or refused for a reason."""
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": _CONTAINER,
        "META-INF/encryption.xml": _encryption("OEBPS/a.otf", _AES),
        "OEBPS/content.opf": package({"a": "a.xhtml", "b": "b.xhtml"}, f"{_DETAILS}<dc:date>2024</dc:date>"),
        "OEBPS/a.xhtml": chapter("<h1>One</h1><p>It met.</p>"),
        "OEBPS/b.xhtml": chapter("<p>It voted&#8230; &eacute;</p>", "Two"),
    }
    for name in draws.draw(st.sets(st.sampled_from(sorted(members)), max_size=3)):
        content = members[name]
        assert isinstance(content, str)
        damaged = bytearray(content.encode())
        start, length = draws.draw(st.tuples(st.integers(0, len(damaged) - 1), st.integers(0, 60)))
        damaged[start : start + length] = draws.draw(st.binary(max_size=8))
        members[name] = bytes(damaged)
    data = bytearray(book(members))
    if draws.draw(st.booleans()):
        data[draws.draw(st.integers(0, len(data) - 1))] = draws.draw(st.integers(0, 255))
    try:
        article = load(bytes(data)).article
    except (ArticleError, NotAnArticleError):
        return
    assert article.text.strip()
    assert article.title.strip()
