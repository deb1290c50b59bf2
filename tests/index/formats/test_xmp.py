"""What XMP packets say of an article."""

import pytest

from index.articles import ArticleDate, DateOrigin
from index.formats.xmp import NO_XMP, Xmp, read_xmp

PRISM = "http://prismstandard.org/namespaces/basic/2.0/"


def packet(content: str, attributes: str = "", head: str = "") -> bytes:
    return (
        f'{head}<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:prism="{PRISM}">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description {attributes}>'
        f"{content}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def test_date_and_source_as_elements() -> None:
    """The date of publication and the publication's name are read."""
    found = read_xmp(
        packet(
            "<prism:publicationDate><rdf:Seq><rdf:li>2024-11-15</rdf:li></rdf:Seq></prism:publicationDate>"
            "<prism:publicationName>The Harbour\n Times</prism:publicationName>"
        )
    )
    assert found == Xmp(ArticleDate("2024-11-15", DateOrigin.METADATA), "The Harbour Times")


def test_date_as_an_attribute() -> None:
    """Properties may be attributes."""
    assert read_xmp(packet("", 'prism:coverDate="2024-11"')).date == ArticleDate("2024-11", DateOrigin.METADATA)


def test_other_dates_are_none() -> None:
    """When a file was made or changed is not when its article was published."""
    assert read_xmp(packet("<xmp:CreateDate>2024-11-15</xmp:CreateDate>", 'xmp:ModifyDate="2024-11-15"')) == NO_XMP


@pytest.mark.parametrize("data", [b"", b"<x", b"\xff\xfe\x00", b"<a>&b;</a>", b"<a xmlns:b='c'><b:d/></a>"])
def test_other_packets_say_nothing(data: bytes) -> None:
    """What is not well-formed, and what has none of the properties, says nothing."""
    assert read_xmp(data) == NO_XMP


def test_entities_are_not_expanded() -> None:
    """What a packet's entities stand for is not read."""
    head = '<!DOCTYPE x [<!ENTITY a "secret"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    found = read_xmp(packet("<prism:publicationName>The &a;&b; Times</prism:publicationName>", head=head))
    assert found.source == "The &a;&b; Times"
