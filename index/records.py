"""What the catalog hands out."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from index.articles import ArticleDate, Fields, Landmark, LandmarkKind
from index.spans import Span
from index.vectors import Vector


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text with its sentences in order; several articles may have it, and `title` is the first one's."""

    id: int
    title: str
    content: str
    sentences: tuple[Span, ...]

    def sentences_in(self, span: Span) -> range:
        """Return the positions of the sentences that share a code point with `span`."""
        first = bisect_right(self.sentences, span.start, key=lambda sentence: sentence.end)
        return range(first, bisect_left(self.sentences, span.end, key=lambda sentence: sentence.start))

    def beside(self, first: int, last: int) -> tuple[str, str]:
        """Return the sentences before the `first` and after the `last`, empty where there is none."""
        before = self.sentences[first - 1].of(self.content) if first > 0 else ""
        after = self.sentences[last + 1].of(self.content) if last + 1 < len(self.sentences) else ""
        return before, after


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text: the unit that is searched."""

    id: int
    text_id: int
    span: Span
    vector: Vector = field(compare=False)


@dataclass(frozen=True, slots=True)
class SampledPassage:
    """A published passage with its words, its article's title, and the vector that is kept of both."""

    id: int
    text_id: int
    title: str
    words: str
    vector: Vector = field(compare=False)


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A passage found by its words, with its BM25 score: the higher, the better."""

    passage_id: int
    bm25: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article with a certain text lies, and what it says of itself."""

    text_id: int
    path: Path
    record: int | None
    record_id: str | None
    title: str
    date: ArticleDate | None
    source: str | None
    author: str | None
    url: str | None
    landmarks: tuple[Landmark, ...]
    sha256: str
    text_sha256: str

    def landmark(self, kind: LandmarkKind, offset: int) -> str | None:
        """Return the label of the page or heading that code point `offset` stands under, None where there is none."""
        labels = [each.label for each in self.landmarks if each.kind == kind and each.start <= offset]
        return labels[-1] if labels else None


class FiledArticle(NamedTuple):
    """An article as the catalog files it; `path` is as the catalog keeps it.

    A named tuple, since it is made for every article of the index, and a dataclass takes seven times as long.
    """

    id: int
    text_id: int
    path: str
    record: int | None
    title: str
    date: str | None
    source: str | None


class IndexedFile(NamedTuple):
    """A file as it was when it was indexed, by its absolute path; whether it has articles, and for what `reason` none.

    Its path is a string and it is a named tuple, since one is made of every file at every run.
    """

    name: str
    size: int
    mtime_ns: int
    sha256: str
    has_articles: bool
    reason: str | None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.name)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How texts were cut and embedded: by which version of the cutter, with how many tokens a passage, by what model.

    `fingerprint` is of all that; `model` is a folder below the store's models, `embedder` the name it was asked for by.
    """

    id: int
    fingerprint: str
    model: str
    embedder: str
    dimensions: int
    cutter: int
    budget: int


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a finished index run did. `began` is in seconds since the epoch."""

    began: float
    seconds: float
    added: int
    changed: int
    removed: int
    renamed: int
    unchanged: int
    failed: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is published: counted once a run, since counting takes longer the more there is."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What the published index was made from and how. `generation` is 0 before the first one.

    `folded` is the number of passages that went into the generation, `held` that of the vectors in
    its files: Chroma keeps the room of those that it forgets.
    """

    recipe_id: int
    roots: tuple[str, ...]
    exclude: tuple[str, ...]
    fields: Fields
    generation: int
    folded: int
    held: int
    last_run: RunReport

    def with_generation(self, number: int, folded: int, held: int) -> "Settings":
        """Return the same settings with another generation as the current one."""
        return replace(self, generation=number, folded=folded, held=held)
