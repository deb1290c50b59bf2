"""Text and headings of a tree of HTML."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import LandmarkKind
from index.formats.markup_text import (
    LONGEST_CELL,
    LONGEST_HEADING,
    PARAGRAPH_BREAK,
    MarkupText,
    join_markup,
    read_markup,
)
from index.formats.markup_tree import parse_html


def read(body: str) -> MarkupText:
    root = parse_html(f"<body>{body}</body>")
    assert root is not None
    return read_markup(root)


def paragraphs(body: str) -> list[str]:
    return read(body).text.split(PARAGRAPH_BREAK)


def headings(found: MarkupText) -> list[str]:
    return [mark.label for mark in found.landmarks if mark.kind is LandmarkKind.HEADING]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<p>One\n   is\twrapped.</p>", ["One is wrapped."]),
        ("<p>One <b> is </b> bold.</p>", ["One is bold."]),
        ("<p>Hyper<b>link</b>ed.</p>", ["Hyperlinked."]),
        ("Bare.<div>In a div.</div>After it.", ["Bare.", "In a div.", "After it."]),
        ("<p>One.</p> \n <div><div> </div></div><p>Two.</p>", ["One.", "Two."]),
        ("<p>One.<br>Next line.<br/><br/>Two.</p>", ["One.\nNext line.", "Two."]),
        ("<p>One.<br>&nbsp;<br>Two.</p>", ["One.", "Two."]),
        ("<ul><li>Salt</li><li>Oil<ul><li>of olives</li></ul></li></ul>", ["Salt", "Oil", "of olives"]),
        ("<dl><dt>Salt</dt><dd>A mineral.</dd></dl>", ["Salt", "A mineral."]),
        ("<blockquote><p>He said.</p> She said.</blockquote>", ["He said.", "She said."]),
        ("<p>A</p><hr><p>B</p>", ["A", "B"]),
        ("<p>nb&nbsp;sp co&shy;op zero&#8203;width</p>", ["nb\u00a0sp co\u00adop zero\u200bwidth"]),
        ("<p>One.</p><p>&#8203;</p><p>&nbsp;</p><p>Two.</p>", ["One.", "Two."]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", ["漢字"]),
    ],
)
def test_paragraphs(body: str, expected: list[str]) -> None:
    """Blocks are paragraphs without hard wraps; what stands within one is in one piece."""
    assert paragraphs(body) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>SECRET</script>",
        '<script type="application/ld+json">{"articleBody": "SECRET"}</script>',
        "<noscript><p>SECRET</p></noscript>",
        "<style>p { content: SECRET }</style>",
        "<template><p>SECRET</p></template>",
        "<textarea>SECRET</textarea>",
        "<select><option>SECRET</option></select>",
        "<svg><title>SECRET</title><text>SECRET</text></svg>",
        "<video><p>SECRET</p></video>",
        "<iframe>SECRET</iframe>",
        "<!-- SECRET -->",
    ],
)
def test_unread_elements(hidden: str) -> None:
    """What no one reads on a page is not in its text; what follows it is."""
    assert paragraphs(f"<p>One {hidden}two.</p>{hidden}Three.") == ["One two.", "Three."]


def test_preformatted_lines_are_kept() -> None:
    """`<pre>` keeps its lines and indents, and a blank line ends a paragraph."""
    assert paragraphs("<pre>One\n  two  \n\n \nThree</pre>") == ["One\n  two", "Three"]


def test_rows_are_lines_with_their_cells_apart() -> None:
    """A row of a table is a paragraph; an empty cell leaves no mark."""
    table = (
        "<caption>Rates</caption><tr><th>Year</th><th>Rate</th></tr><tr><td>2023</td><td> </td><td><p>4.1</p></td></tr>"
    )
    assert paragraphs(f"<table>{table}</table>") == ["Rates", "Year | Rate", "2023 | 4.1"]


@pytest.mark.parametrize(
    "cell",
    [
        "w" * (LONGEST_CELL + 1),
        "<p>One.</p><p>Two.</p>",
        "<h2>One</h2>",
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>",
    ],
)
def test_tables_for_layout_are_no_rows(cell: str) -> None:
    """A cell with prose, a heading or a table in it is read like any other part of a page."""
    row = f"<table><tr><td>Left.</td><td>{cell}</td><td>Right.</td></tr></table>"
    assert paragraphs(row) == ["Left.", *paragraphs(cell), "Right."]


def test_cells_without_a_row_are_read() -> None:
    """A broken table loses no text, and keeps its order."""
    assert paragraphs("<table><td>A</td><tr><td>B<table><td>C</td></table>D</td><td>E</td></table>") == list("ABCDE")


def test_headings_are_landmarks() -> None:
    """A heading is a paragraph of its own; its landmark is where its line begins."""
    found = read("<h1> The <br> title</h1>Text.<h3><div>Part <i>one</i></div></h3><ul><li><h4>Item</h4>x</li></ul>")
    assert found.text == "The title\n\nText.\n\nPart one\n\nItem\n\nx"
    assert headings(found) == ["The title", "Part one", "Item"]
    for mark in found.landmarks:
        assert found.text[mark.start :].startswith(f"{mark.label}\n\n")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Open <div><p>One.</p><p>Two.</p></div>",
        f"<h2>{'w ' * LONGEST_HEADING}</h2>",
        "<h2> </h2><p>One.</p>",
        "<h2><img></h2>One.",
    ],
)
def test_no_headings(body: str) -> None:
    """A heading that was never closed, one as long as a paragraph and an empty one are none."""
    assert headings(read(body)) == []


def test_texts_are_joined() -> None:
    """The headings of a later text lie where the text does."""
    whole = join_markup([read("<p>One.</p>"), read("<h1>Two</h1>"), read("<p>x</p><h1>Three</h1>")])
    assert whole.text == "One.\n\nTwo\n\nx\n\nThree"
    assert [(mark.start, mark.label) for mark in whole.landmarks] == [(6, "Two"), (14, "Three")]


def test_tree_stays_as_it_is() -> None:
    """A tree can be read twice."""
    root = parse_html("<h1>One</h1><pre>two\nthree</pre><table><tr><td>4</td><td>5</td></tr></table>")
    assert root is not None
    assert read_markup(root) == read_markup(root)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>x" * 600,
        "<ul><li>x" * 900,
        "<pre>x" * 1_500,
        "<p>x" * 30_000,
        "<td>x" * 30_000,
        "x<br> " * 30_000,
        f"<pre>x{' ' * 100_000}\n{chr(10) * 100_000}x",
    ],
    ids=lambda page: page[:12],
)
def test_long_pages_are_read_in_a_moment(page: str) -> None:
    """Time grows with the page and not with its square."""
    root = parse_html(page)
    assert root is not None
    began = time.perf_counter()
    assert read_markup(root).text.count("x") == page.count("x")
    assert time.perf_counter() - began < 3


_WORDS = st.lists(
    st.sampled_from(["council", "vote", "9.5", "“yes”", "Zürich", "東京", "e\u0301"]), min_size=1, max_size=6
)
_LAYOUTS = (
    "<p>{}</p>",
    "<div><span>{}</span></div>",
    "<h2>{}</h2>",
    "<ul><li>{}</li></ul>",
    "<blockquote>{}</blockquote>",
)


@given(
    st.lists(st.tuples(st.sampled_from(_LAYOUTS), _WORDS), min_size=1, max_size=12),
    st.sampled_from(["", "\n", " \r\n\t"]),
)
def test_every_block_is_a_paragraph(blocks: list[tuple[str, list[str]]], between: str) -> None:
    """Every block's words are a paragraph, in order; every heading is where its landmark says."""
    page = between.join(layout.format(f" {between}".join(words)) for layout, words in blocks)
    found = read(page)
    assert found.text.split(PARAGRAPH_BREAK) == [" ".join(words) for _, words in blocks]
    assert headings(found) == [" ".join(words) for layout, words in blocks if layout.startswith("<h2")]
    for mark in found.landmarks:
        assert found.text[mark.start :].startswith(mark.label)
    assert all(one.start < other.start for one, other in pairwise(found.landmarks))
