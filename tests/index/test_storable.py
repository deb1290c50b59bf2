"""Articles made fit to be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article, Landmark, LandmarkKind
from index.headline import UNTITLED
from index.storable import LONGEST, storable

_ANY = st.text(st.characters(exclude_categories=()), max_size=2_000)


@given(_ANY, _ANY, _ANY, _ANY)
def test_anything_can_be_written(text: str, title: str, other: str, label: str) -> None:
    """Whatever a file says, what is kept of it is text that a file can hold, on one line and not too long."""
    landmarks = (Landmark(3, LandmarkKind.PAGE, label),)
    article = Article(
        text=text, title=title, source=other, author=other, url=other, record_id=other, landmarks=landmarks
    )
    kept = storable(article)
    assert len(kept.text) == len(text)
    kept.text.encode()
    for line in (kept.title, kept.source, kept.author, kept.record_id, kept.landmarks[0].label, kept.url):
        (line or "").encode()
        assert len((line or "").splitlines()) <= 1
    assert max(len(line or "") for line in (kept.title, kept.source, kept.author, kept.landmarks[0].label)) <= LONGEST
    assert storable(kept) == kept


def test_surrogates_leave_offsets_as_they_are() -> None:
    """Each stands for one code point, before and after."""
    kept = storable(Article(text="a\ud800b \udc00.", title="Ren\udce9"))
    assert (kept.text, kept.title) == ("a\ufffdb \ufffd.", "Ren\ufffd")


def test_title_is_never_empty() -> None:
    """An article without a title is called so."""
    assert storable(Article(text="It met.", title=" \n")).title == UNTITLED


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://e.org/a?b=c#d", "https://e.org/a?b=c#d"),
        ("HTTPS://E.org/A", "https://E.org/A"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http:///etc", None),
        ("http://e.org/a b", None),
        ("http://e.org/\ud800", None),
        ("http://e.org/" + "a" * 2_000, None),
    ],
)
def test_only_addresses_on_the_web_are_urls(url: str, kept: str | None) -> None:
    """What is handed to the system's opener begins with http or https."""
    assert storable(Article(text="It met.", title="T", url=url)).url == kept
