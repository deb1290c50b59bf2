"""Read what an XMP packet says of when and where an article appeared."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from index.articles import ArticleDate, DateOrigin
from index.dates import read_date

_PRISM = ("http://prismstandard.org/namespaces/", "http://ns.adobe.com/prism/")
_DATES = ("publicationDate", "coverDate")


@dataclass(frozen=True, slots=True)
class Xmp:
    """When the article was published, and in what; None where the packet does not say."""

    date: ArticleDate | None
    source: str | None


NO_XMP = Xmp(None, None)


def read_xmp(packet: bytes) -> Xmp:
    """Read the properties that publishers set (PRISM); when a file was made says nothing of its article.

    A packet that is not well-formed says nothing.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return NO_XMP
    found: dict[str, str] = {}
    for name, value in _properties(root):
        found.setdefault(name, " ".join(value.split()))
    dates = (read_date(found[name], DateOrigin.METADATA) for name in _DATES if name in found)
    return Xmp(next((date for date in dates if date), None), found.get("publicationName") or None)


def _properties(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the names and values of PRISM's properties, which are elements or attributes."""
    for element in root.iter(etree.Element):
        for name, value in [(element.tag, "".join(element.itertext())), *element.attrib.items()]:
            tag = etree.QName(name)
            if (tag.namespace or "").startswith(_PRISM):
                yield tag.localname, value
