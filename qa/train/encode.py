"""Tokenize contexts once, with the answers as spans of tokens."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from index.passages import in_context
from index.sentences import split_sentences
from index.spans import Span
from qa.train.examples import Example

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A context's token ids and their offsets, and the tokens at which its sentences begin, the first always 0.

    `heading` has the ids of its article's `title` as it is put before a passage: none without a title.
    """

    text: str
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    sentence_starts: tuple[int, ...]
    title: str = ""
    heading: tuple[int, ...] = ()

    def words(self, first: int, last: int) -> str:
        """Return the text of the tokens from `first` to before `last`, of which there is at least one."""
        return self.text[self.offsets[first][0] : self.offsets[last - 1][1]]

    def heading_of(self, first: int, last: int) -> tuple[int, ...]:
        """Return what is put before these tokens: nothing where they have the title themselves."""
        return () if first < last and self.title in self.words(first, last) else self.heading


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
    """Return `examples` with their contexts tokenized; those whose every answer has no token are left out.

    A context that stands in several articles is of the first.
    """
    titles: dict[str, str] = {}
    for example in examples:
        titles.setdefault(example.context, example.title)
    positions = {text: number for number, text in enumerate(titles)}
    contexts = encode_contexts(list(titles), tokenizer, titles=list(titles.values()))
    encoded = []
    for example in examples:
        position = positions[example.context]
        offsets = contexts[position].offsets
        answers = tuple(tokens for span in example.answers if (tokens := _tokens_of(span, offsets)))
        if answers or not example.answers:
            encoded.append(EncodedExample(example.question, position, answers, example.source))
    return Encoded(contexts, tuple(encoded))


def encode_contexts(
    texts: Sequence[str], tokenizer: Tokenizer, *, titles: Sequence[str] | None = None
) -> tuple[EncodedText, ...]:
    """Return the tokens of each context, under its article's title if `titles` are given.

    `tokenizer` neither cuts nor pads.
    """
    return tuple(_encoded(texts, titles or [""] * len(texts), tokenizer))


def _encoded(texts: Sequence[str], titles: Sequence[str], tokenizer: Tokenizer) -> Iterator[EncodedText]:
    put_before = [in_context("", title) if title else "" for title in dict.fromkeys(titles)]
    headings = dict(zip(dict.fromkeys(titles), _token_ids(put_before, tokenizer), strict=True))
    for at in range(0, len(texts), _AT_ONCE):
        part = texts[at : at + _AT_ONCE]
        encodings = tokenizer.encode_batch(part, add_special_tokens=False)
        for text, title, encoding in zip(part, titles[at : at + _AT_ONCE], encodings, strict=True):
            yield EncodedText(
                text,
                tuple(encoding.ids),
                tuple(encoding.offsets),
                _sentence_starts(text, encoding),
                title,
                headings[title],
            )


def _token_ids(texts: Sequence[str], tokenizer: Tokenizer) -> list[tuple[int, ...]]:
    return [tuple(encoding.ids) for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]


def _sentence_starts(text: str, encoding: Encoding) -> tuple[int, ...]:
    starts = [start for start, _ in encoding.offsets]
    begins = {bisect_left(starts, sentence.start) for sentence in split_sentences(text)}
    return tuple(sorted({0, *(token for token in begins if token < len(starts))}))


def _tokens_of(span: Span, offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the tokens that `span` touches, half-open, or None where it touches none."""
    first = bisect_right(offsets, span.start, key=lambda offset: offset[1])
    last = bisect_left(offsets, span.end, key=lambda offset: offset[0])
    return (first, last) if first < last else None
