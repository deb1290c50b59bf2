"""Make the articles that are searched, and know where the answer to each question stands in them."""

import hashlib
import json
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from index.errors import UsageError
from index.sentences import split_sentences
from index.spans import Span
from qa.evaluate.asking import is_present
from qa.evaluate.corpus import Places, lay_out
from qa.evaluate.dataset import Dataset, GoldQuestion, gold_questions
from qa.squad import SquadArticle, SquadParagraph
from tests.measure.benchmark.layout import Layout, Paragraph

PARAGRAPHS = 6
"""In an article that is there to distract: some 5,000 characters, as a news article has."""

SPARE = 8
"""Articles that are kept out of the folder, to be added to it."""

_MANY_SENTENCES = 2
_TITLE_WORDS = 7


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles, in a folder of their own, and what is known of them.

    `articles` counts them, `spare` are texts that are not among them.
    """

    layout: Layout
    articles: int
    paragraphs: tuple[Paragraph, ...]
    places: Places
    questions: tuple[GoldQuestion, ...]
    spare: tuple[str, ...]

    def holds_answer(self, path: Path, span: Span, question: GoldQuestion) -> bool:
        """Tell whether a stretch of an article covers a gold answer, at a place of the question's own paragraph."""
        return any(
            span.start <= gold.start and gold.end <= span.end
            for place in self.places.get(question.context, ())
            if place.path == path
            for gold in map(place.gold_span, question.spans)
        )

    def quote_around(self, number: int, answer: Span) -> tuple[Path, Span]:
        """Return the sentence around an answer in a paragraph, or the sentences, as a place in the article."""
        paragraph = self.paragraphs[number]
        around = [each for each in split_sentences(paragraph.text) if each.overlaps(answer)] or [answer]
        start, end = paragraph.start + around[0].start, paragraph.start + around[-1].end
        return Path(paragraph.path), Span(start, end)


def make_corpus(datasets: Sequence[Dataset], distractors: Sequence[Dataset], count: int, work: Path) -> Corpus:
    """Write `count` articles below `work`: those of the datasets, whole, and of the distractors as many as it takes.

    The folder is named by what is in it, so another run finds the same articles, and what was made of
    them, as they were left. Raises `UsageError` where there is not enough.
    """
    asked = {paragraph.context for dataset in datasets for a in dataset.articles for paragraph in a.paragraphs}
    wanted = count - sum(len(dataset.articles) for dataset in datasets)
    others = list(_distracting(distractors, asked))
    if not 0 <= wanted <= len(others) - SPARE:
        have = count - wanted
        raise UsageError(
            f"{count:,} articles cannot be made of these datasets",
            f"ask for {have:,} to {max(have + len(others) - SPARE, have):,}, or name more with --distractors",
        )
    chosen = [others[number * len(others) // (wanted + SPARE)] for number in range(wanted + SPARE)]
    making = work / "making"
    shutil.rmtree(making, ignore_errors=True)
    places = lay_out(datasets, [Dataset("distractors", tuple(chosen[:wanted]))], making, leave_out=None)
    layout = Layout(work / f"{count}-{_fingerprint(making)}")
    if layout.articles.exists():
        shutil.rmtree(making)
    else:
        layout.path.mkdir(parents=True, exist_ok=True)
        making.rename(layout.articles)
    moved: Places = {
        context: [replace(place, path=layout.articles / place.path.relative_to(making)) for place in found]
        for context, found in places.items()
    }
    paragraphs = tuple(_paragraphs(moved))
    layout.paragraphs.write_text(json.dumps([asdict(paragraph) for paragraph in paragraphs]), encoding="utf-8")
    questions = tuple(q for dataset in datasets for q in gold_questions(dataset) if is_present(q, moved))
    return Corpus(layout, count, paragraphs, moved, questions, tuple(_text(article) for article in chosen[wanted:]))


def write_many(distractors: Sequence[Dataset], count: int, folder: Path) -> None:
    """Write `count` short articles, of two sentences each and none like another; raise `UsageError`."""
    texts = list(islice(_pieces(distractors), count))
    if len(texts) < count:
        raise UsageError(f"only {len(texts):,} short articles can be made", "name more datasets with --distractors")
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_bytes(text.encode("utf-8", "replace"))


def _distracting(distractors: Sequence[Dataset], asked: Collection[str]) -> Iterator[SquadArticle]:
    """Yield articles of a few paragraphs that follow each other, none twice, and none that is asked about."""
    seen = set(asked)
    for dataset in distractors:
        for article in dataset.articles:
            contexts = [each.context for each in article.paragraphs if each.context not in seen]
            contexts = list(dict.fromkeys(contexts))
            seen.update(contexts)
            for first in range(0, len(contexts) - PARAGRAPHS + 1, PARAGRAPHS):
                few = contexts[first : first + PARAGRAPHS]
                yield SquadArticle(_title(few[0]), tuple(SquadParagraph(context, ()) for context in few))


def _pieces(distractors: Sequence[Dataset]) -> Iterator[str]:
    contexts = (p.context for dataset in distractors for article in dataset.articles for p in article.paragraphs)
    for context in dict.fromkeys(contexts):
        sentences = split_sentences(context)
        for first in range(0, len(sentences) - _MANY_SENTENCES + 1, _MANY_SENTENCES):
            words = context[sentences[first].start : sentences[first + _MANY_SENTENCES - 1].end]
            yield f"{_title(words)}\n\n{words}\n"


def _title(text: str) -> str:
    return " ".join(text.split()[:_TITLE_WORDS])


def _text(article: SquadArticle) -> str:
    return "\n\n".join((article.title, *(paragraph.context for paragraph in article.paragraphs))) + "\n"


def _paragraphs(places: Places) -> Iterator[Paragraph]:
    found = [(place, context.rstrip("\n")) for context, each in places.items() for place in each]
    for place, text in sorted(found):
        yield Paragraph(str(place.path), place.start, text)


def _fingerprint(folder: Path) -> str:
    """Return what changes when a file has another name or other bytes."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
