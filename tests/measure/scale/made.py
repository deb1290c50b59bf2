"""Make articles of real sentences in other company, with vectors as their passages might have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.catalog import CutText
from index.passages import cut_passages
from index.sentences import split_sentences
from index.signatures import sign
from index.spans import Span
from index.vectors import Vectors
from tests.measure.scale.real import Real
from tests.measure.scale.renaming import Names, Renaming, names_in

PARAGRAPHS = (4, 8)
"""Paragraphs of an article, at least and at most."""

SENTENCES = (2, 6)
"""Sentences of a paragraph, at least and at most."""

DRIFT = 0.3
"""The share of paragraphs before which an article goes on from a neighbouring passage."""

ARTICLE_NOISE = 0.4
"""How far an article's vectors are moved together: the length of the way, before it is made a unit vector again."""

PASSAGE_NOISE = 0.6
"""How far each of its vectors is moved apart from that."""

BUDGET = 100
"""A passage's words and marks: they are about as many as fit the index's budget of tokens."""

_TITLE_WORDS = (4, 9)
_PIECE = re.compile(r"\w+|[^\w\s]")

Shares = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Material:
    """What articles are made of: real sentences, the row of the passage that each is from, names, vectors."""

    real: Real
    sentences_of: tuple[tuple[str, ...], ...]
    names: Names


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence in an article that is being made, and the row of the passage that it is from."""

    span: Span
    row: int


def gather(real: Real) -> Material:
    """Return the material in real texts: a passage's sentences are those that lie in it whole."""
    sentences_of: list[tuple[str, ...]] = []
    for text in real.texts:
        for passage in text.passages:
            inside = tuple(" ".join(s.of(text.content).split()) for s in text.sentences if s in passage)
            sentences_of.append(inside or (" ".join(passage.of(text.content).split()),))
    return Material(real, tuple(sentences_of), names_in(text.content for text in real.texts))


class WordSpans:
    """Words and marks in the place of a model's tokens: they are found in no time."""

    def token_spans(self, text: str) -> Sequence[Span]:
        """Return the spans of the text's words and marks."""
        return [Span(*match.span()) for match in _PIECE.finditer(text)]


def make_text(material: Material, number: int) -> CutText:
    """Return made article `number`, always the same for the same material."""
    random = np.random.default_rng(number)
    title, content, pieces = _write(material, random)
    sentences = split_sentences(content)
    passages = cut_passages(content, sentences, WordSpans(), budget=BUDGET)
    vectors = _mix(material.real.vectors, pieces, passages, random)
    return CutText(title, content, sign(content), sentences, passages, vectors)


def _write(material: Material, random: np.random.Generator) -> tuple[str, str, list[_Piece]]:
    """Return a title, the text that begins with it, and where the sentences stand in that."""
    neighbours = material.real.neighbours
    row = int(random.integers(len(neighbours)))
    renaming = Renaming(material.names, random)
    words = renaming.apply(_choose(material.sentences_of[row], random)).split()
    title = " ".join(words[: int(random.integers(*_TITLE_WORDS, endpoint=True))]).rstrip(",;:.")
    text = f"{title}\n"
    pieces: list[_Piece] = []
    for _ in range(int(random.integers(*PARAGRAPHS, endpoint=True))):
        if random.random() < DRIFT:
            row = int(random.choice(neighbours[row]))
        text += "\n"
        near = (row, *(int(each) for each in random.choice(neighbours[row], 2)))
        for _ in range(int(random.integers(*SENTENCES, endpoint=True))):
            source = near[int(random.integers(len(near)))]
            sentence = renaming.apply(_choose(material.sentences_of[source], random))
            pieces.append(_Piece(Span(len(text), len(text) + len(sentence)), source))
            text += sentence + " "
        text = text[:-1] + "\n"
    return title, text, pieces


def _choose(sentences: Sequence[str], random: np.random.Generator) -> str:
    return sentences[int(random.integers(len(sentences)))]


def _mix(vectors: Vectors, pieces: Sequence[_Piece], passages: Sequence[Span], random: np.random.Generator) -> Vectors:
    """Return a vector a passage: those of its sentences' passages by their shares, moved a little.

    It is moved along the difference of two real vectors: so what is made lies where real vectors do,
    which is in far fewer directions than a vector has dimensions.
    """
    rows = [piece.row for piece in pieces]
    shares = np.array(
        [[max(0, min(p.span.end, span.end) - max(p.span.start, span.start)) for p in pieces] for span in passages],
        dtype=np.float32,
    )
    shares[shares.sum(axis=1) == 0, 0] = 1.0  # the title alone
    mixed = _unit(shares @ vectors[rows])
    moved = ARTICLE_NOISE * _ways(vectors, 1, random) + PASSAGE_NOISE * _ways(vectors, len(passages), random)
    return _unit(mixed + moved)


def _ways(vectors: Vectors, count: int, random: np.random.Generator) -> Vectors:
    """Return directions in which real vectors differ, unit length."""
    ends = random.integers(len(vectors), size=(2, count))
    return _unit(vectors[ends[0]] - vectors[ends[1]])


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-6)).astype(np.float32)
    return unit
