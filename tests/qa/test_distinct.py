"""What near copies say again is not read again; nothing else is left out."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.records import StoredText
from index.spans import Span
from qa.distinct import distinct
from qa.prose import is_prose
from qa.quotes import folded
from qa.retrieval import Hit
from tests.qa.samples import hit_on, stored

_REPORT = "Scholz called Putin. They spoke for an hour. Kyiv objected."
_ONE = stored(f"Rare call\n\n{_REPORT}", id=1)
_TWO = stored(f"A call between the two, at last\n\n{_REPORT.replace('for an', 'for  AN')} It was said.", id=2)
_TEXTS = {1: _ONE, 2: _TWO}
_COPIES = {1: 1, 2: 1}


def _on(text: StoredText, first: str, last: str) -> Hit:
    """Return a hit on what begins with some words and ends with others."""
    start = text.content.index(first)
    return hit_on(text, Span(start, text.content.index(last, start) + len(last)))


_CALL, _HOUR, _ALL = _on(_ONE, "Scholz", "Putin."), _on(_ONE, "They", "objected."), _on(_ONE, "Scholz", "objected.")


def test_passage_of_a_near_copy_that_says_the_same_is_left_out() -> None:
    """What stands in passages before, of one or several, is not read again, whatever its case and spacing."""
    again = _on(_TWO, "Scholz", "objected.")
    assert distinct([_ALL, again], _COPIES, _TEXTS.__getitem__) == [_ALL]
    assert distinct([_CALL, _HOUR, again], _COPIES, _TEXTS.__getitem__) == [_CALL, _HOUR]


def test_title_is_nothing_new() -> None:
    """Another headline alone does not make a passage worth reading."""
    heads = [hit_on(text, Span(0, text.content.index("objected.") + len("objected."))) for text in (_ONE, _TWO)]
    assert distinct(heads, _COPIES, _TEXTS.__getitem__) == heads[:1]
    titles = [hit_on(text, text.sentences[0]) for text in (_ONE, _TWO)]
    assert distinct(titles, _COPIES, _TEXTS.__getitem__) == titles


def test_passage_with_a_sentence_more_is_read() -> None:
    """A passage of a near copy stays with the first sentence that no passage before has."""
    more = _on(_TWO, "Scholz", "said.")
    assert distinct([_ALL, more], _COPIES, _TEXTS.__getitem__) == [_ALL, more]
    assert distinct([more, _ALL], _COPIES, _TEXTS.__getitem__) == [more]


def test_same_words_in_another_article_are_read() -> None:
    """Texts that are no near copies of each other are not compared, nor even looked at."""

    def nothing(_: int) -> StoredText:
        raise AssertionError

    again = _on(_TWO, "Scholz", "objected.")
    assert distinct([_ALL, again], {1: 1, 2: 2}, nothing) == [_ALL, again]


def test_parts_of_an_overlong_sentence_are_different() -> None:
    """Two passages that share out one sentence are both read."""
    long = StoredText(1, "", "one two three four", (Span(0, 18),))
    parts = [hit_on(long, Span(0, 8)), hit_on(long, Span(8, 18))]
    assert distinct([*parts, hit_on(_TWO, Span(0, 1))], _COPIES, {1: long, 2: _TWO}.__getitem__)[:2] == parts


def test_many_versions_stand_behind_other_articles() -> None:
    """Three passages that say little new keep their places; later ones come last, unless they are mostly new."""
    texts = {id: stored(f"{_REPORT} Version {id} is here.", id=id) for id in range(1, 7)}
    versions = [hit_on(text) for text in texts.values()]
    new = stored("Nothing of this was said before by anybody. Kyiv objected.", id=7)
    other = stored("Moscow was silent.", id=8)
    copies = dict.fromkeys(range(1, 8), 1) | {8: 8}
    hits = [*versions, hit_on(new), hit_on(other)]
    found = distinct(hits, copies, (texts | {7: new}).__getitem__)
    assert [hit.passage.text_id for hit in found] == [1, 2, 3, 4, 7, 8, 5, 6]


@st.composite
def _hits(draw: st.DrawFn) -> tuple[dict[int, StoredText], list[Hit]]:
    """Draw texts of few different sentences, and hits on runs of them."""
    sentence = st.sampled_from(("A.", "B b.", "C  c.", "D d d.", "E"))
    texts = {}
    for id in range(1, 4):
        content, sentences = "", []
        for words in draw(st.lists(sentence, min_size=1, max_size=6)):
            sentences.append(Span(len(content), len(content) + len(words)))
            content += f"{words} "
        texts[id] = StoredText(id, "", content, tuple(sentences))
    hits = []
    for _ in range(draw(st.integers(0, 6))):
        text = draw(st.sampled_from(list(texts.values())))
        first = draw(st.integers(0, len(text.sentences) - 1))
        last = draw(st.integers(first, len(text.sentences) - 1))
        hits.append(hit_on(text, Span(text.sentences[first].start, text.sentences[last].end)))
    return texts, hits


def _said(hits: Sequence[Hit], texts: dict[int, StoredText], group: Sequence[int]) -> set[str]:
    """Return the sentences of the hits on some texts, titles aside where a hit has others."""
    found: set[str] = set()
    for hit in hits:
        text = texts[hit.passage.text_id]
        inside = text.sentences_in(hit.passage.span) if text.id in group else ()
        parts = [at for at in inside if is_prose(text, at)] or inside
        found |= {folded(text.sentences[at].of(text.content)) for at in parts}
    return found


@given(_hits())
def test_no_sentence_is_lost(drawn: tuple[dict[int, StoredText], list[Hit]]) -> None:
    """What is kept is of the hits, and says all that they say: texts 1 and 2 together, and 3, which is apart."""
    texts, hits = drawn
    kept = distinct(hits, {1: 1, 2: 1, 3: 3}, texts.__getitem__)
    assert {id(hit) for hit in kept} <= {id(hit) for hit in hits}
    assert len(kept) == len({id(hit) for hit in kept})
    assert all(_said(kept, texts, group) == _said(hits, texts, group) for group in ((1, 2), (3,)))
