"""Read what an e-book says of itself: its title and makers, its chapters in order, and what they are called."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from index.errors import ArticleError
from index.formats.archive import read_member

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_MASKS = frozenset(["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"])
"""How books keep their fonts from being taken; their text can be read all the same."""

_CHAPTERS = frozenset(["", "application/xhtml+xml", "text/html", "text/x-oeb1-document"])
_NCX = "application/x-dtbncx+xml"
_NAVIGATION = "nav"
_NOT_CHAPTERS = frozenset(["landmarks", "page-list"])
_PUBLICATIONS = frozenset(["publication", "original-publication"])


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubPackage:
    """An EPUB's package: `dates` are the likeliest to be of publication first.

    `chapters` are names of members of the archive, each once; `headings` has what the table of
    contents calls them.
    """

    title: str | None
    author: str | None
    publisher: str | None
    dates: Sequence[str]
    chapters: Sequence[str]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    kind: str
    properties: Sequence[str]


def read_package(archive: ZipFile) -> EpubPackage:
    """Read the package of a book.

    Raises `ArticleError` where there is none, where it names no chapters or they are encrypted.
    """
    place = next((each.get("full-path") for each in _elements(_xml(archive, _CONTAINER), "rootfile")), None)
    root = _xml(archive, place) if place else None
    if place is None or root is None:
        raise ArticleError("no package of an e-book")
    items = {each.get("id"): _item(place, each) for each in _elements(root, "item")}
    spine = [items[each.get("idref")] for each in _elements(root, "itemref") if each.get("idref") in items]
    if not spine:
        raise ArticleError("no chapters in the package")
    # Tables of contents are for finding one's way, not for reading.
    tables = {_resolved(place, each.get("href")) for each in _elements(root, "reference") if each.get("type") == "toc"}
    tables |= {item.name for item in items.values() if _NAVIGATION in item.properties}
    chapters = dict.fromkeys(item.name for item in spine if item.kind in _CHAPTERS and item.name not in tables)
    if not _encrypted(archive).isdisjoint(chapters):
        raise ArticleError("encrypted")
    return EpubPackage(
        title=next(_texts(_elements(root, "title")), None),
        author="; ".join(_texts(each for each in _elements(root, "creator") if _own(each, "role") in (None, "aut")))
        or None,
        publisher=next(_texts(_elements(root, "publisher")), None),
        dates=_dates(root),
        chapters=tuple(chapters),
        headings=_headings(archive, items.values()),
    )


def _xml(archive: ZipFile, name: str) -> etree._Element | None:
    """Parse a member as far as it is XML, without its entities; None where it is missing, or no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(read_member(archive, name), parser)
    except (KeyError, etree.XMLSyntaxError):
        return None


def _elements(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a name in any namespace: books differ in theirs, and some have none."""
    return iter(()) if root is None else root.iter(f"{{*}}{name}")


def _own(element: etree._Element, name: str) -> str | None:
    """Return an attribute of a name in any namespace."""
    return next((value for key, value in element.items() if key.rpartition("}")[2].rpartition(":")[2] == name), None)


def _texts(elements: Iterable[etree._Element]) -> Iterator[str]:
    lines = (" ".join("".join(element.itertext()).split()) for element in elements)
    return filter(None, lines)


def _item(place: str, element: etree._Element) -> _Item:
    kind, properties = element.get("media-type") or "", element.get("properties") or ""
    return _Item(_resolved(place, element.get("href")), kind.strip().lower(), properties.split())


def _resolved(place: str, reference: str | None) -> str:
    """Return the name of the member that a reference in the member `place` leads to."""
    path = unquote((reference or "").partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), path)).lstrip("/")


def _encrypted(archive: ZipFile) -> set[str]:
    """Return the names of the members that are encrypted, but for fonts."""
    names = set()
    for data in _elements(_xml(archive, _ENCRYPTION), "EncryptedData"):
        methods = {each.get("Algorithm") for each in _elements(data, "EncryptionMethod")}
        if not methods or not methods <= _FONT_MASKS:
            names |= {_resolved("", each.get("URI")) for each in _elements(data, "CipherReference")}
    return names


def _dates(root: etree._Element) -> Sequence[str]:
    """Return the dates of publication, then those that do not say of what; not those of its files."""
    dates = list(_elements(root, "date"))
    said = [each for each in dates if _own(each, "event") in _PUBLICATIONS]
    return tuple(_texts((*said, *(each for each in dates if _own(each, "event") is None))))


def _headings(archive: ZipFile, items: Iterable[_Item]) -> Mapping[str, str]:
    """Return what the navigation document or the NCX calls the members that they lead to."""
    headings: dict[str, str] = {}
    for item in items:
        if _NAVIGATION in item.properties:
            entries = _navigation(_xml(archive, item.name))
        elif item.kind == _NCX:
            entries = _ncx(_xml(archive, item.name))
        else:
            continue
        for reference, label in entries:
            headings.setdefault(_resolved(item.name, reference), label)
    return headings


def _navigation(root: etree._Element | None) -> Iterator[tuple[str | None, str]]:
    for table in _elements(root, "nav"):
        if _own(table, "type") in _NOT_CHAPTERS:
            continue
        for link in _elements(table, "a"):
            for label in _texts([link]):
                yield link.get("href"), label


def _ncx(root: etree._Element | None) -> Iterator[tuple[str | None, str]]:
    for point in _elements(root, "navPoint"):
        reference = next(point.iterchildren("{*}content"), None)
        label = next(_texts(point.iterchildren("{*}navLabel")), None)
        if reference is not None and label:
            yield reference.get("src"), label
