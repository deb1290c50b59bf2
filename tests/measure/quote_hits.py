"""Print how often the top quote covers a gold answer at its own place, over SQuAD-format articles.

    python -m tests.measure.quote_hits new_wiki.json

The dev articles are written out as a folder, indexed and asked every one of their questions,
through the same engine that `qa ask` uses. With `--articles all`, all the file's articles are
indexed and the same questions asked. With `--leave-out`, half of the dev articles are not indexed,
and their questions have to be refused.

`own words` is the quarter of the questions that share fewest words with the answer's paragraph,
`article's words` the quarter that share most.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.build import BuildOptions, update_index
from index.sentences import split_sentences
from index.spans import Span
from index.store import Store
from qa.answer import Answer, Citation
from qa.engine import Engine
from tests.fakes import SilentProgress
from tests.measure.squad import DEV_A, DEV_B, GoldArticle, GoldQuestion, read_squad, write_folder


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answer that it got, and what the folder said of it."""

    question: GoldQuestion
    answer: Answer
    hit: bool
    hit_in_all: bool
    sentences: int
    overlap: float


def build(folder: Path) -> Store:
    """Index a folder of articles into a store beside it."""
    store = Store(folder.parent / ".qa")
    options = BuildOptions(roots=(folder,))
    update_index(store, options, notify=lambda line: print(line, file=sys.stderr), progress=SilentProgress())
    return store


def ask_all(store: Store, articles: Sequence[GoldArticle], questions: Sequence[GoldQuestion]) -> list[Asked]:
    """Ask every question of the index in `store`; `articles` are all of the file, by position."""
    asked = []
    with Engine(store, notify=print) as engine:
        for question in questions:
            answer = engine.ask(question.text, verify=False)
            article = articles[question.article]
            hits = [_covers(quote.citation, article, question) for quote in answer.quotes]
            sentences = len(split_sentences(answer.quotes[0].text)) if answer.quotes else 0
            asked.append(
                Asked(question, answer, bool(hits and hits[0]), any(hits), sentences, _overlap(question, article))
            )
    return asked


def _covers(citation: Citation, article: GoldArticle, question: GoldQuestion) -> bool:
    quoted = Span(citation.start, citation.end)
    return citation.path.name == article.name and any(answer in quoted for answer in question.answers)


def _overlap(question: GoldQuestion, article: GoldArticle) -> float:
    """Return the share of the question's longer words that stand in the answer's paragraph."""
    at = question.answers[0].start
    paragraph = article.text[article.text.rfind("\n\n", 0, at) + 2 : article.text.find("\n\n", at)].lower()
    words = [word.strip("?.,'\"").lower() for word in question.text.split() if len(word) > 3]
    return sum(word in paragraph for word in words) / len(words) if words else 0.0


def report(name: str, asked: Sequence[Asked]) -> str:
    """Return a line of figures for some questions, all of them answerable."""
    ordered = sorted(asked, key=lambda a: a.overlap)
    quarter = len(asked) // 4
    figures = {
        "top quote": share(a.hit for a in asked),
        "top three": share(a.hit_in_all for a in asked),
        "own words": share(a.hit for a in ordered[:quarter]),
        "article's words": share(a.hit for a in ordered[-quarter:]),
        "answered": share(a.answer.answered for a in asked),
        "answered and right": share(a.answer.answered and a.hit for a in asked),
    }
    shown = "  ".join(f"{what} {value:.1%}" for what, value in figures.items())
    sentences = statistics.mean(a.sentences for a in asked)
    milliseconds = statistics.median(a.answer.elapsed_ms for a in asked)
    return f"{name:<16} {len(asked):>5}  {shown}  sentences a quote {sentences:.2f}  median ms {milliseconds:.0f}"


def share(values: Iterable[bool]) -> float:
    """Return the share of true values."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path, help="new_wiki.json of SQuADShifts")
    parser.add_argument("--articles", choices=("dev", "all"), default="dev", help="what is indexed (default: dev)")
    parser.add_argument("--leave-out", action="store_true", help="leave every second dev article out")
    options = parser.parse_args(arguments)
    articles = read_squad(options.dataset)
    dev = sorted(DEV_A | DEV_B)
    away = {*sorted(DEV_A)[1::2], *sorted(DEV_B)[1::2]} if options.leave_out else set()
    indexed = set(range(len(articles)) if options.articles == "all" else dev) - away
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "articles"
        write_folder(articles, folder, only=indexed)
        store = build(folder)
        print(f"{len(indexed)} articles indexed")
        asked: list[Asked] = []
        for name, positions in (("dev-a", DEV_A), ("dev-b", DEV_B)):
            part = ask_all(store, articles, [q for p in sorted(positions - away) for q in articles[p].questions])
            print(report(name, part), flush=True)
            asked += part
        print(report("both", asked))
        gone = ask_all(store, articles, [q for p in sorted(away) for q in articles[p].questions])
        if gone:
            print(f"{'left out':<16} {len(gone):>5}  refused {share(not a.answer.answered for a in gone):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
