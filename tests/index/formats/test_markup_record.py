"""Texts of records that are HTML, and such that are not."""

import pytest

from index.articles import Landmark, LandmarkKind
from index.formats.markup_record import shown_text


def test_markup_is_shown_as_readers_see_it() -> None:
    """Paragraphs, headings and entities are what a page shows, without tags and scripts."""
    shown = shown_text(
        "<p>A swan stopped the 8.14 train to Ely for <b>52 minutes</b> &amp; flew off.</p>"
        "<h2>The delay</h2><p>Nobody<br>was hurt.</p><script>alert('It met.')</script>"
    )
    assert shown.text == (
        "A swan stopped the 8.14 train to Ely for 52 minutes & flew off.\n\nThe delay\n\nNobody\nwas hurt."
    )
    assert shown.landmarks == (Landmark(shown.text.index("The delay"), LandmarkKind.HEADING, "The delay"),)


@pytest.mark.parametrize(
    "text",
    [
        "It met.\n\nIt voted.",
        "Prices rose by < 2% and > 1% in a < b and c > d.",
        "He wrote <b> where he meant bold, & left it.",
        "<p></p>",
        "a </div> " + "<div>" * 5_000,
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    """What is no HTML, or shows nothing, is not touched."""
    assert shown_text(text).text == text
