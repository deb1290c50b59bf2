"""Quotes put together: whose voice each is, and where else its words stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from index.records import Place, StoredText
from index.spans import Span
from qa.answer import Citation, Quote
from qa.composing import compose
from qa.finding import Findings
from qa.reader import Candidate, Reading
from tests.qa.samples import HERE, PLACE, asking, hit_on, stored

_CALL = stored("A rare call\n\nGermany initiated it. It lasted for an hour.\n", id=1)
_PAPER = stored("Berlin rings Moscow\n\nA surprise.\n\nGermany  initiated it. It lasted for ninety minutes.\n", id=2)
_OTHER = stored("Analysis\n\nGermany initiated it. Nobody knew.\n", id=3)
_TEXTS = {text.id: text for text in (_CALL, _PAPER, _OTHER)}
_NEAR = {1: 1, 2: 1, 3: 3}


def _place(text_id: int, name: str, record: int | None = None) -> Place:
    return replace(PLACE, text_id=text_id, path=HERE / name, record=record, title=f"Title of {name}")


_PLACES = {id: [_place(id, f"{id}.txt")] for id in _TEXTS}


def _candidate(text: StoredText, words: str, score: float) -> Candidate:
    start = text.content.index(words)
    return Candidate(text.id, Span(start, start + len(words)), score)


def _quotes(
    *candidates: Candidate, places: Mapping[int, Sequence[Place]] = _PLACES, copies: Mapping[int, int] = _NEAR
) -> tuple[Quote, ...]:
    hits = [hit_on(text) for text in _TEXTS.values()]
    found = Findings(asking("Who initiated it?"), hits, _TEXTS, copies, Reading(candidates, range(len(hits))))
    return compose(found, places, limit=5).quotes


def _cited(copies: tuple[Citation, ...]) -> list[tuple[str, int | None]]:
    return [(citation.path.name, citation.record) for citation in copies]


_GERMANY = _candidate(_CALL, "Germany", 0.8)


def test_quote_of_one_article_has_no_other_place() -> None:
    """An article without copies is cited alone."""
    (quote,) = _quotes(_GERMANY, copies={1: 1, 2: 2, 3: 3})
    assert (quote.copies, quote.voice, quote.citation.path) == ((), 1, HERE / "1.txt")


def test_every_place_of_a_text_is_cited() -> None:
    """The first place of an exact copy is cited, the others are named behind it, records too."""
    places = _PLACES | {1: [_place(1, "a.txt", 2), _place(1, "a.txt", 10), _place(1, "b.txt")]}
    (quote,) = _quotes(_GERMANY, places=places, copies={1: 1, 2: 2, 3: 3})
    assert (quote.citation.path.name, quote.citation.record) == ("a.txt", 2)
    assert _cited(quote.copies) == [("a.txt", 10), ("b.txt", None)]
    assert {(each.number, each.start, each.end, each.line) for each in quote.copies} == {
        (1, quote.citation.start, quote.citation.end, 3)
    }


def test_near_copy_that_says_the_same_is_cited_at_its_own_place() -> None:
    """A near copy's places are those of the same sentence there, in the order of paths among all others."""
    places = _PLACES | {1: [_place(1, "b.txt"), _place(1, "d.txt")], 2: [_place(2, "a.txt"), _place(2, "c.txt")]}
    (quote,) = _quotes(_GERMANY, places=places)
    assert quote.text == "Germany initiated it."
    assert _cited(quote.copies) == [("a.txt", None), ("c.txt", None), ("d.txt", None)]
    near = quote.copies[0]
    assert _PAPER.content[near.start : near.end] == "Germany  initiated it."
    assert (near.number, near.title, near.line) == (1, "Title of a.txt", 5)


def test_same_words_in_another_article_are_no_copy() -> None:
    """An article that merely has the same sentence is not cited for it."""
    (quote,) = _quotes(_GERMANY, _candidate(_OTHER, "Germany", 0.4), copies={1: 1, 2: 2, 3: 3})
    assert quote.copies == ()


def test_different_sentences_of_near_copies_stay_apart() -> None:
    """What near copies put differently is quoted from each, and has one voice."""
    quotes = _quotes(
        _candidate(_CALL, "an hour", 0.5), _candidate(_PAPER, "ninety minutes", 0.4), _candidate(_OTHER, "Nobody", 0.3)
    )
    assert [(quote.answer, quote.voice, quote.copies) for quote in quotes] == [
        ("an hour", 1, ()),
        ("ninety minutes", 1, ()),
        ("Nobody", 3, ()),
    ]


def test_repeated_sentence_of_a_near_copy_is_one_quote() -> None:
    """The same sentence, found in both, is quoted from the likelier one and cites the other."""
    quotes = _quotes(_candidate(_PAPER, "Germany", 0.8), _candidate(_CALL, "Germany", 0.7))
    assert [(quote.citation.path.name, _cited(quote.copies)) for quote in quotes] == [("2.txt", [("1.txt", None)])]


@pytest.mark.parametrize(("copies", "first"), [(_NEAR, "Nobody"), ({1: 1, 2: 2, 3: 3}, "Germany")])
def test_near_copies_do_not_make_an_alternative(copies: Mapping[int, int], first: str) -> None:
    """An answer that near copies give stands by one of them: it is an alternative only where several say it."""
    found = [
        _candidate(_CALL, "It", 1.0),
        _candidate(_OTHER, "Nobody", 0.45),
        _candidate(_CALL, "Germany", 0.3),
        _candidate(_PAPER, "Germany", 0.3),
    ]
    assert _quotes(*found, copies=copies)[1].answer == first
