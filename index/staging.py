"""Read files into staged texts: cut, embed, commit, a batch at a time."""

from dataclasses import dataclass, field

from index.article_json import ParsedArticle
from index.catalog import Catalog, CutText, text_hash
from index.embedder import Embedder
from index.passages import cut_passages, in_context
from index.records import Recipe
from index.signatures import sign
from index.spans import Span

BATCH_PASSAGES = 256
"""Texts are committed whenever they have this many passages together: a few seconds' work."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    sha256: str
    title: str
    content: str
    sentences: tuple[Span, ...]
    passages: tuple[Span, ...]


@dataclass(slots=True)
class Stager:
    """Stage the texts of articles. What an earlier, interrupted run staged is taken up."""

    catalog: Catalog
    recipe: Recipe
    embedder: Embedder
    budget: int
    _waiting: list[_Waiting] = field(default_factory=list)
    _hashes: set[str] = field(default_factory=set)
    _passages: int = 0

    def add(self, parsed: ParsedArticle) -> str:
        """Stage an article's text, now or with the next batch; return the text's hash."""
        article, sentences = parsed.article, parsed.sentences
        sha256 = text_hash(article.text)
        if sha256 in self._hashes or self.catalog.known_text(self.recipe, sha256) is not None:
            return sha256
        passages = cut_passages(article.text, sentences, self.embedder, budget=self.budget)
        self._waiting.append(_Waiting(sha256, article.title, article.text, sentences, passages))
        self._hashes.add(sha256)
        self._passages += len(passages)
        if self._passages >= BATCH_PASSAGES:
            self.flush()
        return sha256

    def flush(self) -> None:
        """Embed and commit what waits."""
        texts = [
            in_context(span.of(waiting.content), waiting.title)
            for waiting in self._waiting
            for span in waiting.passages
        ]
        vectors = self.embedder.embed_passages(texts)
        cut: list[CutText] = []
        at = 0
        for waiting in self._waiting:
            rows = vectors[at : at + len(waiting.passages)]
            cut.append(
                CutText(
                    title=waiting.title,
                    content=waiting.content,
                    signature=sign(waiting.content),
                    sentences=waiting.sentences,
                    passages=waiting.passages,
                    vectors=rows,
                )
            )
            at += len(waiting.passages)
        self.catalog.stage(self.recipe, cut)
        self._waiting.clear()
        self._hashes.clear()
        self._passages = 0
