"""Titles and sources, from the first lines of articles."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings

from index.articles import ArticleDate, DateOrigin
from index.headline import LONGEST_LEAD, LONGEST_TITLE, Headline, read_headline
from index.sentences import split_sentences
from tests.conftest import SEEDS
from tests.strategies import article_text

BODY = "The council met on Monday. It approved the budget.\nThe vote was close."


def headline(text: str) -> Headline:
    return read_headline(text, split_sentences(text))


def seed(name: str) -> str:
    return (Path(SEEDS) / name).read_text(encoding="utf-8")


def test_first_seed_is_titled_by_its_first_sentence() -> None:
    """An article without a title takes its first sentence, without dateline, cut at a word."""
    found = headline(seed("000_73104af2ca29bc90.txt"))
    assert found.title.startswith("The embattled German Chancellor Olaf Scholz and Russian President")
    assert found.title.endswith("…")
    assert len(found.title) <= LONGEST_LEAD + 1
    assert (found.date, found.source) == (None, None)


def test_word_that_fits_is_kept() -> None:
    """A lead is cut after the last word that ends within the limit."""
    words = " ".join(["word"] * 16)
    assert len(words) < LONGEST_LEAD
    fits = words + "s"
    assert len(fits) == LONGEST_LEAD
    assert headline(f"{fits} and more of them.").title == f"{fits}…"


def test_second_seed_has_a_title_and_a_source() -> None:
    """A title line and the publisher's name under it are read."""
    assert headline(seed("001_2fcf8e468ea0dd33.txt")) == Headline(
        "Scholz Urges Putin for Peace Amid North Korean Troop Deployment", None, "ICARO Media Group"
    )


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Council Approves Budget", "Council Approves Budget"),
        ("# Council Approves Budget", "Council Approves Budget"),
        ("## Council Approves Budget ##", "Council Approves Budget"),
        ("# Council Learns C#", "Council Learns C#"),
        ("**Council Approves Budget**", "Council Approves Budget"),
        ("__Council Approves Budget__", "Council Approves Budget"),
        ("Council Approves Budget\n=======", "Council Approves Budget"),
        ("Will the Council Approve It?", "Will the Council Approve It?"),
        ("January 6, 2021: A Timeline", "January 6, 2021: A Timeline"),
        ("September 11, 2001 attacks", "September 11, 2001 attacks"),
        ("Top 10, 2024 edition", "Top 10, 2024 edition"),
        ("\ufeffCouncil Approves Budget", "Council Approves Budget"),
        ("Who owns the Moon? A court is asked", "Who owns the Moon? A court is asked"),
        ("# Who owns the Moon? A court is asked", "Who owns the Moon? A court is asked"),
        ("“I have no regrets.” Mayor quits", "“I have no regrets.” Mayor quits"),
    ],
)
def test_title_line(first: str, title: str) -> None:
    """A heading, a bold line, or a short line without a full stop is the title."""
    assert headline(f"{first}\n{BODY}").title == title


def test_paragraph_of_short_sentences_is_no_title() -> None:
    """Sentences that end with a full stop are a paragraph, and so is the only line."""
    assert headline(f"It rained. He left.\n{BODY}").title == "It rained."
    assert headline("Who owns the Moon? A court is asked").title == "Who owns the Moon?"


@pytest.mark.parametrize("first", ["A short sentence.", "Say it:", "w" * (LONGEST_TITLE + 1)])
def test_no_title_line(first: str) -> None:
    """A line that ends as a sentence does, or a long one, is no title but may lend its words to one."""
    assert headline(f"{first}\n\n{BODY}").source is None
    assert headline(f"{first}\n\n{BODY}").title.startswith(first[: LONGEST_LEAD - 1])


def test_single_line_is_its_own_title() -> None:
    """An article of one line is titled by it."""
    assert headline("Council approves budget") == Headline("Council approves budget", None, None)


@pytest.mark.parametrize(
    ("second", "source"),
    [
        ("ICARO Media Group", "ICARO Media Group"),
        ("The Voice of the North", "The Voice of the North"),
        ("By Jane Doe", None),
        ("Nov 15 Edition", None),
        ("The talks go on", None),
        ("One Two Three Four Five Six Seven", None),
        ("Reuters.", None),
        ("THE HAGUE", None),
        ("John Smith, Staff Writer", None),
        ("John Smith, BBC News", "BBC News"),
        ("Portland Press Herald, Maine", "Portland Press Herald, Maine"),
        ("Photo by John Smith", None),
        ("Share This Article", None),
        ("Share International", "Share International"),
        ("National Review", "National Review"),
        ("Reuters, Staff Writer", "Reuters"),
        ("Opinion", None),
        ("Arts & Culture", None),
        ("SANTOS, Brazil", None),
        ("WASHINGTON, D.C.", None),
        ("THE GUARDIAN", "THE GUARDIAN"),
        ("BBC NEWS", "BBC NEWS"),
        ("ANSA", "ANSA"),
    ],
)
def test_source_line(second: str, source: str | None) -> None:
    """A few capitalised words under a title are the publisher; an author's name or a date is not."""
    assert headline(f"Council Approves Budget\n{second}\n{BODY}").source == source


@pytest.mark.parametrize(
    ("lead", "source"),
    [
        ("PARIS (Reuters) — The council met. It was late.", "Reuters"),
        ("NEW YORK, Nov. 5 (AP) - The council met. It was late.", "AP"),
        ("REYKJAVIK, Iceland, Sept. 3, 2025 (Reuters) - The council met. It was late.", "Reuters"),
        ("LONDON, 21 Jan 2025 (Health Wire) — The council met. It was late.", "Health Wire"),
        ("BERLIN, — The council met. It was late.", None),
        ("The council (Reuters) — met. It was late.", None),
    ],
)
def test_agency_of_a_dateline(lead: str, source: str | None) -> None:
    """The agency in a dateline's brackets is the source, and the dateline is in no title."""
    found = headline(lead)
    assert found.source == source
    if source:
        assert found.title == "The council met."


def test_dateline_on_a_line_of_its_own() -> None:
    """Without a dash, what is below the title and says nothing but where, when and by whom is a dateline."""
    found = headline(f"Council Approves Budget\n\nLONDON, 21 Jan 2025 (Health Wire)\n\n{BODY}")
    assert (found.title, found.source) == ("Council Approves Budget", "Health Wire")


def test_agency_below_a_title() -> None:
    """A dateline is read under a title too."""
    text = f"Council Approves Budget\nPARIS (Reuters) — The council met. It was late.\n{BODY}"
    assert headline(text) == Headline("Council Approves Budget", None, "Reuters")


def test_front_matter_goes_before_lines() -> None:
    """What the block says holds; what it does not say is read from the lines below it."""
    text = f"---\ndate: 2024-11-15\nsource: Reuters\n---\nCouncil Approves Budget\nICARO Media Group\n{BODY}"
    assert headline(text) == Headline(
        "Council Approves Budget", ArticleDate("2024-11-15", DateOrigin.METADATA), "Reuters"
    )


def test_long_front_matter_hides_no_title() -> None:
    """However much the block says, the lines below it are read."""
    tags = "".join(f"  - Tag {number}.\n" for number in range(60))
    assert headline(f"---\ntags:\n{tags}---\n# Council Approves Budget\n{BODY}").title == "Council Approves Budget"


def test_author_and_url_of_front_matter() -> None:
    """The block may say who wrote the article and where it is."""
    found = headline(f"---\nauthor: Jane Doe\nurl: https://example.org/a\n---\n{BODY}")
    assert (found.author, found.url) == ("Jane Doe", "https://example.org/a")


def test_front_matter_title_goes_before_a_title_line() -> None:
    """The block's title is the article's."""
    assert headline(f"---\ntitle: From the Block\n---\nFrom the Line\n{BODY}").title == "From the Block"


def test_wrapped_prose_is_titled_by_its_sentence() -> None:
    """The first line of a hard-wrapped paragraph is no title: it is half a sentence."""
    lead = "The embattled chancellor and the president have decided to continue their talks after a call on Friday."
    assert headline(textwrap.fill(lead + " It was long. The leaders agreed to stay in contact.", 60)).title.endswith(
        "…"
    )


def test_front_matter_alone_gives_no_rule_for_a_title() -> None:
    """An article that is all front matter is not titled by its dashes."""
    assert headline("---\ndate: 2024-11-15\nsource: Reuters\n---\n").title != "---"


def test_heading_with_many_spaces_is_read_at_once() -> None:
    """Spaces in a heading, as a table leaves them, do not make a run hang."""
    assert headline("# a" + " " * 1_000 + "b\nBody text.").title == "a b"


@settings(max_examples=200, deadline=None, database=None)
@given(article_text().filter(lambda text: bool(split_sentences(text))))
def test_every_article_has_a_title_of_one_line(text: str) -> None:
    """Whatever an article begins with, its title is not blank and has no line end in it."""
    title = headline(text).title
    assert title.strip()
    assert len(title.splitlines()) == 1


@pytest.mark.parametrize(
    "line",
    [
        "2024-03-05T10:30:00Z",
        "2024-11-15 (AP)",
        "Nov. 15, 2024 at 10:30 a.m. ET",
        "November 15, 2024 - Reuters",
        "November 15, 2024 5 min read",
        "15 November 2024, Berlin",
        "15 November 2024 Last updated",
        "Posted: March 5, 2024 in News",
    ],
)
def test_date_above_a_title(line: str) -> None:
    """A date with a time, a place or what else papers put behind one is no title."""
    assert headline(f"{line}\n\nCouncil Approves Budget\n\n{BODY}").title == "Council Approves Budget"


@pytest.mark.parametrize(
    ("text", "title", "source"),
    [
        ("2024-03-05\n\nCouncil Approves Budget\n\nIt met on Monday.", "Council Approves Budget", None),
        ("Advertisement\n\nCouncil Approves Budget\n\nIt met on Monday.", "Council Approves Budget", None),
        ("<!-- checked by JB -->\n# Council Approves Budget\n\nIt met on Monday.", "Council Approves Budget", None),
        ("Published: 2024-03-05\nCouncil Approves Budget\nIt met on Monday.", "Council Approves Budget", None),
        ("Council Approves Budget\n\nOverview\n\nIt met on Monday.", "Council Approves Budget", None),
        ("Council Approves Budget\nHarbour Times\nIt met on Monday.", "Council Approves Budget", "Harbour Times"),
        ("# Only a heading", "Only a heading", None),
        ("**Bold** words begin and **end**\n\nIt met.", "**Bold** words begin and **end**", None),
    ],
)
def test_titles_among_dates_labels_and_sections(text: str, title: str, source: str | None) -> None:
    """Dates and labels are no titles, and a section under a title is no source."""
    found = headline(text)
    assert (found.title, found.source) == (title, source)


def test_line_of_capitals_is_read_at_once() -> None:
    """Twenty thousand capitals are no dateline, and are found to be none in a moment."""
    assert headline("AB " * 10_000 + "(Reu" * 2_000).source is None


LATER = "The otters have come back to the river, the council said on Monday. It was glad of it."


@pytest.mark.parametrize(
    ("lines", "source", "author"),
    [
        (["By Ann Dow"], None, "Ann Dow"),
        (["By Wim Tak, 3 March 2024"], None, "Wim Tak"),
        (["*By Jan Smit — 2024-10-11*"], None, "Jan Smit"),
        (["By Staff and Agencies", "Port Hallam Courier", "17 July 2024"], "Port Hallam Courier", "Staff and Agencies"),
        (["", "By Ann Dow", "", "Port Hallam Courier", "", "17 July 2024", ""], "Port Hallam Courier", "Ann Dow"),
        (["Port Hallam Courier", "By Ann Dow"], "Port Hallam Courier", "Ann Dow"),
        (["17 July 2024", "Port Hallam Courier"], "Port Hallam Courier", None),
        (["Fenland Today and Tomorrow", "By Ann Dow, Reuters"], "Fenland Today and Tomorrow", "Ann Dow"),
        (["The Gazette, 2024-03-05"], "The Gazette", None),
        (["Country Herald, Thursday, July 18, 2024", "", "By Ann Dow"], "Country Herald", "Ann Dow"),
        (["The Echo — 5 May 2024", ""], "The Echo", None),
        (["By Leo Castellan, Evening Star, Sunday 7 January 2024"], "Evening Star", "Leo Castellan"),
        (["By Ann Dow", "Overview"], None, "Ann Dow"),
        (["", "Breaking the Record"], None, None),
        (["Port Hallam, 5 May 2024"], None, None),
        (["By the Numbers"], None, None),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_source_and_author_below_a_title(lines: list[str], source: str | None, author: str | None, end: str) -> None:
    """Who wrote an article and which paper printed it is read below its title, in either order."""
    found = headline(end.join(["Otters Return to Hull", *lines, LATER]))
    assert (found.title, found.source, found.author) == ("Otters Return to Hull", source, author)


def test_byline_is_not_glued_to_a_title() -> None:
    """In hard-wrapped text, where a line in lower case goes on with the one above, a byline still stands by itself."""
    text = "OTTERS RETURN TO HULL\nby Ann Dow in Hull\n\n" + textwrap.fill(" ".join([LATER] * 6), 72)
    assert split_sentences(text)[0].of(text) == "OTTERS RETURN TO HULL\nby Ann Dow in Hull"
    found = headline(text)
    assert (found.title, found.author) == ("OTTERS RETURN TO HULL", "Ann Dow")


def test_byline_above_a_title_or_a_lead() -> None:
    """A byline that comes first is no title."""
    assert headline(f"By Ann Dow\n\nOtters Return to Hull\n\n{LATER}").title == "Otters Return to Hull"
    assert headline(f"By Ann Dow\n\n{LATER}").title.startswith("The otters have come back")


def test_front_matter_author_goes_before_a_byline() -> None:
    """The block's author is the article's."""
    assert headline(f"---\nauthor: Jan Smit\n---\n\nOtters Return\nBy Ann Dow\n{LATER}").author == "Jan Smit"


def test_headers_go_before_lines() -> None:
    """What headers say holds, and they are in no title."""
    found = headline(f"Title: Otters Return\nDate: 2024-11-15\n\nBy Ann Dow\n\n{LATER}")
    assert found == Headline("Otters Return", ArticleDate("2024-11-15", DateOrigin.METADATA), None, "Ann Dow")
    assert headline(f"Date: 2024-11-15\nSource: Reuters\n\n{LATER}").title.startswith("The otters")
