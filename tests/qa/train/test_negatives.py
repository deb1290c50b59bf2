"""Hard negatives: near to the question, of the same file, without the answer."""

from pathlib import Path

import pytest

from qa.train.encode import Encoded, encode
from qa.train.examples import Example, read_examples
from qa.train.negatives import LIKELY, find_negatives
from tests.fakes import HashingEmbedder
from tests.qa.train.pieces import pair_tokenizer
from tests.qa.train.toy import asked, write_squad

WORDS = pair_tokenizer()


@pytest.fixture
def encoded(towns: Path) -> Encoded:
    """Return the questions about towns."""
    return encode(read_examples([towns]), WORDS)


def test_negatives_never_hold_an_answer(encoded: Encoded) -> None:
    """No negative holds the words of an answer, nor is it the question's own context."""
    found = find_negatives(encoded, HashingEmbedder())
    assert len(found) == len(encoded.examples)
    assert any(found)
    for example, negatives in zip(encoded.examples, found, strict=True):
        assert example.context not in negatives
        assert len(negatives) <= LIKELY
        own = encoded.contexts[example.context]
        for answer in example.answers:
            assert not any(own.words(*answer) in encoded.contexts[other].text for other in negatives)


def test_case_does_not_hide_an_answer() -> None:
    """A context that holds the answer in capitals answers."""
    texts = ("The mayor is Anna.", "The mayor is ANNA.", "The mayor is Boris.")
    examples = [_example(texts[0], "Anna"), _example(texts[1], "ANNA"), _example(texts[2], "Boris")]
    assert find_negatives(encode(examples, WORDS), HashingEmbedder())[0] == (2,)


def test_nearest_come_first() -> None:
    """Negatives are those that share most with the question, nearest first."""
    texts = ("The mayor of Arle is Anna.", "Nobody asks.", "The mayor of Dorn is David.", "Who is mayor of Arle?")
    examples = [_example(texts[0], "Anna")] + [Example("?", text, (), 0) for text in texts[1:]]
    assert find_negatives(encode(examples, WORDS), HashingEmbedder())[0] == (3, 2, 1)


def test_negatives_are_of_the_same_file(tmp_path: Path) -> None:
    """A question's negatives come from its own file."""
    paths = []
    for file in ("north", "south"):
        texts = {who: f"The mayor of the {file} is {who}." for who in ("Anna", "Boris")}
        paragraphs = [{"context": text, "qas": [asked("Who?", text, who)]} for who, text in texts.items()]
        paths.append(write_squad(tmp_path / f"{file}.json", paragraphs))
    found = find_negatives(encode(read_examples(paths), WORDS), HashingEmbedder())
    assert found == [(1,), (0,), (3,), (2,)]


def test_unanswerable_questions_have_no_negatives() -> None:
    """Which other context answers a question without an answer is not known, so none is said not to."""
    examples = [Example("Who is mayor?", text, (), 0) for text in ("The mayor is Anna.", "The mayor is Boris.")]
    assert find_negatives(encode(examples, WORDS), HashingEmbedder()) == [(), ()]


def test_contexts_of_two_files_are_of_the_first() -> None:
    """What a later file asks of the same contexts takes them from nobody."""
    texts = ("The mayor is Anna.", "The mayor is Boris.")
    examples = [_example(texts[0], "Anna"), _example(texts[1], "Boris"), _example(texts[0], "mayor", source=1)]
    assert find_negatives(encode(examples, WORDS), HashingEmbedder()) == [(1,), (0,), ()]
    examples[-1] = _example(texts[0], "Anna", source=1)
    assert find_negatives(encode(examples, WORDS), HashingEmbedder()) == [(1,), (0,), (1,)]


def test_one_context_has_no_negatives() -> None:
    """Where there is no other context there is nothing to choose."""
    assert find_negatives(encode([_example("The mayor is Anna.", "Anna")], WORDS), HashingEmbedder()) == [()]


def _example(text: str, answer: str, *, source: int = 0) -> Example:
    from index.spans import Span

    at = text.index(answer)
    return Example("Who is the mayor?", text, (Span(at, at + len(answer)),), source)
