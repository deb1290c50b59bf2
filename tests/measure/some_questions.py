"""Take some of a file's questions: for a stage of training that is not to see all of them.

    python -m tests.measure.some_questions FILE OUT [--articles FROM:TO] [--questions N --seed S]

Both files are in SQuAD's format. Articles are counted from 0, TO is not taken. Of these N questions are drawn.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.measure.reader_data import Squad, read_articles, write_articles


def draw(articles: Squad, count: int, *, seed: int) -> Squad:
    """Return the articles with `count` of their questions, or all that there are.

    Paragraphs and articles of which none is drawn are left out.
    """
    places = [
        (at, paragraph, question)
        for at, article in enumerate(articles)
        for paragraph, told in enumerate(article["paragraphs"])
        for question in range(len(told["qas"]))
    ]
    drawn = set(random.Random(seed).sample(places, min(count, len(places))))
    kept = []
    for at, article in enumerate(articles):
        paragraphs = []
        for number, told in enumerate(article["paragraphs"]):
            asked = [question for place, question in enumerate(told["qas"]) if (at, number, place) in drawn]
            if asked:
                paragraphs.append({**told, "qas": asked})
        if paragraphs:
            kept.append({**article, "paragraphs": paragraphs})
    return kept


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what the command line asks for; say how many questions there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE", help="what to take of")
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write")
    parser.add_argument("--articles", metavar="FROM:TO", default=":", help="the articles to take of (default: all)")
    parser.add_argument("--questions", type=int, metavar="N", help="how many questions to draw (default: all)")
    parser.add_argument("--seed", type=int, default=13, help="of what is drawn (default: 13)")
    options = parser.parse_args(arguments)
    begin, end = (int(number) if number else None for number in options.articles.split(":"))
    articles = read_articles(options.file)[begin:end]
    if options.questions is not None:
        articles = draw(articles, options.questions, seed=options.seed)
    write_articles(options.out, articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
