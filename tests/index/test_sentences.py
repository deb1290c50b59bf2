"""Sentences of news prose, and what holds of the sentences of any text."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings

from index.sentences import LONGEST_SPLIT, split_paragraphs, split_sentences
from index.spans import Span
from tests.conftest import SEEDS
from tests.strategies import article_text, wrapped_prose

FIRST, SECOND = SEEDS / "000_73104af2ca29bc90.txt", SEEDS / "001_2fcf8e468ea0dd33.txt"
PROSE = (
    "The council met on Monday to discuss a budget that had been late for three months. "
    "It approved the plan by 51 votes to 49, with Mr. Smith of the U.S. delegation abstaining. "
    "“We will not be the ones who walk away from the table,” the minister told reporters. "
    "The next meeting is planned for Nov. 5 in the town hall."
)


def sentences(text: str) -> list[str]:
    return [sentence.of(text) for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Senate voted on it.|It passed.",
        "He left the U.S.|The vote came later.",
        "Mr. Smith met Dr. Jones.|He left.",
        "Gen. Mark Milley spoke.|Sen. Cruz replied.",
        "Rep. Nancy Pelosi, D-Calif., spoke.",
        "It was No. 5 on the list.|Then came No. 6.",
        "It ended at 5 p.m.|The crowd left.",
        "It ended at 5 p.m. on Friday.|The crowd left.",
        "Jan. 5 was cold.|It snowed.",
        "Inflation eased to 2.9 percent.|It was 3.1 before.",
        "J.P. Morgan and Apple Inc. said so.|Others did not.",
        "He waited ... and left.",
        "“I waited … for hours,” she said.|Nobody came.",
        "“We go.”|She left.",
        'He said "Stop."|Then he left.',
        "She asked, “Why?”|He shrugged.",
        "“We will go,” she said.|“We will not stay.”",
        "BERLIN, — The chancellor spoke.|He left.",
        "WASHINGTON (AP) — The U.S. said so.|He left.",
        "LONDON, Nov. 5 (Reuters) - Shares fell.|Oil rose.",
        "Is this the end?|It is not!|So they say.",
        "“It was kind,” Ms. Petrescu told them.|She left.",
        "Mr. Kékesi called on his voters to support Ms. Petrescu.|He left.",
        "He had worked there for years, Ms. Østby said.|Mlle. Roux agreed.",
        "It weighs approx. 60 kg.|She left.",
        "All came, incl. Bob.|Few left, ca. 50 of them.",
        "It rose 3 pct. on Mon. morning.|It fell on Tues. night.",
        "On Fri. Oct. 3 he left.|He came back on Sun. Nov. 9, they say.",
        "We came on Mon.|They left.",
        "It has 30 sq. km. in size.|It is big.",
        "He ran 60 km.|Then he left.",
        "The storm tore off the roof in May.|Investigators said so.",
        "He voted for Theresa May.|She won on May 5.",
        "“I came in May. She left,” he said.|It rained.",
    ],
)
def test_news_prose(text: str) -> None:
    """Abbreviations, initials and decimals end no sentence; closing quotes belong to theirs. A bar marks each end."""
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Scholz Urges Putin for Peace|In a notable conversation he called.|It was long.",
        "# A Heading|The text begins here.",
        "- One item|- Two items|- Three",
        "* One item.|* Two items.",
        "> He said so.|> She did not.",
        "Key points:|The vote is on Monday.",
    ],
)
def test_lines_of_their_own(text: str) -> None:
    """Titles, headings, list items and short lines end where their line ends."""
    assert sentences(text.replace("|", "\n")) == text.split("|")


def test_numbered_item_is_one_sentence() -> None:
    """The number of a list item belongs to the item."""
    assert sentences("1. The vote is on Monday.\n2. The count is on Friday.") == [
        "1. The vote is on Monday.",
        "2. The count is on Friday.",
    ]


def test_sentence_in_brackets_stands_alone() -> None:
    """A sentence in brackets of its own ends with them."""
    assert sentences("(The ministry did not comment.) The talks go on.") == [
        "(The ministry did not comment.)",
        "The talks go on.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("width", [60, 70, 80])
def test_hard_wrapped_prose_is_joined(width: int, end: str) -> None:
    """Lines broken at a margin hold the sentences of the unbroken text, with the line ends still in them."""
    wrapped = end.join(textwrap.wrap(PROSE, width))
    assert [" ".join(sentence.split()) for sentence in sentences(wrapped)] == sentences(PROSE)


def test_hard_wrapped_paragraphs_stay_apart() -> None:
    """A blank line ends a paragraph also where the lines are wrapped."""
    wrapped = "\n\n".join([textwrap.fill(PROSE, 70), textwrap.fill(PROSE, 70)])
    assert len(split_paragraphs(wrapped)) == 2


def test_unwrapped_lines_are_paragraphs() -> None:
    """Where each line is a whole paragraph, none is joined with the next."""
    assert len(split_paragraphs("\n".join([PROSE, PROSE, PROSE]))) == 3


def test_title_over_wrapped_prose_stays_apart() -> None:
    """A title line is not joined with the wrapped text below it."""
    assert sentences("Council Approves Budget\n" + textwrap.fill(PROSE, 70))[0] == "Council Approves Budget"


@pytest.mark.parametrize(
    ("seed", "count", "first", "last"),
    [
        (FIRST, 13, "BERLIN, — The embattled", "to global peace and security."),
        (SECOND, 18, "Scholz Urges Putin for Peace Amid North Korean Troop Deployment", "to the ongoing conflict."),
    ],
    ids=["first", "second"],
)
def test_seed_articles(seed: Path, count: int, first: str, last: str) -> None:
    """The seed articles have the sentences that a reader counts in them."""
    found = sentences(seed.read_text(encoding="utf-8"))
    assert len(found) == count
    assert found[0].startswith(first)
    assert found[-1].endswith(last)


@pytest.mark.parametrize("word", ["word", "some word of"])
def test_text_without_sentence_ends_is_cut_between_words(word: str) -> None:
    """A paragraph longer than the splitter is given at once still is covered whole, word by word."""
    text = f"{word} " * LONGEST_SPLIT
    assert " ".join(sentences(text)) == text.strip()


def test_text_without_white_space_is_cut_all_the_same() -> None:
    """What has no place to be cut at is cut anywhere."""
    text = "word" * LONGEST_SPLIT
    assert "".join(sentences(text)) == text


def test_long_paragraph_has_the_sentences_of_its_parts() -> None:
    """Where the splitter is given no more, a sentence goes on into what it is given next."""
    text = " ".join([PROSE] * (3 * LONGEST_SPLIT // len(PROSE)))
    assert sentences(text) == sentences(PROSE) * (3 * LONGEST_SPLIT // len(PROSE))


def test_list_below_wrapped_prose_leaves_it_whole() -> None:
    """Short lines say nothing against a margin that the longer ones keep."""
    wrapped = (
        "Opposition members, who sat in the chamber until midnight, said that\n"
        "Norwood and Hexham had been given more money for their roads than\n"
        "Verden did, and that the council's own report on it was kept from\n"
        "Mayor Reyes and the press until the vote had been taken and counted."
    )
    paragraphs = split_paragraphs(f"{wrapped}\n\n" + "\n".join(["Verden 40"] * 20))
    assert len(paragraphs[0]) == len(wrapped)
    assert len(paragraphs) == 21


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Mayor of Norwood resigns after audit of parking contracts",
            "Reuters",
            "She will leave in May.",
            "All agree.",
        ),
        ("A long line of a list with many words in it, such as these here", *(["North ward: Lee"] * 6)),
    ],
    ids=["title", "list"],
)
def test_one_long_line_is_no_margin(lines: tuple[str, ...]) -> None:
    """The longest of a few lines is not broken at a margin that no other one reaches."""
    assert len(split_paragraphs("\n".join(lines))) == len(lines)


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "\r\n\r\n"])
def test_blank_text_has_no_sentence(text: str) -> None:
    """White space and a byte-order mark alone are nothing to quote."""
    assert sentences(text) == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"])
def test_space_behind_an_initial_does_not_stop_the_splitter(space: str) -> None:
    """The library panics over some spaces: a text with one is split all the same, at the same places."""
    text = f"It was M{space}. The house stood. It was old."
    assert [span.of(text) for span in split_sentences(text)][-2:] == ["The house stood.", "It was old."]


def test_text_that_the_splitter_cannot_take_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else it panics over costs the splitting, and not the file; an interrupt comes through."""
    panic = type("PanicException", (BaseException,), {})

    def fail(_language: str, _text: str) -> list[dict[str, int]]:
        raise failure

    monkeypatch.setattr("sentencex.get_sentence_boundaries", fail)
    failure: BaseException = panic()
    assert split_sentences("One. Two.") == (Span(0, 9),)
    failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        split_sentences("One. Two.")


def test_lone_surrogates_do_not_stop_the_splitter() -> None:
    """A text that UTF-8 cannot hold is split all the same, and its spans still slice it."""
    assert sentences("One \ud800 here. Two.") == ["One \ud800 here.", "Two."]


@settings(max_examples=200, deadline=None, database=None)
@given(article_text())
def test_sentences_are_in_order_and_cover_the_text(text: str) -> None:
    """Sentences follow one another, and what lies between them is white space or a byte-order mark."""
    at = 0
    for sentence in split_sentences(text):
        assert sentence.start >= at
        assert len(sentence) > 0
        assert is_blank(text[at : sentence.start])
        at = sentence.end
    assert is_blank(text[at:])


@settings(max_examples=200, deadline=None, database=None)
@given(article_text())
def test_sentences_are_trimmed(text: str) -> None:
    """No sentence begins or ends with white space or a byte-order mark."""
    for sentence in sentences(text):
        assert not is_blank(sentence[0])
        assert not is_blank(sentence[-1])


@settings(max_examples=150, deadline=None, database=None)
@given(article_text())
def test_sentences_lie_in_paragraphs(text: str) -> None:
    """No sentence crosses the end of a paragraph."""
    paragraphs = split_paragraphs(text)
    for sentence in split_sentences(text):
        assert sum(sentence in paragraph for paragraph in paragraphs) == 1


@settings(max_examples=100, deadline=None, database=None)
@given(wrapped_prose())
def test_line_ends_do_not_matter(text: str) -> None:
    """A text has the same sentences with LF as with CRLF."""
    unix = text.replace("\r\n", "\n")
    windows = unix.replace("\n", "\r\n")
    assert [sentence.replace("\r\n", "\n") for sentence in sentences(windows)] == sentences(unix)


def is_blank(text: str) -> bool:
    return all(character.isspace() or character == "\ufeff" for character in text)


@pytest.mark.parametrize("zone", ["Monday", "EST", "GMT"])
def test_hour_is_not_parted_from_its_day_or_zone(zone: str) -> None:
    """A sentence goes on after `9 a.m.` where the day or the zone follows."""
    assert sentences(f"They met. He arrived at 9 a.m. {zone}. Then he left.") == [
        "They met.",
        f"He arrived at 9 a.m. {zone}.",
        "Then he left.",
    ]
