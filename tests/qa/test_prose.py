"""What of an article is prose."""

import pytest

from qa.prose import is_heading, is_prose
from tests.qa.samples import stored


@pytest.mark.parametrize(
    ("sentence", "heading"),
    [
        ("The chancellor rang.", False),
        ("“Who rang?”", False),
        ("He rang (twice!)", False),
        ("The chancellor rings", True),
        ("." * 20_000 + "a", True),
        ("—", True),
    ],
    ids=["sentence", "quoted", "bracketed", "title", "dots", "dash"],
)
def test_title_is_told_by_its_end(sentence: str, heading: bool) -> None:
    """Among the first sentences one that no mark ends is a title, found in no time at all."""
    assert is_heading(sentence, 0) is heading


@pytest.mark.parametrize(
    "sentence", ["# Background", "###### He rang.", "**He rang.**", "__Background__", "***", "—\n—"]
)
@pytest.mark.parametrize("position", [0, 20])
def test_heading_is_told_by_its_marks(sentence: str, position: int) -> None:
    """What is marked as a heading or is a rule is one anywhere, whatever ends it."""
    assert is_heading(sentence, position)


def test_words_without_an_end_are_a_heading_among_the_first_only() -> None:
    """Further down an article a sentence may lack its full stop."""
    assert [is_heading("The chancellor rings", position) for position in (0, 2, 3)] == [True, True, False]


@pytest.mark.parametrize("sentence", ["#tag is what he wrote.", "**He** rang."])
def test_mark_in_a_sentence_makes_no_heading(sentence: str) -> None:
    """A hash without a space, or a bold word, stands in a sentence."""
    assert not is_heading(sentence, 0)


def test_front_matter_is_no_prose() -> None:
    """What stands in the leading block answers nothing; the sentences behind it do."""
    text = stored("---\ntitle: He rang.\nnote: It rained. Nobody came.\n---\nThe chancellor rang. Kyiv objected.\n")
    prose = [text.sentences[at].of(text.content) for at in range(len(text.sentences)) if is_prose(text, at)]
    assert prose == ["The chancellor rang.", "Kyiv objected."]
