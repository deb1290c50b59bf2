"""Tokenize contexts once, with the answers as spans of tokens."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tokenizers import Encoding, Tokenizer

from index.sentences import split_sentences
from index.spans import Span
from qa.pairs import heading_of
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

    def heading_before(self, first: int, last: int) -> tuple[int, ...]:
        """Return what is put before these tokens: nothing where they have the title themselves."""
        stretch = self.words(first, last) if first < last else ""
        return self.heading if heading_of(stretch, self.title) else ()


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
    headings = _headings(titles.values(), tokenizer)
    contexts = tuple(
        replace(context, title=title, heading=headings[title])
        for context, title in zip(encode_contexts(list(titles), tokenizer), titles.values(), strict=True)
    )
    encoded = []
    for example in examples:
        position = positions[example.context]
        offsets = contexts[position].offsets
        answers = tuple(tokens for span in example.answers if (tokens := _tokens_of(span, offsets)))
        if answers or not example.answers:
            encoded.append(EncodedExample(example.question, position, answers, example.source))
    return Encoded(contexts, tuple(encoded))


def encode_contexts(texts: Sequence[str], tokenizer: Tokenizer) -> tuple[EncodedText, ...]:
    """Return the tokens of each context; `tokenizer` neither cuts nor pads."""
    return tuple(_encoded(texts, tokenizer))


def _encoded(texts: Sequence[str], tokenizer: Tokenizer) -> Iterator[EncodedText]:
    for at in range(0, len(texts), _AT_ONCE):
        part = texts[at : at + _AT_ONCE]
        for text, encoding in zip(part, tokenizer.encode_batch(part, add_special_tokens=False), strict=True):
            yield EncodedText(text, tuple(encoding.ids), tuple(encoding.offsets), _sentence_starts(text, encoding))


def _headings(titles: Iterable[str], tokenizer: Tokenizer) -> Mapping[str, tuple[int, ...]]:
    """Return the tokens that each title puts before a passage."""
    different = list(dict.fromkeys(titles))
    encodings = tokenizer.encode_batch([heading_of("", title) for title in different], add_special_tokens=False)
    return {title: tuple(encoding.ids) for title, encoding in zip(different, encodings, strict=True)}


def _sentence_starts(text: str, encoding: Encoding) -> tuple[int, ...]:
    starts = [start for start, _ in encoding.offsets]
    begins = {bisect_left(starts, sentence.start) for sentence in split_sentences(text)}
    return tuple(sorted({0, *(token for token in begins if token < len(starts))}))


def _tokens_of(span: Span, offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the tokens that `span` touches, half-open, or None where it touches none."""
    first = bisect_right(offsets, span.start, key=lambda offset: offset[1])
    last = bisect_left(offsets, span.end, key=lambda offset: offset[0])
    return (first, last) if first < last else None
