"""Tokenize questions and contexts once, with the answers as spans of tokens."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from index.sentences import split_sentences
from index.spans import Span
from qa.train.examples import Example

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A context's token ids, and the tokens at which its sentences begin, the first always 0."""

    text: str
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    sentence_starts: tuple[int, ...]

    def words(self, first: int, last: int) -> str:
        """Return the text of the tokens from `first` to before `last`."""
        return self.text[self.offsets[first][0] : self.offsets[last - 1][1]]


@dataclass(frozen=True, slots=True)
class EncodedExample:
    """A question's words, its context by position, and its answers as half-open spans of the context's tokens."""

    question: str
    context: int
    answers: tuple[tuple[int, int], ...]
    source: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """Examples over contexts that each stand once."""

    contexts: tuple[EncodedText, ...]
    examples: tuple[EncodedExample, ...]


def encode(examples: Sequence[Example], tokenizer: Tokenizer) -> Encoded:
    """Return `examples` with their contexts tokenized; those whose every answer has no token are left out."""
    positions = {context: number for number, context in enumerate(dict.fromkeys(e.context for e in examples))}
    texts = list(positions)
    contexts: list[EncodedText] = []
    for at in range(0, len(texts), _BATCH):
        part = texts[at : at + _BATCH]
        for text, encoding in zip(part, tokenizer.encode_batch(part, add_special_tokens=False), strict=True):
            starts = [start for start, _ in encoding.offsets]
            sentences = {bisect_left(starts, sentence.start) for sentence in split_sentences(text)}
            begins = tuple(sorted({0, *(start for start in sentences if start < len(starts))}))
            contexts.append(EncodedText(text, tuple(encoding.ids), tuple(encoding.offsets), begins))
    encoded = []
    for example in examples:
        position = positions[example.context]
        answers = tuple(tokens for span in example.answers if (tokens := _tokens_of(span, contexts[position].offsets)))
        if answers or not example.answers:
            encoded.append(EncodedExample(example.question, position, answers, example.source))
    return Encoded(tuple(contexts), tuple(encoded))


def _tokens_of(span: Span, offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the tokens that `span` touches, half-open, or None where it touches none."""
    first = bisect_right(offsets, span.start, key=lambda offset: offset[1])
    last = bisect_left(offsets, span.end, key=lambda offset: offset[0])
    return (first, last) if first < last else None
